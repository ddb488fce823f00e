"""Batches, their lines and the cover they brought, as far as the actor may see."""

import hashlib
from pathlib import Path
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.accounts.policy import require
from payung.apps.enrolment.answers import Reading, read_file
from payung.apps.enrolment.models import Answer, Batch, BatchState, Coverage, Line
from payung.apps.enrolment.workbook import upload_workbook
from payung.apps.errors import DomainError
from payung.apps.funding.models import Allocation, Plan, PlanState
from payung.apps.funding.selectors import People, people_of
from payung.apps.workers.models import Worker


def _sees_all(actor: Actor) -> bool:
    return actor.reach is Reach.REGION and actor.region_code == actor.city_code


def lines(*, actor: Actor) -> QuerySet[Line]:
    """Lines of workers the actor may see."""
    if _sees_all(actor):
        return Line.objects.filter(batch__region_id=actor.city_code)
    return Line.objects.filter(
        batch__region_id=actor.city_code, worker__in=Worker.objects.visible_to(actor)
    )


def batches(*, actor: Actor) -> QuerySet[Batch]:
    """Batches of the city; below the city only those with somebody the actor may see."""
    found = Batch.objects.filter(region_id=actor.city_code).select_related("fund", "branch", "plan")
    if _sees_all(actor):
        return found
    return found.filter(Exists(lines(actor=actor).filter(batch=OuterRef("pk"))))


def counts(*, actor: Actor, batch: Batch) -> dict[str, int]:
    """How many of the lines the actor may see wait, were accepted, were rejected."""
    found = dict(
        lines(actor=actor)
        .filter(batch=batch)
        .order_by()
        .values_list("answer")
        .annotate(count=Count("pk"))
    )
    return {answer: found.get(answer, 0) for answer in Answer.values}


def reject_codes(*, actor: Actor, batch: Batch | None = None) -> list[dict[str, Any]]:
    """Rejections by the branch's own code: reject_code, reject_reason, count; most first."""
    found = lines(actor=actor).filter(answer=Answer.REJECTED)
    if batch is not None:
        found = found.filter(batch=batch)
    return list(
        found.order_by()
        .values("reject_code", "reject_reason")
        .annotate(count=Count("pk"))
        .order_by("-count", "reject_code")
    )


def rejected_lines(*, actor: Actor) -> QuerySet[Line]:
    """The replacement queue: lines turned away whose worker has no cover from a later batch."""
    covered = Coverage.objects.filter(worker=OuterRef("worker"), line__gt=OuterRef("pk"))
    return (
        lines(actor=actor)
        .filter(~Exists(covered), answer=Answer.REJECTED)
        .select_related("worker", "batch", "batch__fund", "allocation")
        .order_by("-batch", "number")
    )


def coverages(*, actor: Actor) -> QuerySet[Coverage]:
    """Cover of the workers the actor may see."""
    return Coverage.objects.filter(worker__in=Worker.objects.visible_to(actor))


def unused_allocations(plan: Plan | OuterRef) -> QuerySet[Allocation]:
    """The plan's allocations that are in no batch and were not given up."""
    sent = Line.objects.filter(allocation=OuterRef("pk"))
    found = Allocation.objects.filter(~Exists(sent), plan=plan, dropped_because="")
    return found.order_by()


def unused(plan: Plan) -> People:
    """Those for whom an approved plan keeps money though they are in none of its batches."""
    if plan.state != PlanState.APPROVED:
        return People(0, 0)
    return people_of(unused_allocations(plan))


def to_send(*, actor: Actor) -> Batch | None:
    """The oldest batch whose file has still to go to BPJS."""
    unsent = batches(actor=actor).filter(state__in=(BatchState.NEW, BatchState.READY))
    return unsent.order_by("pk").first()


def plans_to_send(*, actor: Actor) -> QuerySet[Plan]:
    """Approved plans with allocations that are in no batch yet."""
    left = unused_allocations(OuterRef("pk"))
    return Plan.objects.filter(Exists(left), region_id=actor.city_code, state=PlanState.APPROVED)


def waiting(*, actor: Actor) -> int:
    """Batches to be sent or answered."""
    return batches(actor=actor).exclude(state=BatchState.PROCESSED).count()


def answer_preview(*, actor: Actor, batch: Batch, path: Path) -> Reading:
    """What recording this answer would do, and every problem in it; nothing is written.

    Raises DomainError for a file that is no answer at all.
    """
    require(actor, "enrolment.answer")
    return read_file(batch, path)


def prepared_file(*, batch: Batch) -> bytes:
    """The upload file of a batch that was prepared. DomainError when it is no longer the same."""
    content = upload_workbook(batch)
    if hashlib.sha256(content).hexdigest() != batch.file_sha256:
        raise DomainError(
            f"Berkas {batch.number} tidak lagi sama dengan yang disiapkan; hubungi "
            "administrator sebelum mengirimnya."
        )
    return content
