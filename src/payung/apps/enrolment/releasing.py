"""Giving back to its funds what a plan keeps for people whom no batch took."""

from django.db import transaction
from django.db.models import Sum

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.db.months import today
from payung.apps.enrolment.selectors import unused, unused_allocations
from payung.apps.errors import DomainError
from payung.apps.funding import ledger
from payung.apps.funding.decisions import give_up
from payung.apps.funding.models import Fund, Plan, PlanState
from payung.apps.funding.selectors import People


@transaction.atomic
def release_unused(*, actor: Actor, plan: Plan, reason: str = "") -> People:
    """Free the money an approved plan keeps for people who are in none of its batches.

    They leave the plan and may enter another after the next screening. Who was sent stays: what
    the branch rejects is freed when its answer is recorded. Returns how many left and the rupiah
    freed; with nobody left to release it is 0 and nothing is written. Raises DomainError when
    the plan is not approved.
    """
    require(actor, "plans.approve")
    if plan.region_id != actor.city_code:
        raise DomainError("Rencana ini tidak ada dalam wilayah Anda.")
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state != PlanState.APPROVED:
        raise DomainError(
            f"Rencana ini {plan.get_state_display().lower()}; hanya rencana yang disetujui "
            "mempunyai cadangan untuk dilepas."
        )
    freed = unused(plan)
    if not freed.people:
        return freed
    held = unused_allocations(plan)
    by_fund = dict(held.values_list("fund").annotate(Sum("amount")))
    for fund in Fund.objects.filter(pk__in=by_fund).order_by("pk"):
        if amount := by_fund[fund.pk]:
            ledger.release(
                actor=actor, fund=fund, amount=amount, on=today(), noun="plan",
                object_id=plan.pk, note=f"Tidak didaftarkan: {plan.name}",
            )  # fmt: skip
    workers = sorted(set(held.values_list("worker", flat=True)))
    because = "Tidak didaftarkan" + (f": {reason.strip()}" if reason.strip() else "")
    give_up(allocations=held.values("pk"), reason=because)
    record(
        actor=actor,
        act="plan.released",
        noun="plan",
        object_id=plan.pk,
        rows=workers,
        after={"workers": freed.people, "amount": freed.amount, "funds": by_fund},
        reason=reason,
    )
    return freed
