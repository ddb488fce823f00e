"""Deciding whether a row and a worker are one person."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.errors import DomainError
from payung.apps.lists.models import Decision, Fate, List, Match, Row
from payung.apps.lists.selectors import reviews
from payung.apps.lists.services.checking import start_check
from payung.apps.lists.services.settling import Scope, keep_sources, settle

_AT_ONCE = 2_000
_SAME_NIK = (
    "NIK baris ini sama dengan NIK pekerja itu, padahal satu NIK hanya milik satu orang. Perbaiki "
    "dahulu NIK pada baris ini (atau NIK pekerjanya) sesuai KTP, lalu terima lagi daftarnya."
)


@transaction.atomic
def decide(*, actor: Actor, match: Match, decision: Decision, reason: str = "") -> Row:
    """Say whether the row and the worker are one person; returns the row with its new fate.

    SAME: the row joins the worker. DIFFERENT: once no other worker is in question, the row is
    compared with all others again and becomes a new worker. Raises DomainError when it was
    decided already, or when two people would have one NIK.
    """
    require(actor, "workers.decide")
    if not decision:
        raise DomainError("Pilih: orang yang sama, atau orang berbeda.")
    found = _open(actor).filter(pk=match.pk).first()
    if found is None:
        raise DomainError("Pertanyaan ini sudah diputuskan, atau di luar jangkauan Anda.")
    if decision == Decision.DIFFERENT and _one_nik(found):
        raise DomainError(_SAME_NIK)
    _settle(actor, [found], decision)
    record(
        actor=actor,
        act="match.decided",
        noun="list",
        object_id=found.row.list_id,
        rows=[found.row_id],
        after={"worker": found.worker_id, "decision": decision, "probability": found.probability},
        reason=reason,
    )
    return Row.objects.get(pk=found.row_id)


@transaction.atomic
def decide_many(
    *, actor: Actor, matches: QuerySet[Match], decision: Decision, reason: str = ""
) -> int:
    """Decide many open pairs alike, with one event; returns how many.

    Left open are rows in question with more than one worker, and, for DIFFERENT, pairs with one
    NIK.
    """
    require(actor, "workers.decide")
    if not decision:
        raise DomainError("Pilih: orang yang sama, atau orang berbeda.")
    chosen = _open(actor).filter(pk__in=matches.order_by().values("pk"))
    several = (
        Match.objects.filter(decision=Decision.OPEN)
        .order_by()
        .values("row")
        .annotate(count=Count("id"))
        .filter(count__gt=1)
        .values("row")
    )
    pairs = [*chosen.exclude(row__in=several)]
    if decision == Decision.DIFFERENT:
        pairs = [pair for pair in pairs if not _one_nik(pair)]
    if pairs:
        _settle(actor, pairs, decision)
        record(
            actor=actor,
            act="matches.decided",
            noun="row",
            rows=[pair.row_id for pair in pairs],
            after={"decision": decision, "count": len(pairs)},
            reason=reason,
        )
    return len(pairs)


def _open(actor: Actor) -> QuerySet[Match]:
    return reviews(actor=actor).select_related("row", "worker")


def _one_nik(pair: Match) -> bool:
    return pair.row.nik == pair.worker.nik and pair.worker.died_on is None


def _settle(actor: Actor, pairs: list[Match], decision: Decision) -> None:
    now = timezone.now()
    for pair in pairs:
        pair.decision, pair.decided_by, pair.decided_at = decision, actor.user, now
    Match.objects.bulk_update(pairs, ["decision", "decided_by", "decided_at"], batch_size=_AT_ONCE)
    rows = {pair.row_id: pair.row for pair in pairs}
    if decision == Decision.SAME:
        for pair in pairs:
            pair.row.worker_id, pair.row.fate = pair.worker_id, Fate.JOINED
        Row.objects.bulk_update(rows.values(), ["worker", "fate"], batch_size=_AT_ONCE)
        Match.objects.filter(row__in=rows, decision=Decision.OPEN).delete()
    else:
        undecided = Q(matches__decision=Decision.OPEN)
        Row.objects.filter(pk__in=rows).exclude(undecided).update(fate=Fate.WAITING)
    for found, ids in _by_list(rows.values()):
        made = False
        for start in range(0, len(ids), _AT_ONCE):
            scope = Scope(found, tuple(ids[start : start + _AT_ONCE]))
            if decision == Decision.SAME:
                keep_sources(scope)
            else:
                settle(scope)
                made = made or Row.objects.filter(pk__in=scope.ids, fate=Fate.NEW).exists()
        if made:
            start_check(actor=actor, list=found)


def _by_list(rows: Iterable[Row]) -> Iterable[tuple[List, list[int]]]:
    ids: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        ids[row.list_id].append(row.pk)
    lists = List.objects.in_bulk(ids)
    return [(lists[pk], sorted(each)) for pk, each in ids.items()]
