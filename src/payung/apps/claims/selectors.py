"""Claims as the actor may see them."""

from datetime import date, datetime, time

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import TruncMonth

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.claims.models import (
    SCHOLARSHIP,
    Claim,
    ClaimKind,
    ClaimState,
    Deadline,
    DocumentState,
)
from payung.apps.enrolment.models import Coverage
from payung.apps.workers.models import Worker
from payung.law import claim_deadlines


def claims(*, actor: Actor) -> QuerySet[Claim]:
    """Claims of workers within reach; a company sees none."""
    if actor.reach is Reach.FIGURES:
        return Claim.objects.none()
    workers = Worker.objects.visible_to(actor).filter(pk=OuterRef("worker_id"))
    return Claim.objects.filter(Exists(workers)).select_related("worker", "worker__region")


def listed(*, actor: Actor) -> QuerySet[Claim]:
    """Claims, each with `missing` required papers and `next_due`, its nearest unmet deadline."""
    unmet = Deadline.objects.filter(claim=OuterRef("pk"), met_on=None, due_at__isnull=False)
    found = claims(actor=actor).annotate(
        missing=Count(
            "documents",
            filter=Q(documents__required=True, documents__state=DocumentState.MISSING),
        ),
        next_due=Subquery(unmet.order_by("due_at").values("due_at")[:1]),
    )
    return found.order_by("-pk")


def of_deaths(found: QuerySet[Claim]) -> QuerySet[Claim]:
    """Those of a death that stand, at whatever stage: of each worker there is at most one."""
    deaths = found.filter(kind__in=[ClaimKind.JKM, ClaimKind.JKK_DEATH])
    return deaths.exclude(state=ClaimState.CLOSED)


def payable_at_once(claim: Claim) -> int:
    """Rupiah payable now, without scholarships, which are paid school year by school year."""
    return claim.benefit_total - _scholarships(claim, later=False)


def amounts_by_law(claim: Claim) -> set[int]:
    """Every amount BPJS may pay by our reckoning: with what is later or without, and the same
    with scholarships or without."""
    later = claim.benefit_later
    later_at_once = max(0, later - _scholarships(claim, later=True))
    now, whole = payable_at_once(claim), claim.benefit_total
    return {now, now + later_at_once, whole, whole + later}


def _scholarships(claim: Claim, *, later: bool) -> int:
    lines = claim.benefits.filter(code=SCHOLARSHIP, later=later)
    return lines.aggregate(sum=Sum("amount"))["sum"] or 0


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


def deaths_without_claim(*, actor: Actor, on: date) -> QuerySet[Worker]:
    """Workers who died while insured and whose family has no claim yet: the ones to call.

    A claim that was closed as a mistake does not count; a death whose claim has lapsed by `on` is
    left out.
    """
    covered = Coverage.objects.filter(
        worker=OuterRef("pk"),
        first_month__lte=OuterRef("died_on"),
        last_month__gte=OuterRef("death_month"),
    )
    claimed = of_deaths(Claim.objects.filter(worker=OuterRef("pk")))
    return (
        Worker.objects.visible_to(actor)
        .annotate(death_month=TruncMonth("died_on"))
        .filter(Exists(covered), ~Exists(claimed), died_on__gte=_first_not_lapsed(on))
        .select_related("region")
    )


def _first_not_lapsed(on: date) -> date:
    """The first day of death whose family may still claim on `on`."""
    deadlines = claim_deadlines("jkm", datetime.combine(on, time()))
    (lapse,) = (each for each in deadlines if each.code == "lapse")
    years = on.year - lapse.length
    return date(years, 3, 1) if (on.month, on.day) == (2, 29) else on.replace(year=years)
