"""Who may be one person: shown side by side, decided by somebody, taken back if need be."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from payung.apps.accounts.actor import Actor
from payung.apps.errors import DomainError
from payung.apps.lists import selectors, services
from payung.apps.lists.models import Decision
from payung.identity import mask_nik
from payung.web.access import Request, act, go, page
from payung.web.shell.formats import number
from payung.web.shell.paging import paged
from payung.web.shell.waiting import waits
from payung.web.workers.forms import ROWS, WORKERS, PairFilter
from payung.web.workers.pairs import of_match, of_pair

_PAIRS_A_PAGE = 10
_MANY = {ROWS: "workers:decide_many", WORKERS: "workers:decide_pairs"}
_DECISIONS = {Decision.SAME.value, Decision.DIFFERENT.value}


@waits("workers:duplicates")
def waiting(actor: Actor) -> int:
    return selectors.reviews_waiting(actor=actor)


@page("workers.view")
def index(request: Request) -> HttpResponse:
    matches = selectors.reviews(actor=request.actor)
    pairs = selectors.worker_reviews(actor=request.actor)
    counts = {ROWS: matches.order_by().count(), WORKERS: pairs.order_by().count()}
    asked = selectors.lists(actor=request.actor).filter(
        pk__in=[
            *matches.order_by().values_list("row__list", flat=True).distinct(),
            *pairs.order_by().values_list("list", flat=True).distinct(),
        ]
    )
    form = PairFilter(request.GET, lists=asked, counts=counts)
    kind, found = form.rows({ROWS: matches, WORKERS: pairs})
    shown_page = paged(request, found, per=_PAIRS_A_PAGE)
    shown = [of_match(each) if kind == ROWS else of_pair(each) for each in shown_page]
    context = {
        "page": shown_page,
        "pairs": shown,
        "form": form,
        "kind": kind,
        "some_wait": any(counts.values()),
        "is_asked": any(request.GET.get(name) for name in ("kemungkinan", "daftar")),
        "sure": sum(pair.is_sure for pair in shown),
        "bulk_url": reverse(_MANY[kind]),
        # whoever just decided goes on with the next pair by keyboard
        "goes_on": bool(request.GET.get("lanjut")),
    }
    return render(request, "workers/duplicates.html", context)


@act("workers.decide")
def decide(request: Request, pk: int) -> HttpResponse:
    match = get_object_or_404(selectors.reviews(actor=request.actor), pk=pk)
    row = services.decide(actor=request.actor, match=match, **_decision(request))
    messages.success(
        request, f"Baris {row.number} dari {match.row.list}: {row.get_fate_display().lower()}."
    )
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
    pair = get_object_or_404(selectors.worker_reviews(actor=request.actor), pk=pk)
    decided = services.decide_pair(actor=request.actor, pair=pair, **_decision(request))
    who = f"{pair.left.name} ({mask_nik(pair.left.nik)})"
    messages.success(request, f"{who}: {decided.get_decision_display().lower()}.")
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
    messages.success(
        request,
        f"{number(count)} pasangan diputuskan."
        + (f" {number(left)} tetap terbuka karena perlu diputuskan satu per satu." if left else ""),
    )
    return _on(request, kind)


def _on(request: Request, kind: str) -> HttpResponse:
    return go(request, reverse("workers:duplicates", query={"jenis": kind, "lanjut": "1"}))
