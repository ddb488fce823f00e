"""Who may be one person: shown side by side, decided by somebody, taken back if need be."""

from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from payung.apps.accounts.actor import Actor
from payung.apps.errors import DomainError
from payung.apps.lists import selectors, services
from payung.apps.lists.models import Decision, Fate, Match, Pair
from payung.identity import mask_nik
from payung.web.access import Request, act, go, page
from payung.web.shell.formats import number
from payung.web.shell.paging import paged
from payung.web.shell.waiting import waits
from payung.web.workers.forms import ROWS, WORKERS, PairFilter
from payung.web.workers.pairs import of_match, of_pair, pair_url

Asked = TypeVar("Asked", Match, Pair)

_PAIRS_A_PAGE = 10
_GONE = "workers/gone.html"
_MANY = {ROWS: "workers:decide_many", WORKERS: "workers:decide_pairs"}
_BECAME = {
    Fate.JOINED: ", masuk ke pekerja yang sudah terdaftar",
    Fate.NEW: ", masuk sebagai pekerja baru",
    Fate.REVIEW: "; masih ada pekerja lain yang mirip",
}
_DECISIONS = {Decision.SAME.value, Decision.DIFFERENT.value}


@waits("workers:duplicates")
def waiting(actor: Actor) -> int:
    return selectors.reviews_waiting(actor=actor)


@page("workers.view")
def index(request: Request) -> HttpResponse:
    matches = selectors.reviews(actor=request.actor)
    pairs = selectors.worker_reviews(actor=request.actor)
    asked = selectors.lists(actor=request.actor).filter(
        pk__in=[
            *matches.order_by().values_list("row__list", flat=True).distinct(),
            *pairs.order_by().values_list("list", flat=True).distinct(),
            _number(request.GET.get("daftar")),  # also when nothing of it waits any more
        ]
    )
    form = PairFilter(request.GET, lists=asked)
    fitting = form.rows({ROWS: matches, WORKERS: pairs})
    counts = {kind: each.order_by().count() for kind, each in fitting.items()}
    kind = form.kind(counts)
    found = fitting[kind]
    if alone := _number(request.GET.get("pasangan")):
        found = found.filter(pk=alone)
    shown_page = paged(request, found, per=_PAIRS_A_PAGE)
    sides = {number for each in shown_page for number in _workers(each)}
    brought = selectors.brought_by(actor=request.actor, workers=sides)
    show = of_match if kind == ROWS else of_pair
    shown = [show(each, brought) for each in shown_page]
    context = {
        "page": shown_page,
        "pairs": shown,
        "form": form,
        "kind": kind,
        "tabs": form.tabs(kind, counts),
        "some_wait": selectors.reviews_waiting(actor=request.actor) > 0,
        "alone": alone,
        "sure": sum(pair.is_sure for pair in shown),
        "bulk_url": reverse(_MANY[kind]),
        # whoever just decided goes on with the next pair by keyboard, among those asked for
        "goes_on": _place(request, len(shown)),
    }
    return render(request, "workers/duplicates.html", context)


@act("workers.decide")
def decide(request: Request, pk: int) -> HttpResponse:
    match = _open(request, Match, selectors.reviews(actor=request.actor), pk)
    if match is None:
        return render(request, _GONE, status=404)
    asked = _decision(request)
    row = services.decide(actor=request.actor, match=match, **asked)
    what = f"Baris {row.number} dari {match.row.list} ({match.row.name})"
    became = _BECAME.get(Fate(row.fate), "")
    messages.success(request, f"{what}: {asked['decision'].label.lower()}{became}.")
    return _on(request, ROWS)


@act("workers.decide")
def decide_many(request: Request) -> HttpResponse:
    chosen = _chosen(request, ROWS)
    count = services.decide_many(
        actor=request.actor,
        matches=selectors.reviews(actor=request.actor).filter(pk__in=chosen),
        **_decision(request),
    )
    return _told(request, ROWS, count, len(chosen) - count)


