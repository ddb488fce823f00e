"""New workers against the whole registry: who may be one person, for somebody to decide."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.db import bulk
from payung.apps.db.months import today
from payung.apps.errors import DomainError
from payung.apps.jobs.models import Job
from payung.apps.jobs.models import State as JobState
from payung.apps.jobs.progress import Progress, Silent
from payung.apps.jobs.services import start
from payung.apps.lists.models import Decision, Fate, List, Match, Pair, Row, State
from payung.apps.lists.services.compared import COMPARED, person
from payung.apps.lists.services.reach import held
from payung.apps.workers.models import Worker
from payung.identity import mask_nik

if TYPE_CHECKING:
    from payung.linkage import Weighed

_FETCHED = 5_000
_AT_ONCE = 2_000
_SAID_ANEW = ["left_nik", "right_nik", "probability", "band", "why", "evidence"]
_PAIR_FIELDS = (
    "left", "right", "left_nik", "right_nik", "list", "probability", "band", "why", "evidence",
    "found_at", "decision",
)  # fmt: skip


@transaction.atomic
def start_check(*, actor: Actor, list: List) -> Job:
    """Queue `check`, once; a check of the list that has not begun yet is enough."""
    require(actor, "lists.accept")
    found = held(actor, list)
    waiting = found.checking
    if waiting is not None and waiting.state == JobState.WAITING:
        return waiting
    job = start(
        actor=actor,
        kind="lists.check",
        label=f"Mencari orang yang sama dari {found.filename}"[:160],
        params={"list": found.pk},
        url=f"/daftar/{found.pk}/",
    )
    List.objects.filter(pk=found.pk).update(checking=job)
    list.refresh_from_db()
    return job


def check(*, actor: Actor, list: List, progress: Progress | None = None) -> dict[str, int]:
    """Compare the list's new workers with everybody in the city's registry; returns the counts.

    Whoever may be one person becomes a pair that waits for a decision; nobody is merged. What was
    decided before is not asked again. May be run again: its open questions are judged anew.
    """
    counts = check_lists(actor=actor, lists=[list], progress=progress)
    list.refresh_from_db()
    return counts


def check_lists(
    *, actor: Actor, lists: Sequence[List], progress: Progress | None = None
) -> dict[str, int]:
    """The same for several lists of one city at once, with an event for each."""
    require(actor, "lists.accept")
    progress = progress or Silent()
    rows = Row.objects.filter(list__in=lists, fate=Fate.NEW).order_by()
    brought_by = dict(rows.values_list("worker_id", "list_id"))
    found = _found(lists[0].region_id, brought_by, progress)
    with transaction.atomic():
        locked = [held(actor, each) for each in lists]
        if any(each.state != State.ACCEPTED for each in locked):
            raise DomainError("Daftar ini belum diterima, jadi belum ada yang dibandingkan.")
        asked = [*_to_ask(brought_by, found, locked)]
        _put(asked, locked)
        pairs = Counter(pair[_PAIR_FIELDS.index("list")] for pair in asked)
        new = Counter(brought_by.values())
        for each in locked:
            each.checked_at = timezone.now()
            each.save(update_fields=["checked_at"])
            record(
                actor=actor,
                act="list.checked",
                noun="list",
                object_id=each.pk,
                after={"workers": new[each.pk], "pairs": pairs[each.pk]},
            )
    return {"workers": len(brought_by), "pairs": len(asked)}


class _Record(NamedTuple):
    """A worker, or an alias of one, as compared."""

    id: int
    person: tuple[Any, ...]

    @property
    def nik(self) -> str:
        return str(self.person[0])


def _found(
    region: str, brought_by: Mapping[int, int], progress: Progress
) -> list[tuple[_Record, _Record, "Weighed"]]:
    """Pairs of records worth a look, the likeliest first."""
    from payung.linkage import doubles  # loads Polars and DuckDB

    if not brought_by:
        return []
    records: list[_Record] = []
    total = 0
    for total, chunk in _registry(region):
        records += (_Record(number, person(values)) for number, *values in chunk)
        progress.tell(len(records), total * 2, "Membaca pekerja terdaftar")
    progress.tell(total, total * 2, "Membandingkan dengan semua pekerja")
    asked = [place for place, record in enumerate(records) if record.id in brought_by]
    pairs = doubles([record.person for record in records], asked, on=today())
    progress.tell(total * 2, total * 2, "Menyimpan pasangan yang mirip")
    pairs.sort(key=lambda pair: -pair[2].probability)
    return [(records[one], records[other], weighed) for one, other, weighed in pairs]


def _registry(region: str) -> Iterator[tuple[int, list[tuple[Any, ...]]]]:
    """How many records the city's registry has, and those in chunks, in the order of their ids."""
    inside = "FROM workers_worker w WHERE w.region_id LIKE %s"
    columns = ", ".join(f"w.{name}" for name in COMPARED)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) {inside}", [f"{region}%"])
        (total,) = cursor.fetchone()
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT w.id, {columns} {inside} ORDER BY w.id", [f"{region}%"])
        while chunk := cursor.fetchmany(_FETCHED):
            yield total, chunk


