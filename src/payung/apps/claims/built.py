"""What claims have built on workers."""

from collections.abc import Collection, Mapping

from django.db.models import Count, Max

from payung.apps.claims.models import Claim
from payung.apps.workers.aliases import Built


def built(ids: Collection[int]) -> Mapping[int, Built]:
    """For workers with claims: how many, and when the last was opened."""
    counted = Claim.objects.filter(worker__in=ids).order_by().values_list("worker")
    return {
        worker: Built(count, at)
        for worker, count, at in counted.annotate(Count("pk"), Max("made_at"))
    }
