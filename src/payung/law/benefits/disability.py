"""Partial disability: reading its codes and adding up its percentages (Lampiran III, Ps 84).

A code stands for a line of the table: `thumb-right`. Lost function is written `hand-right@40`
(40% of the hand's function), what is measured `hearing-loss:30` (decibel), `sight:20` (percent
lost), `scalp:15` (the percentage itself), `work-capacity:30` (percent of physical capacity for
work lost; also for organs the table does not list).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from payung.law.errors import LawError
from payung.law.parameters import Source, parameter
from payung.law.sentences import words
from payung.law.wording import Words

TOTAL = "total"
WORK_CAPACITY = "work-capacity"
_CODE = re.compile(r"([a-z0-9-]+)(?::(\d+))?(?:@(\d+))?")
_SIDES = {"right": "left", "left": "right"}


@dataclass(frozen=True, slots=True)
class DisabilityKind:
    """One line of the table. `percent` is text ("4.5"), `measure` "" or what is to be given.

    `measure`: "decibel", "percent" (lost) or "share" (the percentage the doctor sets).
    """

    code: str
    name: str
    english: str
    percent: str
    measure: str
    source: Source
    verified: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """One disability that was found; `percent` of the multiple of a month's income, exact."""

    code: str
    name: Words
    percent: Fraction
    functional: bool


def disability_kinds(on: date) -> tuple[DisabilityKind, ...]:
    """Every code of partial disability with its percentage, for an accident on `on`."""
    rule = parameter("jkk.disability").at(on)
    kinds = [
        DisabilityKind(
            row["code"],
            row["name"],
            row["english"],
            str(row["percent"]),
            row.get("measure", ""),
            rule.source,
            rule.verified,
        )
        for row in rule.rows
    ]
    bands = parameter("jkk.work-capacity").at(on)
    kinds.append(
        DisabilityKind(
            WORK_CAPACITY,
            *words("disability.work-capacity"),
            f"{bands.rows[0]['percent']}-{bands.rows[-1]['percent']}",
            "percent",
            bands.source,
            bands.verified,
        )
    )
    return tuple(kinds)


def disability_code(on: date, code: str, extent: int | None) -> str:
    """The code with its extent as `disability_losses` reads it: `hand-right@40`, `sight:20`.

    `extent`: what a form took beside the code, None for a part that is lost. A code that is
    unknown on `on` is left to `disability_losses` to refuse.
    """
    if extent is None:
        return code
    measured = {each.code for each in disability_kinds(on) if each.measure}
    return f"{code}:{extent}" if code in measured else f"{code}@{extent}"


def disability_losses(
    on: date, codes: Sequence[str], *, left_handed: bool = False
) -> tuple[Loss, ...]:
    """The losses that codes stand for, in the order given, before the sum is capped.

    `left_handed` swaps the percentages of right and left. Raises LawError for an unknown code
    (naming near ones), a code given twice, a part of a limb that is given as a whole, and a
    measure that is missing, superfluous or outside the table.
    """
    rows = {row["code"]: row for row in parameter("jkk.disability").at(on).rows}
    losses: list[Loss] = []
    whole: set[str] = set()
    for text in codes:
        code, measure, function = _parts(text, rows)
        if any(code == loss.code for loss in losses):
            raise LawError("disability.twice", disability=code)
        losses.append(_loss(on, code, rows, measure, function, left_handed))
        if function is None:
            whole.add(code)
    for loss in losses:
        if held := sorted(_above(loss.code, rows) & whole):
            raise LawError("disability.part-of-another", part=loss.code, whole=held[0])
    return tuple(losses)


def as_percent(value: Fraction) -> str:
    """An exact percentage as decimal text for sentences: `Fraction(9, 2)` → `4.5`."""
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def _parts(text: str, rows: Mapping[str, Any]) -> tuple[str, int | None, int | None]:
    matched = _CODE.fullmatch(text.strip().lower())
    known = [*rows, WORK_CAPACITY, TOTAL]
    code = matched[1] if matched else text.strip().lower().split(":")[0].split("@")[0]
    if code == TOTAL:
        raise LawError("disability.total-with-others")
    if code not in known:
        if near := get_close_matches(code, known, n=4, cutoff=0.5):
            raise LawError("disability.unknown-near", disability=text.strip(), near=near)
        raise LawError("disability.unknown", disability=text.strip(), count=len(known))
    if matched is None:
        raise LawError("disability.unreadable", disability=text.strip(), example=f"{code}:20")
    measure, function = (None if part is None else int(part) for part in matched.groups()[1:])
    return code, measure, function


def _loss(
    on: date,
    code: str,
    rows: Mapping[str, Mapping[str, Any]],
    measure: int | None,
    function: int | None,
    left_handed: bool,
) -> Loss:
    if code == WORK_CAPACITY:
        return _work_capacity(on, measure, function)
    row = rows[code]
    name = Words(row["name"], row["english"])
    percent = Fraction(row["percent"])
    if left_handed and _mirrored(code) in rows:
        percent = Fraction(rows[_mirrored(code)]["percent"])
    if "measure" in row:
        measured = _measured(row, percent, measure, function)
        return Loss(code, name, measured, functional=True)
    if measure is not None:
        raise LawError("disability.not-measured", disability=code, name=name)
    if function is None:
        return Loss(code, name, percent, functional=False)
    if not 1 <= function <= 100:
        raise LawError("disability.function-outside", disability=code, percent=function)
    return Loss(code, name, percent * function / 100, functional=True)


def _measured(
    row: Mapping[str, Any], percent: Fraction, measure: int | None, function: int | None
) -> Fraction:
    """Full steps of a measured loss, up to the line's own limit."""
    code, name = row["code"], Words(row["name"], row["english"])
    if function is not None or measure is None:
        raise LawError("disability.needs-measure", name=name, example=f"{code}:20")
    if row["measure"] == "share":
        if not row["least"] <= measure <= percent:
            raise LawError(
                "disability.share-outside",
                name=name,
                percent=measure,
                least=row["least"],
                most=int(percent),
            )
        return Fraction(measure)
    if row["measure"] == "percent" and measure > 100:
        raise LawError("disability.function-outside", disability=code, percent=measure)
    if measure < row["per"]:
        raise LawError("disability.too-little", name=name, least=row["per"])
    steps, most = measure // int(row["per"]), Fraction(row.get("most", 100))
    return min(percent * steps, most)


def _work_capacity(on: date, measure: int | None, function: int | None) -> Loss:
    bands = parameter("jkk.work-capacity").at(on).rows
    name = words("disability.work-capacity")
    if measure is None or function is not None:
        raise LawError(
            "disability.needs-measure",
            name=name,
            example=f"{WORK_CAPACITY}:30",
        )
    for band in bands:
        if band["least"] <= measure <= band["most"]:
            return Loss(WORK_CAPACITY, name, Fraction(band["percent"]), functional=True)
    raise LawError(
        "disability.share-outside",
        name=name,
        percent=measure,
        least=bands[0]["least"],
        most=bands[-1]["most"],
    )


def _mirrored(code: str) -> str:
    start, _, side = code.rpartition("-")
    return f"{start}-{_SIDES[side]}" if side in _SIDES else code


def _above(code: str, rows: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Every limb that this one is a part of."""
    found: set[str] = set()
    waiting = list(rows.get(code, {}).get("within", ()))
    while waiting:
        each = waiting.pop()
        found.add(each)
        waiting += rows[each].get("within", ())
    return found
