"""Sex as two columns, one for L and one for P, of which one is ticked."""

import pytest

from payung.law import age_limits
from payung.sheets import Judge, open_book
from tests.sheets.builders import BUDI, RINA, SITI, START, xlsx

PAIRS = [("L", "P"), ("Jenis Kelamin L", "Jenis Kelamin P"), ("Laki-laki", "Perempuan")]


def table_of(tmp_path, left, right, tick="v", *, siti=("", "v")):
    rows = [
        ["NIK", "Nama", left, right],
        [SITI[1], SITI[2], *siti],
        [BUDI[1], BUDI[2], tick, ""],
        [RINA[1], RINA[2], "-", tick],
    ]
    (table,) = open_book(xlsx(tmp_path / "d.xlsx", rows)).tables
    return table


def judged(table):
    judge = Judge(table.columns, start=START, ages=age_limits(START))
    return [judge.judge(number, cells) for number, cells in table.rows]


@pytest.mark.parametrize("tick", ["v", "√", "1", "X"])
@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_the_ticked_column_is_the_sex(tmp_path, left, right, tick):
    table = table_of(tmp_path, left, right, tick)
    assert table.mapping == {"NIK": "nik", "Nama": "name", left: "sex", right: "sex"}
    rows = judged(table)
    assert [row.values.sex for row in rows] == ["P", "L", "P"]
    assert all(row.fate == "clean" for row in rows)


def test_two_lines_with_the_sex_above(tmp_path):
    rows = [
        ["NIK", "Nama", "Jenis Kelamin", ""],
        ["", "", "L", "P"],
        [SITI[1], SITI[2], "", "v"],
        [BUDI[1], BUDI[2], "v", ""],
    ]
    (table,) = open_book(xlsx(tmp_path / "d.xlsx", rows)).tables
    assert [row.values.sex for row in judged(table)] == ["P", "L"]


def test_the_wrong_tick_and_two_ticks_are_found(tmp_path):
    first = judged(table_of(tmp_path, "L", "P", siti=("v", "")))[0]
    assert [finding.code for finding in first.findings] == ["nik-sex"]
    both = judged(table_of(tmp_path, "L", "P", siti=("v", "v")))[0]
    assert [finding.code for finding in both.findings] == ["sex-unreadable"]
    assert both.values.sex == ""


def test_a_column_headed_by_both_sexes_is_no_tick(tmp_path):
    rows = [["NIK", "Nama", "L/P"], [SITI[1], SITI[2], "P"], [BUDI[1], BUDI[2], "L"]]
    (table,) = open_book(xlsx(tmp_path / "d.xlsx", rows)).tables
    assert [row.values.sex for row in judged(table)] == ["P", "L"]
