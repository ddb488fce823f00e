"""The text of a cell, whatever the spreadsheet keeps in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

# fifteen digits are all that a spreadsheet keeps of a number
_TOO_LARGE = 1e15


def cell_text(value: Any) -> str:
    """A cell as text: whole numbers without ".0", days as 1980-01-12, and a number of sixteen
    digits as "3.671034508820000E+15" so that it stays visible that it was a number."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        value = float(value) if abs(value) >= _TOO_LARGE else value
    if isinstance(value, float):
        if abs(value) >= _TOO_LARGE:
            return f"{value:.15E}"
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return value.date().isoformat()
        return value.isoformat(sep=" ", timespec="seconds")
    if value is None:
        return ""
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def row_texts(row: Iterable[Any]) -> list[str]:
    """The cells of one row as texts."""
    return [c.strip() if c.__class__ is str else cell_text(c) for c in row]


def escape_formula(text: str) -> str:
    """The text so that no spreadsheet runs it: an apostrophe before =, +, -, @ and control signs.

    Needed in every file that leaves Payung, for a cell may come back from a stranger's list.
    """
    if text == "=" or (len(text) > 1 and text[0] in "=+-@\t\r\n"):
        return "'" + text
    return text


def is_blank(cells: Iterable[str]) -> bool:
    return not any(cells)
