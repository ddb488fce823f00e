import datetime

import pytest

from payung.sheets import open_book
from tests.sheets.builders import BUDI, GOOD, HEADER, RINA, SITI, delimited, ods, xls, xlsx

MAPPING = {
    "NIK": "nik",
    "Nama": "name",
    "Tanggal Lahir": "birth_date",
    "L/P": "sex",
    "Kelurahan": "kelurahan",
    "Pekerjaan": "occupation",
    "No HP": "phone",
}


def assert_is_the_good_list(path):
    (table,) = open_book(path).tables
    assert table.header_row == 1
    assert table.mapping == {k: v for k, v in MAPPING.items() if k in table.mapping}
    assert set(MAPPING) - set(table.mapping) <= {"No HP"}
    assert [number for number, _ in table.rows] == [2, 3, 4]
    assert [cells[:7] for _, cells in table.rows] == [SITI[:7], BUDI[:7], RINA[:7]]


@pytest.mark.parametrize("name", ["daftar.xlsx", "daftar.xls", "tanpa-akhiran"])
def test_an_xlsx_is_read_whatever_its_name(tmp_path, name):
    assert_is_the_good_list(xlsx(tmp_path / name, GOOD).rename(tmp_path / name))


@pytest.mark.parametrize("name", ["daftar.xls", "daftar.xlsx", "daftar.csv"])
def test_an_xls_is_read_whatever_its_name(tmp_path, name):
    assert_is_the_good_list(xls(tmp_path / name, GOOD))


def test_an_ods_is_read(tmp_path):
    assert_is_the_good_list(ods(tmp_path / "daftar.ods", GOOD))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_csv_is_read_with_any_separator_and_encoding(tmp_path, separator, encoding):
    assert_is_the_good_list(delimited(tmp_path / "daftar.csv", GOOD, separator, encoding))


def test_windows_1252_keeps_its_signs(tmp_path):
    rows = [HEADER, [*SITI[:2], "RENÉE D’ARC", *SITI[3:]]]
    (table,) = open_book(delimited(tmp_path / "d.csv", rows, ";", "cp1252")).tables
    assert table.rows[0][1][2] == "RENÉE D’ARC"


def test_a_csv_that_announces_its_separator_counts_rows_as_excel_does(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text("sep=;\nNIK;Nama\n3671034508820003;SITI\n", encoding="utf-8")
    (table,) = open_book(path).tables
    assert table.header_row == 2
    assert table.rows == [(3, ["3671034508820003", "SITI"])]


def test_commas_inside_quotes_do_not_mislead(tmp_path):
    rows = [["NIK", "Nama", "Alamat"], ["3671034508820003", "SITI", "Jl. Mawar, No 3, Cimone"]]
    (table,) = open_book(delimited(tmp_path / "d.csv", rows, ",")).tables
    assert table.rows[0][1][2] == "Jl. Mawar, No 3, Cimone"


def test_digits_kept_by_a_text_formula_in_a_csv_are_read(tmp_path):
    path = tmp_path / "d.csv"
    path.write_text('NIK,Nama\n="3671034508820003",SITI\n', encoding="utf-8")
    assert open_book(path).tables[0].rows[0][1][0] == "3671034508820003"


def test_numbers_become_texts_without_a_fraction(tmp_path):
    rows = [["No", "NIK", "Nama", "No HP"], [1, "3671034508820003", "SITI", 81234567890]]
    (table,) = open_book(xlsx(tmp_path / "d.xlsx", rows)).tables
    assert table.rows[0][1] == ["1", "3671034508820003", "SITI", "81234567890"]


def test_a_numeric_nik_shows_that_it_was_a_number(tmp_path):
    rows = [["NIK", "Nama"], [3671034508820000, "SITI"]]
    for path in (xlsx(tmp_path / "d.xlsx", rows), ods(tmp_path / "d.ods", rows)):
        assert open_book(path).tables[0].rows[0][1][0] == "3.671034508820000E+15"


def test_a_date_cell_becomes_an_iso_day(tmp_path):
    rows = [["NIK", "Nama", "Tgl Lahir"], ["3671034508820003", "SITI", datetime.date(1982, 8, 5)]]
    assert open_book(xlsx(tmp_path / "d.xlsx", rows)).tables[0].rows[0][1][2] == "1982-08-05"


def test_rows_and_columns_keep_their_place_when_the_sheet_starts_further_in(tmp_path):
    rows = [[], [], ["", "", *HEADER], ["", "", *SITI]]
    for path in (xlsx(tmp_path / "d.xlsx", rows), xls(tmp_path / "d.xls", rows)):
        (table,) = open_book(path).tables
        assert table.header_row == 3
        assert table.rows == [(4, ["", "", *SITI])] or table.rows == [(4, ["", "", *SITI[:-1]])]
        assert table.columns[1].index == 3
