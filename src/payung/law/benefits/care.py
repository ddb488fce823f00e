"""JKK care and costs beside the medical treatment: transport, aids, home care."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from payung.law.benefits.model import BenefitLine, line
from payung.law.errors import LawError
from payung.law.money import rounded
from payung.law.parameters import Dated, Source, as_source, parameter
from payung.law.sentences import words
from payung.law.wording import Words


@dataclass(frozen=True, slots=True)
class CareKind:
    """One cost that JKK pays. `cap` is the most in rupiah, None when it is the actual cost.

    `surcharge` is the percentage added to the price that is given. `kind` is "care"
    (given also in arrears) or "money" (waits until arrears are settled).
    """

    code: str
    name: str
    english: str
    kind: Literal["care", "money"]
    cap: int | None
    surcharge: int
    source: Source
    verified: bool
    note: str
    note_english: str


class CareLines(NamedTuple):
    care: tuple[BenefitLine, ...]
    money: tuple[BenefitLine, ...]


def care_kinds(on: date) -> tuple[CareKind, ...]:
    """Every cost beside medical treatment that JKK pays for an accident on `on`."""
    rule = parameter("jkk.care").at(on)
    return tuple(_kind(row, rule) for row in rule.rows)


def care_lines(on: date, costs: Mapping[str, int]) -> CareLines:
    """Costs that were paid, each up to its limit; several ways of transport add up.

    `costs`: rupiah by code of `care_kinds`. Raises LawError for an unknown code or an amount that
    is not whole rupiah. Medical treatment itself has no ceiling and is no cost here.
    """
    rule = parameter("jkk.care").at(on)
    kinds = {each.code: each for each in care_kinds(on)}
    for code, cost in costs.items():
        if code not in kinds:
            near = get_close_matches(code, kinds) or list(kinds)
            raise LawError("benefits.unknown-cost", cost=code, known=near)
        if type(cost) is not int or cost < 0:
            raise LawError("benefits.cost-not-whole", cost=_name(kinds[code]), amount=cost)
    found = {kind: _lines(rule, kinds, costs, kind) for kind in ("care", "money")}
    return CareLines(found["care"], found["money"])


def medical_line(on: date) -> BenefitLine:
    """Medical treatment: by need, without ceiling, so without an amount."""
    rule = parameter("jkk.medical").at(on)
    paid = words("benefits.medical-paid", extent=rule.words)
    return line(rule, "medical", words("benefits.medical"), None, note=paid)


def _lines(
    rule: Dated, kinds: Mapping[str, CareKind], costs: Mapping[str, int], wanted: str
) -> tuple[BenefitLine, ...]:
    lines = []
    for code, kind in kinds.items():
        if kind.kind != wanted or code not in costs:
            continue
        amount = rounded(Fraction(costs[code] * (100 + kind.surcharge), 100))
        note = Words(kind.note, kind.note_english)
        if kind.cap is not None:
            amount = min(amount, kind.cap)
            limit = words("benefits.at-most", cap=kind.cap)
            note = Words(f"{limit.id} {note.id}".strip(), f"{limit.en} {note.en}".strip())
        lines.append(
            line(
                rule,
                code,
                _name(kind),
                amount,
                source=kind.source,
                verified=kind.verified,
                note=note,
            )
        )
    return tuple(lines)


def _kind(row: Mapping[str, Any], rule: Dated) -> CareKind:
    source = as_source(row["source"], rule.parameter) if "source" in row else rule.source
    return CareKind(
        row["code"],
        row["name"],
        row["english"],
        row["kind"],
        row.get("cap"),
        row.get("surcharge", 0),
        source,
        bool(row.get("verified", rule.verified)),
        row.get("note", ""),
        row.get("note_english", ""),
    )


def _name(kind: CareKind) -> Words:
    return Words(kind.name, kind.english)