@act("workers.decide")
def decide_pair(request: Request, pk: int) -> HttpResponse:
    pair = _open(request, Pair, selectors.worker_reviews(actor=request.actor), pk)
    if pair is None:
        return render(request, _GONE, status=404)
    try:
        decided = services.decide_pair(actor=request.actor, pair=pair, **_decision(request))
    except services.OtherPairFirst as error:
        messages.error(request, str(error))
        return _to_pair(request, error.pair)
    one, other = pair.left, pair.right
    said = (
        f"{one.name} ({mask_nik(one.nik, other.nik)}) dan {other.name} "
        f"({mask_nik(other.nik, one.nik)}): {decided.get_decision_display().lower()}."
    )
    messages.success(request, said)
    return _on(request, WORKERS)


@act("workers.decide")
def decide_pairs(request: Request) -> HttpResponse:
    chosen = _chosen(request, WORKERS)
    count = services.decide_pairs(
        actor=request.actor,
        pairs=selectors.worker_reviews(actor=request.actor).filter(pk__in=chosen),
        **_decision(request),
    )
    return _told(request, WORKERS, count, len(chosen) - count)


@act("workers.decide")
def take_back(request: Request, pk: int) -> HttpResponse:
    pair = get_object_or_404(selectors.pairs(actor=request.actor), pk=pk)
    services.take_back(actor=request.actor, pair=pair, reason=request.POST.get("reason", ""))
    messages.success(request, "Keputusan ditarik; pasangan ini menunggu diputuskan lagi.")
    return go(request, "workers:detail", pair.left_id)


@act("workers.decide")
def take_back_row(request: Request, pk: int) -> HttpResponse:
    match = get_object_or_404(selectors.row_decisions(actor=request.actor), pk=pk)
    row = services.take_back_row(
        actor=request.actor, match=match, reason=request.POST.get("reason", "")
    )
    messages.success(request, "Keputusan ditarik; baris ini dibandingkan dan ditanyakan lagi.")
    return go(request, "lists:row", row.list_id, row.pk)


def _workers(asked: Match | Pair) -> tuple[int, ...]:
    return (asked.worker_id,) if isinstance(asked, Match) else (asked.left_id, asked.right_id)


def _open(request: Request, question: type[Asked], found: QuerySet[Asked], pk: int) -> Asked | None:
    """The question, or nothing where it is gone; whoever comes second is told what was decided."""
    if said := selectors.answered(actor=request.actor, question=question, pk=pk):
        raise DomainError(said)
    if not question.objects.filter(pk=pk).exists():
        return None
    return get_object_or_404(found, pk=pk)


def _chosen(request: Request, kind: str) -> list[int]:
    chosen = [int(pk) for pk in request.POST.getlist(kind) if pk.isdecimal()]
    if not chosen:
        raise DomainError("Belum ada pasangan yang dicentang.")
    return chosen


def _decision(request: Request) -> dict[str, Any]:
    decision = request.POST.get("decision", "")
    if decision not in _DECISIONS:
        raise DomainError("Pilih: orang yang sama, atau orang berbeda.")
    return {"decision": Decision(decision), "reason": request.POST.get("reason", "")}


def _told(request: Request, kind: str, count: int, left: int) -> HttpResponse:
    open_still = f"{number(left)} tetap terbuka karena perlu diputuskan satu per satu."
    if not count:
        messages.warning(request, f"Belum ada yang diputuskan: {open_still}")
    else:
        said = f"{number(count)} pasangan diputuskan."
        messages.success(request, f"{said} {open_still}" if left else said)
    return _on(request, kind)


def _to_pair(request: Request, pair: Pair) -> HttpResponse:
    """Where that pair can be decided, or its decision taken back."""
    if pair.decision:
        return go(request, "workers:detail", pair.left_id)
    return go(request, pair_url(pair))


def _on(request: Request, kind: str) -> HttpResponse:
    """Back among the pairs that were asked for, at the place of the one just decided."""
    kept = {name: request.GET.get(name) for name in ("kemungkinan", "daftar", "halaman")}
    asked = {"jenis": kind} | {name: value for name, value in kept.items() if value}
    place = str(_number(request.GET.get("lanjut")) or 1)
    return go(request, reverse("workers:duplicates", query=asked | {"lanjut": place}))


def _place(request: Request, shown: int) -> int:
    """The place on the page, from 1, at which somebody goes on; 0 for whoever just came."""
    return min(_number(request.GET.get("lanjut")), shown)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
