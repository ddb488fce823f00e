"""Who waits because they may be somebody else who is covered: no rupiah covers one person twice."""

from collections.abc import Callable, Collection
from datetime import date

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from payung.apps.funding.models import Allocation, PlanState
from payung.apps.lists.models import Pair
from payung.identity import mask_nik

DOUBLE = "mungkin orang yang sama dengan"


def held_back(
    chosen: Collection[int],
    *,
    region_id: str,
    first_month: date,
    enrolled: Callable[[Collection[int]], set[int]] = lambda ids: set(),
) -> dict[int, str]:
    """Of the chosen workers those with an open pair against somebody who stands before them.

    That is who died, who has months from `first_month` on in an approved plan, or who is chosen
    too and was registered earlier: the first of the two goes on, the other waits. `enrolled` says
    which of some workers stand before anybody. Returns the reason, which names the other by a
    masked NIK.
    """
    people = set(chosen)
    open_pairs = (
        Pair.objects.undecided()
        .filter(
            Q(left__region_id__startswith=region_id) | Q(right__region_id__startswith=region_id)
        )
        .annotate(one=Coalesce("left__same_as", "left"), other=Coalesce("right__same_as", "right"))
        .order_by("-probability", "pk")
    )
    sides = list(
        open_pairs.values_list(
            "one", "other", "left__nik", "right__nik", "left__died_on", "right__died_on"
        )
    )
    asked = {number for one, other, *_ in sides for number in (one, other)}
    planned = set(
        Allocation.objects.filter(
            plan__state=PlanState.APPROVED, dropped_because="", last_month__gte=first_month
        )
        .annotate(person=Coalesce("worker__same_as", F("worker")))
        .filter(person__in=asked)
        .values_list("person", flat=True)
    )
    first = enrolled(asked)
    held: dict[int, str] = {}
    for one, other, one_nik, other_nik, one_died, other_died in sides:
        for worker, second, nik, died in (
            (one, other, other_nik, other_died),
            (other, one, one_nik, one_died),
        ):
            if worker not in people or worker in held:
                continue
            earlier = second < worker
            stands = second in planned and (earlier or worker not in planned)
            if died or stands or second in first or (second in people and earlier):
                held[worker] = f"{DOUBLE} {mask_nik(nik)}"
    return held
