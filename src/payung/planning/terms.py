"""What a plan is asked with and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Id = int | str
Price = Callable[[date, str, str], int]
"""Whole rupiah for one contribution month, given (month, sector, kind of fund)."""

PriorityKey = Literal["decile", "oldest", "continuity", "category", "mark"]


class PlanError(ValueError):
    """A plan that cannot be made; the text is one Indonesian sentence for a clerk."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A worker who may be covered. `covered_until`: last month already covered, any day of it.

    `kelurahan` is its code. `marks` are further grounds for priority, such as "disability".
    """

    id: Id
    category: str
    kelurahan: str
    sector: str = "other"
    decile: int | None = None
    birth_date: date | None = None
    covered_until: date | None = None
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fund:
    """Money for contributions: `amount` whole rupiah still free, usable from month to month.

    `kind` is what the price depends on ("apbd", "csr"…). Empty `categories` and
    `kelurahan_prefixes` mean no restriction. `quota`: the most heads it may carry.
    """

    id: Id
    kind: str
    amount: int
    first_month: date
    last_month: date
    categories: frozenset[str] = frozenset()
    kelurahan_prefixes: tuple[str, ...] = ()
    quota: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Months:
    """The period of the plan and how many months each worker gets.

    `target`: as many months as this, by default the whole period. A high target covers fewer
    people for longer, a low one more people for shorter. `least`: when a fund cannot pay the
    target, the shortest run it may still give, by default the target. `waiting`: paid months
    before a new member's full death benefit (from the law); shorter runs than one more than
    that are warned of.
    """

    first: date
    last: date
    target: int | None = None
    least: int | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Priority:
    """One ground for going first; the earlier one in the declared order decides first.

    "decile": lowest first, unknown last. "oldest": earliest birth date first, unknown last.
    "continuity": those whose cover ends first before those without, so that no gap opens.
    "category": in the order given. "mark": those with any of the given marks first.
    """

    key: PriorityKey
    order: tuple[str, ...] = ()


DEFAULT_PRIORITIES = (Priority("decile"), Priority("oldest"))


@dataclass(frozen=True, slots=True)
class Allocation:
    """One unbroken run of months of one worker from one fund; months are first days."""

    candidate_id: Id
    fund_id: Id
    first_month: date
    last_month: date
    months: int
    amount: int
    reason: str


class LeftOut(NamedTuple):
    id: Id
    reason: str


@dataclass(frozen=True, slots=True)
class FundTotal:
    fund_id: Id
    heads: int
    months: int
    spent: int
    left: int


@dataclass(frozen=True, slots=True)
class PlanWarning:
    code: str
    fund_id: Id
    text: str
    candidate_ids: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class PlanResult:
    """Allocations and those left out, both in order of priority; totals in order of the funds."""

    allocations: tuple[Allocation, ...]
    left_out: tuple[LeftOut, ...]
    totals: tuple[FundTotal, ...]
    warnings: tuple[PlanWarning, ...]
