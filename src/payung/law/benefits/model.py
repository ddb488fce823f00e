"""Lines and answers that every benefit is made of, and what arrears take out of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from payung.law.contributions import bpu_contribution, due_date
from payung.law.dates import month_index, month_of_index
from payung.law.membership import Cover
from payung.law.parameters import Dated, Source, parameter
from payung.law.steps import Step, step_from
from payung.law.wording import Words


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One benefit. `amount` is whole rupiah, or None where the law pays the actual cost.

    `name` and `note` are Indonesian, `english` and `note_english` English.
    """

    benefit: str
    name: str
    english: str
    amount: int | None
    source: Source
    verified: bool
    note: str = ""
    note_english: str = ""


@dataclass(frozen=True, slots=True)
class SchoolYear:
    """One school year of one child's scholarship.

    `child` counts from 1 in the order given, `age` is the child's in that year, `since` the
    calendar year in which the school year begins, `level` a code of `scholarship.levels`,
    `amount` whole rupiah.
    """

    child: int
    age: int
    since: int
    level: str
    name: str
    english: str
    amount: int

    @property
    def label(self) -> str:
        """As schools write it: `2026/2027`."""
        return f"{self.since}/{self.since + 1}"


@dataclass(frozen=True, slots=True)
class Benefit:
    """What is owed for one event, in whole rupiah.

    `total` is the sum of `lines`; what follows only once arrears are settled stands in `later`,
    less `deduction`. `school_years` are the years behind the scholarship lines.
    """

    lines: tuple[BenefitLine, ...]
    total: int
    steps: tuple[Step, ...]
    later: tuple[BenefitLine, ...] = ()
    deduction: int = 0
    school_years: tuple[SchoolYear, ...] = ()

    @property
    def later_total(self) -> int:
        return max(0, sum_of(self.later) - self.deduction)


def sum_of(lines: Iterable[BenefitLine]) -> int:
    return sum(line.amount or 0 for line in lines)


def line(
    dated: Dated,
    benefit: str,
    name: Words,
    amount: int | None,
    *,
    source: Source | None = None,
    verified: bool | None = None,
    note: Words | None = None,
) -> BenefitLine:
    """A line under a dated parameter; article, certainty and note are its own unless given."""
    return BenefitLine(
        benefit,
        *name,
        amount,
        source or dated.source,
        dated.verified if verified is None else verified,
        *(note or (dated.note, dated.note_english)),
    )


def rupiah_line(on: date, parameter_id: str, benefit: str, name: Words) -> BenefitLine:
    """A line whose amount is the parameter's own value."""
    dated = parameter(parameter_id).at(on)
    return line(dated, benefit, name, dated.integer)


def still_waiting(cover: Cover, on: date) -> bool:
    """Whether full JKM has not yet begun on `on` (Permenaker 5/2021 jo. 1/2025 Ps 97A)."""
    return cover.full_jkm_from is None or cover.full_jkm_from > on


def answer(
    lines: Iterable[BenefitLine],
    steps: Iterable[Step],
    school_years: tuple[SchoolYear, ...] = (),
) -> Benefit:
    """Lines that are payable at once, summed."""
    now = tuple(lines)
    return Benefit(now, sum_of(now), tuple(steps), school_years=school_years)


def answer_in_arrears(
    now: Iterable[BenefitLine],
    later: Iterable[BenefitLine],
    steps: Iterable[Step],
    *,
    rule_id: str,
    on: date,
    cover: Cover,
    income: int | None,
    school_years: tuple[SchoolYear, ...] = (),
) -> Benefit:
    """Lines that are payable at once, and those that follow less the arrears (Ps 92, 98).

    Only the unbroken run of unpaid months before `on` is taken out. Heirs or worker settle it, so
    it is counted as paid by themselves; that reading is ours and the last step says so.
    """
    lines, waiting = tuple(now), tuple(later)
    if not waiting:
        return answer(lines, steps, school_years)
    last = month_index(on) if on > due_date(on) else month_index(on) - 1
    months = [month_of_index(last - back) for back in reversed(range(cover.arrears_months))]
    deduction = sum(bpu_contribution(month, income, funder="self").amount for month in months)
    step = step_from(
        parameter(rule_id).at(on),
        "benefits.arrears-deducted",
        verified=False,
        deduction=deduction,
        later=sum_of(waiting),
        unpaid=months,
    )
    return Benefit(lines, sum_of(lines), (*steps, step), waiting, deduction, school_years)
