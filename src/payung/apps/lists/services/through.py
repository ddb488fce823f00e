"""Who would become one person only because each is one with somebody else."""

from collections.abc import Collection, Iterable, Mapping
from itertools import combinations

from django.utils import timezone

from payung.apps.accounts.actor import Actor
from payung.apps.audit.services import record
from payung.apps.db.months import today
from payung.apps.lists.models import Band, Decision, Match, Pair
from payung.apps.lists.services.compared import COMPARED, person
from payung.apps.workers.models import Worker

_DECIDED = {
    "field": "decided",
    "level": "different",
    "weight": 0.0,
    "text": "baris daftar yang satu sudah diputuskan bukan orang yang lain",
}


def ask_through_others(
    *,
    actor: Actor,
    groups: Iterable[Collection[int]],
    workers: Mapping[int, Worker],
    chosen: Collection[Pair],
    least: Mapping[int, float],
) -> list[Pair]:
    """New open questions about two of a group whom nothing but others brings together.

    Twins weigh too little to be asked about, and each may still be one with a third record that
    carries half a name. Asked is where a row of the one was told apart from the other, and where a
    guard holds two that are less likely one person than `least`, by worker, says. Pairs that were
    asked about before are not asked here.
    """
    both = [two for group in groups if len(group) > 2 for two in combinations(sorted(group), 2)]
    if not both:
        return []
    members = {each for two in both for each in two}
    known = {*Pair.objects.filter(left__in=members, right__in=members).values_list("left", "right")}
    rows = Match.objects.filter(decision=Decision.DIFFERENT, worker__in=members)
    rows = rows.filter(row__worker__in=members).values_list("row__worker", "worker")
    told_apart = {frozenset(two) for two in rows}
    both = [two for two in both if two not in known and not _are_one(*(workers[n] for n in two))]
    if not both:
        return []
    from payung.linkage import weigh  # loads Polars and DuckDB

    said = {each: person([getattr(workers[each], name) for name in COMPARED]) for each in members}
    left, right = ([said[two[side]] for two in both] for side in (0, 1))
    weighed = weigh(left, right, on=today())
    list_of = {number: each.list_id for each in chosen for number in (each.left_id, each.right_id)}
    questions = []
    for (one, other), each in zip(both, weighed, strict=True):
        evidence = [field._asdict() for field in each.evidence]
        why = each.why
        if {one, other} in told_apart:
            evidence.append(_DECIDED)
            why += " Baris daftar yang satu sudah diputuskan bukan orang yang lain."
        elif not each.guard or each.probability >= least[one]:
            continue
        questions.append(
            Pair(
                left_id=one,
                right_id=other,
                left_nik=workers[one].nik,
                right_nik=workers[other].nik,
                list_id=list_of.get(other) or list_of.get(one),
                probability=each.probability,
                band=Band.REVIEW,
                why=why,
                evidence=evidence,
                found_at=timezone.now(),
            )
        )
    made = Pair.objects.bulk_create(questions)
    if made:
        record(
            actor=actor,
            act="pair.asked",
            noun="pair",
            object_id=made[0].pk,
            rows=[number for each in made for number in (each.left_id, each.right_id)],
            after={"pairs": [each.pk for each in made]},
        )
    return made


def is_guarded(pair: Pair | Match) -> bool:
    """Whether a guard (twins, kin, a borrowed NIK) or a decision about a row holds them apart."""
    return any(each["field"] in ("guard", _DECIDED["field"]) for each in pair.evidence)


def _are_one(one: Worker, other: Worker) -> bool:
    return (one.same_as_id or one.pk) == (other.same_as_id or other.pk)
