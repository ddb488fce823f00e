"""Reading lists, their rows, problems and open questions, within what the actor may see."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.accounts.models import Kind, Organisation
from payung.apps.accounts.selectors import organisations
from payung.apps.lists.models import (
    Decision,
    Fate,
    Finding,
    List,
    ListQuerySet,
    Match,
    Pair,
    PairQuerySet,
    Row,
    Sheet,
    State,
)
from payung.apps.workers.models import PERSON_COLUMNS, Source, Worker

_SENDING = (
    Kind.CITY,
    Kind.LEAD,
    Kind.OFFICE,
    Kind.KECAMATAN,
    Kind.KELURAHAN,
    Kind.ASSOCIATION,
)

_SAID = [name for name in PERSON_COLUMNS if name not in ("name_key", "match_key", "sector")]


@dataclass(frozen=True)
class Problem:
    """How often one problem occurs in a list; message is one of its sentences."""

    code: str
    severity: int
    message: str
    count: int


def senders(*, actor: Actor) -> QuerySet[Organisation]:
    """Offices in whose name the actor may send a list: the own, or all within its region."""
    if actor.reach is Reach.FIGURES or actor.organisation.kind == Kind.BRANCH:
        return Organisation.objects.none()
    return organisations(actor=actor).filter(kind__in=_SENDING)


def lists(
    *, actor: Actor, sender: Organisation | None = None, state: str = "", text: str = ""
) -> ListQuerySet:
    """Lists the actor may see, newest first. text: part of the file name or subject.

    Each carries the counts of its rows (`rows`, `clean`, `warned`, `rejected`).
    """
    found = List.objects.visible_to(actor).select_related(
        "sender", "region", "uploaded_by", "job", "checking"
    )
    if sender is not None:
        found = found.filter(sender=sender)
    if state:
        found = found.filter(state=state)
    if text := text.strip():
        found = found.filter(Q(filename__icontains=text) | Q(subject__icontains=text))
    return found


def fates(found: List) -> dict[str, int]:
    """How many rows of the list met which fate: every Fate, zeros included."""
    counted = dict(
        Row.objects.filter(sheet__list=found)
        .order_by()
        .values_list("fate")
        .annotate(count=Count("id"))
    )
    return {fate.value: counted.get(fate.value, 0) for fate in Fate}


def acceptable(found: List) -> int:
    """How many rows would enter the registry if the list were accepted now."""
    return Row.objects.filter(list=found, fate=Fate.WAITING, severity__lt=2).count()


@dataclass(frozen=True)
class Earlier:
    """A list that still waits though a later one of its sender says most of it again."""

    list: List
    niks: int
    shared: int


def replaced_by(*, actor: Actor, list: List) -> Sequence[Earlier]:
    """Earlier waiting lists of the same sender and city, more than half of whose NIK stand in
    this one: it may be their corrected copy. Newest first."""
    waiting = lists(actor=actor, sender=list.sender, state=State.READ).filter(
        region=list.region, pk__lt=list.pk
    )
    earlier = {each.pk: each for each in waiting}
    if not earlier:
        return []
    again = Exists(Row.objects.filter(list=list, nik=OuterRef("nik")))
    counted = (
        Row.objects.filter(list__in=earlier)
        .exclude(nik="")
        .order_by()
        .values("list")
        .annotate(
            niks=Count("nik", distinct=True), shared=Count("nik", filter=again, distinct=True)
        )
        .order_by("-list")
    )
    return [
        Earlier(earlier[each["list"]], each["niks"], each["shared"])
        for each in counted
        if each["shared"] * 2 > each["niks"]
    ]


def sheets(found: List) -> QuerySet[Sheet]:
    """The sheets of a list in their order, with `columns` as they are understood."""
    return Sheet.objects.filter(list=found)


def problems(found: List) -> list[Problem]:
    """The problems of a list by code, gravest and most frequent first."""
    counted = (
        Finding.objects.filter(list=found)
        .order_by()
        .values("code", "severity")
        .annotate(count=Count("id"))
    )
    made = [
        Problem(each["code"], each["severity"], _sentence(found, each), each["count"])
        for each in counted
    ]
    return sorted(made, key=lambda each: (-each.severity, -each.count, each.code))


def rows(
    *,
    actor: Actor,
    list: List,
    severity: int | None = None,
    fate: str = "",
    code: str = "",
    sheet: Sheet | None = None,
    text: str = "",
) -> QuerySet[Row]:
    """Rows of a list in its order, each with `findings` (prefetched when evaluated).

    code: rows with that problem. text: part of a name, or digits of a NIK.
    """
    # by the sheet, whose rows lie together in their order
    found = Row.objects.filter(sheet__list__in=List.objects.visible_to(actor).filter(pk=list.pk))
    if severity is not None:
        found = found.filter(severity=severity)
    if fate:
        found = found.filter(fate=fate)
    if code:
        found = found.filter(
            pk__in=Finding.objects.filter(list=list, code=code).order_by().values("row")
        )
    if sheet is not None:
        found = found.filter(sheet=sheet)
    if text := text.strip():
        found = (
            found.filter(nik__contains=text)
            if text.isdigit()
            else found.filter(name__icontains=text)
        )
    findings = Prefetch("findings", Finding.objects.order_by("-severity", "id"))
    return found.select_related("sheet", "region", "worker").prefetch_related(findings)


def reviews(*, actor: Actor, list: List | None = None) -> QuerySet[Match]:
    """Pairs of a row and a worker that wait for somebody's decision, likeliest first."""
    visible = List.objects.visible_to(actor)
    if list is not None:
        visible = visible.filter(pk=list.pk)
    # asked match by match: rows are many, and open questions few
    in_review = Row.objects.filter(pk=OuterRef("row"), list__in=visible, fate=Fate.REVIEW)
    return (
        Match.objects.filter(Exists(in_review), decision=Decision.OPEN)
        .select_related("row", "row__list", "row__list__sender", "row__sheet", "row__region")
        .select_related("worker", "worker__region")
        .order_by("-probability", "id")
    )


