"""Giving workers months from funds, by declared priorities.

Workers are taken in order of priority. Each gets one unbroken run, as early as possible, from the
first fund that can pay it; funds with restrictions come before free ones, so that money anybody
could use is kept for those nobody else may pay. The same question always gets the same answer.

Where a fund has one price, more money never takes a place away from anyone. Where prices differ
inside a fund, a dearer worker of higher priority may come in before two cheaper ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate

from payung.identity.numbers import dotted
from payung.planning.terms import (
    DEFAULT_PRIORITIES,
    Allocation,
    Candidate,
    Fund,
    FundTotal,
    Id,
    LeftOut,
    Months,
    PlanError,
    PlanResult,
    PlanWarning,
    Price,
    Priority,
)

COVERED = "sudah terlindungi sepanjang masa rencana"
NO_FUND = "tidak ada dana untuk kategori atau wilayahnya"
NO_MONTHS = "masa dana tidak mencukupi bulan yang direncanakan"
NO_MONEY = "dana habis"
NO_QUOTA = "kuota penuh"


@dataclass(slots=True)
class _Purse:
    """A fund while the plan is being made; months are counted from year 0."""

    fund: Fund
    first: int
    last: int
    left: int
    heads: int = 0
    months: int = 0
    short: list[Id] = field(default_factory=list)

    def takes(self, category: str, kelurahan: str) -> bool:
        fund = self.fund
        return (not fund.categories or category in fund.categories) and (
            not fund.kelurahan_prefixes or kelurahan.startswith(fund.kelurahan_prefixes)
        )


def plan(
    candidates: Iterable[Candidate],
    funds: Sequence[Fund],
    *,
    months: Months,
    price: Price,
    priorities: Sequence[Priority] = DEFAULT_PRIORITIES,
) -> PlanResult:
    """Who is covered by which fund for which months; see this module for the rule.

    No fund is exceeded in money or heads, nobody gets two runs, and whoever is left out has a
    reason. Raises PlanError for contradictory months, funds or repeated ids.
    """
    target, least = _checked(months, funds)
    ranked = sorted(candidates, key=lambda each: _rank(each, priorities))
    if len({each.id for each in ranked}) != len(ranked):
        raise PlanError("Ada pekerja yang tercantum dua kali; setiap pekerja cukup sekali.")
    purses = [
        _Purse(fund, _month(fund.first_month), _month(fund.last_month), fund.amount)
        for fund in funds
    ]
    by_restriction = sorted(purses, key=lambda purse: _looseness(purse.fund))
    costs = _Costs(price, _month(months.last))
    matching: dict[tuple[str, str], list[_Purse]] = {}
    allocations: list[Allocation] = []
    left_out: list[LeftOut] = []
    for position, each in enumerate(ranked, start=1):
        place = (each.category, each.kelurahan)
        if place not in matching:
            matching[place] = [purse for purse in by_restriction if purse.takes(*place)]
        given = _give(each, position, matching[place], months, target, least, costs)
        if isinstance(given, Allocation):
            allocations.append(given)
        else:
            left_out.append(LeftOut(each.id, given))
    return PlanResult(
        tuple(allocations),
        tuple(left_out),
        tuple(
            FundTotal(
                purse.fund.id,
                purse.heads,
                purse.months,
                purse.fund.amount - purse.left,
                purse.left,
            )
            for purse in purses
        ),
        tuple(_short_warning(purse, months.waiting) for purse in purses if purse.short),
    )


def _give(
    each: Candidate,
    position: int,
    purses: list[_Purse],
    months: Months,
    target: int,
    least: int,
    costs: "_Costs",
) -> Allocation | str:
    """The worker's run from the first purse that can pay it, or why there is none."""
    earliest, end = _month(months.first), _month(months.last)
    continues = None
    if each.covered_until is not None:
        continues = _month(each.covered_until) + 1
        earliest = max(earliest, continues)
    if earliest > end:
        return COVERED
    if not purses:
        return NO_FUND
    refusal = NO_MONTHS
    for purse in purses:
        start = max(earliest, purse.first)
        wanted = min(target, min(end, purse.last) - start + 1)
        floor = min(least, end - start + 1)
        if wanted < 1 or wanted < floor:
            continue
        if purse.fund.quota is not None and purse.heads >= purse.fund.quota:
            refusal = NO_QUOTA if refusal == NO_MONTHS else refusal
            continue
        sums = costs.sums(start, each.sector, purse.fund.kind)
        count = wanted
        while count >= floor and sums[count] > purse.left:
            count -= 1
        if count < floor:
            refusal = NO_MONEY
            continue
        purse.left -= sums[count]
        purse.heads += 1
        purse.months += count
        if count <= months.waiting and start != continues:
            purse.short.append(each.id)
        return Allocation(
            each.id,
            purse.fund.id,
            _date(start),
            _date(start + count - 1),
            count,
            sums[count],
            _reason(position, each, purse.fund, count, wanted),
        )
    return refusal


