"""For what a worker is covered on a day, from the contribution months that were paid.

How the text is read (Permenaker 5/2021, amended by 1/2025):

- Cover begins when the number is issued, which follows the first payment (Ps 36).
- A month is in arrears once the 15th of that same month has passed unpaid (Ps 41(2), 42); paying
  it late ends the arrears from the day it is paid.
- No arrears: full cover. One to three consecutive months: JKK gives medical care and JKM the
  funeral; the rest follows once the arrears are taken out of it (Ps 92, 98).
- More than three consecutive months: nothing (Ps 44(1), 98(4)). The membership ends on the 16th
  of the fourth unpaid month; paying again starts a new one and forgives the old arrears, and
  paying the old arrears after that day does not bring it back (Ps 44(2)-(3)).
- Full JKM needs a membership of three consecutive paid months (Ps 97A, since 24 February 2025):
  from the first day after the third of them, or three months after the day the number was
  issued when that was within the first month (Ps 36(2)). Paying in advance does not shorten it.
  Whoever has passed it once keeps it until the membership ends. Whether it starts again after
  re-registration, and whether it binds those registered before that day, is not said; Payung
  takes the stricter reading and marks the step unverified.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from payung.law.contributions import due_date
from payung.law.dates import add_months, month_index, month_of_index
from payung.law.errors import LawError
from payung.law.parameters import Dated, parameter
from payung.law.steps import Step, step_from

JkkCover = Literal["full", "medical-only", "none"]
JkmCover = Literal["full", "funeral-only", "none"]
Standing = Literal["member", "lapsed", "not-registered"]


@dataclass(frozen=True, slots=True)
class Cover:
    """What a worker is covered for on one day.

    `consecutive_months`: the unbroken run of paid months up to that day (0 while in arrears).
    `paid_months`: all months paid so far, over all memberships. `arrears_months`: the unbroken
    run of unpaid months that are past due. `unpaid_months`: every unpaid month of the present
    membership, also those before a later payment. `full_jkm_from`: the first day of full JKM,
    reached or, if every coming month is paid, to come. `lapses_on`: the first day without any
    cover if nothing more is paid. `standing` tells a membership that ended from one that had
    not begun; a member in arrears is a member.
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
    standing: Standing = "member"


class _Paid(NamedTuple):
    """A paid month by its index, and the day it was paid (date.min: in time)."""

    month: int
    paid_on: date

    @property
    def counts_from(self) -> date:
        """The first day of the month once it is paid."""
        return max(self.paid_on, month_of_index(self.month))

    @property
    def opens(self) -> bool:
        """Whether it may open a membership: not when paid after its own month (Ps 36, 44(3))."""
        return month_index(self.paid_on) <= self.month


class _Membership(NamedTuple):
    """One membership: the months paid while it lived, its first day and the day it ended."""

    months: tuple[int, ...]
    start: date
    lapses_on: date


def cover(
    paid_months: Collection[date] | Mapping[date, date],
    on: date,
    registered_on: date | Collection[date] | None = None,
) -> Cover:
    """What the paid contribution months give on a day; see this module for the reading.

    `paid_months`: any day of each paid month, in any order, taken as paid in time; or a mapping
    from such a day to the day the month was paid, which also tells whether a membership had ended
    by then. Months paid for the time after `on` move only `lapses_on`; months paid after `on` are
    left out. `registered_on`: the day BPJS issued the membership number, or all the days on which
    it accepted a registration; there is no cover before the first. A day before any membership is
    answered with "none" and standing "not-registered". Raises LawError for a day before 1 April
    2021.
    """
    if isinstance(paid_months, Mapping):
        dated: dict[int, date] = {}
        for month, paid_on in paid_months.items():
            if paid_on <= on:
                index = month_index(month)
                dated[index] = min(paid_on, dated.get(index, paid_on))
    else:
        dated = {month_index(month): date.min for month in paid_months}
    paid = tuple(_Paid(month, dated[month]) for month in sorted(dated))
    if registered_on is None:
        registered: tuple[date, ...] = ()
    elif isinstance(registered_on, date):
        registered = (registered_on,)
    else:
        registered = tuple(sorted(registered_on))
    return _cover(paid, on, registered)


