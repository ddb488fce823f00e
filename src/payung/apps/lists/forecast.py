"""What accepting a list would do, before anybody does it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from payung.apps.lists.models import Fate, List, Row, Severity
from payung.apps.workers.models import Worker


@dataclass(frozen=True)
class Forecast:
    """Waiting rows of a list: those that would go in, how many of them have a NIK that a living
    worker has already, and those that would be rejected."""

    taken: int
    known: int
    rejected: int


def forecast(found: List) -> Forecast:
    """Count what accepting the list now would do; two queries whatever its length."""
    waiting = Row.objects.filter(list=found, fate=Fate.WAITING)
    good = waiting.filter(severity__lt=Severity.REJECT)
    living = Worker.objects.living().filter(nik=OuterRef("nik"))
    taken = good.count()
    return Forecast(
        taken=taken,
        known=good.filter(Exists(living)).count(),
        rejected=waiting.count() - taken,
    )
