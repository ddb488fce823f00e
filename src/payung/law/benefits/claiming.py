"""Claiming a scholarship year by year, and passing it to another child (Ps 105, 106)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from payung.law.benefits.model import Benefit, BenefitLine, SchoolYear, answer, line
from payung.law.benefits.scholarship import (
    Child,
    known_children,
    planned,
    scholarship_plan,
    school_year,
)
from payung.law.errors import LawError
from payung.law.parameters import parameter
from payung.law.sentences import words
from payung.law.steps import step_from
from payung.law.wording import Words


def scholarship_claim(
    event: date, on: date, child: int | Child, claimed: Collection[int] = ()
) -> Benefit:
    """What can be claimed on `on` for one child after an event on `event`, year by year.

    `child`: age on the day of the event, or `Child`. `claimed`: years in which already claimed
    school years begin (2026 for 2026/2027). Since 24 February 2025 a claim reaches the running
    school year and three before it, and the child must still qualify (Ps 106(4)-(5)); before,
    everything not yet claimed was paid. Raises LawError for a claim before the event, or a
    claimed year that was never owed.
    """
    (known,) = known_children(event, [child])
    plan = planned(event, (known,)).school_years
    _check_years(event, on, plan, claimed)
    rule = parameter("scholarship.claiming").at(on)
    reach, running = rule.rows[0], school_year(on)
    limit = parameter("scholarship.age-limit").at(on)
    age = known.age + running - school_year(event)
    if reach["must_qualify"] and age >= limit.integer:
        step = step_from(
            rule, "scholarship.no-longer-entitled", age=age, limit=limit.integer, verified=False
        )
        return answer((), (step,))
    earliest = running - reach["school_years"] if "school_years" in reach else 0
    unclaimed = [each for each in plan if each.since not in claimed and each.since <= running]
    due = [each for each in unclaimed if each.since >= earliest]
    lost = [each.label for each in unclaimed if each.since < earliest]
    steps = [
        step_from(
            rule,
            "scholarship.claimable" if due else "scholarship.nothing-to-claim",
            verified=False,  # which school year the event falls in is our reading
            years=[each.label for each in due],
            on=on,
            amount=sum(each.amount for each in due),
        )
    ]
    if lost:
        first = not claimed  # Ps 106(2) sets a late first claim no limit
        code = "scholarship.years-lost-first" if first else "scholarship.years-lost"
        steps.append(step_from(rule, code, verified=not first, years=lost))
    return answer(_lines(event, due, known), steps, tuple(due))


def scholarship_transfer(
    event: date,
    on: date,
    child: int | Child,
    replacement: int | Child,
    received: Collection[int] = (),
    *,
    transferred_before: bool = False,
) -> Benefit:
    """What passes to another child when one dies on `on` while receiving (Ps 105(3)-(4)).

    `child`: as on the day of the `event`; `received`: years in which the school years it already
    received begin. `replacement`: as on `on`. What the dead child had still to receive from the
    running school year on is paid by the replacement's own levels until it is used up, once and
    to one child. A child who died before receiving anything is replaced by name (Ps 105(2)).
    Raises LawError for a second transfer, and as `scholarship_claim` does.
    """
    rule = parameter("scholarship.transfers").at(on)
    if transferred_before:
        raise LawError("scholarship.transferred-before", times=rule.integer)
    plan = scholarship_plan(event, [child])
    _check_years(event, on, plan, received)
    running = school_year(on)
    rest = sum(each.amount for each in plan if each.since not in received and each.since >= running)
    left, years = rest, []
    (other,) = known_children(on, [replacement])
    for each in planned(on, (other,)).school_years:
        if amount := min(each.amount, left):
            years.append(replace(each, amount=amount))
            left -= amount
    step = step_from(rule, "scholarship.transferred", rest=rest, paid=rest - left)
    return answer(_lines(on, years, other), (step,), tuple(years))


def _check_years(event: date, on: date, plan: Sequence[SchoolYear], named: Collection[int]) -> None:
    if on < event:
        raise LawError("scholarship.claim-before-event", on=on, event=event)
    owed = {each.since for each in plan}
    if never := sorted(set(named) - owed):
        raise LawError(
            "scholarship.year-not-owed",
            years=[str(year) for year in never],
            known=[str(year) for year in sorted(owed)],
        )


def _lines(on: date, years: Sequence[SchoolYear], child: Child) -> list[BenefitLine]:
    """One line for each school year; certain only when the level was stated."""
    rule = parameter("scholarship.levels").at(on)
    return [
        line(
            rule,
            "scholarship",
            words("scholarship.year-line", year=each.label, level=Words(each.name, each.english)),
            each.amount,
            verified=rule.verified and child.level is not None,
        )
        for each in years
    ]