def cover_from_counts(
    on: date, paid_months: int, consecutive_months: int | None = None, arrears_months: int = 0
) -> Cover:
    """What so many paid months give on a day, when only their numbers are known.

    `paid_months`: all months paid that were over by `on`. `consecutive_months`: how many of them,
    without a gap, end with the last paid one; by default all. `arrears_months`: unpaid months
    past due after it; without any, the month of `on`, once due, is taken as paid as well. Months
    before the consecutive ones are taken as an earlier membership that had ended, so that nothing
    is promised that may not be owed. A step says each of these. Raises LawError for numbers that
    contradict each other.
    """
    consecutive = paid_months if consecutive_months is None else consecutive_months
    _check_counts(paid_months, consecutive, arrears_months)
    if not paid_months:
        return cover((), on)
    due = _last_due(on)
    running = due == month_index(on) and not arrears_months
    last = due - 1 if running else due - arrears_months
    gap = parameter("bpu.arrears-limit-months").at(on).integer + 1
    first = last - consecutive + 1
    apart = paid_months - consecutive
    if first - gap - apart < month_index(date.min):
        raise LawError("cover.counts-too-many", paid=paid_months)
    months = [*range(first - gap - apart, first - gap), *range(first, last + 1 + running)]
    found = cover([month_of_index(month) for month in months], on)
    found = replace(
        found,
        paid_months=paid_months,
        consecutive_months=min(consecutive, found.consecutive_months),
    )
    rule = parameter("bpu.counted-months").at(on)
    told: dict[str, Any] = {
        "paid": paid_months,
        "consecutive": consecutive,
        "last": month_of_index(last),
    }
    if running:
        steps = [step_from(rule, "cover.from-counts-running", running=month_of_index(due), **told)]
    else:
        steps = [step_from(rule, "cover.from-counts", **told)]
    if apart:
        steps.append(step_from(rule, "cover.earlier-apart", verified=False, months=apart))
    return replace(found, steps=(*steps, *found.steps))


def _check_counts(paid: int, consecutive: int, arrears: int) -> None:
    for count in (paid, consecutive, arrears):
        if type(count) is not int or count < 0:
            raise LawError("cover.count-not-whole", count=count)
    if consecutive > paid:
        raise LawError("cover.more-consecutive-than-paid", consecutive=consecutive, paid=paid)
    if paid and not consecutive:
        raise LawError("cover.no-consecutive", paid=paid)
    if arrears and not paid:
        raise LawError("cover.arrears-without-payment", arrears=arrears)


@lru_cache(maxsize=8192)  # a city's workers share few patterns of paid months
def _cover(paid: tuple[_Paid, ...], on: date, registered: tuple[date, ...]) -> Cover:
    limit = parameter("bpu.arrears-limit-months").at(on)
    past = sum(each.month <= month_index(on) for each in paid)
    memberships = _memberships(paid, limit.integer, registered)
    begun = [each for each in memberships if each.start <= on]
    if not begun:
        return _not_registered(on, memberships, registered, past)

    present = begun[-1]
    last = max(month for month in present.months if month <= month_index(on))
    arrears = max(0, _last_due(on) - last)
    if present.lapses_on <= on:
        step = step_from(
            limit,
            "cover.lapsed",
            unpaid_from=month_of_index(last + 1),
            limit=limit.integer,
            lapses_on=present.lapses_on,
            arrears_months=arrears,
        )
        ended = present.lapses_on
        return Cover("none", "none", 0, past, arrears, (), None, ended, (step,), "lapsed")

    full_from, waiting_steps = _full_jkm_from(present, on, arrears, again=len(begun) > 1)
    unpaid = _unpaid(present, on)
    reached = full_from is not None and full_from <= on
    return Cover(
        jkk="medical-only" if arrears else "full",
        jkm="full" if reached and not arrears else "funeral-only",
        consecutive_months=0 if arrears else _run_before(last, present.months),
        paid_months=past,
        arrears_months=arrears,
        unpaid_months=unpaid,
        full_jkm_from=full_from,
        lapses_on=present.lapses_on,
        steps=(*_arrears_steps(limit, arrears, unpaid, on), *waiting_steps),
    )


@lru_cache(maxsize=4096)
def _due(month: int) -> date:
    """The last day to pay a month; months before the first rule follow it as well."""
    first = parameter("bpu.due-day").values[0].since
    return due_date(max(month_of_index(month), first)).replace(
        year=month // 12, month=month % 12 + 1
    )


def _last_due(on: date) -> int:
    """The last month that is past due on a day, paid or not."""
    present = month_index(on)
    return present if on > _due(present) else present - 1