def _open_of(lists: Sequence[List]) -> QuerySet[Pair]:
    return Pair.objects.filter(list__in=lists, decision=Decision.OPEN)


def _put(asked: Sequence[tuple[Any, ...]], lists: Sequence[List]) -> None:
    """Make these the open questions of the lists; one that was open stays the same question."""
    before = {(pair.left_id, pair.right_id): pair for pair in _open_of(lists)}
    again = {pair[:2]: dict(zip(_PAIR_FIELDS, pair, strict=True)) for pair in asked}
    kept = [pair for both, pair in before.items() if both in again]
    for pair in kept:
        said = again[pair.left_id, pair.right_id]
        for name in _SAID_ANEW:
            setattr(pair, name, said[name])
    Pair.objects.bulk_update(kept, _SAID_ANEW, batch_size=_AT_ONCE)
    gone = [pair.pk for both, pair in before.items() if both not in again]
    Pair.objects.filter(pk__in=gone).delete()
    bulk.insert(Pair, _PAIR_FIELDS, [pair for pair in asked if pair[:2] not in before])
    bulk.analyze("lists_pair")


def _to_ask(
    brought_by: Mapping[int, int],
    found: list[tuple[_Record, _Record, "Weighed"]],
    lists: Sequence[List],
) -> Iterator[tuple[Any, ...]]:
    """The rows of pairs nobody was asked about, but through the lists; who resembles an alias
    resembles the person."""
    aliases = dict(Worker.objects.exclude(same_as=None).values_list("pk", "same_as"))

    def person_of(number: int) -> int:
        return aliases.get(number, number)

    pairs = Pair.objects.exclude(pk__in=_open_of(lists).values("pk"))
    pairs = pairs.values_list("left_id", "right_id")
    known = {frozenset(map(person_of, pair)) for pair in pairs}
    decided = Pair.objects.exclude(decision=Decision.OPEN)
    niks = {frozenset(each) for each in decided.values_list("left_nik", "right_nik")}
    rows = Match.objects.filter(decision=Decision.DIFFERENT)
    told_apart = set(rows.values_list("row__nik", "worker_id"))
    now = timezone.now()
    for one, other, weighed in found:
        both = frozenset((person_of(one.id), person_of(other.id)))
        if len(both) == 1 or both in known or frozenset((one.nik, other.nik)) in niks:
            continue
        if (one.nik, other.id) in told_apart or (other.nik, one.id) in told_apart:
            continue
        known.add(both)
        left, right = sorted((one, other), key=lambda each: person_of(each.id))
        through = brought_by.get(right.id) or brought_by[left.id]
        said = [weighed.why, *(_of_alias(each) for each in (left, right) if each.id in aliases)]
        evidence = [each._asdict() for each in weighed.evidence]
        yield (
            person_of(left.id), person_of(right.id), left.nik, right.nik, through,
            weighed.probability, weighed.band, " ".join(said), evidence, now, "",
        )  # fmt: skip


def _of_alias(record: _Record) -> str:
    return (
        f"Yang dibandingkan adalah catatan lain dari orang itu, dengan NIK {mask_nik(record.nik)}."
    )
