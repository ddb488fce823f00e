"""A clerk's way with one messy file, in a real browser: from upload to the worker it made."""

import re

import pytest
from playwright.sync_api import Page, expect

from payung.apps.workers.models import Worker
from tests.lists.files import person
from tests.support import way
from tests.support.browser import axe, shot
from tests.support.cast import PASSWORD
from tests.web.offices import messy

SHORT = "36710145088200"


@pytest.fixture
def messy_file(disnaker):
    return disnaker.file(messy())


def _log_in(page: Page, person) -> None:
    page.goto("/")
    page.get_by_label("Surel").fill(person.user.email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Dasbor")).to_be_visible()


def _upload(page: Page, path) -> None:
    page.get_by_role("link", name="Unggah daftar").first.click()
    page.get_by_label("Berkas daftar").set_input_files(path)
    page.get_by_label("Pengirim").select_option(label="Dinsos Kota Tangerang")
    page.get_by_label("Perihal").fill("Usulan percobaan")
    page.get_by_role("button", name="Unggah dan baca").click()
    expect(page.get_by_role("heading", name="Masalah baris")).to_be_visible()


def test_from_a_messy_file_to_a_worker_found(cast, messy_file, page_of):
    page: Page = page_of()
    _log_in(page, cast.agus)
    _upload(page, messy_file)
    expect(page.get_by_text("tulis 16 angka sesuai KTP").first).to_be_visible()
    row = page.locator("tbody", has=page.locator(f'input[value="{SHORT}"]'))
    place = row.get_attribute("id")
    row.get_by_role("textbox").fill("3671014508820011")
    row.get_by_role("button", name="Simpan").click()
    corrected = page.locator(f"#{place}")
    expect(corrected).to_contain_text("Tersimpan; tidak ada masalah lagi.")
    expect(page.locator("#ringkasan")).to_contain_text("4 siap")

    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Terima 5 baris").click()
    expect(page.locator(".stat-label", has_text="Pekerja baru")).to_be_visible()
    assert Worker.objects.filter(nik="3671014508820011").exists()

    page.goto("/pekerja/")
    page.get_by_label("Cari nama, NIK atau KPJ").press_sequentially("wati kurni")
    expect(page.get_by_role("link", name="Wati Kurniasih")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Siti"))).to_have_count(0)
    assert "wati" not in page.url
    page.get_by_role("link", name="Wati Kurniasih").click()
    expect(page.get_by_role("heading", name="Wati Kurniasih")).to_be_visible()
    expect(page.get_by_text("Dinsos Kota Tangerang").first).to_be_visible()


def test_the_same_file_again_keeps_what_was_typed(cast, messy_file, page_of):
    page: Page = page_of(cast.rina)
    page.goto("/")
    _upload(page, messy_file)
    page.goto("/daftar/unggah/")
    page.get_by_label("Berkas daftar").set_input_files(messy_file)
    page.get_by_label("Pengirim").select_option(label="Dinsos Kota Tangerang")
    page.get_by_label("Perihal").fill("Sekali lagi")
    page.get_by_role("button", name="Unggah dan baca").click()
    expect(page.get_by_role("alert")).to_contain_text("sudah diterima")
    expect(page.get_by_label("Perihal")).to_have_value("Sekali lagi")
    chosen = page.get_by_label("Berkas daftar").evaluate("field => field.files.length")
    assert chosen == 1


def test_intake_works_without_scripts(cast, messy_file, chromium, live_server, page_of):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    _log_in(page, cast.rina)
    _upload(page, messy_file)
    page.locator(f'input[value="{SHORT}"]').fill("3671014508820011")
    page.locator("form.fix", has=page.locator(f'input[value="{SHORT}"]')).get_by_role(
        "button", name="Simpan"
    ).click()
    expect(page.locator("#ringkasan")).to_contain_text("4 siap")
    context.close()


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("daftar", "/daftar/"),
        ("unggah", "/daftar/unggah/"),
        ("daftar-masalah", "/daftar/{list}/"),
        ("daftar-baris", "/daftar/{list}/baris/{row}/"),
        ("data-ganda", "/pekerja/ganda/"),
        ("pekerja", "/pekerja/"),
        ("pekerja-satu", "/pekerja/{worker}/"),
        ("pekerja-perbaiki", "/pekerja/{worker}/perbaiki/"),
        ("dasbor", "/"),
    ],
)
def test_pages_look_right_and_are_accessible(name, url, disnaker, cast, page_of):
    insured = way.insured(cast, months=9, count=3)[0]
    disnaker.accepted([person(phone="081234567890")])
    disnaker.accepted([person(nik="3671014508820002", phone="081234567890")])
    found = disnaker.read(messy())
    row = found.entries.get(name="Wati Kurniasih")
    page: Page = page_of(cast.budi)
    page.goto(url.format(list=found.pk, row=row.pk, worker=insured.pk))
    shot(page, name)
    axe(page)
