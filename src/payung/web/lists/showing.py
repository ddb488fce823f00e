"""Rows of a list as the page of problems shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from payung.apps.lists.models import Fate, Finding, List, Row, State
from payung.identity import mask_nik
from payung.sheets import FIELD_WORDS
from payung.web.lists.forms import input_hints
from payung.web.lists.words import field_word

_NUMBERS = {"nik", "kk"}
_CORRECTABLE = {Fate.WAITING, Fate.REVIEW, Fate.REJECTED}


@dataclass(frozen=True)
class Line:
    """One problem of a row: where it is, what stands there, and how it may be corrected."""

    finding: Finding
    column: str
    said: str  # the whole text, only for the input of who may correct it
    shown: str  # with a NIK or KK number masked
    is_number: bool
    hints: dict[str, str]
    has_input: bool


@dataclass(frozen=True)
class Shown:
    """A row with its problems; `is_open` while it may still be corrected."""

    row: Row
    lines: list[Line]
    is_open: bool
    span: int


def said_of(row: Row) -> dict[str, str]:
    """field → what the row says now: the correction when there is one, else the cells as sent."""
    said: dict[str, str] = {}
    for column in row.sheet.columns:
        field = column["field"]
        if field and column["index"] < len(row.cells):
            text = row.cells[column["index"]]
            said[field] = f"{said[field]} / {text}" if said.get(field) and text else text
    return {**said, **row.corrections}


def is_open(found: List, row: Row) -> bool:
    """Whether the row may be corrected, as far as its list and its fate go."""
    return found.state in {State.READ, State.ACCEPTED} and row.fate in _CORRECTABLE


def shown(found: List, rows: Iterable[Row]) -> list[Shown]:
    """Rows (with sheet and findings loaded) ready for the table."""
    return [_shown(found, row) for row in rows]


def _shown(found: List, row: Row) -> Shown:
    said = said_of(row)
    lines = [_line(finding, said) for finding in row.findings.all()]
    # two problems of one cell share an input: the last of them carries it
    seen: set[str] = set()
    for place in reversed(range(len(lines))):
        field = lines[place].finding.field
        if field in seen:
            lines[place] = Line(**{**vars(lines[place]), "has_input": False})
        seen.add(field)
    return Shown(row, lines, is_open(found, row), max(len(lines), 1))


def _line(finding: Finding, said: dict[str, str]) -> Line:
    field = finding.field
    text = said.get(field, "")
    return Line(
        finding=finding,
        column=finding.column or field_word(field),
        said=text,
        shown=mask_nik(text) if field in _NUMBERS else text,
        is_number=field in _NUMBERS,
        hints=input_hints(field),
        has_input=field in FIELD_WORDS,
    )


def cells_of(row: Row) -> list[dict[str, Any]]:
    """Every cell as sent, with its heading, the field it became and the later correction."""
    lines, corrected = [], dict(row.corrections)
    for column in row.sheet.columns:
        at, field = column["index"], column["field"]
        lines.append(
            {
                "heading": column["heading"] or f"Kolom {at + 1}",
                "sent": row.cells[at] if at < len(row.cells) else "",
                "field": field_word(field) if field else "",
                "is_corrected": field in corrected,
                "corrected": corrected.pop(field, "") if field else "",
            }
        )
    # a field the sheet has no column for can be corrected all the same
    lines += [
        {
            "heading": field_word(field),
            "sent": "",
            "field": field_word(field),
            "is_corrected": True,
            "corrected": text,
        }
        for field, text in corrected.items()
    ]
    return lines
