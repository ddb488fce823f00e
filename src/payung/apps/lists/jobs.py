"""The work on lists that runs in the background."""

from collections.abc import Callable
from typing import Any

from payung.apps.accounts.actor import Actor
from payung.apps.jobs.models import Job
from payung.apps.jobs.progress import Progress
from payung.apps.jobs.services import handles
from payung.apps.lists import services
from payung.apps.lists.models import List, State


@handles("lists.read")
def read(job: Job, progress: Progress) -> dict[str, Any]:
    found = services.read(actor=Actor.of(job.membership), list=_list(job), progress=progress)
    return {"rows": found.rows, "rejected": found.rejected}


@handles("lists.map")
def remap(job: Job, progress: Progress) -> dict[str, Any]:
    found = _list(job)
    return _or_back_to(State.READ, found, lambda: services.remap(list=found, progress=progress))


@handles("lists.accept")
def accept(job: Job, progress: Progress) -> dict[str, Any]:
    found = _list(job)
    before = State.ACCEPTED if found.accepted_at else State.READ
    actor = Actor.of(job.membership)
    return _or_back_to(
        before, found, lambda: services.accept(actor=actor, list=found, progress=progress)
    )


@handles("lists.check")
def check(job: Job, progress: Progress) -> dict[str, Any]:
    return services.check(actor=Actor.of(job.membership), list=_list(job), progress=progress)


def _list(job: Job) -> List:
    return List.objects.select_related("sender", "region").get(pk=job.params["list"])


def _or_back_to(state: State, found: List, work: Callable[[], dict[str, int]]) -> dict[str, int]:
    """Do the work; when it fails, the list is again as it was before it was asked for."""
    try:
        return work()
    except Exception:
        List.objects.filter(pk=found.pk).update(state=state)
        raise