def answered(*, actor: Actor, question: type[Match] | type[Pair], pk: int) -> str:
    """Why this question can no longer be answered, for whoever comes second; "" where it is open,
    or was never within the actor's reach."""
    if question is Pair:
        seen, asked = pairs(actor=actor), worker_reviews(actor=actor)
    else:
        seen, asked = row_decisions(actor=actor), reviews(actor=actor)
    found = seen.filter(pk=pk).first()
    if found is not None and found.decision != Decision.OPEN:
        said = found.get_decision_display().lower()
        return f"Sudah diputuskan oleh {found.decided_by}: {said}. Keputusan Anda tidak dicatat."
    if found is not None and not asked.filter(pk=pk).exists():
        return "Keduanya sudah menjadi satu orang lewat keputusan lain."
    return ""


def row_decisions(*, actor: Actor, row: Row | None = None) -> QuerySet[Match]:
    """What was decided of rows of visible lists, or of one of them, newest first."""
    found = Match.objects.filter(row__list__in=List.objects.visible_to(actor))
    if row is not None:
        found = found.filter(row=row)
    return (
        found.exclude(decision=Decision.OPEN)
        .select_related("row", "row__list", "worker", "decided_by")
        .order_by("-decided_at", "id")
    )


def pairs(*, actor: Actor) -> PairQuerySet:
    """Pairs of workers that may be or were found to be one person, within the actor's reach."""
    return Pair.objects.visible_to(actor).select_related(
        "left", "left__region", "right", "right__region", "list", "decided_by"
    )


def worker_reviews(*, actor: Actor, list: List | None = None) -> PairQuerySet:
    """Pairs of workers that wait for somebody's decision, likeliest first."""
    found = pairs(actor=actor).undecided()
    return found if list is None else found.filter(list=list)


def brings_somebody_new(*, list: List) -> bool:
    """Whether a row of the list, which the actor may see, became a new worker."""
    return Row.objects.filter(list=list, fate=Fate.NEW).exists()


def pairs_of_worker(*, actor: Actor, worker: Worker) -> PairQuerySet:
    """The pairs a worker is in, decided or not; no question that others have answered."""
    found = pairs(actor=actor).filter(Q(left=worker) | Q(right=worker))
    return found.exclude(decision=Decision.OPEN) | found.undecided()


def reviews_waiting(*, actor: Actor) -> int:
    """How many decisions wait, for the rail."""
    rows = reviews(actor=actor).order_by().count()
    return rows + worker_reviews(actor=actor).order_by().count()


def rows_of_worker(*, actor: Actor, worker_id: int) -> QuerySet[Row]:
    """The rows of visible lists that are this worker, oldest list first."""
    kept = Source.objects.filter(worker_id=worker_id, kind="list-row").values("source_id")
    return (
        Row.objects.filter(pk__in=kept, list__in=List.objects.visible_to(actor))
        .select_related("list", "list__sender", "sheet", "region")
        .order_by("list__received_at", "number")
    )


def brought_by(*, actor: Actor, workers: Collection[int]) -> dict[int, Row]:
    """The row of a visible list, with its list, that made each of these workers one."""
    kept = Source.objects.filter(worker__in=workers, kind="list-row").values("source_id")
    visible = List.objects.visible_to(actor)
    rows = Row.objects.filter(pk__in=kept, fate=Fate.NEW, list__in=visible).select_related("list")
    return {row.worker_id: row for row in rows}


def values_as_read(ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What these rows say of their person, by row; an accepted row's values never change."""
    rows = Row.objects.filter(pk__in=ids).values("pk", "kelurahan_text", "region_id", *_SAID)
    return {row.pop("pk"): _without_blanks(row) for row in rows}


def _without_blanks(row: dict[str, Any]) -> dict[str, Any]:
    row["kelurahan"], row["region"] = row.pop("kelurahan_text"), row.pop("region_id")
    return {
        field: value.isoformat() if isinstance(value, date) else value
        for field, value in row.items()
        if value not in ("", None)
    }


def _sentence(found: List, counted: dict) -> str:
    first = Finding.objects.filter(
        list=found, code=counted["code"], severity=counted["severity"]
    ).order_by("id")
    return first.values_list("message", flat=True)[0]
