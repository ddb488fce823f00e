"""Who may register as BPU, what may be paid ahead, what must be told BPJS and what is given back.

Permenaker 5/2021 Ps 33 asks for a NIK, an age below 65 and a business or work. It sets no lowest
age and no end for whoever joined in time; both are marked as not seen in its text, and so is that
the servants of the state, whom Ps 2(2) leaves out as wage earners, do not register as BPU either.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from payung.identity.nik import age_on
from payung.law.calendar import WorkingDay, working_day
from payung.law.dates import first_of_month
from payung.law.errors import LawError
from payung.law.parameters import Source, parameter
from payung.law.steps import Step, step_from
from payung.law.wording import Words


@dataclass(frozen=True, slots=True)
class Eligibility:
    """`reasons`: the codes of all rules that refuse, empty when `ok`.

    "age-limit", "below-working-age", "no-nik", "no-work", or "state-service".
    """

    ok: bool
    reasons: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def reason(self) -> str:
        """The first rule that refuses, "ok" when none does."""
        return self.reasons[0] if self.reasons else "ok"


@dataclass(frozen=True, slots=True)
class AgeLimits:
    """Whole years on the first day of cover, for judging many people at once.

    `least`: the youngest who may work. `adult`: who is younger is a child in the words of the law,
    and deserves a look. `limit`: must not be reached yet, by `limit_source`.
    """

    least: int
    adult: int
    limit: int
    limit_source: Source


def age_limits(start: date) -> AgeLimits:
    """The ages between which a worker may register from `start`; agrees with `may_register`.

    Raises LawError for a day before the rule. Permenaker 5/2021 Ps 33(1)b.
    """
    limit = parameter("bpu.age-limit").at(start)
    least = parameter("work.minimum-age").at(start).integer
    adult = parameter("work.adult-age").at(start).integer
    return AgeLimits(least, adult, limit.integer, limit.source)


def may_register(
    birth_date: date,
    start: date,
    *,
    nik: bool = True,
    has_work: bool = True,
    status: str | None = None,
    member_since: date | None = None,
) -> Eligibility:
    """Whether a worker may be a BPU member from `start` (Permenaker 5/2021 Ps 33(1)).

    `nik`: has a NIK or KTP. `has_work`: has a business or work. `status`: a code of the parameter
    `bpu.state-service` ("asn", "tni", "polri", …), None for everybody else. `member_since`: the
    day a membership began that goes on without a break: whoever joined below the age limit may
    go on paying after it. Raises LawError when `start` or `member_since` cannot be, for an
    unknown status, and for a day before the rule.
    """
    if birth_date > start:
        raise LawError("membership.born-after-start", birth_date=birth_date, start=start)
    if member_since is not None and not birth_date < member_since <= start:
        raise LawError("membership.member-since-impossible", since=member_since, start=start)
    found = [
        _age_limit(birth_date, start, member_since),
        _working_age(birth_date, start),
        _has("bpu.identity", nik, start, "no-nik", "membership.has-nik", "membership.no-nik"),
        _has("bpu.work", has_work, start, "no-work", "membership.has-work", "membership.no-work"),
    ]
    if status is not None:
        found.append(_state_service(status, start))
    reasons = tuple(code for code, _ in found if code)
    return Eligibility(not reasons, reasons, tuple(step for _, step in found))


def _age_limit(birth_date: date, start: date, member_since: date | None) -> tuple[str, Step]:
    limit = parameter("bpu.age-limit").at(start)
    age = age_on(birth_date, start)
    below = age < limit.integer
    if not below and member_since is not None and age_on(birth_date, member_since) < limit.integer:
        beyond = parameter("bpu.after-age-limit").at(start)
        code = "membership.goes-on-after-limit"
        return "", step_from(
            beyond, code, start=start, age=age, limit=limit.integer, since=member_since
        )
    sentence = "membership.below-age-limit" if below else "membership.age-limit-reached"
    step = step_from(limit, sentence, start=start, age=age, limit=limit.integer)
    return "" if below else "age-limit", step


def _working_age(birth_date: date, start: date) -> tuple[str, Step]:
    least = parameter("work.minimum-age").at(start)
    age = age_on(birth_date, start)
    young = age < least.integer
    sentence = "membership.below-working-age" if young else "membership.of-working-age"
    step = step_from(least, sentence, start=start, age=age, least=least.integer)
    return "below-working-age" if young else "", step


def _has(
    rule: str, has: bool, start: date, refusal: str, said_yes: str, said_no: str
) -> tuple[str, Step]:
    dated = parameter(rule).at(start)
    return ("", step_from(dated, said_yes)) if has else (refusal, step_from(dated, said_no))


def _state_service(status: str, start: date) -> tuple[str, Step]:
    dated = parameter("bpu.state-service").at(start)
    rows = {row["code"]: row for row in dated.rows}
    if status not in rows:
        raise LawError("membership.unknown-status", status=status, known=tuple(rows))
    row = rows[status]
    step = step_from(
        dated,
        "membership.state-service",
        status=Words(row["name"], row["english"]),
        why=Words(row["why"], row["why_english"]),
    )
    return "state-service", step


def prepayment_lengths(on: date) -> tuple[int, ...]:
    """The numbers of months a member may pay at once, 1 for monthly (Ps 41(3)-(4))."""
    rows = parameter("bpu.prepayment-months").at(on).rows
    return (1, *(int(row["months"]) for row in rows))


def number_due(complete_on: date) -> WorkingDay:
    """By when BPJS issues the membership number, with which JKK and JKM begin (Ps 36).

    `complete_on`: the day the form was complete and the first contribution paid.
    """
    return working_day(complete_on, parameter("bpu.number-days").at(complete_on).integer)


def data_change_due(changed_on: date) -> WorkingDay:
    """By when a member tells BPJS of changed data of himself or his family (Ps 37(1)).

    Untold changes do not count: benefits follow the data BPJS holds (Ps 37(4)).
    """
    return working_day(changed_on, parameter("bpu.data-change-days").at(changed_on).integer)


@dataclass(frozen=True, slots=True)
class Refund:
    """`months`: the paid contribution months that are given back, earliest first."""

    months: tuple[date, ...]
    steps: tuple[Step, ...]


def refundable_months(paid_months: Collection[date], claim_on: date) -> Refund:
    """The months paid beyond the month of a death or total disability, which BPJS gives back.

    `paid_months`: any day of each paid month. To whom it goes, a sponsor or the heirs, is for the
    agreement to say. Practice of BPJS, not seen in a regulation: the step is unverified.
    """
    rule = parameter("bpu.refund").at(claim_on)
    last = first_of_month(claim_on)
    months = tuple(sorted({m for m in map(first_of_month, paid_months) if m > last}))
    sentence = "membership.refund" if months else "membership.no-refund"
    return Refund(months, (step_from(rule, sentence, month=last, months=months),))
