"""Starting and running background work on the database's own task queue.

A handler is a function `(job, progress) -> result dict` registered under a kind. It must be safe
to run again from the start: a job whose worker died is run anew by `recover`.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from payung.apps.accounts.actor import Actor
from payung.apps.errors import DomainError
from payung.apps.jobs.models import Job, State
from payung.apps.jobs.progress import Progress

logger = logging.getLogger(__name__)
Handler = Callable[[Job, Progress], dict[str, Any] | None]
_handlers: dict[str, Handler] = {}
MAX_ATTEMPTS = 3
SILENT_AFTER = timedelta(minutes=2)


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register the decorated function as the handler of this kind of job."""

    def register(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return register


def start(*, actor: Actor, kind: str, label: str, params: dict[str, Any], url: str = "") -> Job:
    """Record a job and queue it once the caller's transaction is committed.

    label: Indonesian, no personal data. url: where its result can be seen.
    """
    from payung.apps.jobs.tasks import run_job

    if kind not in _handlers:
        raise KeyError(kind)
    job = Job.objects.create(
        kind=kind, label=label, membership=actor.membership, params=params, url=url
    )
    transaction.on_commit(lambda: run_job.enqueue(job.pk))
    return job


def run(job_id: int) -> None:
    """Do the job's work. A DomainError ends it as failed with its sentence, others with a
    general one and a trace in the server's log."""
    with transaction.atomic():
        job = Job.objects.select_for_update().select_related("membership").get(pk=job_id)
        if job.state in {State.DONE, State.FAILED}:
            return
        job.state = State.RUNNING
        job.started_at = timezone.now()
        job.attempts += 1
        job.save()
    progress = Progress(job.pk)
    progress.tell(0, 0, "")
    try:
        result = _handlers[job.kind](job, progress)
    except DomainError as error:
        _finish(job, State.FAILED, error=str(error))
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _finish(
            job,
            State.FAILED,
            error="Pekerjaan ini berhenti karena kesalahan di sistem; tidak ada data yang berubah "
            "setengah jalan. Coba lagi; bila tetap gagal, hubungi administrator.",
        )
    else:
        _finish(job, State.DONE, result=result)
    progress.forget()


def _finish(job: Job, state: State, **fields: Any) -> None:
    Job.objects.filter(pk=job.pk).update(state=state, finished_at=timezone.now(), **fields)


def recover() -> int:
    """Queue again the jobs whose worker died; give up after three attempts. Returns how many."""
    from payung.apps.jobs.tasks import run_job

    found = 0
    silent = timezone.now() - SILENT_AFTER
    for job in Job.objects.filter(state=State.RUNNING, started_at__lt=silent):
        if Progress(job.pk).is_fresh(SILENT_AFTER.total_seconds()):
            continue
        if job.attempts >= MAX_ATTEMPTS:
            _finish(job, State.FAILED, error="Pekerjaan ini terhenti tiga kali. Coba lagi.")
            continue
        Job.objects.filter(pk=job.pk).update(state=State.WAITING)
        run_job.enqueue(job.pk)
        found += 1
    return found
