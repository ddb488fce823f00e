"""The list given back: its cells, the problems coloured, a sentence at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from payung.sheets.book import RawSheet, Table, book_of, raw_sheets
from payung.sheets.cells import escape_formula
from payung.sheets.findings import Finding
from payung.sheets.headings import NOTE_HEADING

_COLOURS = {"reject": "#F6C7C1", "warn": "#FBE8A6"}
_GRAVE = {"warn": 0, "reject": 1}


# sheet → row as the spreadsheet shows it → column from 0 → text
Corrected = Mapping[str, Mapping[int, Mapping[int, str]]]


def write_annotated(
    path_in: str | Path,
    checks: Mapping[str, Iterable[Finding]],
    path_out: str | Path,
    corrected: Corrected | None = None,
) -> None:
    """Write a list back as .xlsx, ready to be corrected and sent again.

    `checks` maps a sheet's name to its findings; `corrected` holds cells that were corrected since
    and are written so. All cells stay where they were and become text, so that no NIK loses
    digits; formulas are escaped. Problem cells are red (must be corrected)
    or yellow (please look); the last column says why, and is passed over when read again.
    Raises UnreadableFile when the list cannot be read, OSError when the answer cannot be written.
    """
    sheets = raw_sheets(path_in)
    tables = {table.sheet: table for table in book_of(sheets, Path(path_in)).tables}
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    # a place that cannot be written must show before the work, not at its end
    Path(path_out).open("wb").close()
    with xlsxwriter.Workbook(str(path_out), {**options, "constant_memory": True}) as book:
        text = book.add_format({"num_format": "@"})
        bold = book.add_format({"num_format": "@", "bold": True, "bottom": 1})
        wrapped = book.add_format({"num_format": "@", "text_wrap": True})
        coloured = {
            severity: book.add_format({"num_format": "@", "bg_color": colour})
            for severity, colour in _COLOURS.items()
        }
        used: set[str] = set()
        for sheet in sheets:
            page = book.add_worksheet(_sheet_name(sheet.name, used))
            if sheet.hidden:
                page.hide()
            table = tables.get(sheet.name)
            note = _note_column(table, sheet.rows)
            notes, cells = _by_row(table, checks.get(sheet.name, ()))
            anew = (corrected or {}).get(sheet.name, {})
            width = max((len(row) for row in sheet.rows), default=0)
            page.set_column(0, max(0, width - 1), 18, text)
            if table is not None:
                page.set_column(note, note, 80, wrapped)
                page.freeze_panes(table.header_row, 0)
            for index, row in enumerate(sheet.rows):
                number = index + 1
                heading = table is not None and number == table.header_row
                plain = bold if heading else text
                marks = cells.get(number, {})
                if table is not None and number <= table.header_row + 1:
                    _merge(page, sheet, index, plain)
                for column, value in enumerate(_with(row, anew.get(number, {}))):
                    if table is not None and column == note:
                        continue
                    severity = marks.get(column)
                    style = coloured[severity] if severity else plain
                    if value or severity:
                        page.write_string(index, column, escape_formula(value), style)
                if heading:
                    page.write_string(index, note, NOTE_HEADING, bold)
                elif number in notes:
                    page.write_string(index, note, " ".join(notes[number]), wrapped)


def _with(row: list[str], anew: Mapping[int, str]) -> list[str]:
    """The row's cells, with the corrected ones in their places."""
    if not anew:
        return row
    length = max(len(row), max(anew) + 1)
    cells = [*row, *[""] * (length - len(row))]
    return [anew.get(column, value) for column, value in enumerate(cells)]


def _merge(page: Any, sheet: RawSheet, index: int, style: Any) -> None:
    """Merge the cells of a header's line as they were, for its headings hang on that."""
    for (top, left), (bottom, right) in sheet.merged or ():
        if top == bottom == index and left < right:
            page.merge_range(top, left, bottom, right, "", style)


def _note_column(table: Table | None, rows: list[list[str]]) -> int:
    """The column of the sentences: the one a former answer had, else the one after the last."""
    if table is not None:
        header = rows[table.header_row - 1]
        for index, cell in enumerate(header):
            if cell.startswith(NOTE_HEADING):
                return index
    return max((len(row) for row in rows), default=0)


def _by_row(
    table: Table | None, findings: Iterable[Finding]
) -> tuple[dict[int, list[str]], dict[int, dict[int, str]]]:
    notes: dict[int, list[str]] = defaultdict(list)
    cells: dict[int, dict[int, str]] = defaultdict(dict)
    where = {column.heading: column.index for column in table.columns} if table else {}
    for finding in findings:
        label = f"{finding.column}: " if finding.column else ""
        notes[finding.row].append(label + finding.message)
        index = where.get(finding.column)
        if index is not None:
            marked = cells[finding.row].get(index, "warn")
            worse = max(marked, finding.severity, key=_GRAVE.__getitem__)
            cells[finding.row][index] = worse
    return notes, cells


def _sheet_name(name: str, used: set[str]) -> str:
    """A name Excel takes: 31 signs, none of []:*?/\\, no apostrophe at its ends, once."""
    clean = (
        "".join("-" if sign in "[]:*?/\\" else sign for sign in name).strip("'")[:31] or "Lembar"
    )
    candidate, count = clean, 2
    while candidate.lower() in used:
        candidate = f"{clean[:27]} ({count})"
        count += 1
    used.add(candidate.lower())
    return candidate
