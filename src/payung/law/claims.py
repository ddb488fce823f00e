"""Documents, deadlines and heirs of a BPU claim."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from payung.law.dates import add_months, add_working_days
from payung.law.errors import LawError
from payung.law.parameters import Dated, Source, as_source, parameter

KINDS = ("jkm", "jkk")


@dataclass(frozen=True, slots=True)
class Document:
    """`required` is false for a paper that only some claims have; `note` says when.

    `name` and `note` are Indonesian, `english` and `note_english` English.
    """

    code: str
    name: str
    english: str
    note: str
    note_english: str
    source: Source
    verified: bool
    required: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due` is None until the moment it counts from (`starts`) is known; `who` must act."""

    code: str
    name: str
    english: str
    due: datetime | None
    who: str
    source: Source
    verified: bool
    starts: str
    length: int
    unit: str


class HeirClass(NamedTuple):
    """Heirs of one rank; a later rank is owed only when every earlier one is empty."""

    code: str
    name: str
    english: str
    order: int
    source: Source
    verified: bool


def claim_outcomes(kind: str, on: date | None = None) -> tuple[str, ...]:
    """The outcomes that change the documents of a claim of this kind."""
    seen: dict[str, None] = {}
    for row in _documents(kind, on).rows:
        seen.update(dict.fromkeys(row["outcomes"]))
    return tuple(seen)


def claim_documents(
    kind: str, outcome: str | None = None, on: date | None = None
) -> tuple[Document, ...]:
    """The documents a claim needs, in the regulation's order.

    `kind`: "jkm" or "jkk". `outcome`: one of `claim_outcomes(kind)`, by default the first:
    "death", "will" or "court" for JKM; "recovered", "disability", "death" or "sudden-death" for
    JKK. `on`: the day of the death or accident, by default the newest rule. Raises LawError for
    an unknown kind or outcome.
    """
    dated = _documents(kind, on)
    known = claim_outcomes(kind, on)
    chosen = known[0] if outcome is None else outcome
    if chosen not in known:
        raise LawError("claims.unknown-outcome", outcome=chosen, kind=kind.upper(), known=known)
    return tuple(
        Document(
            row["code"],
            row["name"],
            row["english"],
            row.get("note", ""),
            row.get("note_english", ""),
            *_certainty(row, dated),
            bool(row.get("required", True)),
        )
        for row in dated.rows
        if chosen in row["outcomes"]
    )


def claim_deadlines(
    kind: str,
    event: datetime,
    *,
    moments: Mapping[str, datetime] | None = None,
    holidays: Collection[date] = (),
) -> tuple[Deadline, ...]:
    """Who must do what until when after a death or accident at `event`.

    `moments`: later moments once known: "stage-one" (first report received), "outcome" (declared
    recovered, disabled or dead), "submitted" (claim handed in), "complete" (documents complete),
    "checked" (field check done). Hours count to the minute, days to the end of the day; working
    days leave out weekends and `holidays`. Raises LawError for an unknown kind.
    """
    _check_kind(kind)
    dated = parameter("claim.deadlines").at(event.date())
    known = {"event": event, **(moments or {})}
    return tuple(
        Deadline(
            row["code"],
            row["name"],
            row["english"],
            _due(known.get(row["starts"]), row["length"], row["unit"], holidays),
            row["who"],
            *_certainty(row, dated),
            row["starts"],
            row["length"],
            row["unit"],
        )
        for row in dated.rows
        if kind in row["kinds"]
    )


def heirs_order(on: date | None = None) -> tuple[HeirClass, ...]:
    """Heirs in legal order (PP 44/2015 Ps 37(5)); by default under the newest rule."""
    rule = parameter("heirs.order")
    dated = rule.latest if on is None else rule.at(on)
    return tuple(
        HeirClass(
            row["code"], row["name"], row["english"], row["order"], dated.source, dated.verified
        )
        for row in dated.rows
    )


def _documents(kind: str, on: date | None) -> Dated:
    _check_kind(kind)
    rule = parameter(f"claim.documents.{kind}")
    return rule.latest if on is None else rule.at(on)


def _check_kind(kind: str) -> None:
    if kind not in KINDS:
        raise LawError("claims.unknown-kind", kind=kind)


def _certainty(row: Mapping[str, Any], dated: Dated) -> tuple[Source, bool]:
    source = as_source(row["source"], dated.parameter) if "source" in row else dated.source
    return source, bool(row.get("verified", dated.verified))


def _due(
    start: datetime | None, length: int, unit: str, holidays: Collection[date]
) -> datetime | None:
    if start is None:
        return None
    if unit == "hours":
        return start + timedelta(hours=length)
    if unit == "days":
        day = start.date() + timedelta(days=length)
    elif unit == "years":
        day = add_months(start.date(), 12 * length)
    else:
        day = add_working_days(start.date(), length, holidays)
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=start.tzinfo)
