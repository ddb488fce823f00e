"""What each source says of a worker: kept with it, or where it came from."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from payung.apps.workers.models import Source, Worker

Keeper = Callable[[Collection[int]], Mapping[int, dict[str, Any]]]
_KEEPERS: dict[str, Keeper] = {}


def values_kept_by(kind: str, keeper: Keeper) -> None:
    """Sources of this kind have no values of their own: `keeper(source ids)` gives them."""
    _KEEPERS[kind] = keeper


def sources_of(worker: Worker) -> list[Source]:
    """The worker's sources in the order of `worker.sources`, each with its `values`."""
    found = list(worker.sources.all())
    for kind, keeper in _KEEPERS.items():
        bare = [each for each in found if each.kind == kind and not each.values]
        if bare:
            kept = keeper([each.source_id for each in bare])
            for each in bare:
                each.values = kept.get(each.source_id, {})
    return found
