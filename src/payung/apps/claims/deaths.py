"""Taking back a death that was recorded by mistake, with what was begun for the family."""

from django.db import transaction

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.claims import selectors
from payung.apps.claims.models import Claim, ClaimState
from payung.apps.errors import DomainError
from payung.apps.workers import services as workers
from payung.apps.workers.models import Worker

_STANDS = {ClaimState.FILED: "diajukan ke BPJS", ClaimState.PAID: "dibayar"}


@transaction.atomic
def withdraw(*, actor: Actor, worker: Worker, reason: str) -> Worker:
    """Withdraw a worker's recorded death; a claim still being prepared, or one that BPJS
    refused, is closed with it.

    Cover that ended with the death does not come back by itself: a plan has to give it again.
    Raises DomainError when the claim was filed or paid, and as workers.services.withdraw_death.
    """
    require(actor, "workers.withdraw_death")
    worker = Worker.objects.select_for_update().get(pk=worker.pk)
    within = selectors.claims(actor=actor).filter(worker=worker).values("pk")
    found = selectors.of_deaths(Claim.objects.select_for_update().filter(pk__in=within))
    if claim := found.first():
        _close(actor, claim, reason)
    return workers.withdraw_death(actor=actor, worker=worker, reason=reason)


def _close(actor: Actor, claim: Claim, reason: str) -> None:
    before = ClaimState(claim.state)
    if before in _STANDS:
        raise DomainError(
            f"Klaim {claim.number} sudah {_STANDS[before]}, jadi catatan kematiannya tidak dapat "
            "ditarik. Bila orangnya masih hidup, bicarakan klaim itu dengan BPJS."
        )
    notes = [claim.outcome_note, f"Catatan kematian ditarik: {reason.strip()}"]
    claim.state = ClaimState.CLOSED
    claim.outcome_note = " · ".join(filter(None, notes))[:300]
    claim.save(update_fields=["state", "outcome_note"])
    record(
        actor=actor,
        act="claim.closed",
        noun="claim",
        object_id=claim.pk,
        before={"state": before},
        reason=notes[-1],
    )
