"""What a plan chooses from: the workers it may cover, and the money and places that are left."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Count, Max, QuerySet

from payung import planning
from payung.apps.db.months import add_months
from payung.apps.errors import DomainError
from payung.apps.funding.models import Allocation, Fund, PlanState
from payung.apps.funding.selectors import allocated_elsewhere
from payung.apps.screening.models import Screening, Verdict
from payung.identity import Occupations
from payung.identity.numbers import dotted


def covered_until(*, region_id: str, first_month: date, last_month: date) -> dict[int, date]:
    """The last month approved plans give each worker, up to the month before or in the period."""
    held = Allocation.objects.filter(
        allocated_elsewhere(
            region_id=region_id, first_month=add_months(first_month, -1), last_month=last_month
        )
    )
    return dict(held.order_by().values_list("worker").annotate(Max("last_month")))


def eligible(screening: Screening) -> QuerySet[Verdict]:
    """Verdicts of living workers the run found eligible; of those found to be one, of one."""
    return Verdict.objects.filter(
        screening=screening,
        eligible=True,
        worker__died_on__isnull=True,
        worker__same_as__isnull=True,
    )


def given_up(screening: Screening) -> QuerySet[Allocation]:
    """Ids of workers given up in plans made from this screening or a later one."""
    dropped = Allocation.objects.exclude(dropped_because="")
    return dropped.filter(plan__screening_id__gte=screening.pk).values_list("worker", flat=True)


def candidates(verdicts: QuerySet[Verdict], until: dict[int, date]) -> Iterator[planning.Candidate]:
    """The verdicts' workers as planning sees them."""
    rows = verdicts.order_by("worker_id").values_list(
        "worker_id",
        "worker__region_id",
        "worker__occupation",
        "worker__sector",
        "worker__birth_date",
        "decile",
    )
    for worker, kelurahan, occupation, sector, born, decile in rows.iterator(chunk_size=5_000):
        yield planning.Candidate(
            id=worker,
            category=_category(occupation),
            kelurahan=kelurahan,
            sector=sector,
            decile=decile,
            birth_date=born,
            covered_until=until.get(worker),
        )


@cache
def _categories() -> dict[str, str]:
    return {entry.code: entry.category for entry in Occupations.packaged().entries}


def _category(occupation: str) -> str:
    return _categories().get(occupation, "")


def categories() -> list[str]:
    """The categories of workers a fund may be limited to."""
    return sorted(set(_categories().values()))


def purses(funds: Sequence[Fund]) -> list[planning.Fund]:
    """The funds as planning sees them: money still free, places still open."""
    open_places = places_left(funds)
    return [
        planning.Fund(
            id=fund.pk,
            kind=fund.kind,
            amount=fund.free,
            first_month=fund.first_month,
            last_month=fund.last_month,
            categories=frozenset(fund.categories),
            kelurahan_prefixes=tuple(fund.kelurahan_prefixes),
            quota=open_places[fund.pk],
            name=fund.name,
        )
        for fund in funds
    ]


def places_left(funds: Sequence[Fund]) -> dict[int, int | None]:
    """How many more people each fund may carry by its own quota and its agreement's."""
    left: dict[int, int | None] = {}
    for fund in funds:
        limits = []
        if fund.quota is not None:
            limits.append(fund.quota - _heads(fund=fund))
        if (quota := _agreement_quota(fund)) is not None:
            limits.append(quota - _heads(fund__agreement=fund.agreement_id))
        left[fund.pk] = max(0, min(limits)) if limits else None
    return left


def hold_to_agreements(funds: Sequence[Fund], heads: Counter[int]) -> None:
    """Raise DomainError when these heads per fund pass the quota their agreement shares out."""
    for agreement, (name, left) in _agreement_places_left(funds).items():
        taken = sum(heads[fund.pk] for fund in funds if fund.agreement_id == agreement)
        if taken > left:
            raise DomainError(
                f"Kuota {name} tinggal {dotted(max(0, left))} orang, rencana ini memakai "
                f"{dotted(taken)}; batalkan dan buat rencana baru."
            )


def share_quota(
    funds: Sequence[Fund], money: Sequence[planning.Fund], heads: Mapping[Any, int]
) -> list[planning.Fund] | None:
    """The purses with lower quotas, where funds of one agreement took more heads than it has left.

    Each keeps the heads it took until the agreement's quota is used up, in the order of the
    funds. None when every agreement holds.
    """
    left = {key: places for key, (_, places) in _agreement_places_left(funds).items()}
    taken = Counter[int | None]()
    for fund in funds:
        taken[fund.agreement_id] += heads[fund.pk]
    passed = {key for key, places in left.items() if taken[key] > places}
    if not passed:
        return None
    shared = []
    for fund, purse in zip(funds, money, strict=True):
        if fund.agreement_id in passed:
            share = max(0, min(heads[fund.pk], left[fund.agreement_id]))
            left[fund.agreement_id] -= share
            purse = replace(purse, quota=share)
        shared.append(purse)
    return shared


def _agreement_places_left(funds: Sequence[Fund]) -> dict[int, tuple[str, int]]:
    """Agreements with a quota: what they are called and how many people are still open."""
    return {
        fund.agreement_id: (str(fund.agreement), quota - _heads(fund__agreement=fund.agreement_id))
        for fund in funds
        if (quota := _agreement_quota(fund)) is not None
    }


def _agreement_quota(fund: Fund) -> int | None:
    return fund.agreement.quota if fund.agreement else None


def _heads(**which: object) -> int:
    """People approved plans already cover from these funds."""
    held = Allocation.objects.filter(plan__state=PlanState.APPROVED, dropped_because="", **which)
    return int(held.aggregate(heads=Count("worker", distinct=True))["heads"])
