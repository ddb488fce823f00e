"""Deciding on a plan: approval by another person reserves its money, cancelling releases it."""

from collections import Counter
from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.utils import timezone

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import allows, require
from payung.apps.audit.services import record
from payung.apps.db.months import today
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.funding import ledger
from payung.apps.funding.candidates import hold_to_agreements, places_left
from payung.apps.funding.doubles import held_back
from payung.apps.funding.models import Allocation, Fund, Plan, PlanState
from payung.apps.funding.selectors import allocated_elsewhere
from payung.identity.numbers import dotted


@transaction.atomic
def approve(*, actor: Actor, plan: Plan) -> Plan:
    """Approve a draft made by somebody else: its amounts are reserved in every fund's ledger.

    Raises NotAllowed for the maker, DomainError when the plan is no draft or is empty, a worker
    has died or was taken into another approved plan since, a quota is full or money is lacking;
    then nothing is reserved.
    """
    require(actor, "plans.approve")
    plan = _locked(actor, plan)
    if plan.state != PlanState.DRAFT:
        raise DomainError(f"Rencana ini sudah {plan.get_state_display().lower()}.")
    if plan.made_by_id == actor.user.pk:
        raise NotAllowed(
            "Rencana disetujui oleh orang lain, bukan pembuatnya; mintalah penyetuju lain."
        )
    _still_holds(plan)
    for fund, amount in _amounts(plan):
        ledger.reserve(
            actor=actor, fund=fund, amount=amount, on=today(), noun="plan", object_id=plan.pk,
            note=plan.name,
        )  # fmt: skip
    plan.state = PlanState.APPROVED
    plan.approved_by = actor.user
    plan.approved_at = timezone.now()
    plan.save(update_fields=["state", "approved_by", "approved_at"])
    record(
        actor=actor,
        act="plan.approved",
        noun="plan",
        object_id=plan.pk,
        before={"state": PlanState.DRAFT},
        after={"state": PlanState.APPROVED, "amount": plan.result["amount"]},
    )
    return plan


def _locked(actor: Actor, plan: Plan) -> Plan:
    if not plan.region_id.startswith(actor.region_code):
        raise DomainError("Rencana itu di luar wilayah organisasi Anda.")
    return Plan.objects.select_for_update().get(pk=plan.pk)


def _amounts(plan: Plan) -> list[tuple[Fund, int]]:
    """What the plan takes from each fund; always in the same order, so that locks cannot cross."""
    sums = dict(
        plan.allocations.filter(dropped_because="")
        .order_by()
        .values_list("fund")
        .annotate(Sum("amount"))
    )
    funds = Fund.objects.filter(pk__in=sums).select_related("agreement").order_by("pk")
    return [(fund, sums[fund.pk]) for fund in funds if sums[fund.pk]]


def _still_holds(plan: Plan) -> None:
    """Refuse what has become wrong since the draft was made."""
    allocations = plan.allocations.all()
    if not allocations.exists():
        raise DomainError("Rencana ini tidak melindungi siapa pun; batalkan dan buat yang baru.")
    dead = allocations.filter(worker__died_on__isnull=False).count()
    if dead:
        raise DomainError(
            f"{dotted(dead)} pekerja dalam rencana ini telah meninggal sejak dibuat; batalkan dan "
            "buat rencana baru supaya jatahnya diberikan kepada orang lain."
        )
    chosen = list(allocations.order_by().values_list("worker", flat=True).distinct())
    double = held_back(chosen, region_id=plan.region_id, first_month=plan.first_month)
    merged = allocations.filter(worker__same_as__isnull=False).count()
    if double or merged:
        raise DomainError(
            f"{dotted(len(double) + merged)} pekerja dalam rencana ini mungkin orang yang sama "
            "dengan pekerja lain yang terlindungi. Putuskan dahulu di Data ganda, lalu batalkan "
            "rencana ini dan buat yang baru."
        )
    elsewhere = Allocation.objects.filter(
        allocated_elsewhere(
            region_id=plan.region_id, first_month=plan.first_month, last_month=plan.last_month
        ),
        worker=OuterRef("worker"),
        first_month__lte=OuterRef("last_month"),
        last_month__gte=OuterRef("first_month"),
    )
    twice = allocations.filter(Exists(elsewhere)).count()
    if twice:
        raise DomainError(
            f"{dotted(twice)} pekerja sudah masuk rencana lain yang disetujui untuk bulan yang "
            "sama; batalkan dan buat rencana baru."
        )
    heads = Counter(allocations.values_list("fund", flat=True))
    funds = list(Fund.objects.filter(pk__in=heads).select_related("agreement"))
    for fund, left in ((fund, places_left([fund])[fund.pk]) for fund in funds):
        if left is not None and heads[fund.pk] > left:
            raise DomainError(
                f"Kuota dana {fund.name} tinggal {dotted(left)} orang, rencana ini memakai "
                f"{dotted(heads[fund.pk])}; batalkan dan buat rencana baru."
            )
    hold_to_agreements(funds, heads)


@transaction.atomic
def cancel(*, actor: Actor, plan: Plan, reason: str = "") -> Plan:
    """Cancel a draft, or an approved plan before anything was sent: what it reserved is released.

    A draft is cancelled by those who make or approve, an approved plan by those who approve. Raises
    DomainError when the plan is cancelled already or an enrolment batch was made from it.
    """
    plan = _locked(actor, plan)
    if plan.state == PlanState.APPROVED or not allows(actor, "plans.make"):
        require(actor, "plans.approve")
    before = plan.state
    if before == PlanState.CANCELLED:
        raise DomainError("Rencana ini sudah dibatalkan.")
    plan.state = PlanState.CANCELLED
    try:
        with transaction.atomic():
            plan.save(update_fields=["state"])
    except IntegrityError as error:
        raise DomainError(
            "Rencana ini sudah dipakai berkas pendaftaran, jadi tidak bisa dibatalkan; yang "
            "ditolak BPJS lepas dengan sendirinya."
        ) from error
    if before == PlanState.APPROVED:
        for fund, amount in _amounts(plan):
            ledger.release(
                actor=actor, fund=fund, amount=amount, on=today(), noun="plan",
                object_id=plan.pk, note=f"Batal: {plan.name}",
            )  # fmt: skip
    record(
        actor=actor,
        act="plan.cancelled",
        noun="plan",
        object_id=plan.pk,
        before={"state": before},
        after={"state": PlanState.CANCELLED},
        reason=reason,
    )
    return plan


def give_up(*, allocations: Collection[int] | QuerySet[Any], reason: str) -> int:
    """Mark allocations (ids, or a query of them) that came to nothing, e.g. rejected by BPJS.

    Their workers may enter a plan again after the next screening. Part of the caller's act,
    which releases the money and records the event. Returns how many were marked.
    """
    held = Allocation.objects.filter(
        pk__in=allocations, plan__state=PlanState.APPROVED, dropped_because=""
    )
    return held.update(dropped_because=reason[:120])
