"""Writing made-up lists as files whose bytes depend on nothing but their content."""

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from payung.demo.damage import Cell
from payung.demo.lists import MadeList, Sheet

_CREATED = datetime(2025, 11, 1, tzinfo=UTC).replace(tzinfo=None)


def write_list(made: MadeList, folder: Path) -> Path:
    """Write one list as the workbook or csv its office sends; the path of the file."""
    path = folder / made.file
    if made.layout.suffix == "csv":
        _write_csv_list(made, path)
        return path
    with _workbook(path) as book:
        for sheet in made.sheets:
            _write_sheet(book, sheet)
    return path


def write_table(
    path: Path, sheet: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> Path:
    """Write a plain workbook of one sheet in constant memory."""
    with _workbook(path, constant_memory=True) as book:
        page = book.add_worksheet(sheet)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        page.write_row(0, 0, header, book.add_format({"bold": True}))
        for at, row in enumerate(rows, 1):
            _write_row(page, at, row, day)
    return path


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], delimiter: str = ","
) -> Path:
    """Write a plain UTF-8 csv."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
    return path


def _workbook(path: Path, *, constant_memory: bool = False) -> xlsxwriter.Workbook:
    book = xlsxwriter.Workbook(
        path,
        {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "constant_memory": constant_memory,
        },
    )
    book.set_properties({"created": _CREATED, "author": "Data buatan, bukan orang nyata"})
    return book


def _write_row(page: Worksheet, at: int, row: Sequence[Cell], day: Format) -> None:
    for column, cell in enumerate(row):
        if cell is None:
            continue
        if isinstance(cell, date):
            page.write_datetime(at, column, cell, day)
        elif isinstance(cell, str):
            page.write_string(at, column, cell)
        else:
            page.write_number(at, column, cell)


def _write_sheet(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    head = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter"})
    page.set_column(0, 20, 16)
    for at, row in enumerate(sheet.grid):
        if at not in sheet.header:
            _write_row(page, at, row, day)
            continue
        for column, cell in enumerate(row):
            if cell is not None:
                page.write_string(at, column, str(cell), head)
    for top, left, bottom, right in sheet.merges:
        if (top, left) != (bottom, right):
            page.merge_range(top, left, bottom, right, sheet.grid[top][left], head)
    if sheet.total:
        first, last = sheet.total
        column = len(sheet.grid[last])
        page.write_formula(last, column, f"=ROWS(A{first}:A{last})", None, last - first + 1)


def _write_csv_list(made: MadeList, path: Path) -> None:
    layout = made.layout
    (sheet,) = made.sheets
    with path.open("w", encoding=layout.encoding, newline="", errors="replace") as stream:
        writer = csv.writer(stream, delimiter=layout.delimiter, lineterminator="\r\n")
        writer.writerows(sheet.grid)
