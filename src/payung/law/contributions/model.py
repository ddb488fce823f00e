"""What an answer about contributions looks like, and what all four segments share."""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from payung.law.dates import add_months, first_of_month
from payung.law.errors import LawError
from payung.law.money import rounded
from payung.law.parameters import Dated, Source
from payung.law.sentences import words
from payung.law.steps import Step, step_from
from payung.law.wording import Words

LONGEST = 120  # months in one answer: more is a slip of the pen, not a contract

_PROGRAMS = {
    "jkk": "program.jkk",
    "jkm": "program.jkm",
    "jht": "program.jht",
    "jp": "program.jp",
    "jkp": "program.jkp",
    "jkk+jkm": "program.jkk-jkm",
}


@dataclass(frozen=True, slots=True)
class ContributionLine:
    """One payer's share of one programme in one contribution month, in whole rupiah.

    `relief` is taken off already in `amount`. `rate` is the percentage with its sign, or "tetap"
    for a fixed amount. `payer`: for BPU the code of the money that pays, else "employer",
    "worker", "state" or "migrant". `verified`: rate, base and relief were all seen in the text.
    """

    month: date
    program: str
    base: int
    rate: str
    relief: int
    amount: int
    source: Source
    verified: bool
    payer: str

    @property
    def name(self) -> str:
        """The programme in Indonesian."""
        return program_words(self.program).id

    @property
    def english(self) -> str:
        """The programme in English."""
        return program_words(self.program).en


@dataclass(frozen=True, slots=True)
class Instalment:
    """One stage in which a construction contribution may be paid; `amount` in whole rupiah."""

    stage: int
    percent: int
    amount: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """What is due: `amount` is the sum of the lines, in whole rupiah.

    `month` is the first contribution month; `lines` go by month, then programme, then payer.
    `by_state` are the shares the State pays (JKP): shown, and not in `amount`. `instalments`
    add up to `amount` where the law allows stages, and are empty elsewhere.
    """

    month: date
    lines: tuple[ContributionLine, ...]
    amount: int
    steps: tuple[Step, ...]
    by_state: tuple[ContributionLine, ...] = ()
    instalments: tuple[Instalment, ...] = ()

    @property
    def by_payer(self) -> dict[str, int]:
        """How much each payer pays in all, in the order of the lines."""
        parts: dict[str, int] = {}
        for line in self.lines:
            parts[line.payer] = parts.get(line.payer, 0) + line.amount
        return parts


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule used in one month; equal reasons of several months become one step."""

    rule: str
    since: date
    code: str
    values: tuple[tuple[str, Hashable], ...]
    verified: bool | None
    dated: Dated = field(compare=False, repr=False)


def because(dated: Dated, code: str, *, verified: bool | None = None, **values: Any) -> Reason:
    """A reason under a dated parameter; arguments as of `step_from`, values hashable."""
    return Reason(dated.parameter, dated.since, code, tuple(values.items()), verified, dated)


def steps_of(reasons: Iterable[tuple[date, Iterable[Reason]]]) -> tuple[Step, ...]:
    """Steps in order of first use, each with the `months` it was used in."""
    months: dict[Reason, list[date]] = {}
    for month, found in reasons:
        for reason in found:
            months.setdefault(reason, []).append(month)
    return tuple(
        step_from(
            reason.dated, reason.code, verified=reason.verified, months=when, **dict(reason.values)
        )
        for reason, when in months.items()
    )


def line(
    month: date,
    program: str,
    base: int,
    rate: str,
    full: Fraction | int,
    dated: Sequence[Dated],
    payer: str,
    percent_off: int = 0,
) -> ContributionLine:
    """A line from the exact full contribution; the first of `dated` is its source."""
    whole = rounded(full)
    amount = rounded(full * Fraction(100 - percent_off, 100)) if percent_off else whole
    return ContributionLine(
        month,
        program,
        base,
        rate,
        whole - amount,
        amount,
        dated[0].source,
        all(each.verified for each in dated),
        payer,
    )


def in_percent(*rates: str) -> str:
    """Percentages added up, as a line writes them: `("0.24", "-0.14")` → `"0.10%"`."""
    return f"{sum((Decimal(rate) for rate in rates), Decimal())}%"


def share(rate: str | int) -> Fraction:
    """A percentage as a part of the amount: `"0.24"` → `Fraction(24, 10000)`."""
    return Fraction(rate) / 100


def span(month: date, months: int) -> list[date]:
    """The first days of so many months in a row; LawError for an impossible number."""
    if type(months) is not int or not 1 <= months <= LONGEST:
        raise LawError("contribution.months", months=months, longest=LONGEST)
    return [add_months(first_of_month(month), offset) for offset in range(months)]


def is_money(value: object) -> bool:
    """Whether it is whole rupiah above zero: an int, no bool, no text, no decimals."""
    return type(value) is int and value > 0


def programs_in_order(programs: Collection[str], known: Sequence[str]) -> tuple[str, ...]:
    """The wanted programmes in the order of `known`; LawError for none or an unknown one."""
    wanted = [programs] if isinstance(programs, str) else list(programs)
    for each in wanted:
        if each not in known:
            raise LawError("contribution.unknown-program", program=each, known=tuple(known))
    if not wanted:
        raise LawError("contribution.no-program", known=tuple(known))
    return tuple(each for each in known if each in wanted)


def require_programs(wanted: Sequence[str], mandatory: Iterable[str]) -> None:
    """LawError when a programme that goes without saying was left out."""
    if missing := tuple(each for each in mandatory if each not in wanted):
        raise LawError("contribution.mandatory-missing", missing=in_capitals(missing))


def program_words(program: str) -> Words:
    """The name of a programme; KeyError for an unknown code."""
    return words(_PROGRAMS[program])


def in_capitals(programs: Iterable[str]) -> tuple[str, ...]:
    """Programmes as a sentence writes them: `("jkk",)` → `("JKK",)`."""
    return tuple(each.upper() for each in programs)


def payer_of(dated: Dated, code: object) -> Mapping[str, Any]:
    """The row of who pays in a table of funders; LawError for an unknown code."""
    for row in dated.rows:
        if row["code"] == code:
            return row
    known = [row["code"] for row in dated.rows]
    raise LawError("bpu.unknown-funder", funder=code, known=known)
