"""Reading references, runs and their findings, scoped to what the actor may see."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.screening.models import (
    Check,
    Code,
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


@dataclass(frozen=True)
class Sums:
    """A run's outcome: how many were judged, are eligible, and are to be made sure of."""

    workers: int
    eligible: int
    doubtful: int

    @property
    def out(self) -> int:
        return self.workers - self.eligible


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


def counts_by_run(
    *, screenings: list[Screening], actor: Actor | None = None
) -> dict[int, list[CodeCount]]:
    """counts_by_code for several runs at once, by the run's id; of the actor's workers only."""
    found = Check.objects.filter(screening__in=screenings)
    if actor is not None and not _sees_whole_city(actor):
        found = found.filter(worker__in=Worker.objects.visible_to(actor))
    grouped = (
        found.order_by()
        .values("screening", "code")
        .annotate(
            excluded=Count("worker", filter=Q(excludes=True), distinct=True),
            doubtful=Count("worker", filter=Q(doubtful=True), distinct=True),
            total=Count("worker", distinct=True),
        )
    )
    order = {code: place for place, code in enumerate(Code.values)}
    counts: dict[int, list[CodeCount]] = {}
    for row in sorted(grouped, key=lambda row: order[row["code"]]):
        counts.setdefault(row["screening"], []).append(
            CodeCount(Code(row["code"]), row["excluded"], row["doubtful"], row["total"])
        )
    return counts


def sums(*, actor: Actor, screening: Screening) -> Sums:
    """The run's outcome in numbers, of the workers the actor may see."""
    if _sees_whole_city(actor):
        return Sums(screening.workers, screening.eligible, screening.doubtful)
    counted = verdicts(actor=actor, screening=screening).aggregate(
        all_=Count("id"),
        fit=Count("id", filter=Q(eligible=True)),
        unsure=Count("id", filter=Q(eligible=True, doubtful=True)),
    )
    return Sums(counted["all_"], counted["fit"], counted["unsure"])


def _sees_whole_city(actor: Actor) -> bool:
    return actor.reach is Reach.REGION and actor.region_code == actor.city_code


def confirmable_deaths(*, screening: Screening) -> QuerySet[Check]:
    """Deaths found beyond doubt or decided, with their day, of workers not yet recorded as dead."""
    return Check.objects.filter(
        screening=screening,
        code=Code.DEAD,
        excludes=True,
        value_date__isnull=False,
        worker__died_on__isnull=True,
    )
