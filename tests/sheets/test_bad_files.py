import zipfile

import msoffcrypto.format.ooxml
import pytest
import xlsxwriter

from payung.sheets import MAX_BYTES, UnreadableFile, open_book
from payung.sheets import formats as formats_module
from tests.sheets.builders import GOOD, HEADER, SITI, delimited, xls, xlsx


def refusal(path) -> str:
    with pytest.raises(UnreadableFile) as caught:
        open_book(path)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    return sentence


def made(path, content: bytes):
    path.write_bytes(content)
    return path


def test_a_pdf_named_xlsx(tmp_path):
    assert "PDF" in refusal(made(tmp_path / "d.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"))


def test_an_empty_file(tmp_path):
    assert "kosong" in refusal(made(tmp_path / "d.xlsx", b""))


def test_a_file_of_blank_lines(tmp_path):
    assert "tidak berisi apa-apa" in refusal(made(tmp_path / "d.csv", b"\n\n\n"))


def test_a_file_of_200_mb_is_refused_by_its_size_alone(tmp_path):
    path = tmp_path / "d.xlsx"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert "200 MB" in refusal(path)
    assert MAX_BYTES < 200 * 1024 * 1024


def test_a_workbook_with_a_password(tmp_path):
    plain = xlsx(tmp_path / "d.xlsx", GOOD)
    locked = tmp_path / "kunci.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        msoffcrypto.format.ooxml.OOXMLFile(source).encrypt("rahasia", target)
    assert "kata sandi" in refusal(locked)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_workbook_cut_short(tmp_path, share):
    for whole in (xlsx(tmp_path / "d.xlsx", GOOD), xls(tmp_path / "d.xls", GOOD)):
        content = whole.read_bytes()
        cut = made(tmp_path / f"potong{whole.suffix}", content[: int(len(content) * share)])
        assert "terpotong" in refusal(cut)


def test_a_web_page_named_xls(tmp_path):
    page = b"<html><table><tr><td>NIK</td><td>Nama</td></tr></table></html>"
    assert "HTML" in refusal(made(tmp_path / "d.xls", page))


@pytest.mark.parametrize(("member", "word"), [("word/document.xml", "Word"), ("foto/1.jpg", "ZIP")])
def test_other_archives(tmp_path, member, word):
    path = tmp_path / "d.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    assert word in refusal(path)


def test_a_picture_named_xlsx(tmp_path):
    assert "gambar" in refusal(made(tmp_path / "d.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50))


def test_bytes_of_no_kind(tmp_path):
    assert "bukan daftar" in refusal(made(tmp_path / "d.csv", bytes(range(1, 32)) * 20))


def test_a_zip_that_swells_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(formats_module, "_MAX_UNPACKED", 1_000_000)
    path = tmp_path / "d.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 1_000_001)
    assert path.stat().st_size < 10_000
    assert "mengembang" in refusal(path)


def test_rows_without_a_header(tmp_path):
    assert "judul kolom" in refusal(xlsx(tmp_path / "d.xlsx", [SITI, SITI]))
    assert "judul kolom" in refusal(delimited(tmp_path / "d.csv", [SITI, SITI]))


def test_a_header_without_rows(tmp_path):
    assert "tidak ada satu baris pun" in refusal(xlsx(tmp_path / "d.xlsx", [HEADER]))


def test_a_sheet_about_something_else(tmp_path):
    rows = [["Kelurahan", "Jumlah"], ["Cimone", 12], ["Bugel", 8]]
    assert "bukan daftar orang" in refusal(xlsx(tmp_path / "d.xlsx", rows))


def test_a_file_that_is_not_there_and_a_folder(tmp_path):
    assert "tidak ditemukan" in refusal(tmp_path / "tiada.xlsx")
    assert "folder" in refusal(tmp_path)


def test_a_stray_cell_in_the_last_column_and_row_does_not_end_the_process(tmp_path):
    path = tmp_path / "d.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Data")
        for number, row in enumerate(GOOD):
            page.write_row(number, 0, row)
        page.write_string(1_048_575, 16_383, "x")
    sentence = refusal(path)
    assert "XFD1048576" in sentence
    assert "hapus isi di luar daftar" in sentence


def test_a_far_cell_that_only_has_a_colour_is_no_matter(tmp_path):
    path = tmp_path / "d.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Data")
        for number, row in enumerate(GOOD):
            page.write_row(number, 0, row)
        page.write_blank(1_048_575, 16_383, None, book.add_format({"bg_color": "#FFFF00"}))
    assert len(open_book(path)) == 3
