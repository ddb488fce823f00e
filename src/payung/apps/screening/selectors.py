"""Reading references, runs and their findings, scoped to what the actor may see."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from payung.apps.accounts.actor import Actor
from payung.apps.screening.models import (
    Check,
    Code,
    MatchedBy,
    Reference,
    ReferenceKind,
    Screening,
    Verdict,
)
from payung.apps.workers.models import Worker


@dataclass(frozen=True)
class CodeCount:
    """How many workers one finding concerns in a run."""

    code: Code
    excluded: int
    doubtful: int
    total: int


def references(*, actor: Actor) -> QuerySet[Reference]:
    """Reference lists of the actor's city, newest state first."""
    return Reference.objects.visible_to(actor).select_related("source", "received_by")


def latest_references(*, actor: Actor) -> dict[ReferenceKind, Reference]:
    """The newest reference of each kind there is."""
    newest: dict[ReferenceKind, Reference] = {}
    for reference in references(actor=actor):
        newest.setdefault(ReferenceKind(reference.kind), reference)
    return {kind: newest[kind] for kind in ReferenceKind if kind in newest}


def screenings(*, actor: Actor) -> QuerySet[Screening]:
    """Runs over the actor's city, newest first."""
    return Screening.objects.visible_to(actor).select_related("region", "made_by")


def checks(*, actor: Actor, screening: Screening) -> QuerySet[Check]:
    """What the run found of workers the actor may see."""
    return Check.objects.filter(
        screening=screening, worker__in=Worker.objects.visible_to(actor)
    ).select_related("worker", "worker__region", "entry")


def verdicts(*, actor: Actor, screening: Screening) -> QuerySet[Verdict]:
    """The run's outcome for workers the actor may see."""
    return Verdict.objects.filter(
        screening=screening, worker__in=Worker.objects.visible_to(actor)
    ).select_related("worker", "worker__region")


def counts_by_code(*, screening: Screening) -> list[CodeCount]:
    """How often each code was given in a run, in the order of the codes; no names."""
    return counts_by_run(screenings=[screening]).get(screening.pk, [])


def counts_by_run(*, screenings: list[Screening]) -> dict[int, list[CodeCount]]:
    """counts_by_code for several runs at once, by the run's id."""
    grouped = (
        Check.objects.filter(screening__in=screenings)
        .order_by()
        .values("screening", "code")
        .annotate(
            excluded=Count("id", filter=Q(excludes=True)),
            doubtful=Count("id", filter=Q(doubtful=True)),
            total=Count("id"),
        )
    )
    order = {code: place for place, code in enumerate(Code.values)}
    found: dict[int, list[CodeCount]] = {}
    for row in sorted(grouped, key=lambda row: order[row["code"]]):
        found.setdefault(row["screening"], []).append(
            CodeCount(Code(row["code"]), row["excluded"], row["doubtful"], row["total"])
        )
    return found


def confirmable_deaths(*, screening: Screening) -> QuerySet[Check]:
    """Deaths found by NIK beyond doubt, with their day, of workers not yet recorded as dead."""
    return Check.objects.filter(
        screening=screening,
        code=Code.DEAD,
        excludes=True,
        matched_by=MatchedBy.NIK,
        value_date__isnull=False,
        worker__died_on__isnull=True,
    )
