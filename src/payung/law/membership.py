"""Who may register, and for what a worker is covered on a day, from the months that were paid.

How the text is read (Permenaker 5/2021, amended by 1/2025):

- A month is in arrears once the 15th of that same month has passed unpaid (Ps 41(2), 42).
- No arrears: full cover. One to three consecutive months: JKK gives medical care and JKM the
  funeral; the rest follows once the arrears are taken out of it (Ps 92, 98).
- More than three consecutive months: nothing (Ps 44(1), 98(4)). The membership ends on the 16th
  of the fourth unpaid month; paying again starts a new one and forgives the old arrears
  (Ps 44(2)-(3)).
- Full JKM needs a membership of three consecutive paid months (Ps 97A, since 24 February 2025):
  from the first day after the third of them, or three months after the day the number was
  issued when that was within the first month (Ps 36(2)). Paying in advance does not shorten it.
  Whoever has passed it once keeps it until the membership ends. Whether it starts again after
  re-registration is not said; Payung restarts it and marks the step unverified.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from payung.law.contributions import due_date
from payung.law.dates import add_months, month_index, month_of_index
from payung.law.errors import LawError
from payung.law.parameters import parameter
from payung.law.steps import Step, step_from

JkkCover = Literal["full", "medical-only", "none"]
JkmCover = Literal["full", "funeral-only", "none"]


@dataclass(frozen=True, slots=True)
class Cover:
    """What a worker is covered for on one day.

    `consecutive_months`: the unbroken run of paid months up to that day (0 while in arrears).
    `paid_months`: all months paid so far, over all memberships. `arrears_months`: the unbroken
    run of unpaid months that are past due. `unpaid_months`: every unpaid month of the present
    membership, also those before a later payment. `full_jkm_from`: the first day of full JKM,
    reached or, if every coming month is paid, to come. `lapses_on`: the first day without any
    cover if nothing more is paid.
    """

    jkk: JkkCover
    jkm: JkmCover
    consecutive_months: int
    paid_months: int
    arrears_months: int
    unpaid_months: tuple[date, ...]
    full_jkm_from: date | None
    lapses_on: date | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Eligibility:
    """`reason` is "ok" or the code of the rule that refuses."""

    ok: bool
    reason: str
    steps: tuple[Step, ...]


def may_register(birth_date: date, start: date) -> Eligibility:
    """Whether the age allows cover to begin on `start` (Permenaker 5/2021 Ps 33(1)b).

    Age only: NIK, work, and other memberships are checked elsewhere. A member who joined before
    the limit may go on paying after it. Raises LawError when `start` is before the birth date
    or before the rule.
    """
    if birth_date > start:
        raise LawError("membership.born-after-start", birth_date=birth_date, start=start)
    limit = parameter("bpu.age-limit").at(start)
    age = start.year - birth_date.year
    if (start.month, start.day) < (birth_date.month, birth_date.day):
        age -= 1
    ok = age < limit.integer
    sentence = "membership.below-age-limit" if ok else "membership.age-limit-reached"
    step = step_from(limit, sentence, start=start, age=age, limit=limit.integer)
    return Eligibility(ok, "ok" if ok else "age-limit", (step,))


def cover(paid_months: Collection[date], on: date, registered_on: date | None = None) -> Cover:
    """What the paid contribution months give on a day; see this module for the reading.

    `paid_months`: any day of each paid month, in any order; months after `on` (paid in advance)
    move only `lapses_on`. `registered_on`: the day the membership number was issued; cover of
    its month begins that day. Raises LawError for a day before 1 April 2021.
    """
    return _cover(tuple(sorted({month_index(month) for month in paid_months})), on, registered_on)


@lru_cache(maxsize=65536)  # a city's workers share few patterns of paid months
def _cover(paid: tuple[int, ...], on: date, registered_on: date | None) -> Cover:
    limit = parameter("bpu.arrears-limit-months").at(on)
    present = month_index(on)
    past = [month for month in paid if month <= present]
    if not past:
        step = step_from(limit, "cover.nothing-paid", on=on)
        return Cover("none", "none", 0, 0, 0, (), None, None, (step,))

    membership = _membership_around(past[-1], paid, limit.integer)
    start = month_of_index(membership[0])
    if registered_on is not None and month_index(registered_on) == membership[0]:
        start = registered_on
    due = present if on > due_date(on) else present - 1
    arrears = max(0, due - past[-1])
    lapses_on = due_date(month_of_index(membership[-1] + limit.integer + 1)) + timedelta(days=1)

    if arrears > limit.integer:
        step = step_from(
            limit,
            "cover.lapsed",
            unpaid_from=month_of_index(past[-1] + 1),
            limit=limit.integer,
            lapses_on=lapses_on,
            arrears_months=arrears,
        )
        return Cover("none", "none", 0, len(past), arrears, (), None, lapses_on, (step,))
    if on < start:
        step = step_from(limit, "cover.before-number", start=start)
        return Cover("none", "none", 0, len(past), 0, (), None, lapses_on, (step,))

    full_from, waiting_steps = _full_jkm_from(membership, start, on, arrears, paid)
    unpaid = tuple(map(month_of_index, sorted({*range(membership[0], due + 1)} - {*membership})))
    steps = [_arrears_step(arrears, unpaid, on), *waiting_steps]
    reached = full_from is not None and full_from <= on
    return Cover(
        jkk="medical-only" if arrears else "full",
        jkm="full" if reached and not arrears else "funeral-only",
        consecutive_months=0 if arrears else _run_before(past[-1], membership),
        paid_months=len(past),
        arrears_months=arrears,
        unpaid_months=unpaid,
        full_jkm_from=full_from,
        lapses_on=lapses_on,
        steps=tuple(steps),
    )


def _membership_around(month: int, paid: tuple[int, ...], limit: int) -> list[int]:
    """The paid months of the membership holding `month`: no longer gap than `limit` inside."""
    found: list[int] = []
    for each in paid:
        if found and each - found[-1] - 1 > limit:
            if found[-1] >= month:
                break
            found = []
        found.append(each)
    return found


def _run_before(month: int, membership: list[int]) -> int:
    """How many consecutive paid months end with `month`."""
    months, run = set(membership), 0
    while month - run in months:
        run += 1
    return run


def _full_jkm_from(
    membership: list[int], start: date, on: date, arrears: int, paid: tuple[int, ...]
) -> tuple[date | None, list[Step]]:
    """The first day of full JKM in this membership (Ps 97A), and why."""
    rule = parameter("bpu.new-member-months").at(on)
    waiting = rule.integer
    if waiting == 0:
        return start, [step_from(rule, "cover.no-wait", full_jkm_from=start)]
    steps = []
    if membership[0] != paid[0]:
        again = parameter("bpu.re-registration").at(on)
        steps.append(step_from(again, "cover.registered-again", start=start))
    complete = [month for month in membership if _run_before(month, membership) >= waiting]
    if complete:
        first = complete[0] - waiting + 1
    elif arrears:
        return None, [*steps, step_from(rule, "cover.run-broken", waiting=waiting)]
    else:
        last = max(month for month in membership if month <= month_index(on))
        first = last - _run_before(last, membership) + 1
    begins = start if first == membership[0] else month_of_index(first)
    full_from = add_months(begins, waiting)
    sentence = "cover.full-jkm" if full_from <= on else "cover.full-jkm-to-come"
    step = step_from(rule, sentence, waiting=waiting, begins=begins, full_jkm_from=full_from)
    return full_from, [*steps, step]


def _arrears_step(arrears: int, unpaid: tuple[date, ...], on: date) -> Step:
    limit = parameter("bpu.arrears-limit-months").at(on)
    if arrears:
        return step_from(limit, "cover.in-arrears", arrears_months=arrears, unpaid=unpaid)
    if unpaid:
        return step_from(
            limit, "cover.unpaid-before", verified=False, arrears_months=0, unpaid=unpaid
        )
    return step_from(limit, "cover.no-arrears", on=on, arrears_months=0)
