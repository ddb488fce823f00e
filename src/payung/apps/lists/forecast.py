"""What became of a list's rows, and what accepting it would do, before anybody does it."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from payung.apps.lists.models import Fate, List, Row, Severity
from payung.apps.workers.models import Worker


@dataclass(frozen=True)
class Forecast:
    """Rows by fate, every Fate named; and of those that wait: how many would go in, how many of
    these have a NIK that a living worker has already, and how many would be rejected."""

    fates: dict[str, int]
    taken: int
    known: int
    rejected: int


def forecast(found: List) -> Forecast:
    """Count the list's rows and what accepting it now would do; one query whatever its length."""
    living = Worker.objects.living().filter(nik=OuterRef("nik"))
    good = Q(fate=Fate.WAITING, severity__lt=Severity.REJECT)
    # by the sheet, whose rows lie together in their order
    counted = (
        Row.objects.filter(sheet__list=found)
        .order_by()
        .values_list("fate")
        .annotate(
            rows=Count("id"),
            taken=Count("id", filter=good),
            known=Count("id", filter=good & Exists(living)),
        )
    )
    fates = dict.fromkeys((fate.value for fate in Fate), 0)
    taken = known = 0
    for fate, rows, good_rows, known_rows in counted:
        fates[fate] = rows
        taken, known = taken + good_rows, known + known_rows
    return Forecast(fates, taken, known, fates[Fate.WAITING] - taken)
