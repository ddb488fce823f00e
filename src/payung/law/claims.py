"""Documents, deadlines, delay and complaints of a BPU claim."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from payung.law.calendar import working_day
from payung.law.dates import add_months
from payung.law.errors import LawError
from payung.law.money import rounded
from payung.law.parameters import Dated, Source, as_source, parameter
from payung.law.sentences import words
from payung.law.steps import Step, step_from
from payung.law.wording import Words

DOCUMENT_RULES = {
    "jkm": "claim.documents.jkm",
    "jkk": "claim.documents.jkk",
    "scholarship": "claim.documents.scholarship",
}
DEADLINE_KINDS = ("jkm", "jkk")
_OUTCOMES = {
    "death": "claims.outcome-death",
    "will": "claims.outcome-will",
    "court": "claims.outcome-court",
    "recovered": "claims.outcome-recovered",
    "disability": "claims.outcome-disability",
    "sudden-death": "claims.outcome-sudden-death",
    "first": "claims.outcome-first",
    "yearly": "claims.outcome-yearly",
    "training": "claims.outcome-training",
}
_FORMS = {
    "copy": "claims.form-copy",
    "original": "claims.form-original",
    "unstated": "claims.form-unstated",
}
_ISSUERS = {
    "bank": "claims.issuer-bank",
    "bpjs": "claims.issuer-bpjs",
    "carrier": "claims.issuer-carrier",
    "court": "claims.issuer-court",
    "doctor": "claims.issuer-doctor",
    "dukcapil": "claims.issuer-dukcapil",
    "facility": "claims.issuer-facility",
    "family": "claims.issuer-family",
    "notary": "claims.issuer-notary",
    "police": "claims.issuer-police",
    "school": "claims.issuer-school",
    "training": "claims.issuer-training",
    "village": "claims.issuer-village",
    "witness": "claims.issuer-witness",
}
_WHO = {"keluarga": "claims.who-family", "bpjs": "claims.who-bpjs"}
_MOMENTS = {
    "event": "claims.moment-event",
    "stage-one": "claims.moment-stage-one",
    "concluded": "claims.moment-concluded",
    "asked": "claims.moment-asked",
    "outcome": "claims.moment-outcome",
    "submitted": "claims.moment-submitted",
    "complete": "claims.moment-complete",
    "checked": "claims.moment-checked",
}
_UNITS = {
    "hours": "claims.unit-hours",
    "days": "claims.unit-days",
    "working-days": "claims.unit-working-days",
    "months": "claims.unit-months",
    "years": "claims.unit-years",
}


@dataclass(frozen=True, slots=True)
class Document:
    """One paper. `name` and `note` are Indonesian, `english` and `note_english` English.

    `required` is false for a paper that only some claims have; `note` says when. `form`: "copy"
    (a copy or electronic document will do), "original", or "unstated". `issuer`: who usually
    gives it.
    """

    code: str
    name: str
    english: str
    note: str
    note_english: str
    source: Source
    verified: bool
    required: bool
    form: str
    form_words: Words
    issuer: Words


@dataclass(frozen=True, slots=True)
class Deadline:
    """`due` is None until the moment it counts from (`starts`) is known; `who` must act.

    `verified` is false when the rule was not seen in its text, or when `due` rests on holidays
    that are not announced or on collective leave counted as working days. `steps` say so.
    """

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
    who_words: Words
    starts_words: Words
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """What BPJS owes beside a benefit it paid late, in whole rupiah, for so many days."""

    days: int
    amount: int
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """Where to go; `final`: no other decision follows."""

    code: str
    name: str
    english: str
    note: str
    note_english: str
    final: bool
    source: Source
    verified: bool


def claim_outcomes(kind: str, on: date | None = None) -> tuple[str, ...]:
    """The outcomes that change the documents of a claim of this kind."""
    seen: dict[str, None] = {}
    for row in _documents(kind, on).rows:
        seen.update(dict.fromkeys(row["outcomes"]))
    return tuple(seen)


def outcome_words(outcome: str) -> Words:
    """The name of an outcome in both languages; LawError for an unknown one."""
    if outcome not in _OUTCOMES:
        raise LawError("claims.no-such-outcome", outcome=outcome, known=tuple(_OUTCOMES))
    return words(_OUTCOMES[outcome])


def claim_documents(
    kind: str, outcome: str | None = None, on: date | None = None
) -> tuple[Document, ...]:
    """The documents a claim needs, in the regulation's order.

    `kind`: "jkm", "jkk" or "scholarship". `outcome`: one of `claim_outcomes(kind)`, by default
    the first: "death", "will" or "court" for JKM; "recovered", "disability", "death" or
    "sudden-death" for JKK; "first", "training" or "yearly" for the scholarship. `on`: the day of
    the death or accident, by default the newest rule. Raises LawError for an unknown kind or
    outcome and a day before the first rule. Permenaker 5/2021 Ps 54, 58, 62, 104-109.
    """
    dated = _documents(kind, on)
    known = claim_outcomes(kind, on)
    chosen = known[0] if outcome is None else outcome
    if chosen not in known:
        raise LawError("claims.unknown-outcome", outcome=chosen, kind=kind, known=known)
    return tuple(
        Document(
            row["code"],
            row["name"],
            row["english"],
            row.get("note", ""),
            row.get("note_english", ""),
            *_certainty(row, dated),
            bool(row.get("required", True)),
            row["form"],
            words(_FORMS[row["form"]]),
            words(_ISSUERS[row["issuer"]]),
        )
        for row in dated.rows
        if chosen in row["outcomes"]
    )


def claim_deadlines(
    kind: str, event: datetime, *, moments: Mapping[str, datetime] | None = None
) -> tuple[Deadline, ...]:
    """Who must do what until when after a death, accident or diagnosis at `event`.

    `kind`: "jkm" or "jkk". `moments`: later moments once known: "stage-one" (first report
    received), "concluded" (BPJS concluded), "asked" (BPJS asked for news), "outcome" (declared
    recovered, disabled or dead), "submitted" (claim handed in), "complete" (documents complete),
    "checked" (field check done). Hours count to the minute, days to the end of the day; working
    days leave out weekends and national holidays. Raises LawError for an unknown kind or moment,
    a moment before the event and an event before the first rule. Permenaker 5/2021 Ps 48-64.
    """
    if kind not in DEADLINE_KINDS:
        raise LawError("claims.unknown-kind", kind=kind, known=DEADLINE_KINDS)
    known = {"event": event, **(moments or {})}
    for moment, at in known.items():
        if moment not in _MOMENTS:
            raise LawError("claims.unknown-moment", moment=moment, known=tuple(_MOMENTS))
        if at.date() < event.date():
            raise LawError(
                "claims.moment-before-event",
                moment=words(_MOMENTS[moment]),
                day=at.date(),
                event=event.date(),
            )
    dated = parameter("claim.deadlines").at(event.date())
    return tuple(
        _deadline(row, dated, known.get(row["starts"]))
        for row in dated.rows
        if kind in row["kinds"]
    )


def late_compensation(benefit: int, due: date, paid_on: date) -> Late:
    """What BPJS owes for paying `benefit` rupiah after `due`: a percentage for each day.

    Nothing when paid in time. Raises LawError for a benefit that is no whole number of rupiah
    from zero. PP 44/2015 Ps 37(3), not seen in its text.
    """
    if type(benefit) is not int or benefit < 0:
        raise LawError("claims.benefit-not-whole", amount=benefit)
    rule = parameter("claim.late-percent").at(due)
    days = max(0, (paid_on - due).days)
    amount = rounded(benefit * days * rule.rate)
    step = step_from(
        rule,
        "claims.late",
        percent=rule.value,
        benefit=benefit,
        days=days,
        amount=amount,
    )
    return Late(days, amount, (step,))


def claim_channels(purpose: str, on: date | None = None) -> tuple[Channel, ...]:
    """Where a member or heir goes, in order (Permenaker 5/2021 Ps 118, 119, 126-128).

    `purpose`: "accident" (was it one?), "disability" (how much?), "care" (a health facility) or
    "service" (BPJS itself). `on`: by default the newest rule. Raises LawError for another.
    """
    rule = parameter("claim.channels")
    dated = rule.latest if on is None else rule.at(on)
    found = sorted(
        (row for row in dated.rows if row["purpose"] == purpose), key=lambda row: row["order"]
    )
    if not found:
        known = tuple(dict.fromkeys(row["purpose"] for row in dated.rows))
        raise LawError("claims.unknown-purpose", purpose=purpose, known=known)
    return tuple(
        Channel(
            row["code"],
            row["name"],
            row["english"],
            row.get("note", ""),
            row.get("note_english", ""),
            row["final"],
            *_certainty(row, dated),
        )
        for row in found
    )


def _documents(kind: str, on: date | None) -> Dated:
    if kind not in DOCUMENT_RULES:
        raise LawError("claims.unknown-kind", kind=kind, known=tuple(DOCUMENT_RULES))
    rule = parameter(DOCUMENT_RULES[kind])
    return rule.latest if on is None else rule.at(on)


def _certainty(row: Mapping[str, Any], dated: Dated) -> tuple[Source, bool]:
    source = as_source(row["source"], dated.parameter) if "source" in row else dated.source
    return source, bool(row.get("verified", dated.verified))


def _deadline(row: Mapping[str, Any], dated: Dated, start: datetime | None) -> Deadline:
    source, verified = _certainty(row, dated)
    due, steps, certain = _due(start, row["length"], row["unit"])
    starts, who = words(_MOMENTS[row["starts"]]), words(_WHO[row["who"]])
    rule = step_from(
        replace(dated, source=source),
        "claims.due",
        verified=verified,
        name=Words(row["name"], row["english"]),
        length=row["length"],
        unit=words(_UNITS[row["unit"]]),
        starts=starts,
        who=who,
    )
    return Deadline(
        code=row["code"],
        name=row["name"],
        english=row["english"],
        due=due,
        who=row["who"],
        source=source,
        verified=verified and certain,
        starts=row["starts"],
        length=row["length"],
        unit=row["unit"],
        who_words=who,
        starts_words=starts,
        steps=(rule, *steps),
    )


def _due(
    start: datetime | None, length: int, unit: str
) -> tuple[datetime | None, tuple[Step, ...], bool]:
    """The moment it falls due, how its day was counted, and whether that day is certain."""
    if start is None:
        return None, (), True
    if unit == "hours":
        return start + timedelta(hours=length), (), True
    if unit == "working-days":
        counted = working_day(start.date(), length)
        return _end_of(counted.day, start), counted.steps, counted.certain
    if unit == "days":
        day = start.date() + timedelta(days=length)
    else:
        day = add_months(start.date(), length if unit == "months" else 12 * length)
    return _end_of(day, start), (), True


def _end_of(day: date, like: datetime) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=like.tzinfo)
