"""Reading the files back with other libraries finds in each row the person the truth names."""

import csv
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from payung.demo.damage import HIDDEN_RATES, NIK_RATES


def rows_of_workbook(path):
    book = load_workbook(path)
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book
    }


def rows_of_csv(path, layout):
    with path.open(encoding=layout.encoding, newline="") as stream:
        return {"Sheet1": list(csv.reader(stream, delimiter=layout.delimiter))}


@pytest.fixture(scope="module")
def written(town, town_files):
    """Each row of truth with its cells by field, read back from the file."""
    found = []
    for made, listed in zip(town.lists, town_files.lists, strict=True):
        csv_list = listed.path.suffix == ".csv"
        sheets = (
            rows_of_csv(listed.path, made.layout) if csv_list else rows_of_workbook(listed.path)
        )
        margin = 1 if made.layout.margin else 0
        for truth in made.truth:
            cells = sheets[truth.sheet][truth.row - 1][margin:]
            fields = [field for _, field in made.layout.columns]
            found.append((truth, dict(zip(fields, cells, strict=False))))
    return found


def digits(cell):
    return "".join(sign for sign in str(cell) if sign.isdigit())


def test_a_row_without_damage_to_its_nik_carries_the_true_nik(written):
    spoiling = set(NIK_RATES) | set(HIDDEN_RATES)
    for truth, cells in written:
        if spoiling.isdisjoint(truth.damage):
            assert digits(cells["nik"]) == truth.person.nik


def test_a_row_with_damage_to_its_nik_does_not(written):
    spoiling = set(NIK_RATES) | set(HIDDEN_RATES)
    damaged = [(truth, cells) for truth, cells in written if not spoiling.isdisjoint(truth.damage)]

    assert len(damaged) > 50
    for truth, cells in damaged:
        assert digits(cells["nik"]) != truth.person.nik


def test_a_nik_cell_is_text_except_in_the_office_that_lost_digits(written):
    for truth, cells in written:
        if "nik-damaged" not in truth.damage and cells["nik"] is not None:
            assert isinstance(cells["nik"], str)


def test_a_row_without_damage_to_its_name_carries_the_true_name(written):
    for truth, cells in written:
        if not any(code.startswith(("name-", "formula")) for code in truth.damage):
            assert cells["name"].casefold() == truth.person.name.casefold()


def test_a_row_without_damage_to_its_date_carries_the_true_year(written):
    for truth, cells in written:
        if any(code.startswith("birth-date") for code in truth.damage):
            continue
        cell = cells.get("birth_date", cells.get("ttl"))
        born = truth.person.birth_date
        if isinstance(cell, date | datetime):
            assert (cell.day, cell.month, cell.year) == (born.day, born.month, born.year)
        else:
            assert f"{born.year % 100:02d}" in str(cell)


def test_formula_like_names_are_text_and_never_formulas(town_files, written):
    formulas = [cells for truth, cells in written if "formula" in truth.damage]

    assert len(formulas) == 5
    assert all(cells["name"].startswith("=HYPERLINK(") for cells in formulas)
    for listed in town_files.lists:
        if listed.path.suffix == ".xlsx":
            for sheet in load_workbook(listed.path):
                kinds = {c.value for row in sheet.iter_rows() for c in row if c.data_type == "f"}
                assert all(value.startswith("=ROWS(") for value in kinds)


def test_the_truth_file_names_every_row_once(town, town_files):
    with town_files.truth.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert len({(row["list"], row["sheet"], row["row"]) for row in rows}) == town.rows
    assert [int(row["person"]) for row in rows] == [t.person.id for t in town.truth]
    assert {row["list"] for row in rows} == {listed.path.name for listed in town_files.lists}


def test_every_list_says_how_many_rows_it_has(town, town_files):
    assert sum(listed.rows for listed in town_files.lists) == town.rows


def test_two_line_headings_are_merged_cells(town, town_files):
    (at, made) = next((i, m) for i, m in enumerate(town.lists) if m.layout.two_lines)
    sheet = load_workbook(town_files.lists[at].path)[made.sheets[-1].name]
    merged = {str(cells) for cells in sheet.merged_cells.ranges}

    assert "A5:A6" in merged
    assert "D5:E5" in merged
