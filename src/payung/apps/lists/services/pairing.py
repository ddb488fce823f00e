"""Deciding whether two workers are one person, and taking that back."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.errors import DomainError
from payung.apps.lists.models import Decision, Pair
from payung.apps.lists.selectors import pairs as visible_pairs
from payung.apps.lists.selectors import worker_reviews
from payung.apps.lists.services.through import ask_through_others, is_guarded
from payung.apps.workers.aliases import built_on, make_one
from payung.apps.workers.models import Source, Worker
from payung.apps.workers.services import lock_registry
from payung.identity import mask_nik

_AT_ONCE = 2_000
_DEATHS = ("death", "death-list", "death-withdrawn")


class OtherPairFirst(DomainError):
    """Another pair stands in the way: `pair`, to be decided first, or taken back."""

    def __init__(self, sentence: str, pair: Pair) -> None:
        super().__init__(sentence)
        self.pair = pair


def decide_pair(*, actor: Actor, pair: Pair, decision: Decision, reason: str = "") -> Pair:
    """Say whether two workers are one person.

    SAME: the record on which more was built goes on, the other becomes its alias and keeps its own
    history. DIFFERENT: they are never asked about again. Raises DomainError when it was decided
    already, or says what has to be settled first (OtherPairFirst with the pair that has to be);
    nothing is decided then, and that pair is asked about from now on.
    """
    require(actor, "workers.decide")
    _chosen(decision)
    with transaction.atomic():
        lock_registry()
        found = worker_reviews(actor=actor).filter(pk=pair.pk).first()
        if found is None:
            raise DomainError("Pertanyaan ini sudah diputuskan, atau di luar jangkauan Anda.")
        refusal = _join(actor, [found]).get(found.pk) if decision == Decision.SAME else None
        if refusal is None:
            _keep(actor, [found], decision)
            record(
                actor=actor,
                act="pair.decided",
                noun="pair",
                object_id=found.pk,
                rows=[found.left_id, found.right_id],
                after={"decision": decision, "probability": found.probability},
                reason=reason,
            )
    if refusal is not None:  # past the transaction, which keeps the question in the way
        raise refusal
    return Pair.objects.get(pk=found.pk)


@transaction.atomic
def decide_pairs(
    *, actor: Actor, pairs: QuerySet[Pair], decision: Decision, reason: str = ""
) -> int:
    """Decide many open pairs of workers alike, with one event; returns how many.

    Left open is, for SAME, whatever `decide_pair` would refuse.
    """
    require(actor, "workers.decide")
    _chosen(decision)
    lock_registry()
    chosen = [*worker_reviews(actor=actor).filter(pk__in=pairs.order_by().values("pk"))]
    if decision == Decision.SAME:
        refused = _join(actor, chosen)
        chosen = [pair for pair in chosen if pair.pk not in refused]
    if chosen:
        _keep(actor, chosen, decision)
        record(
            actor=actor,
            act="pairs.decided",
            noun="pair",
            rows=[pair.pk for pair in chosen],
            after={"decision": decision, "count": len(chosen)},
            reason=reason,
        )
    return len(chosen)


@transaction.atomic
def take_back(*, actor: Actor, pair: Pair, reason: str) -> Pair:
    """Open a decided pair again: the two are two until somebody decides anew.

    Raises DomainError without a reason, or when something was built on one person since.
    """
    require(actor, "workers.decide")
    must_say_why(reason)
    lock_registry()
    decided = visible_pairs(actor=actor).exclude(decision=Decision.OPEN)
    found = decided.filter(pk=pair.pk).first()
    if found is None or found.decided_at is None:
        raise DomainError("Pasangan ini belum diputuskan, atau di luar jangkauan Anda.")
    before = found.decision
    members = _groups([found])[0] if before == Decision.SAME else set()
    if members:
        _nothing_since(members, found.decided_at)
    found.decision, found.decided_by, found.decided_at = Decision.OPEN, None, None
    found.save(update_fields=["decision", "decided_by", "decided_at"])
    if members:
        _rebuild(members)
    record(
        actor=actor,
        act="pair.taken_back",
        noun="pair",
        object_id=found.pk,
        rows=[found.left_id, found.right_id],
        before={"decision": before},
        after={"decision": Decision.OPEN},
        reason=reason,
    )
    return found


def must_say_why(reason: str) -> None:
    """Raises DomainError where a decision is to be taken back without a reason."""
    if not reason.strip():
        raise DomainError("Tuliskan alasan, misalnya «KTP keduanya sudah diperlihatkan».")


def _chosen(decision: Decision) -> None:
    if not decision:
        raise DomainError("Pilih: orang yang sama, atau orang berbeda.")


def _keep(actor: Actor, pairs: Iterable[Pair], decision: Decision) -> None:
    changed, now = [*pairs], timezone.now()
    for pair in changed:
        pair.decision, pair.decided_by, pair.decided_at = decision, actor.user, now
    fields = ["decision", "decided_by", "decided_at"]
    Pair.objects.bulk_update(changed, fields, batch_size=_AT_ONCE)


def _join(actor: Actor, pairs: Collection[Pair]) -> dict[int, DomainError]:
    """Make the workers of each pair, and whoever is one with them, one person.

    Returns the pairs that cannot be joined, with what says why.
    """
    groups = _groups(pairs)
    members = set().union(*groups)
    workers = Worker.objects.select_for_update().in_bulk(members)
    built = built_on(members)
    apart = [*_among(members).filter(decision=Decision.DIFFERENT)]
    asked = _in_doubt(actor, groups, workers, pairs)
    refused: dict[frozenset[int], DomainError] = {}
    joined = []
    for group in groups:
        going_on = max(group, key=lambda each: (built[each].weight, -each))
        people = [workers[each] for each in sorted(group)]
        stops = [built[each].stops for each in sorted(group) if each != going_on]
        refusal: DomainError | None = None
        if two := _within(group, apart):
            refusal = OtherPairFirst(
                f"Dengan ini {_named(two, workers)} menjadi satu orang, padahal keduanya sudah "
                "diputuskan orang berbeda. Bila itu keliru, tarik dahulu keputusan itu, di halaman "
                "pekerja ini pada «Orang yang sama?».",
                two,
            )
        elif len({person.died_on is None for person in people}) > 1:
            dead = next(person for person in people if person.died_on)
            refusal = DomainError(
                f"Salah satunya (NIK {mask_nik(dead.nik)}) tercatat meninggal pada "
                f"{dead.died_on:%d-%m-%Y}, yang lain tidak. Catat dahulu kematian yang lain, atau "
                "tarik catatan kematian yang keliru."
            )
        elif doubt := _within(group, asked):
            refusal = OtherPairFirst(
                f"Dengan ini {_named(doubt, workers)} juga menjadi satu orang lewat catatan lain, "
                f"padahal tentang keduanya masih ada pertanyaan: {doubt.why} Putuskan itu dahulu.",
                doubt,
            )
        elif stop := next(filter(None, stops), ""):
            refusal = DomainError(stop)
        if refusal is None:
            joined.append((going_on, group))
        else:
            refused[frozenset(group)] = refusal
    make_one(joined)
    return {
        pair.pk: refusal
        for group, refusal in refused.items()
        for pair in pairs
        if pair.left_id in group
    }


def _groups(pairs: Collection[Pair]) -> list[set[int]]:
    """The workers of the pairs and all that are one person with them, person by person."""
    edges = {(pair.left_id, pair.right_id) for pair in pairs}
    reached = {number for edge in edges for number in edge}
    fresh = reached
    while fresh:
        decided = Pair.objects.filter(Q(left__in=fresh) | Q(right__in=fresh))
        more = set(decided.filter(decision=Decision.SAME).values_list("left_id", "right_id"))
        edges |= more
        fresh = {number for edge in more for number in edge} - reached
        reached = reached | fresh
    return _connected(reached, edges)


def _connected(numbers: Iterable[int], edges: Iterable[tuple[int, int]]) -> list[set[int]]:
    head = {number: number for number in numbers}

    def first(number: int) -> int:
        while head[number] != number:
            head[number] = number = head[head[number]]
        return number

    for one, other in edges:
        low, high = sorted((first(one), first(other)))
        head[high] = low
    groups: dict[int, set[int]] = defaultdict(set)
    for number in head:
        groups[first(number)].add(number)
    return [*groups.values()]


def _among(members: Collection[int]) -> QuerySet[Pair]:
    return Pair.objects.filter(left__in=members, right__in=members)


def _within(group: set[int], pairs: Iterable[Pair]) -> Pair | None:
    return next((pair for pair in pairs if {pair.left_id, pair.right_id} <= group), None)


def _in_doubt(
    actor: Actor,
    groups: Collection[set[int]],
    workers: Mapping[int, Worker],
    chosen: Collection[Pair],
) -> list[Pair]:
    """Pairs of one group that are not chosen, and that nobody but a person may join.

    Who looks at such a pair now need not look at others that are as likely or likelier, or each of
    three would wait for another. Who would be one person only through others, and was never asked
    about, is compared here and asked about if a guard holds.
    """
    least = {
        member: min(
            (each.probability for each in chosen if each.left_id in group and is_guarded(each)),
            default=math.inf,
        )
        for group in groups
        for member in group
    }
    numbers = {each.pk for each in chosen}
    still = _among(set(least)).filter(decision=Decision.OPEN).exclude(pk__in=numbers)
    asked = [each for each in still if is_guarded(each) and each.probability < least[each.left_id]]
    return [
        *asked,
        *ask_through_others(
            actor=actor, groups=groups, workers=workers, chosen=chosen, least=least
        ),
    ]


def _rebuild(members: set[int]) -> None:
    """Who is one person among the members by what is decided now."""
    decided = Pair.objects.filter(decision=Decision.SAME, left__in=members, right__in=members)
    groups = _connected(members, decided.values_list("left_id", "right_id"))
    built = built_on(members)
    make_one([(max(g, key=lambda each: (built[each].weight, -each)), g) for g in groups])


def _nothing_since(members: set[int], decided_at: datetime) -> None:
    built = built_on(members)
    deaths = Source.objects.filter(worker__in=members, kind__in=_DEATHS)
    later = any(each.at and each.at > decided_at for each in built.values())
    if later or deaths.filter(received_at__gt=decided_at).exists():
        raise DomainError(
            "Sejak keputusan itu sudah ada rencana, pendaftaran, klaim atau catatan kematian atas "
            "orang ini, jadi tidak dapat ditarik lagi; perbaiki lewat catatan itu."
        )


def _named(pair: Pair, workers: Mapping[int, Worker]) -> str:
    left, right = workers[pair.left_id], workers[pair.right_id]
    return (
        f"{left.name} (NIK {mask_nik(left.nik, right.nik)}) dan "
        f"{right.name} (NIK {mask_nik(right.nik, left.nik)})"
    )
