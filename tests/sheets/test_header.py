import pytest

from payung.sheets import open_book
from tests.sheets.builders import BUDI, GOOD, HEADER, SITI, delimited, ods, xlsx


def only_table(path):
    (table,) = open_book(path).tables
    return table


def test_titles_above_the_header_are_passed_over(tmp_path):
    rows = [
        ["DAFTAR NAMA DAN NIK PEKERJA RENTAN"],
        ["KELURAHAN CIMONE KECAMATAN KARAWACI"],
        ["Kelurahan", ": Cimone"],
        [],
        *GOOD,
    ]
    table = only_table(xlsx(tmp_path / "d.xlsx", rows))
    assert table.header_row == 5
    assert [number for number, _ in table.rows] == [6, 7, 8]


def test_a_merged_title_does_not_become_the_header(tmp_path):
    rows = [[], [], *GOOD]
    merged = [(0, 0, 0, 7, "DAFTAR PEKERJA RENTAN KOTA TANGERANG")]
    assert only_table(xlsx(tmp_path / "d.xlsx", rows, merged)).header_row == 3


TWO_LINES = [
    ["No", "NIK", "Nama", "Lahir", "", "Alamat", "", "", "Pekerjaan"],
    ["", "", "", "Tempat", "Tanggal", "RT", "RW", "Kelurahan", ""],
    ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
    ["1", "3671034508820003", "SITI", "Tangerang", "05-08-1982", "1", "5", "Cimone", "Ojol"],
    ["2", "3671031203750011", "BUDI", "Tangerang", "12-03-1975", "2", "5", "Bugel", "Ojol"],
]
MERGED = [
    (0, 0, 1, 0, "No"),
    (0, 1, 1, 1, "NIK"),
    (0, 2, 1, 2, "Nama"),
    (0, 3, 0, 4, "Lahir"),
    (0, 5, 0, 7, "Alamat"),
    (0, 8, 1, 8, "Pekerjaan"),
]


@pytest.mark.parametrize("kind", ["xlsx", "ods", "csv"])
def test_a_header_of_two_lines_with_merged_cells(tmp_path, kind):
    path = tmp_path / f"d.{kind}"
    if kind == "xlsx":
        xlsx(path, [[], *TWO_LINES[1:]], MERGED)
        blank = [["" if cell else cell for cell in TWO_LINES[0]]]
        xlsx(path, [*blank, *TWO_LINES[1:]], MERGED)
    else:
        (ods if kind == "ods" else delimited)(path, TWO_LINES)
    table = only_table(path)
    assert table.header_row == 1
    assert table.mapping == {
        "NIK": "nik",
        "Nama": "name",
        "Lahir Tempat": "birth_place",
        "Lahir Tanggal": "birth_date",
        "Alamat RT": "rt_rw",
        "Alamat RW": "rt_rw",
        "Alamat Kelurahan": "kelurahan",
        "Pekerjaan": "occupation",
    }
    assert [number for number, _ in table.rows] == [4, 5]


def test_a_second_line_that_names_the_fields_takes_the_line_above_along(tmp_path):
    rows = [
        ["No", "Identitas", "", "", "Pekerjaan"],
        ["", "NIK", "Nama", "No KK", ""],
        ["1", "3671034508820003", "SITI", "3671030101100001", "Ojol"],
    ]
    table = only_table(delimited(tmp_path / "d.csv", rows))
    assert set(table.mapping.values()) == {"nik", "name", "kk", "occupation"}
    assert table.rows[0][0] == 3


def test_several_lists_in_one_file_and_sheets_that_are_none(tmp_path):
    sheets = {
        "Petunjuk": [["Isi NIK dengan benar"], HEADER, SITI],
        "RW 01": GOOD,
        "RW 02": GOOD,
        "Sheet3": [],
        "Rekap": [["Kelurahan", "Jumlah"], ["Cimone", 3]],
    }
    book = open_book(xlsx(tmp_path / "d.xlsx", sheets))
    assert [table.sheet for table in book.tables] == ["RW 01", "RW 02"]
    assert {name for name, _ in book.skipped} == {"Petunjuk", "Sheet3", "Rekap"}
    assert all(reason for _, reason in book.skipped)


def test_a_list_of_niks_only(tmp_path):
    rows = [["Daftar usulan"], ["NIK"], [SITI[1]], [BUDI[1]]]
    table = only_table(xlsx(tmp_path / "d.xlsx", rows))
    assert table.header_row == 2
    assert len(table) == 2


def test_line_breaks_inside_a_heading_are_spaces(tmp_path):
    rows = [["No", "NIK", "Nama\nLengkap"], ["1", SITI[1], "SITI"]]
    assert only_table(xlsx(tmp_path / "d.xlsx", rows)).mapping["Nama Lengkap"] == "name"


def test_equal_headings_stay_apart(tmp_path):
    rows = [["NIK", "Nama", "Ket", "Ket"], [SITI[1], "SITI", "a", "b"]]
    table = only_table(xlsx(tmp_path / "d.xlsx", rows))
    assert [column.heading for column in table.columns] == ["NIK", "Nama", "Ket", "Ket (2)"]


def test_a_line_above_that_tells_what_the_headings_mean_belongs_to_the_header(tmp_path):
    rows = [
        ["DAFTAR PEKERJA RENTAN"],
        ["", "Identitas", "", "Kelahiran", "", ""],
        ["No", "NIK", "Nama", "Tempat", "Tanggal", "L/P"],
        ["1", SITI[1], SITI[2], "Tangerang", SITI[3], SITI[4]],
    ]
    table = only_table(xlsx(tmp_path / "d.xlsx", rows))
    assert table.header_row == 2
    assert list(table.mapping.values()) == ["nik", "name", "birth_place", "birth_date", "sex"]
    assert [number for number, _ in table.rows] == [4]


def test_a_second_line_under_headings_that_are_not_merged(tmp_path):
    rows = [
        ["No", "NIK", "Nama", "Tempat dan Tanggal Lahir", "", "Alamat"],
        ["", "", "", "Tempat", "Tanggal", "Kelurahan"],
        ["1", SITI[1], SITI[2], "Tangerang", SITI[3], "Cimone"],
    ]
    table = only_table(xlsx(tmp_path / "d.xlsx", rows))
    fields = ["nik", "name", "birth_place", "birth_date", "kelurahan"]
    assert list(table.mapping.values()) == fields
    assert [number for number, _ in table.rows] == [3]
