"""What a doctor says of an injured worker, and what the law gives for it then."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from payung import law
from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.claims.amounts import assess
from payung.apps.claims.following import date_deadlines, write_benefits, write_documents
from payung.apps.claims.models import Claim, ClaimKind, ClaimState
from payung.apps.claims.services import running
from payung.apps.errors import DomainError


@transaction.atomic
def note_outcome(
    *,
    actor: Actor,
    claim: Claim,
    on: date,
    months_unable: int | None = None,
    disability: Sequence[str] | None = None,
    left_handed: bool | None = None,
    children: Sequence[int] | None = None,
) -> Claim:
    """A doctor declared the injured worker recovered or disabled: the second report falls due.

    Until the claim is filed its benefits and papers follow what was declared; None keeps what
    was said before. months_unable: until that day. disability: codes of `law.disability_benefit`,
    empty for a worker who recovered. children: ages in whole years on the day of the accident, for
    a scholarship after total disability.
    Raises DomainError when the claim is of no living worker's accident, the day cannot be, the
    law cannot count it, or the claim was filed and what it asks for cannot change any more.
    """
    require(actor, "claims.write")
    claim = running(actor, claim, on)
    if claim.kind != ClaimKind.JKK:
        raise DomainError("Hasil pemeriksaan dokter hanya dicatat pada kecelakaan kerja.")
    given = {
        "months_unable": months_unable,
        "disability": None if disability is None else list(disability),
        "left_handed": left_handed,
        "children": None if children is None else list(children),
    }
    before = {name: getattr(claim, name) for name in given}
    changed = {
        name: value for name, value in given.items() if value is not None and value != before[name]
    }
    if changed:
        _assess_anew(claim, {**before, **changed})
    date_deadlines(claim, "outcome", on=on)
    record(
        actor=actor,
        act="claim.outcome",
        noun="claim",
        object_id=claim.pk,
        before={name: before[name] for name in changed},
        after={"on": on, **changed, **({"total": claim.benefit_total} if changed else {})},
    )
    return claim


def _assess_anew(claim: Claim, declared: dict[str, Any]) -> None:
    """Benefits, reasons and papers as declared."""
    if claim.state != ClaimState.OPEN:
        raise DomainError(
            "Klaim ini sudah diajukan ke BPJS, jadi cacat dan lamanya tidak mampu bekerja tidak "
            "dapat diubah lagi; catat tanggalnya saja."
        )
    assessed = assess(
        worker=claim.worker,
        kind=ClaimKind(claim.kind),
        on=timezone.localdate(claim.event_at),
        **declared,
    )
    for name, value in declared.items():
        setattr(claim, name, value)
    claim.cover = {"jkk": assessed.cover.jkk, "jkm": assessed.cover.jkm}
    claim.income = assessed.income
    claim.benefit_total = assessed.benefit.total
    claim.benefit_later = assessed.benefit.later_total
    claim.steps = law.steps_as_data(assessed.benefit.steps)
    claim.save()
    write_benefits(claim, assessed.benefit)
    write_documents(claim)
