"""What BPU cover costs, by income, sector, programmes and the money that pays."""

from collections.abc import Collection
from datetime import date
from fractions import Fraction
from functools import lru_cache

from payung.law.contributions.model import (
    Contribution,
    ContributionLine,
    Reason,
    because,
    is_money,
    line,
    payer_of,
    programs_in_order,
    require_programs,
    span,
    steps_of,
)
from payung.law.contributions.reliefs import relief
from payung.law.dates import first_of_month
from payung.law.errors import LawError
from payung.law.parameters import parameter

SECTORS = ("other", "transport")
BASIC = ("jkk", "jkm")
_RELIEFS = {"other": "bpu.relief.other", "transport": "bpu.relief.transport"}


def bpu_contribution(
    month: date,
    income: int | None = None,
    sector: str = "other",
    funder: str = "apbd",
    programs: Collection[str] = BASIC,
    months: int = 1,
) -> Contribution:
    """What one BPU worker's cover costs for one or more contribution months, in whole rupiah.

    `month`: any day of the first month. `income`: rupiah a month; left out, the lowest bracket.
    `sector`: "other" or "transport". `funder`: a code of the parameter `bpu.funders`. `programs`:
    JKK and JKM, and JHT if wanted. `months`: 1 to 120 in a row, one line per month and programme.
    Raises LawError for a month before the first rule, an income that is not whole rupiah above
    zero, an unknown sector, funder or programme, or an impossible number of months.
    Sources: PP 44/2015, PP 46/2015 and Permenaker 5/2021 Ps 32, 41; reliefs PP 49/2020, PP 50/2025.
    """
    wanted = _programs(month, programs)
    return _contribution(first_of_month(month), income, sector, funder, wanted, months)


def base_income(on: date, income: int) -> int:
    """The income BPJS counts with (dasar penghasilan) for a stated income, both in rupiah."""
    if not is_money(income):
        raise LawError("bpu.income-not-whole", income=income)
    reached = [
        row["base"] for row in parameter("bpu.brackets").at(on).rows if row["from_income"] <= income
    ]
    return int(reached[-1])


def due_date(month: date) -> date:
    """The last day to pay a contribution month without arrears (Permenaker 5/2021 Ps 41(2))."""
    day = parameter("bpu.due-day").at(month).integer
    return first_of_month(month).replace(day=day)


def _programs(month: date, programs: Collection[str]) -> tuple[str, ...]:
    rows = parameter("bpu.programs").at(first_of_month(month)).rows
    wanted = programs_in_order(programs, [row["program"] for row in rows])
    require_programs(wanted, (row["program"] for row in rows if row["mandatory"]))
    return wanted


def _contribution(
    month: date,
    income: int | None,
    sector: str,
    funder: str,
    programs: tuple[str, ...],
    months: int,
) -> Contribution:
    if sector not in SECTORS:
        raise LawError("bpu.unknown-sector", sector=sector, known=SECTORS)
    payer_of(parameter("bpu.funders").at(month), funder)
    when = span(month, months)
    bases = [base_income(each, 1 if income is None else income) for each in when]
    if months == 1:
        return _one_month(month, bases[0], sector, funder, programs)
    found = [_month(*each, sector, funder, programs) for each in zip(when, bases, strict=True)]
    lines = tuple(one for lines, _ in found for one in lines)
    reasons = [(each, why) for each, (_, why) in zip(when, found, strict=True)]
    steps = steps_of([*reasons, (month, _prepaid(month, months))])
    return Contribution(month, lines, sum(one.amount for one in lines), steps)


@lru_cache(maxsize=8192)  # a city's workers share few kinds of months
def _one_month(
    month: date, base: int, sector: str, funder: str, programs: tuple[str, ...]
) -> Contribution:
    lines, reasons = _month(month, base, sector, funder, programs)
    steps = steps_of([(month, reasons)])
    return Contribution(month, lines, sum(one.amount for one in lines), steps)


@lru_cache(maxsize=8192)
def _month(
    month: date, base: int, sector: str, funder: str, programs: tuple[str, ...]
) -> tuple[tuple[ContributionLine, ...], tuple[Reason, ...]]:
    """The lines of a month and why, for a base that `base_income` gave."""
    brackets = parameter("bpu.brackets").at(month)
    payer = payer_of(parameter("bpu.funders").at(month), funder)
    less = relief(_RELIEFS[sector], month, payer, sector)
    reasons = [because(brackets, "bpu.base", base=base)]
    lines = []
    for program in programs:
        if program == "jkm":
            dated = parameter("bpu.jkm-amount").at(month)
            full, rate = Fraction(dated.integer), "tetap"
            reasons.append(because(dated, "bpu.jkm", amount=dated.integer))
        else:
            dated = parameter("bpu.jkk-rate" if program == "jkk" else "bpu.jht-rate").at(month)
            full, rate = base * dated.rate, f"{dated.integer}%"
            code = "bpu.jkk" if program == "jkk" else "bpu.jht"
            whole = line(month, program, base, rate, full, (dated,), funder).amount
            reasons.append(because(dated, code, percent=dated.integer, base=base, amount=whole))
        sources = (dated, brackets, less.dated)
        lines.append(line(month, program, base, rate, full, sources, funder, less.off(program)))
    return tuple(lines), (*reasons, less.reason)


def _prepaid(month: date, months: int) -> tuple[Reason, ...]:
    """A note when so many months cannot be paid at once in advance."""
    dated = parameter("bpu.prepayment-months")
    if month < dated.values[0].since:
        return ()
    allowed = tuple(int(row["months"]) for row in dated.at(month).rows)
    code = "bpu.prepaid" if months in allowed else "bpu.prepaid-in-parts"
    shown = tuple(str(each) for each in allowed)
    return (because(dated.at(month), code, count=months, allowed=shown),)
