"""Reading funds, ledgers and plans, scoped to what the actor may see."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Substr

from payung.apps.accounts import policy
from payung.apps.accounts.actor import Actor, Reach
from payung.apps.funding.doubles import DOUBLE
from payung.apps.funding.models import Allocation, Cause, Entry, Fund, LeftOut, Plan, PlanState
from payung.apps.regions.models import Region


@dataclass(frozen=True)
class Share:
    """A part of a plan: its people, their months and rupiah."""

    label: str
    workers: int
    months: int
    amount: int


class People(NamedTuple):
    """How many workers some allocations are for, and their rupiah."""

    people: int
    amount: int


def people_of(found: QuerySet[Allocation]) -> People:
    """The workers and rupiah of these allocations."""
    told = found.aggregate(people=Count("worker", distinct=True), amount=Sum("amount"))
    return People(told["people"], told["amount"] or 0)


def dropped(*, plan: Plan) -> People:
    """Whom the plan let go, because BPJS rejected them or no batch took them."""
    return people_of(plan.allocations.order_by().exclude(dropped_because=""))


def funds(*, actor: Actor) -> QuerySet[Fund]:
    """Funds of the actor's city; a company or fund body sees its own only."""
    return Fund.objects.visible_to(actor).select_related("organisation", "agreement")


def entries(*, actor: Actor, fund: Fund) -> QuerySet[Entry]:
    """The fund's ledger, oldest first."""
    return Entry.objects.filter(fund=fund, fund__in=funds(actor=actor)).select_related("made_by")


def places(*, fund: Fund) -> list[str]:
    """Names of the areas the fund is limited to; none when it is not."""
    return list(
        Region.objects.filter(code__in=fund.kelurahan_prefixes).values_list("name", flat=True)
    )


def plans(*, actor: Actor) -> QuerySet[Plan]:
    """Plans of the actor's city, newest first; none for whoever may not see plans at all."""
    if actor.reach is not Reach.REGION or not policy.allows(actor, "plans.view"):
        return Plan.objects.none()
    return Plan.objects.filter(region__code__startswith=actor.city_code).select_related(
        "region", "screening", "made_by", "approved_by"
    )


def allocations(*, actor: Actor, plan: Plan) -> QuerySet[Allocation]:
    """Who is covered by the plan, in order of priority."""
    return Allocation.objects.filter(plan=plan, plan__in=plans(actor=actor)).select_related(
        "worker", "worker__region", "fund"
    )


def left_out(*, actor: Actor, plan: Plan) -> QuerySet[LeftOut]:
    """Eligible workers the plan could not cover, those for whom somebody has to see to something
    first; `alike` is the reason without names in it."""
    alike = Case(
        When(cause=Cause.DOUBLE, then=Value(f"{DOUBLE} pekerja lain; putuskan dahulu")),
        default=F("reason"),
    )
    return (
        LeftOut.objects.filter(plan=plan, plan__in=plans(actor=actor))
        .annotate(alike=alike)
        .select_related("worker", "worker__region")
        .order_by(Case(When(cause=Cause.PLAN, then=1), default=0), "id")
    )


def left_out_reasons(*, actor: Actor, plan: Plan) -> list[tuple[str, int]]:
    """How many were left out for each reason, the commonest first."""
    counted = (
        left_out(actor=actor, plan=plan).order_by().values_list("alike").annotate(count=Count("id"))
    )
    return sorted(counted, key=lambda row: (-row[1], row[0]))


def shares_by_kecamatan(*, actor: Actor, plan: Plan) -> list[Share]:
    """The plan's people and rupiah per kecamatan; those of unknown kelurahan come last."""
    rows = (
        allocations(actor=actor, plan=plan)
        .order_by()
        .annotate(kecamatan=Substr("worker__region_id", 1, 8))
        .values("kecamatan", "first_month", "last_month")
        .annotate(workers=Count("worker", distinct=True), amount=Sum("amount"))
    )
    names = dict(
        Region.objects.filter(code__in={row["kecamatan"] for row in rows}).values_list(
            "code", "name"
        )
    )
    found: dict[str, Share] = {}
    for row in rows:
        code = row["kecamatan"]
        label = names.get(code, code) if len(code) == 8 else "Kelurahan belum diketahui"
        before = found.get(label, Share(label, 0, 0, 0))
        span = _months(row["first_month"], row["last_month"]) * row["workers"]
        found[label] = Share(
            label,
            before.workers + row["workers"],
            before.months + span,
            before.amount + row["amount"],
        )
    return sorted(
        found.values(), key=lambda share: (share.label.startswith("Kelurahan"), share.label)
    )


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


def allocated_elsewhere(*, region_id: str, first_month: date, last_month: date) -> Q:
    """Condition on Allocation: held by approved plans of the city, in months of this period."""
    return Q(
        plan__state=PlanState.APPROVED,
        dropped_because="",
        plan__region__code__startswith=region_id[:5],
        first_month__lte=last_month,
        last_month__gte=first_month,
    )
