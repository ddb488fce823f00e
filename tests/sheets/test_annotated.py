import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import age_limits
from payung.sheets import NOTE_HEADING, Judge, escape_formula, open_book, write_annotated
from tests.sheets.builders import BUDI, HEADER, RINA, SITI, START, delimited, xlsx

ROWS = [
    ["DAFTAR PEKERJA"],
    HEADER,
    SITI,
    ["2", "367103120375001", '=HYPERLINK("http://x")', *BUDI[3:]],
    RINA,
]


def findings_of(path):
    found = {}
    for table in open_book(path).tables:
        judge = Judge(table.columns, start=START, ages=age_limits(START), sheet=table.sheet)
        found[table.sheet] = [f for n, cells in table.rows for f in judge.judge(n, cells).findings]
    return found


def annotated(tmp_path, path):
    out = tmp_path / "hasil.xlsx"
    write_annotated(path, findings_of(path), out)
    return out


def test_cells_stay_where_they_were_and_problems_are_coloured(tmp_path):
    out = annotated(tmp_path, xlsx(tmp_path / "d.xlsx", ROWS))
    page = openpyxl.load_workbook(out)["Data"]
    assert page["A1"].value == "DAFTAR PEKERJA"
    assert page["B3"].value == SITI[1]
    assert page["B3"].fill.fgColor.rgb == "00000000"
    assert page["B4"].value == "367103120375001"
    assert page["B4"].fill.fgColor.rgb == "FFF6C7C1"
    assert page["I2"].value == NOTE_HEADING
    assert page["I3"].value is None
    assert "NIK hanya 15 angka" in page["I4"].value


def test_nothing_in_it_is_a_number_or_a_formula(tmp_path):
    out = annotated(tmp_path, xlsx(tmp_path / "d.xlsx", ROWS))
    for row in openpyxl.load_workbook(out)["Data"].iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "n")
            assert cell.value is None or isinstance(cell.value, str)
            assert not str(cell.value or "").startswith("=")


def test_sent_again_it_gives_the_same_rows_and_findings(tmp_path):
    path = xlsx(tmp_path / "d.xlsx", ROWS)
    out = annotated(tmp_path, path)
    again = {
        sheet: [(f.row, f.code, f.column) for f in found]
        for sheet, found in findings_of(out).items()
    }
    assert again == {
        sheet: [(f.row, f.code, f.column) for f in found]
        for sheet, found in findings_of(path).items()
    }
    (table,) = open_book(out).tables
    assert NOTE_HEADING not in [column.heading for column in table.columns]


def test_corrected_and_given_back_again_the_note_column_is_not_doubled(tmp_path):
    out = annotated(tmp_path, xlsx(tmp_path / "d.xlsx", ROWS))
    book = openpyxl.load_workbook(out)
    book["Data"]["B4"], book["Data"]["C4"] = BUDI[1], BUDI[2]
    book.save(tmp_path / "benar.xlsx")
    assert findings_of(tmp_path / "benar.xlsx") == {"Data": []}
    write_annotated(tmp_path / "benar.xlsx", {}, tmp_path / "kedua.xlsx")
    page = openpyxl.load_workbook(tmp_path / "kedua.xlsx")["Data"]
    assert [cell.value for cell in page[2]].count(NOTE_HEADING) == 1
    assert page["I4"].value is None


def test_a_csv_and_other_sheets_come_back_as_a_workbook(tmp_path):
    out = annotated(tmp_path, delimited(tmp_path / "d.csv", ROWS))
    assert openpyxl.load_workbook(out).sheetnames == ["CSV"]
    sheets = {"Data": ROWS, "Petunjuk": [["Isi dengan benar"]]}
    out = annotated(tmp_path, xlsx(tmp_path / "d.xlsx", sheets))
    assert openpyxl.load_workbook(out)["Petunjuk"]["A1"].value == "Isi dengan benar"


@given(st.text())
def test_an_escaped_text_is_never_run(text):
    escaped = escape_formula(text)
    assert escaped in (text, "'" + text)
    assert len(escaped) < 2 or escaped[0] not in "=+-@\t\r\n"


def test_a_formula_in_a_name_is_shown_and_found_again(tmp_path):
    link = (2, 2, '=HYPERLINK("http://x","BUDI")', "BUDI")
    path = xlsx(tmp_path / "d.xlsx", [HEADER, SITI, BUDI], formulas=[link])
    out = annotated(tmp_path, path)
    assert openpyxl.load_workbook(out)["Data"]["C3"].value == '\'=HYPERLINK("http://x","BUDI")'
    (finding,) = findings_of(out)["Data"]
    assert (finding.row, finding.code) == (3, "name-odd")


def test_an_answer_that_cannot_be_written_is_an_ordinary_error(tmp_path):
    path = xlsx(tmp_path / "d.xlsx", ROWS)
    with pytest.raises(OSError, match="No such file"):
        write_annotated(path, {}, tmp_path / "tiada" / "hasil.xlsx")


def test_merged_headings_mean_the_same_when_read_again(tmp_path):
    rows = [
        ["", "", "", "", "", "", ""],
        ["No", "NIK", "Nama", "Tempat", "Tanggal", "L/P", "Kelurahan"],
        ["1", SITI[1], SITI[2], "Tangerang", SITI[3], "L", "Cimone"],
    ]
    merged = [(0, 1, 0, 2, "Identitas"), (0, 3, 0, 4, "Kelahiran")]
    path = xlsx(tmp_path / "d.xlsx", rows, merged)
    first = findings_of(path)["Data"]
    assert [finding.column for finding in first] == ["L/P"]
    assert findings_of(annotated(tmp_path, path))["Data"] == first