class _Costs:
    """What the first n months from a start cost, summed once per start, sector and kind."""

    def __init__(self, price: Price, end: int) -> None:
        self._price = price
        self._end = end
        self._sums: dict[tuple[int, str, str], list[int]] = {}

    def sums(self, start: int, sector: str, kind: str) -> list[int]:
        key = (start, sector, kind)
        if key not in self._sums:
            prices = [
                self._price(_date(month), sector, kind) for month in range(start, self._end + 1)
            ]
            if any(type(price) is not int or price < 0 for price in prices):
                raise PlanError("Harga iuran sebulan harus rupiah bulat dan tidak negatif.")
            self._sums[key] = [0, *accumulate(prices)]
        return self._sums[key]


def _checked(months: Months, funds: Sequence[Fund]) -> tuple[int, int]:
    """Target and least number of months, after refusing what contradicts itself."""
    whole = _month(months.last) - _month(months.first) + 1
    if whole < 1:
        raise PlanError("Bulan terakhir rencana mendahului bulan pertamanya.")
    target = whole if months.target is None else months.target
    least = target if months.least is None else months.least
    if not 1 <= least <= target:
        raise PlanError(
            "Lama perlindungan tidak cocok: paling sedikit satu bulan, dan batas terpendek "
            "tidak boleh melebihi sasaran."
        )
    if len({fund.id for fund in funds}) != len(funds):
        raise PlanError("Ada dana yang tercantum dua kali.")
    for fund in funds:
        name = fund.name or fund.id
        if fund.amount < 0:
            raise PlanError(f"Dana {name} bernilai negatif.")
        if fund.last_month < fund.first_month:
            raise PlanError(f"Bulan terakhir dana {name} mendahului bulan pertamanya.")
    return target, least


def _rank(each: Candidate, priorities: Sequence[Priority]) -> tuple[object, ...]:
    """Smaller goes first; the id settles what the priorities leave equal."""
    return (*(_grade(each, priority) for priority in priorities), each.id)


def _grade(each: Candidate, priority: Priority) -> int:
    match priority.key:
        case "decile":
            return 99 if each.decile is None else each.decile
        case "oldest":
            return (each.birth_date or date.max).toordinal()
        case "continuity":
            return (each.covered_until or date.max).toordinal()
        case "category":
            order = priority.order
            return order.index(each.category) if each.category in order else len(order)
        case "mark":
            return 0 if each.marks & set(priority.order) else 1


def _looseness(fund: Fund) -> tuple[int, date, str]:
    """The most restricted fund first, then the one that ends first."""
    restrictions = bool(fund.categories) + bool(fund.kelurahan_prefixes)
    return (-restrictions, fund.last_month, str(fund.id))


def _reason(position: int, each: Candidate, fund: Fund, count: int, wanted: int) -> str:
    decile = "desil tidak diketahui" if each.decile is None else f"desil {each.decile}"
    limits = "dana khusus" if fund.categories or fund.kelurahan_prefixes else "dana umum"
    ending = f"; {wanted} bulan diminta, sisa dana cukup {count}" if count < wanted else ""
    return f"prioritas ke-{dotted(position)} ({decile}), {limits} {fund.name or fund.id}{ending}"


def _short_warning(purse: _Purse, waiting: int) -> PlanWarning:
    name = purse.fund.name or purse.fund.id
    text = (
        f"{dotted(len(purse.short))} pekerja dari dana {name} mendapat kurang dari {waiting + 1} "
        f"bulan: santunan kematian penuh baru berlaku setelah {waiting} bulan berturut-turut."
    )
    return PlanWarning("run-short", purse.fund.id, text, tuple(purse.short))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _date(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)
