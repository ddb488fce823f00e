"""What funding has built on workers: the months that approved plans give them."""

from collections.abc import Collection, Mapping

from django.db.models import Max

from payung.apps.funding.models import Allocation, PlanState
from payung.apps.workers.aliases import Built


def built(ids: Collection[int]) -> Mapping[int, Built]:
    """For workers with months from an approved plan: that, and when it was approved last."""
    held = Allocation.objects.filter(
        worker__in=ids, plan__state=PlanState.APPROVED, dropped_because=""
    )
    approved = held.order_by().values_list("worker").annotate(Max("plan__approved_at"))
    return {worker: Built(1, at) for worker, at in approved}
