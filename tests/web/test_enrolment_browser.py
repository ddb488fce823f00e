"""The way to BPJS in a real browser: from plan to recorded answer, readable by everybody."""

import pytest

from payung.apps.enrolment.models import Batch, BatchState
from tests.contributions.conftest import issued, paid
from tests.coverage.way import protected
from tests.enrolment import way
from tests.support.browser import axe, shot


def test_from_plan_to_recorded_answer(cast, page_of, tmp_path):
    way.plan(cast, [(way.fund(cast), way.people(3))])
    page = page_of(cast.budi)
    page.goto("/pendaftaran/")
    axe(page)
    page.get_by_role("link", name="Buat gelombang").first.click()
    page.get_by_label("Mulai perlindungan").fill("2026-01")
    page.get_by_role("button", name="Lihat siapa yang ikut").click()
    page.get_by_role("button", name="Buat gelombang untuk 3 orang").wait_for()
    axe(page)
    page.get_by_role("button", name="Buat gelombang untuk 3 orang").click()
    page.get_by_role("link", name="36.71/2026-01/001").click()
    page.get_by_role("button", name="Siapkan berkas").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh berkas unggahan").click()
    assert download.value.suggested_filename == "36.71-2026-01-001.xlsx"
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Tandai terkirim").click()
    page.get_by_role("link", name="Unggah jawaban").click()
    page.get_by_label("Berkas jawaban cabang").wait_for()
    axe(page)
    batch = Batch.objects.get()
    rows = way.accepting(batch)
    rows[1][2:] = ["DITOLAK", "", "", "T01", "NIK tidak ditemukan di Dukcapil"]
    rows[2][1] = "Nama Yang Lain"
    page.get_by_label("Berkas jawaban cabang").set_input_files(way.answer_file(tmp_path, rows))
    page.get_by_role("button", name="Periksa").click()
    page.get_by_text("nama pada jawaban berbeda").wait_for()
    axe(page)
    shot(page, "pendaftaran-periksa")
    page.get_by_role("button", name="Catat jawaban").click()
    page.get_by_text("Jawaban dicatat: 2 diterima, 1 ditolak.").wait_for()
    axe(page)
    shot(page, "pendaftaran-gelombang")
    batch.refresh_from_db()
    assert batch.state == BatchState.PROCESSED
    page.goto("/pendaftaran/ditolak/")
    axe(page)


@pytest.fixture
def city(cast, tmp_path):
    protected(cast, tmp_path)
    for invoice in issued(cast, way.JANUARY.replace(month=5)):
        paid(cast, invoice, 16_800 if invoice.amount > 16_800 else 8_400)


@pytest.mark.parametrize("path", ["/iuran/", "/iuran/tagihkan/", "/iuran/tunggakan/", "/cakupan/"])
def test_the_pages_are_accessible_and_fit_a_phone(cast, city, page_of, path):
    page = page_of(cast.budi)
    page.goto(path)
    axe(page)
    shot(page, path.strip("/").replace("/", "-"))


def test_an_invoice_shows_its_law_and_takes_a_payment(cast, city, page_of):
    page = page_of(cast.sari)
    page.goto("/iuran/")
    page.get_by_role("link", name="Buka yang terlama").click()
    page.get_by_text("Mengapa sebesar ini?").first.click()
    axe(page)
    shot(page, "iuran-tagihan")
    page.get_by_role("link", name="Catat pembayaran").click()
    page.get_by_label("Nomor bukti bayar").wait_for()
    axe(page)
    page.get_by_label("Nomor bukti bayar").fill("NTPN-1")
    page.get_by_role("button", name="Catat pembayaran").click()
    page.get_by_role("cell", name="NTPN-1", exact=True).wait_for()


def test_another_month_is_chosen_without_a_reload(cast, city, page_of):
    page = page_of(cast.hendra)
    page.goto("/cakupan/")
    axe(page)
    page.get_by_label("Bulan", exact=True).select_option("2026-02")
    page.locator("#results .stats").get_by_text("Februari 2026").wait_for()
    page.wait_for_url("**bulan=2026-02**")
