import openpyxl

from payung.law import age_limits
from payung.sheets import Judge, open_book
from tests.sheets.builders import BUDI, HEADER, RINA, SITI, START, xlsx

LINK = '=HYPERLINK("http://contoh.invalid","BUDI")'


def judged(path):
    (table,) = open_book(path).tables
    judge = Judge(table.columns, start=START, ages=age_limits(START))
    return [judge.judge(number, cells) for number, cells in table.rows]


def test_a_link_in_a_name_cell_is_rejected_and_shown_not_run(tmp_path):
    path = xlsx(tmp_path / "d.xlsx", [HEADER, SITI, BUDI], formulas=[(2, 2, LINK, "BUDI")])
    siti, budi = judged(path)
    assert siti.fate == "clean"
    assert [(f.code, f.severity) for f in budi.findings] == [("name-odd", "reject")]
    assert "rumus" in budi.findings[0].message
    assert budi.cells[2] == LINK


def test_a_formula_that_never_got_a_value_is_rejected(tmp_path):
    book = openpyxl.Workbook()
    for row in (HEADER, SITI, [*BUDI[:2], '=UPPER("budi")', *BUDI[3:]]):
        book.active.append(row)
    book.save(tmp_path / "d.xlsx")
    assert [row.fate for row in judged(tmp_path / "d.xlsx")] == ["clean", "rejected"]


def test_a_harmless_formula_with_a_value_is_a_name_like_any_other(tmp_path):
    formulas = [(2, 2, "=UPPER(J3)", "BUDI SANTOSO"), (1, 0, "=ROW()-1", 1), (3, 0, "=A2+1", 3)]
    path = xlsx(tmp_path / "d.xlsx", [HEADER, SITI, BUDI, RINA], formulas=formulas)
    assert [row.fate for row in judged(path)] == ["clean"] * 3
