"""Workbooks (.xlsx .xls .xlsb .ods) through calamine, which reads and never runs anything."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import python_calamine as calamine

from payung.sheets.extent import check_extent
from payung.sheets.formats import DAMAGED, LOCKED, UnreadableFile
from payung.sheets.formulas import Formulas, formulas_of


class WorkbookSheet(NamedTuple):
    """A sheet whose rows and columns count from the first of the sheet, blank ones included."""

    name: str
    rows: Iterable[list[Any]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]] | None
    hidden: bool
    formulas: Formulas


def read_workbook(path: Path) -> list[WorkbookSheet]:
    """The worksheets of a file; charts and macros are left out. Raises UnreadableFile."""
    try:
        # from bytes, for of a path calamine would believe the name
        content = path.read_bytes()
        check_extent(content)
        book = calamine.load_workbook(io.BytesIO(content))
        formulas = formulas_of(content)
        return [
            _sheet(book, meta, formulas.get(meta.name, {}))
            for meta in book.sheets_metadata
            if meta.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except UnreadableFile:
        raise
    except calamine.PasswordError:
        raise UnreadableFile(LOCKED) from None
    except BaseException as error:
        # a damaged file may make the Rust side panic, which is no Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise UnreadableFile(DAMAGED) from None
        raise


def _sheet(
    book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata, formulas: Formulas
) -> WorkbookSheet:
    sheet = book.get_sheet_by_name(meta.name)
    hidden = meta.visible != calamine.SheetVisibleEnum.Visible
    if sheet.start is None:
        return WorkbookSheet(meta.name, [], None, hidden, {})
    left = sheet.start[1]
    rows: Iterable[list[Any]] = sheet.iter_rows()
    if left:
        blank = [""] * left
        rows = (blank + row for row in rows)
    return WorkbookSheet(meta.name, rows, sheet.merged_cell_ranges, hidden, formulas)
