"""Accepting a list: its rows become workers, or join those that are known."""

from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.db import bulk
from payung.apps.errors import DomainError
from payung.apps.jobs.models import Job
from payung.apps.jobs.progress import Progress, Silent
from payung.apps.jobs.services import start
from payung.apps.lists.models import Fate, List, Row, Severity, State
from payung.apps.lists.services.checking import start_check
from payung.apps.lists.services.reach import held
from payung.apps.lists.services.settling import Scope, settle

_ANALYSED = 2_000
_OPEN = {State.READ, State.ACCEPTED}


@transaction.atomic
def start_accepting(*, actor: Actor, list: List) -> Job:
    """Accept the list in the background; its state is ACCEPTING until that is done."""
    require(actor, "lists.accept")
    found = _acceptable(actor, list, _OPEN)
    job = start(
        actor=actor,
        kind="lists.accept",
        label=f"Menerima daftar {found.filename}"[:160],
        params={"list": found.pk},
        url=f"/daftar/{found.pk}/",
    )
    List.objects.filter(pk=found.pk).update(state=State.ACCEPTING, job=job)
    list.refresh_from_db()
    return job


@transaction.atomic
def accept(
    *,
    actor: Actor,
    list: List,
    progress: Progress | None = None,
    then_check: bool = True,
) -> dict[str, int]:
    """Take the list's waiting rows into the registry; returns how many rows per fate.

    A row that cannot be right (severity REJECT) is rejected. One whose NIK a living worker has
    joins that worker when both look like one person, else waits for a decision; so does one
    with another NIK but the same name and birth date. All others are new workers. Nothing a
    worker has is overwritten: what rows say stays with their sources.
    All or nothing; may be called again after corrections, then takes what waits. Afterwards the
    new workers are compared with the whole registry in the background, unless not `then_check`.
    """
    require(actor, "lists.accept")
    found = _acceptable(actor, list, {*_OPEN, State.ACCEPTING})
    waiting = Row.objects.filter(list=found, fate=Fate.WAITING)
    ids = [*waiting.order_by("id").values_list("id", flat=True)]
    if not ids:
        raise DomainError("Tidak ada baris yang menunggu diterima di daftar ini.")
    progress = progress or Silent()
    total, done = len(ids) * 2, 0

    def tell(rows: int, what: str) -> None:
        nonlocal done
        done = min(done + rows, total - 1)
        progress.tell(done, total, what)

    tell(0, "Menyiapkan")
    if connection.vendor == "postgresql" and len(ids) > _ANALYSED:
        # joins of a whole list in memory; rows just copied in are unknown to the planner
        bulk.execute("SET LOCAL work_mem = '128MB'")
        bulk.execute(
            "ANALYZE lists_row (id, list_id, nik, match_key, fate, severity), "
            "workers_worker (id, nik, match_key, died_on)"
        )
    rejected = waiting.filter(severity=Severity.REJECT).update(fate=Fate.REJECTED)
    tell(rejected, "Menyiapkan")
    settle(Scope(found), tell)
    counts = _outcome(found)
    found.state = State.ACCEPTED
    found.accepted_at = timezone.now()
    found.save(update_fields=["state", "accepted_at"])
    record(
        actor=actor,
        act="list.accepted",
        noun="list",
        object_id=found.pk,
        rows=ids,
        after={**counts, "taken": len(ids), "start_month": found.start_month},
    )
    if then_check and counts[Fate.NEW]:
        start_check(actor=actor, list=found)
    progress.tell(total, total, "Selesai")
    list.refresh_from_db()
    return counts


def _acceptable(actor: Actor, list: List, states: set[State]) -> List:
    found = held(actor, list)
    if found.state not in states:
        raise DomainError(
            f"Daftar ini belum dapat diterima: statusnya «{found.get_state_display()}»."
        )
    return found


def _outcome(found: List) -> dict[str, int]:
    counted = dict(
        Row.objects.filter(list=found).order_by().values_list("fate").annotate(count=Count("id"))
    )
    return {fate.value: counted.get(fate.value, 0) for fate in Fate}
