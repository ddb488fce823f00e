"""Where the header of a sheet is: below titles, on one line or two, with merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from payung.sheets.headings import (
    NOTE_HEADING,
    HeadingMatch,
    match_heading,
    match_two_lines,
    told_together,
)

Merged = Sequence[tuple[tuple[int, int], tuple[int, int]]]

_SEARCHED = 80
_LONG_NUMBER = re.compile(r"\d{4}")
_NIK = re.compile(r"\d{15}")
_NUMBERING = re.compile(r"[(\[]?(\d{1,2})[)\].]?")


@dataclass(frozen=True, slots=True)
class Header:
    """The header found: its first and last line (index in the rows), a heading per column."""

    first: int
    last: int
    headings: tuple[str, ...]
    matches: tuple[HeadingMatch, ...]


def find_header(rows: Sequence[Sequence[str]], merged: Merged | None) -> Header | None:
    """The line that names most fields, NIK or name among them, with its second line if any.

    `merged` are the sheet's merged ranges in the same coordinates, None when unknown. Returns
    None when no line names the NIK or the name together with another field.
    """
    best, best_score = -1, 0.0
    for index, row in enumerate(rows[:_SEARCHED]):
        if any(map(_NIK.search, row)):
            continue  # somebody's row, which is quicker to see than to look for headings in
        score = _score(row, alone=_is_alone(rows, index))
        if score > best_score:
            best, best_score = index, score
    if best < 0:
        return None
    first, last = best, best
    if best > 0 and (
        _is_upper(rows[best - 1], rows[best]) or _gathers(rows[best - 1], rows[best], best, merged)
    ):
        first = best - 1
    elif best + 1 < len(rows) and _is_lower(rows[best], rows[best + 1]):
        last = best + 1
    upper = list(rows[first])
    lower = list(rows[last]) if last > first else [""] * len(upper)
    if last > first:
        upper = _filled_right(upper, lower, first, merged)
    headings, matches = [], []
    for above, below in zip(upper, lower, strict=True):
        above, below = _one_line(above), _one_line(below)
        headings.append(f"{above} {below}".strip() if above != below else above)
        matches.append(match_two_lines(above, below) if above != below else match_heading(above))
    return Header(first, last, tuple(_distinct(headings)), tuple(matches))


def is_numbering(cells: Sequence[str]) -> bool:
    """Whether a row only counts its columns: 1 2 3 … or (1) (2) (3) …"""
    numbers = [_NUMBERING.fullmatch(cell) for cell in cells if cell]
    if len(numbers) < 3 or not all(numbers):
        return False
    values = [int(match[1]) for match in numbers if match]
    return values == list(range(values[0], values[0] + len(values))) and values[0] <= 2


def column_letter(index: int) -> str:
    """The name a spreadsheet gives the column, "A" for 0."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _score(row: Sequence[str], *, alone: bool) -> float:
    fields: set[str] = set()
    extra = 0.0
    for cell in row:
        match = match_heading(_one_line(cell)) if cell else None
        if match is None:
            continue
        if match.field is not None:
            extra += match.score / 1000
            fields.add(match.field)
        elif match.known:
            extra += 0.3
    if not fields & {"nik", "name"}:
        return 0.0
    if len(fields) < 2 and extra < 0.4 and not alone:
        return 0.0
    return len(fields) + extra


def _is_alone(rows: Sequence[Sequence[str]], index: int) -> bool:
    """Whether a line with one telling heading stands right over NIKs.

    Such are lists of NIKs only, and lists whose other headings say nothing.
    """
    filled = [i for i, cell in enumerate(rows[index]) if cell]
    if not filled or index + 1 >= len(rows):
        return False
    if any(_LONG_NUMBER.search(cell) for cell in rows[index]):
        return False
    below = rows[index + 1]
    looked_at = [below[filled[0]]] if len(filled) == 1 else below
    return any(len(cell) >= 15 and _LONG_NUMBER.search(cell) for cell in looked_at)


def _is_upper(above: Sequence[str], row: Sequence[str]) -> bool:
    """Whether the line above is the first of two: it names fields where this one is blank."""
    named = [
        index
        for index, cell in enumerate(above)
        if cell and not row[index] and match_heading(_one_line(cell)).field
    ]
    filled = sum(1 for cell in above if cell)
    return bool(named) and filled >= 2


def _gathers(above: Sequence[str], row: Sequence[str], first: int, merged: Merged | None) -> bool:
    """Whether the line above tells what this one means: "Kelahiran" over "Tempat" and "Tanggal"."""
    if sum(1 for cell in above if cell) < 2:
        return False
    upper = _filled_right(list(above), row, first - 1, merged)
    return any(
        told_together(_one_line(parent), _one_line(child)).field is not None
        for parent, child in zip(upper, row, strict=True)
    )


def _is_lower(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the line below continues the header: words only, under merged or blank cells."""
    filled = [index for index, cell in enumerate(below) if cell]
    if not filled or any(_LONG_NUMBER.search(below[index]) for index in filled):
        return False
    if is_numbering(below):
        return False
    for index, cell in enumerate(row):
        if cell and below[index] and match_heading(_one_line(cell)).field in ("nik", "name"):
            return False
    carried = _filled_right(list(row), below, -1, None)
    if all(
        match_heading(_one_line(below[index])).known
        or told_together(_one_line(carried[index]), _one_line(below[index])).known
        for index in filled
    ):
        return any(not row[index] for index in filled)
    for index in filled:
        blank_above = not row[index]
        spans = index + 1 < len(row) and not row[index + 1] and bool(below[index + 1])
        if not blank_above and not spans:
            return False
    return any(not row[index] for index in filled)


def _filled_right(
    upper: list[str], lower: Sequence[str], first: int, merged: Merged | None
) -> list[str]:
    """Headings of the first line carried over the columns they are merged across."""
    result = list(upper)
    if merged:
        for (top, left), (bottom, right) in merged:
            if top <= first <= bottom:
                for index in range(left + 1, min(right + 1, len(result))):
                    result[index] = result[index] or upper[left]
        return result
    for index in range(1, len(result)):
        if not result[index] and lower[index] and lower[index - 1]:
            result[index] = result[index - 1]
    return result


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _distinct(headings: list[str]) -> list[str]:
    """Every heading once: blank ones by their letter, repeated ones with a number."""
    seen: dict[str, int] = {}
    result = []
    for index, heading in enumerate(headings):
        heading = heading or f"Kolom {column_letter(index)}"
        seen[heading] = seen.get(heading, 0) + 1
        result.append(heading if seen[heading] == 1 else f"{heading} ({seen[heading]})")
    return result


def is_note(heading: str) -> bool:
    """Whether the column was added by Payung when it gave the list back."""
    return heading.startswith(NOTE_HEADING)
