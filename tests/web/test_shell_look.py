"""The components in a real browser: phone and desk, light and dark, with and without scripts."""

import pytest
from playwright.sync_api import Page, expect

from payung.apps.jobs.models import Job, State
from tests.support.browser import axe, shot
from tests.support.cast import PASSWORD


def test_the_page_of_all_components_looks_right_and_is_accessible(cast, page_of):
    page: Page = page_of(cast.budi)
    page.goto("/gaya/")
    expect(page.get_by_role("heading", name="Gaya")).to_be_visible()
    shot(page, "gaya")
    page.get_by_text("Mengapa sebesar ini?").click()
    page.get_by_text("In English").click()
    expect(page.get_by_text("JKK (work accidents) 1% × Rp1,000,000 = Rp10,000.")).to_be_visible()
    page.locator(".stages .me summary").click()
    axe(page)


def test_the_log_in_page_looks_right_and_is_accessible(page):
    page.goto("/akun/masuk/")
    shot(page, "masuk")
    axe(page)


def test_typing_in_the_filter_bar_narrows_the_list_and_the_address(cast, page_of):
    page = page_of(cast.budi)
    page.goto("/gaya/?halaman=2")
    page.get_by_label("Cari nama atau NIK").fill("dewi")
    expect(page.get_by_text("1–8 dari 34")).to_be_visible()
    expect(page.get_by_label("Cari nama atau NIK")).to_have_value("dewi")
    page.wait_for_url("**q=dewi**")
    page.get_by_role("link", name="Berikutnya").click()
    expect(page.get_by_text("9–16 dari 34")).to_be_visible()
    page.wait_for_url("**q=dewi**")


def test_a_search_for_nothing_says_what_to_do(cast, page_of):
    page = page_of(cast.budi)
    page.goto("/gaya/?q=tidakada")
    page.get_by_role("link", name="Kosongkan saringan").click()
    expect(page.get_by_text("1–8 dari 137")).to_be_visible()


def test_a_phone_opens_the_stages_from_the_top_bar(cast, page_of):
    page = page_of(cast.budi, width=390)
    page.goto("/gaya/")
    leave = page.get_by_role("button", name="Keluar")
    expect(leave).to_be_hidden()
    page.get_by_text("Menu", exact=True).click()
    page.locator(".menu .me summary").click()
    expect(leave).to_be_visible()
    axe(page)


def test_a_grave_act_asks_first(cast, page_of):
    page = page_of(cast.budi)
    page.goto("/gaya/?q=siti")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Terima", exact=True).click()
    assert asked == ["Terima 367 baris?"]
    assert "q=siti" in page.url


def test_a_jobs_page_follows_it_to_its_end_and_stops_asking(cast, page_of):
    job = Job.objects.create(
        kind="test",
        label="Membaca daftar Benda",
        membership=cast.budi.membership,
        state=State.RUNNING,
        url="/tentang/",
    )
    page = page_of(cast.budi)
    page.goto(f"/pekerjaan/{job.pk}/")
    expect(page.get_by_text("Menunggu giliran.")).to_be_visible()
    Job.objects.update(state=State.DONE)
    expect(page.get_by_role("link", name="Lihat hasil")).to_be_visible()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(1_500)
    assert asked == []


@pytest.mark.parametrize("path", ["/akun/", "/akun/sandi/", "/akun/2fa/", "/tentang/", "/nowhere/"])
def test_the_pages_of_the_account_are_accessible(cast, page_of, path):
    page = page_of(cast.budi)
    page.goto(path)
    axe(page)


def test_the_keyboard_reaches_the_content_first(cast, page_of):
    page = page_of(cast.budi)
    page.goto("/gaya/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Langsung ke isi")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_without_scripts_everything_still_works(cast, page_of, chromium, live_server):
    cookies = page_of(cast.budi).context.cookies()
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto("/gaya/")
    page.get_by_label("Cari nama atau NIK").fill("dewi")
    page.get_by_role("button", name="Saring").click()
    expect(page.get_by_text("1–8 dari 34")).to_be_visible()
    context.close()


def test_crumbs_have_a_slash_between_them_and_none_at_the_end(cast, page_of):
    page = page_of(cast.budi)
    page.goto("/akun/2fa/totp/activate/")
    page.get_by_label("Sandi").fill(PASSWORD)
    page.get_by_role("button", name="Lanjut").click()
    crumbs = page.locator(".crumbs li")
    expect(crumbs).to_have_text(["Akun & keamanan", "Verifikasi dua langkah"])
    signs = "li => ['before', 'after'].map(at => getComputedStyle(li, '::' + at).content)"
    assert [crumbs.nth(place).evaluate(signs) for place in (0, 1)] == [
        ["none", "none"],
        ['"/"', "none"],
    ]
