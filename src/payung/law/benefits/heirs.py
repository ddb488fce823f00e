"""Who is owed the benefits: heirs in legal order, and who when there are none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from payung.law.errors import LawError
from payung.law.parameters import Source, parameter
from payung.law.sentences import words
from payung.law.steps import Step, step_from
from payung.law.wording import Words

COURT_RULING = "court-ruling"
WILL = "will"
_BENEFITS = {
    "money": "heirs.money",
    "funeral": "heirs.funeral",
    "scholarship": "heirs.scholarship",
}


class HeirClass(NamedTuple):
    """Heirs of one rank; a later rank is owed only when every earlier one is empty."""

    code: str
    name: str
    english: str
    order: int
    source: Source
    verified: bool


@dataclass(frozen=True, slots=True)
class Payee:
    """Who is paid what: "money" (lump sum, periodic), "funeral", "scholarship"."""

    code: str
    name: str
    english: str
    benefits: tuple[str, ...]

    @property
    def benefit_words(self) -> tuple[Words, ...]:
        """The benefits by name."""
        return tuple(words(_BENEFITS[each]) for each in self.benefits)


@dataclass(frozen=True, slots=True)
class Heirs:
    """`rank` is the rank that is owed, None for a court ruling or when there is nobody."""

    rank: HeirClass | None
    payees: tuple[Payee, ...]
    steps: tuple[Step, ...]


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


def heir_relations(on: date) -> dict[str, Words]:
    """Relations that `heirs` knows on a day, by code, with their names."""
    known = {
        row["code"]: Words(row["name"], row["english"])
        for row in parameter("heirs.relations").at(on).rows
    }
    if parameter("heirs.court-ruling").values[0].since <= on:
        known[COURT_RULING] = words("heirs.by-court-ruling")
    return known


def heirs(on: date, living: Collection[str]) -> Heirs:
    """Who is paid the benefits of a death on `on`, with the reasons.

    `living`: codes of `heir_relations`: who is alive, and "will" or "court-ruling" when there is
    one. The first rank with anybody in it is owed everything (PP 44/2015 Ps 37(5)); a will must
    be notarial and a court names heirs outside the list since 24 February 2025 (Permenaker 5/2021
    jo. 1/2025 Ps 62(1a)-(1b)); when nobody is left, the funeral goes to whoever buries and the
    rest to the social security fund (DJS). A scholarship is the registered child's own. How heirs
    of one rank share is not for BPJS to say; the steps say so. Raises LawError for an unknown
    relation, and for a ruling or a will before the rules on them.
    """
    known = heir_relations(on)
    if COURT_RULING in living:
        parameter("heirs.court-ruling").at(on)
    for code in living:
        if code not in known:
            raise LawError("heirs.unknown-relation", relation=code, known=list(known))
    order = parameter("heirs.order").at(on)
    members: dict[str, list[str]] = {}
    for row in parameter("heirs.relations").at(on).rows:
        if row["code"] in living:
            members.setdefault(row["rank"], []).append(row["code"])
    steps: list[Step] = []
    for rank in heirs_order(on):
        name = Words(rank.name, rank.english)
        if rank.code not in members:
            steps.append(step_from(order, "heirs.rank-empty", order=rank.order, rank=name))
            continue
        found = members[rank.code]
        steps.append(
            step_from(
                order,
                "heirs.rank-owed",
                order=rank.order,
                rank=name,
                heirs=[known[code] for code in found],
            )
        )
        if rank.code == WILL:
            form = parameter("heirs.will").at(on)
            steps.append(step_from(form, "heirs.will-form", form=form.words))
        else:
            steps.append(step_from(order, "heirs.shares", verified=False))
        payees = [_payee(code, known[code], "money", "funeral") for code in found]
        return Heirs(rank, _with_scholarship(payees), tuple(steps))
    if COURT_RULING in living:
        rule = parameter("heirs.court-ruling").at(on)
        steps.append(step_from(rule, "heirs.court-ruling", verified=False))
        payees = [_payee(COURT_RULING, known[COURT_RULING], "money", "funeral")]
        return Heirs(None, tuple(payees), tuple(steps))
    steps.append(step_from(parameter("heirs.none").at(on), "heirs.nobody"))
    return Heirs(
        None,
        (
            _payee("burier", words("heirs.burier"), "funeral"),
            _payee("fund", words("heirs.fund"), "money"),
        ),
        tuple(steps),
    )


def _payee(code: str, name: Words, *benefits: str) -> Payee:
    return Payee(code, *name, benefits)


def _with_scholarship(payees: list[Payee]) -> tuple[Payee, ...]:
    """A child is also the one to whom a scholarship is paid."""
    return tuple(
        Payee(each.code, each.name, each.english, (*each.benefits, "scholarship"))
        if each.code == "child"
        else each
        for each in payees
    )
