import json
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner

from payung.cli.check import check, first_of_next_month
from tests.sheets.builders import BUDI, GOOD, HEADER, SITI, delimited, xlsx

BAD = [HEADER, SITI, ["2", "367103120375001", *BUDI[2:5], "Gerendng", *BUDI[6:]]]
START = ["--start", "2026-12-01"]


def run(*arguments):
    return CliRunner().invoke(check, [str(argument) for argument in arguments])


def test_json_has_the_shape_scripts_rely_on(tmp_path):
    path = xlsx(tmp_path / "d.xlsx", [["Daftar"], *BAD])
    result = run(path, "--json", *START)
    assert result.exit_code == 0
    (report,) = json.loads(result.output)
    assert report["file"] == str(path)
    (sheet,) = report["sheets"]
    findings = sheet.pop("findings")
    assert sheet == {
        "sheet": "Data",
        "header_row": 2,
        "columns": {
            "NIK": "nik",
            "Nama": "name",
            "Tanggal Lahir": "birth_date",
            "L/P": "sex",
            "Kelurahan": "kelurahan",
            "Pekerjaan": "occupation",
            "No HP": "phone",
        },
        "unmapped": ["No"],
        "rows": 2,
        "clean": 1,
        "warned": 0,
        "rejected": 1,
    }
    assert findings[0] == {
        "row": 4,
        "column": "NIK",
        "field": "nik",
        "code": "nik-length",
        "severity": "reject",
        "message": "NIK hanya 15 angka; tulis 16 angka sesuai KTP.",
    }
    assert [(f["row"], f["code"], f["severity"]) for f in findings[1:]] == [
        (4, "kelurahan-unknown", "warn")
    ]


def test_an_unreadable_file_does_not_stop_the_others(tmp_path):
    broken = tmp_path / "rusak.xlsx"
    broken.write_bytes(b"%PDF-1.4")
    good = delimited(tmp_path / "baik.csv", GOOD)
    result = run(broken, good, tmp_path / "tiada.xlsx", "--json", *START)
    assert result.exit_code == 2
    first, second, third = json.loads(result.output)
    assert set(first) == set(third) == {"file", "error"}
    assert "PDF" in first["error"]
    assert second["sheets"][0]["clean"] == 3


def test_the_screen_shows_mapping_counts_and_every_finding(tmp_path):
    result = run(xlsx(tmp_path / "d.xlsx", BAD), *START)
    assert result.exit_code == 0
    for words in ("NIK → nik", "judul kolom di baris 1", "1 bersih", "1 ditolak", "nik-length"):
        assert words in result.output


def test_the_start_decides_who_is_65(tmp_path):
    old = ["1", "3671031503620001", "JOKO WIDAGDO", "15-03-1962", "L", "Bugel", "Ojol", ""]
    path = xlsx(tmp_path / "d.xlsx", [HEADER, old])
    assert "age-65" not in run(path, "--json", "--start", "2027-03-01").output
    assert "age-65" in run(path, "--json", "--start", "2027-03-15").output
    assert "age-65" in run(path, "--json", "--start", "2027-04").output


def test_the_region_decides_which_kelurahan_are_known(tmp_path):
    path = xlsx(tmp_path / "d.xlsx", GOOD)
    assert "kelurahan-unknown" not in run(path, "--json", *START).output
    assert "kelurahan-unknown" in run(path, "--json", "--region", "18.72", *START).output


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--start", "besok", "bukan tanggal"),
        ("--start", "2026-13-01", "bukan tanggal"),
        ("--start", "2020-12-01", "1 April 2021"),
        ("--region", "99.99", "Kode wilayah tidak dikenal"),
        ("--annotated", "hasil.csv", "berakhir .xlsx"),
    ],
)
def test_a_wrong_option_is_explained(tmp_path, option, value, words):
    result = run(xlsx(tmp_path / "d.xlsx", GOOD), option, value)
    assert result.exit_code == 2
    assert words in " ".join(result.output.replace("│", " ").split())


def test_the_annotated_list_has_a_sentence_in_its_last_column(tmp_path):
    out = tmp_path / "hasil.xlsx"
    result = run(xlsx(tmp_path / "d.xlsx", BAD), "--annotated", out, *START)
    assert result.exit_code == 0
    last = [row[-1].value for row in openpyxl.load_workbook(out)["Data"].iter_rows()]
    assert last[0] == "Catatan Payung"
    assert last[1] is None
    assert "NIK hanya 15 angka" in last[2]
    again = json.loads(run(out, "--json", *START).output)
    assert again[0]["sheets"][0]["rejected"] == 1


def test_the_list_itself_is_never_overwritten(tmp_path):
    path = xlsx(tmp_path / "d.xlsx", GOOD)
    before = path.read_bytes()
    assert run(path, "--annotated", path, *START).exit_code == 2
    assert path.read_bytes() == before


def test_an_answer_that_cannot_be_written_says_where_to_look(tmp_path):
    out = tmp_path / "hasil.xlsx"
    out.mkdir()
    result = run(xlsx(tmp_path / "d.xlsx", GOOD), "--json", "--annotated", out, *START)
    assert result.exit_code == 2
    assert "periksa folder dan izin menulisnya." in json.loads(result.output)[0]["error"]


def test_one_nik_with_two_names_is_shown_at_both_rows(tmp_path):
    twin = ["2", SITI[1], "RINA WATI", *SITI[3:]]
    result = run(xlsx(tmp_path / "d.xlsx", [HEADER, SITI, twin]), "--json", *START)
    (sheet,) = json.loads(result.output)[0]["sheets"]
    assert [(f["row"], f["severity"]) for f in sheet["findings"]] == [(2, "warn"), (3, "reject")]
    assert (sheet["clean"], sheet["warned"], sheet["rejected"]) == (0, 1, 1)


def test_a_nik_on_two_sheets_of_a_file_is_a_repetition(tmp_path):
    sheets = {"RW 01": [HEADER, SITI], "RW 02": [HEADER, SITI]}
    result = run(xlsx(tmp_path / "d.xlsx", sheets), "--json", *START)
    first, second = json.loads(result.output)[0]["sheets"]
    assert first["clean"] == 1
    assert second["findings"][0]["code"] == "nik-repeated"
    assert "lembar “RW 01”" in second["findings"][0]["message"]


def test_cover_starts_next_month_unless_said_otherwise():
    assert first_of_next_month(date(2026, 11, 21)) == date(2026, 12, 1)
    assert first_of_next_month(date(2026, 12, 31)) == date(2027, 1, 1)
