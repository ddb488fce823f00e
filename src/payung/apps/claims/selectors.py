"""Claims as the actor may see them."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.claims.models import Claim, ClaimState, DocumentState
from payung.apps.workers.models import Worker


def claims(*, actor: Actor) -> QuerySet[Claim]:
    """Claims of workers within reach; a company sees none."""
    if actor.reach is Reach.FIGURES:
        return Claim.objects.none()
    workers = Worker.objects.visible_to(actor).filter(pk=OuterRef("worker_id"))
    return Claim.objects.filter(Exists(workers)).select_related("worker", "worker__region")


def with_missing_documents(*, actor: Actor) -> QuerySet[Claim]:
    """Open claims, each with how many required papers are still missing."""
    return (
        claims(actor=actor)
        .filter(state=ClaimState.OPEN)
        .annotate(
            missing=Count(
                "documents",
                filter=Q(documents__required=True, documents__state=DocumentState.MISSING),
            )
        )
    )


def waiting(*, actor: Actor) -> int:
    """How many claims are not at their end."""
    return claims(actor=actor).filter(state__in=[ClaimState.OPEN, ClaimState.FILED]).count()


def totals(*, actor: Actor, year: int) -> dict[str, int]:
    """Claims of events in a year: how many, how many paid, and rupiah paid out."""
    found = claims(actor=actor).filter(event_at__year=year)
    paid = found.filter(state=ClaimState.PAID)
    return {
        "claims": found.count(),
        "paid": paid.count(),
        "paid_amount": paid.aggregate(sum=Sum("paid_amount"))["sum"] or 0,
    }


def deaths_without_claim(*, actor: Actor, since: date) -> QuerySet[Worker]:
    """Workers who died while insured and whose family has no claim yet: the ones to call."""
    return (
        Worker.objects.visible_to(actor)
        .filter(died_on__gte=since, coverages__isnull=False)
        .exclude(claims__kind__in=["jkm", "jkk_death"])
        .distinct()
    )