def _not_registered(
    on: date, memberships: list[_Membership], registered: tuple[date, ...], past: int
) -> Cover:
    number_on = memberships[0].start if memberships and past else min(registered, default=on)
    rule = parameter("bpu.start").at(on)
    if on < number_on:
        step = step_from(rule, "cover.before-number", start=number_on)
    else:
        step = step_from(rule, "cover.nothing-paid", on=on)
    return Cover("none", "none", 0, past, 0, (), None, None, (step,), "not-registered")


def _memberships(
    paid: tuple[_Paid, ...], limit: int, registered: tuple[date, ...]
) -> list[_Membership]:
    """The memberships these payments make, earliest first (Ps 36, 44).

    One is opened by a registration, or by a month paid no later than in that month. Months from
    before an end that are paid once it has come bring nothing back.
    """
    found: list[_Membership] = []
    opened, since = date.min, 0
    if registered:
        since = month_index(registered[0])
        paid = tuple(each for each in paid if each.month >= since)
    paid_on = dict(paid)
    while openers := [
        *((day, month_index(day)) for day in registered if day > opened),
        *((each.counts_from, each.month) for each in paid if each.opens and each.month >= since),
    ]:
        opened, first = min(openers)
        lapse = _lapse(paid_on, first, limit)
        ends = _due(lapse) + timedelta(days=1)
        months = tuple(
            each.month for each in paid if first <= each.month < lapse and each.paid_on < ends
        )
        if months:  # a number without any payment gives nothing
            earlier = [found[-1].lapses_on] if found else []
            start = max(opened, month_of_index(months[0]), *registered[:1], *earlier)
            found.append(_Membership(months, start, ends))
            since = lapse
    return found


def _lapse(paid_on: Mapping[int, date], first: int, limit: int) -> int:
    """The month whose due day ends a membership: with it more than `limit` in a row are unpaid."""
    month = first + limit
    while any(
        paid_on.get(each, date.max) <= _due(month) for each in range(month - limit, month + 1)
    ):
        month += 1
    return month


def _unpaid(membership: _Membership, on: date) -> tuple[date, ...]:
    months = range(membership.months[0], _last_due(on) + 1)
    return tuple(month_of_index(month) for month in months if month not in membership.months)


def _run_before(month: int, paid: Collection[int]) -> int:
    """How many consecutive paid months end with `month`."""
    run = 0
    while month - run in paid:
        run += 1
    return run


def _full_jkm_from(
    membership: _Membership, on: date, arrears: int, *, again: bool
) -> tuple[date | None, list[Step]]:
    """The first day of full JKM in this membership (Ps 97A), and why."""
    rule = parameter("bpu.new-member-months").at(on)
    waiting = rule.integer
    if waiting == 0:
        return membership.start, [step_from(rule, "cover.no-wait", full_jkm_from=membership.start)]
    steps = []
    if again:
        restart = parameter("bpu.re-registration").at(on)
        steps.append(step_from(restart, "cover.registered-again", start=membership.start))
    paid = frozenset(membership.months)
    complete = [month for month in membership.months if _run_before(month, paid) >= waiting]
    if complete:
        first = complete[0] - waiting + 1
    elif arrears:
        return None, [*steps, step_from(rule, "cover.run-broken", waiting=waiting)]
    else:
        last = max(month for month in membership.months if month <= month_index(on))
        first = last - _run_before(last, paid) + 1
    begins = max(membership.start, month_of_index(first))
    full_from = add_months(begins, waiting)
    reached = full_from <= on
    sentence = "cover.full-jkm" if reached else "cover.full-jkm-to-come"
    steps.append(step_from(rule, sentence, waiting=waiting, begins=begins, full_jkm_from=full_from))
    if membership.start < rule.since and not reached:
        steps.append(
            step_from(rule, "cover.registered-before-rule", verified=False, since=rule.since)
        )
    return full_from, steps


def _arrears_steps(
    limit: Dated, arrears: int, unpaid: tuple[date, ...], on: date
) -> tuple[Step, ...]:
    """The unbroken run up to `on`, which Ps 92 and 98 speak of, apart from earlier gaps."""
    before, run = unpaid[: len(unpaid) - arrears], unpaid[len(unpaid) - arrears :]
    if run:
        first = step_from(limit, "cover.in-arrears", arrears_months=arrears, unpaid=run)
    else:
        first = step_from(limit, "cover.no-arrears", on=on, arrears_months=0)
    if not before:
        return (first,)
    return first, step_from(limit, "cover.unpaid-before", verified=False, unpaid=before)
