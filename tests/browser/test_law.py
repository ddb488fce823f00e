"""The public calculator as a widow's neighbour sees it, on phone and desk."""

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser import axe, shot

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = {
    "hukum": "/hukum/",
    "hukum-iuran-kosong": "/hukum/iuran/",
    "hukum-iuran": "/hukum/iuran/?bulan=2026-11&jumlah=12&pekerjaan=transport&dana=csr",
    "hukum-iuran-pu": "/hukum/iuran/?segmen=pu&upah=5.000.000&risiko=3&bulan=2026-11&bahasa=en",
    "hukum-iuran-jakon": "/hukum/iuran/?segmen=jakon&nilai=500000000&bulan=2026-11",
    "hukum-iuran-salah": "/hukum/iuran/?penghasilan=0&bulan=2026-11",
    "hukum-perlindungan": "/hukum/perlindungan/?dari=2026-01&sampai=2026-06&lain=2026-08"
    "&pada=2026-09-20",
    "hukum-santunan": "/hukum/santunan/?dibayar=40&tanggal=2026-05-01&anak=7,15&tunggakan=0",
    "hukum-santunan-cacat": "/hukum/santunan/?kejadian=work-disability&dibayar=14"
    "&tanggal=2026-05-01&cacat=hand-right&ukuran=40&bulan_sakit=3",
    "hukum-ahli-waris": "/hukum/ahli-waris/?tanggal=2026-05-01&ada=child&ada=parent",
    "hukum-berkas": "/hukum/berkas/?kejadian=jkk:death&tanggal=2026-05-01&jam=08:30",
    "hukum-aturan": "/hukum/aturan/?tanggal=2026-11-21",
}


@pytest.mark.parametrize(("name", "path"), PAGES.items(), ids=PAGES)
def test_every_page_looks_right_and_is_accessible(name, path, page: Page):
    page.goto(path)
    shot(page, name)
    page.locator("main details").evaluate_all("folds => folds.forEach(fold => fold.open = true)")
    axe(page)


def test_a_changed_entry_renews_the_answer_and_the_address_only(page: Page):
    page.goto("/hukum/iuran/?bulan=2026-11&dana=self")
    expect(page.locator(".figure-amount")).to_have_text("Rp8.400")
    page.evaluate("document.body.dataset.same = 'page'")
    page.get_by_label("Siapa yang membayar?").select_option("apbd")
    expect(page.locator(".figure-amount")).to_have_text("Rp16.800")
    page.wait_for_url("**dana=apbd**")
    page.get_by_label("Penghasilan sebulan").fill("0")
    page.get_by_label("Untuk berapa bulan?").press("Tab")
    expect(page.locator("#id_penghasilan_error")).to_contain_text("Penghasilan 0 tidak dapat")
    expect(page.locator(".figure-amount")).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text("Perbaiki isian yang ditandai.")
    axe(page)
    page.get_by_label("Penghasilan sebulan").fill("1.200.000")
    page.get_by_label("Untuk berapa bulan?").focus()
    expect(page.locator(".figure-amount")).to_have_text("Rp18.800")
    expect(page.locator("#id_penghasilan_error")).to_be_empty()
    expect(page.get_by_label("Untuk berapa bulan?")).to_be_focused()
    assert page.evaluate("document.body.dataset.same") == "page"
    page.get_by_role("link", name="English").click()
    expect(page.locator(".figure-amount")).to_have_text("Rp18,800")


def test_the_keyboard_alone_asks_and_gets_the_answer(page: Page):
    page.goto("/hukum/perlindungan/")
    tick = page.get_by_role("checkbox", name="Januari 2026")
    tick.focus()
    page.keyboard.press("Space")
    expect(tick).to_be_checked()
    page.get_by_label("Terlindungi pada tanggal").fill("2026-01-20")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hukum/perlindungan/?**lain=2026-01**")
    expect(page.get_by_text("Biaya pemakaman saja", exact=True)).to_be_visible()
    expect(page.locator("#jawaban")).to_be_in_viewport()


def test_without_scripts_a_form_is_sent_and_its_answer_shown(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/hukum/santunan/")
    page.get_by_label("Tanggal kejadian").fill("2026-05-01")
    page.get_by_label("Bulan iuran yang sudah dibayar").fill("14")
    page.get_by_role("button", name="Hitung").click()
    expect(page.locator(".figure-amount")).to_have_text("Rp42.000.000")
    page.get_by_role("link", name="English").click()
    expect(page.locator(".figure-amount")).to_have_text("Rp42,000,000")
    expect(page.get_by_role("heading", name="Why this much?")).to_be_visible()
    context.close()


def test_paper_shows_what_was_asked_and_no_form(page: Page):
    page.goto("/hukum/iuran/?bulan=2026-11&jumlah=12&pekerjaan=transport&dana=csr")
    page.emulate_media(media="print")
    expect(page.locator("form")).to_be_hidden()
    expect(page.get_by_text("Yang ditanyakan")).to_be_visible()
    expect(page.get_by_text("Mengapa segini?")).to_be_visible()
    expect(page.get_by_text("dana=csr")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)


def test_an_officer_sees_it_beside_the_rail(cast, page_of):
    page = page_of(cast.sari)
    page.goto("/hukum/iuran/?bulan=2026-11&bahasa=en")
    expect(page.get_by_role("link", name="Kalkulator hukum").first).to_be_visible()
    shot(page, "hukum-iuran-petugas")
    axe(page)
