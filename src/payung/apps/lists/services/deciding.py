"""Deciding whether a row and a worker are one person, and taking that back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.errors import DomainError
from payung.apps.lists.models import Decision, Fate, List, Match, Pair, Row
from payung.apps.lists.selectors import reviews, row_decisions
from payung.apps.lists.services.checking import start_check
from payung.apps.lists.services.pairing import must_say_why
from payung.apps.lists.services.settling import Scope, keep_sources, settle
from payung.apps.workers.models import Source, Worker
from payung.apps.workers.services import lock_registry

_AT_ONCE = 2_000
_SAME_NIK = (
    "NIK baris ini sama dengan NIK pekerja itu, padahal satu NIK hanya milik satu orang. Perbaiki "
    "dahulu NIK pada baris ini (atau NIK pekerjanya) sesuai KTP, lalu terima lagi daftarnya."
)


@transaction.atomic
def decide(*, actor: Actor, match: Match, decision: Decision, reason: str = "") -> Row:
    """Say whether the row and the worker are one person; returns the row with its new fate.

    SAME: the row joins the worker. DIFFERENT: once no other worker is in question, the row is
    compared with all others again and becomes a new worker. Rows of other lists about which the
    same is asked follow. Raises DomainError when it was decided already, or when two people would
    have one NIK.
    """
    require(actor, "workers.decide")
    if not decision:
        raise DomainError("Pilih: orang yang sama, atau orang berbeda.")
    lock_registry()
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
    lock_registry()
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


@transaction.atomic
def take_back_row(*, actor: Actor, match: Match, reason: str) -> Row:
    """Undo what was decided of a row and a worker, so that it is asked anew; returns the row.

    SAME: the row leaves the worker, with those that joined as it did, and is compared again.
    DIFFERENT: whether the two workers are one person becomes an open pair. Raises DomainError
    without a reason, or when their pair was decided as well.
    """
    require(actor, "workers.decide")
    must_say_why(reason)
    lock_registry()
    found = row_decisions(actor=actor).filter(pk=match.pk).first()
    if found is None:
        raise DomainError("Baris ini belum diputuskan, atau di luar jangkauan Anda.")
    before = {"worker": found.worker_id, "decision": found.decision}
    if found.decision == Decision.SAME:
        _leave(actor, found)
    else:
        _ask_of_both(found)
    record(
        actor=actor,
        act="match.taken_back",
        noun="list",
        object_id=found.row.list_id,
        rows=[found.row_id],
        before=before,
        reason=reason,
    )
    return Row.objects.get(pk=found.row_id)


def _leave(actor: Actor, decided: Match) -> None:
    row, joined = decided.row, Source.objects.filter(worker=decided.worker_id, kind="list-row")
    alike = Row.objects.filter(pk__in=joined.values("source_id"), fate=Fate.JOINED)
    rows = [*alike.filter(nik=row.nik, match_key=row.match_key)]
    ids = [each.pk for each in rows]
    Match.objects.filter(row__in=ids, worker=decided.worker_id).delete()
    joined.filter(source_id__in=ids).delete()
    Row.objects.filter(pk__in=ids).update(fate=Fate.WAITING, worker=None)
    _settle_again(actor, rows)


def _ask_of_both(decided: Match) -> None:
    """The row's own worker and the other are a pair to decide; or the row still waits."""
    row = decided.row
    if row.fate == Fate.REVIEW:
        decided.decision, decided.decided_by, decided.decided_at = Decision.OPEN, None, None
        decided.save(update_fields=["decision", "decided_by", "decided_at"])
        return
    both = sorted(filter(None, {row.worker_id, decided.worker_id}))
    if len(both) < 2:
        raise DomainError("Baris ini belum menjadi pekerja, jadi belum ada yang perlu ditarik.")
    left, right = (Worker.objects.get(pk=each) for each in both)
    pair, _ = Pair.objects.get_or_create(
        left=left,
        right=right,
        defaults={
            "left_nik": left.nik,
            "right_nik": right.nik,
            "list": row.list,
            "probability": decided.probability,
            "band": decided.band,
            "why": decided.why,
            "evidence": decided.evidence,
            "found_at": timezone.now(),
        },
    )
    if pair.decision:
        raise DomainError(
            "Kedua pekerja ini juga sudah diputuskan; tarik keputusan itu di halaman pekerjanya."
        )
    decided.delete()


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
    followers = _followers(pairs, decision)
    if decision == Decision.DIFFERENT:
        _settle_again(actor, [*rows.values(), *followers])
        return
    for scope in _scopes(rows.values()):
        keep_sources(scope)
    _settle_again(actor, followers)


def _followers(pairs: list[Match], decision: Decision) -> list[Row]:
    """Other rows about which the same was asked, now waiting to be settled by what was decided.

    They have one's NIK, and for SAME its name and birth date too: what later lists are asked.
    """

    def fact(pair: Match) -> tuple[int, str, str]:
        name = pair.row.match_key if decision == Decision.SAME else ""
        return pair.worker_id, pair.row.nik, name

    decided = {fact(pair) for pair in pairs}
    followers: dict[int, Row] = {}
    for start in range(0, len(pairs), _AT_ONCE):
        part = pairs[start : start + _AT_ONCE]
        asked = Match.objects.filter(
            decision=Decision.OPEN,
            worker__in={pair.worker_id for pair in part},
            row__nik__in={pair.row.nik for pair in part},
            row__fate=Fate.REVIEW,
        )
        alike = asked.exclude(row__match_key="").order_by("row").select_related("row")
        followers |= {each.row_id: each.row for each in alike if fact(each) in decided}
    Match.objects.filter(row__in=followers, decision=Decision.OPEN).delete()
    Row.objects.filter(pk__in=followers).update(fate=Fate.WAITING)
    return [*followers.values()]


def _settle_again(actor: Actor, rows: Iterable[Row]) -> None:
    """Give waiting rows their fate; whom that makes a worker is sought in the whole registry."""
    made = {}
    for scope in _scopes(rows):
        settle(scope)
        if Row.objects.filter(pk__in=scope.ids, fate=Fate.NEW).exists():
            made[scope.list.pk] = scope.list
    for found in made.values():
        start_check(actor=actor, list=found)


def _scopes(rows: Iterable[Row]) -> Iterator[Scope]:
    ids: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        ids[row.list_id].append(row.pk)
    lists = List.objects.in_bulk(ids)
    for pk, each in ids.items():
        each.sort()
        for start in range(0, len(each), _AT_ONCE):
            yield Scope(lists[pk], tuple(each[start : start + _AT_ONCE]))
