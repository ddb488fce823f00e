"""What BPU cover costs, by income, sector, programmes and the money that pays."""

from collections.abc import Collection, Sequence
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
from payung.law.contributions.reliefs import Relief, relief
from payung.law.dates import first_of_month
from payung.law.errors import LawError
from payung.law.parameters import parameter

SECTORS = ("other", "transport")
BASIC = ("jkk", "jkm")
_RATES = {"jkk": "bpu.jkk-rate", "jkm": "bpu.jkm-amount", "jht": "bpu.jht-rate"}
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
    wanted = chosen_programs(month, programs)
    return _contribution(first_of_month(month), income, sector, funder, wanted, months)


def base_income(on: date, income: int | None) -> int:
    """The income BPJS counts with (dasar penghasilan) for a stated income, both in rupiah.

    None: the base of the lowest bracket. Raises LawError for what is not whole rupiah above zero.
    """
    if income is None:
        return int(parameter("bpu.brackets").at(on).rows[0]["base"])
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


def chosen_programs(month: date, programs: Collection[str]) -> tuple[str, ...]:
    """The programmes in order; LawError when one is unknown or a mandatory one is missing."""
    rows = parameter("bpu.programs").at(first_of_month(month)).rows
    wanted = programs_in_order(programs, [row["program"] for row in rows])
    require_programs(wanted, (row["program"] for row in rows if row["mandatory"]))
    return wanted


def check_kind(month: date, sector: str, funder: str) -> None:
    """LawError for a sector or source of money that the rules of the month do not know."""
    if sector not in SECTORS:
        raise LawError("bpu.unknown-sector", sector=sector, known=SECTORS)
    payer_of(parameter("bpu.funders").at(month), funder)


def _contribution(
    month: date,
    income: int | None,
    sector: str,
    funder: str,
    programs: tuple[str, ...],
    months: int,
) -> Contribution:
    check_kind(month, sector, funder)
    when = span(month, months)
    bases = [base_income(each, income) for each in when]
    if months == 1:
        return _one_month(month, bases[0], sector, funder, programs)
    lines: list[ContributionLine] = []
    reasons: list[tuple[date, list[Reason]]] = []
    for each, base in zip(when, bases, strict=True):
        found = month_lines(each, base, sector, funder, programs)
        lines.extend(found)
        reasons.append((each, _reasons(found, sector, funder)))
    steps = steps_of([*reasons, (month, _prepaid(month, months))])
    return Contribution(month, tuple(lines), sum(one.amount for one in lines), steps)


@lru_cache(maxsize=8192)  # a city's workers share few kinds of months
def _one_month(
    month: date, base: int, sector: str, funder: str, programs: tuple[str, ...]
) -> Contribution:
    lines = month_lines(month, base, sector, funder, programs)
    steps = steps_of([(month, _reasons(lines, sector, funder))])
    return Contribution(month, lines, sum(one.amount for one in lines), steps)


@lru_cache(maxsize=8192)
def month_lines(
    month: date, base: int, sector: str, funder: str, programs: tuple[str, ...]
) -> tuple[ContributionLine, ...]:
    """The lines of a month, for what `check_kind` and `base_income` let through."""
    brackets = parameter("bpu.brackets").at(month)
    less = _relief(month, sector, funder)
    lines = []
    for program in programs:
        dated = parameter(_RATES[program]).at(month)
        full, rate = base * dated.rate, f"{dated.integer}%"
        if program == "jkm":
            full, rate = Fraction(dated.integer), "tetap"
        sources = (dated, brackets, less.dated)
        lines.append(line(month, program, base, rate, full, sources, funder, less.off(program)))
    return tuple(lines)


@lru_cache(maxsize=8192)
def _relief(month: date, sector: str, funder: str) -> Relief:
    payer = payer_of(parameter("bpu.funders").at(month), funder)
    return relief(_RELIEFS[sector], month, payer, sector)


def _reasons(lines: Sequence[ContributionLine], sector: str, funder: str) -> list[Reason]:
    """Why the lines of one month are what they are."""
    month, base = lines[0].month, lines[0].base
    reasons = [because(parameter("bpu.brackets").at(month), "bpu.base", base=base)]
    for one in lines:
        dated = parameter(_RATES[one.program]).at(month)
        full = one.amount + one.relief
        if one.program == "jkm":
            reasons.append(because(dated, "bpu.jkm", amount=full))
        else:
            code = "bpu.jkk" if one.program == "jkk" else "bpu.jht"
            reasons.append(because(dated, code, percent=dated.integer, base=base, amount=full))
    return [*reasons, _relief(month, sector, funder).reason]


def _prepaid(month: date, months: int) -> tuple[Reason, ...]:
    """A note when so many months cannot be paid at once in advance."""
    dated = parameter("bpu.prepayment-months")
    if month < dated.values[0].since:
        return ()
    allowed = tuple(int(row["months"]) for row in dated.at(month).rows)
    code = "bpu.prepaid" if months in allowed else "bpu.prepaid-in-parts"
    shown = tuple(str(each) for each in allowed)
    return (because(dated.at(month), code, count=months, allowed=shown),)
