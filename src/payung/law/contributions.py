"""What a month of BPU cover costs, by income, sector and the money that pays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from payung.law.dates import first_of_month
from payung.law.errors import LawError
from payung.law.parameters import parameter
from payung.law.steps import Step, step_from
from payung.law.wording import Words

SECTORS = ("other", "transport")


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """One programme's share; `relief` is taken off already in `amount` (whole rupiah)."""

    program: str
    base: int
    rate: str
    relief: int
    amount: int


@dataclass(frozen=True, slots=True)
class Contribution:
    month: date
    lines: tuple[ContributionLine, ...]
    amount: int
    steps: tuple[Step, ...]


def bpu_contribution(
    month: date, income: int = 1_000_000, sector: str = "other", funder: str = "apbd"
) -> Contribution:
    """JKK and JKM for one worker and contribution month, in whole rupiah.

    `month`: any day of the contribution month. `income`: rupiah a month. `sector`: "other" or
    "transport". `funder`: a code of the parameter `bpu.funders`. Raises LawError for a month
    before the first rule, an income that is not a positive whole number, or an unknown sector
    or funder. Sources: PP 44/2015 and its reliefs, PP 50/2025.
    """
    return _contribution(first_of_month(month), base_income(month, income), sector, funder)


def base_income(on: date, income: int) -> int:
    """The income BPJS counts with (dasar penghasilan) for a stated income, both in rupiah."""
    if type(income) is not int or income < 1:
        raise LawError("bpu.income-not-whole", income=income)
    reached = [
        row["base"] for row in parameter("bpu.brackets").at(on).rows if row["from_income"] <= income
    ]
    return int(reached[-1])


def due_date(month: date) -> date:
    """The last day to pay a contribution month without arrears (Permenaker 5/2021 Ps 41(2))."""
    day = parameter("bpu.due-day").at(month).integer
    return first_of_month(month).replace(day=day)


@lru_cache(maxsize=4096)
def _contribution(month: date, base: int, sector: str, funder: str) -> Contribution:
    if sector not in SECTORS:
        raise LawError("bpu.unknown-sector", sector=sector, known=SECTORS)
    brackets = parameter("bpu.brackets").at(month)
    rate = parameter("bpu.jkk-rate").at(month)
    flat = parameter("bpu.jkm-amount").at(month)
    percent, relief_step = _relief(month, sector, funder)
    jkk = base * rate.integer // 100
    jkm = flat.integer
    lines = (
        _line("jkk", base, f"{rate.integer}%", jkk, percent),
        _line("jkm", base, "tetap", jkm, percent),
    )
    steps = (
        step_from(brackets, "bpu.base", base=base),
        step_from(rate, "bpu.jkk", percent=rate.integer, base=base, amount=jkk),
        step_from(flat, "bpu.jkm", amount=jkm),
        relief_step,
    )
    return Contribution(month, lines, sum(line.amount for line in lines), steps)


def _line(program: str, base: int, rate: str, full: int, percent: int) -> ContributionLine:
    relief = full * percent // 100
    return ContributionLine(program, base, rate, relief, full - relief)


def _relief(month: date, sector: str, funder: str) -> tuple[int, Step]:
    """The percentage off for this month, sector and funder, and why."""
    dated = parameter(f"bpu.relief.{sector}").at(month)
    payer = _funder(month, funder)
    percent = int(dated.value["percent"])
    values: dict[str, Any] = {
        "sector": sector,
        "funder": funder,
        "payer": Words(payer["name"], payer["english"]),
        "month": month,
    }
    if percent == 0:
        sentence = "bpu.no-relief"
    elif payer["counts_as"] in dated.value["excluded"]:
        percent, sentence = 0, "bpu.relief-excluded"
    elif payer["counts_as"] in dated.value["silent"]:
        return 0, step_from(
            dated, "bpu.relief-silent", verified=False, percent=0, silent=True, **values
        )
    else:
        sentence = "bpu.relief"
    return percent, step_from(dated, sentence, percent=percent, **values)


def _funder(month: date, code: str) -> Mapping[str, Any]:
    rows = parameter("bpu.funders").at(month).rows
    for row in rows:
        if row["code"] == code:
            return row
    raise LawError("bpu.unknown-funder", funder=code, known=[row["code"] for row in rows])
