"""What a parameter file may hold: units of values, columns of tables, sources, dates.

Numbers are whole, never binary fractions: a percentage with decimals is text (`"0.24"`). In a
table these columns have a meaning and are checked for it: `percent` (0 to 100), `rate` (decimal
text, 0 to 100), `amount`, `base`, `months`, `years`, `order` (whole), `source` and `verified`
(of that row), `code`, and `name`, `note` and `why`, which people read and which therefore have
`english`, `note_english` and `why_english` beside them.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from payung.law.files import LawFileError, check_keys

_DECIMAL = re.compile(r"\d+(\.\d+)?")
_ID = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*")
_ENGLISH = {"name": "english", "note": "note_english", "why": "why_english"}
_TEXT_COLUMNS = frozenset({"code", *_ENGLISH, *_ENGLISH.values()})


def check_entry(entry: Any, where: str) -> None:
    """Everything a parameter declares besides its values."""
    required = {"id", "description", "english", "unit", "values"}
    check_keys(entry, required, {"columns", "optional_columns"}, where)
    for key in ("id", "description", "english"):
        check_text(entry[key], f"{where}: '{key}'")
    if not _ID.fullmatch(entry["id"]):
        raise LawFileError(f"{where}: the id may hold a-z, 0-9, dots and dashes only")
    if entry["unit"] not in UNITS:
        raise LawFileError(f"{where}: unknown unit {entry['unit']!r}, known: {sorted(UNITS)}")
    if not isinstance(entry["values"], list) or not entry["values"]:
        raise LawFileError(f"{where}: no values")
    if entry["unit"] == "table":
        _check_columns(entry, where)
    elif {"columns", "optional_columns"} & set(entry):
        raise LawFileError(f"{where}: only a table has columns")


def check_dated(value: Any, entry: Mapping[str, Any], where: str) -> None:
    """One dated value of a checked entry; `where` names file, parameter and first day."""
    unit = entry["unit"]
    if value["verified"] is not True and value["verified"] is not False:
        raise LawFileError(f"{where}: 'verified' must be true or false")
    for key in {"note", "note_english", "english"} & set(value):
        check_text(value[key], f"{where}: '{key}'")
    if ("note" in value) != ("note_english" in value):
        raise LawFileError(f"{where}: 'note' and 'note_english' go together")
    check_source(value["source"], where)
    UNITS[unit](value["value"], where)
    if unit == "text" and "english" not in value:
        raise LawFileError(f"{where}: a value that is text needs 'english'")
    if unit == "table":
        columns, optional = entry["columns"], entry.get("optional_columns", ())
        for number, row in enumerate(value["value"], start=1):
            check_keys(row, columns, optional, f"{where}: row {number}")
            _check_cells(row, f"{where}: row {number}")


def check_days(since: Any, until: Any, where: str) -> None:
    """Both plain dates (or no end), in order."""
    if type(since) is not date or (until is not None and type(until) is not date):
        raise LawFileError(f"{where}: 'from' and 'to' must be dates such as 2026-01-01")
    if until is not None and until < since:
        raise LawFileError(f"{where}: ends {until} before it begins {since}")


def check_source(source: Any, where: str) -> None:
    check_keys(source, {"regulation", "article"}, (), f"{where}: source")
    for key, text in source.items():
        check_text(text, f"{where}: '{key}' of the source")


def check_text(text: Any, where: str) -> None:
    if not isinstance(text, str) or not text.strip():
        raise LawFileError(f"{where} must be text, not {text!r}")


def _check_columns(entry: Mapping[str, Any], where: str) -> None:
    columns = entry.get("columns", [])
    optional = entry.get("optional_columns", [])
    for each in (columns, optional):
        if not isinstance(each, list) or not all(isinstance(name, str) for name in each):
            raise LawFileError(f"{where}: columns must be a list of names, not {each!r}")
    if not columns:
        raise LawFileError(f"{where}: a table needs columns")
    named = [*columns, *optional]
    if repeated := sorted({name for name in named if named.count(name) > 1}):
        raise LawFileError(f"{where}: columns named twice: {repeated}")


def _check_cells(row: Mapping[str, Any], where: str) -> None:
    for indonesian, english in _ENGLISH.items():
        if (indonesian in row) != (english in row):
            raise LawFileError(f"{where}: '{indonesian}' and '{english}' go together")
    for name, cell in row.items():
        place = f"{where}: {name}"
        if name == "percent":
            _percentage_of_either_kind(cell, place)
        elif name in _COLUMNS:
            _COLUMNS[name](cell, place)
        elif name in _TEXT_COLUMNS:
            check_text(cell, place)
        elif isinstance(cell, float):
            raise LawFileError(f"{place}: {cell!r} is not a whole number; write decimals as text")


def _whole(value: Any, where: str) -> None:
    if type(value) is not int or value < 0:
        raise LawFileError(f"{where}: {value!r} is not a whole number, zero or more")


def _percent(value: Any, where: str) -> None:
    _whole(value, where)
    if value > 100:
        raise LawFileError(f"{where}: {value} percent is more than 100")


def _rate(value: Any, where: str) -> None:
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise LawFileError(f'{where}: {value!r} is not a percentage as text, such as "0.24"')
    if Decimal(value) > 100:
        raise LawFileError(f"{where}: {value} percent is more than 100")


def _percentage_of_either_kind(value: Any, where: str) -> None:
    (_rate if isinstance(value, str) else _percent)(value, where)


def _day_of_month(value: Any, where: str) -> None:
    _whole(value, where)
    if not 1 <= value <= 28:
        raise LawFileError(f"{where}: {value} is no day of every month")


def _yes_or_no(value: Any, where: str) -> None:
    if type(value) is not bool:
        raise LawFileError(f"{where}: {value!r} is neither true nor false")


def _text(value: Any, where: str) -> None:
    if not isinstance(value, str) or not value.strip():
        raise LawFileError(f"{where}: {value!r} is not text")


def _relief(value: Any, where: str) -> None:
    check_keys(value, {"percent", "programs", "excluded", "silent"}, (), where)
    _percent(value["percent"], f"{where}: percent")
    for key in ("programs", "excluded", "silent"):
        if not isinstance(value[key], list) or not all(isinstance(it, str) for it in value[key]):
            raise LawFileError(f"{where}: '{key}' must be a list of codes")
    if both := sorted(set(value["excluded"]) & set(value["silent"])):
        raise LawFileError(f"{where}: both excluded and silent: {both}")


def _table(value: Any, where: str) -> None:
    if not isinstance(value, list) or not value:
        raise LawFileError(f"{where}: a table needs rows")
    for number, row in enumerate(value, start=1):
        if row in value[: number - 1]:
            raise LawFileError(f"{where}: row {number} repeats an earlier row")


Check = Callable[[Any, str], None]
UNITS: Mapping[str, Check] = {
    "rupiah": _whole,
    "percent": _percent,
    "rate": _rate,
    "count": _whole,
    "working-days": _whole,
    "months": _whole,
    "years": _whole,
    "day-of-month": _day_of_month,
    "text": _text,
    "relief": _relief,
    "table": _table,
}
_COLUMNS: Mapping[str, Check] = {
    "rate": _rate,
    "amount": _whole,
    "base": _whole,
    "months": _whole,
    "years": _whole,
    "order": _whole,
    "verified": _yes_or_no,
    "source": check_source,
}
