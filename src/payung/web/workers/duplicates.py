"""Pairs that may be one person: shown side by side, decided by somebody."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from payung.apps.accounts.actor import Actor
from payung.apps.errors import DomainError
from payung.apps.lists import selectors, services
from payung.apps.lists.models import Band, Decision, Match
from payung.apps.workers.selectors import COMPARED, folded
from payung.identity import Occupations, mask_nik
from payung.web.access import Request, act, go, page
from payung.web.shell.formats import number, phone, rupiah, tanggal_short
from payung.web.shell.paging import paged
from payung.web.shell.waiting import waits
from payung.web.workers.forms import PairFilter

_PAIRS_A_PAGE = 10
_DECISIONS = {Decision.SAME.value, Decision.DIFFERENT.value}


@dataclass(frozen=True)
class Compared:
    """One field of a pair: what the row says, what the worker has, and whether they agree."""

    label: str
    row: str
    worker: str
    is_known: bool
    is_same: bool


@dataclass(frozen=True)
class Pair:
    match: Match
    fields: list[Compared]
    evidence: list[dict[str, Any]]
    percent: str
    is_sure: bool


@waits("workers:duplicates")
def waiting(actor: Actor) -> int:
    return selectors.reviews_waiting(actor=actor)


@page("workers.view")
def index(request: Request) -> HttpResponse:
    pairs = selectors.reviews(actor=request.actor)
    asked = selectors.lists(actor=request.actor).filter(pk__in=pairs.order_by().values("row__list"))
    form = PairFilter(request.GET, lists=asked)
    found = paged(request, form.rows(pairs), per=_PAIRS_A_PAGE)
    shown = [_pair(match) for match in found]
    context = {
        "page": found,
        "pairs": shown,
        "form": form,
        "is_asked": any(request.GET.get(name) for name in form.fields),
        "sure": sum(pair.is_sure for pair in shown),
    }
    return render(request, "workers/duplicates.html", context)


@act("workers.decide")
def decide(request: Request, pk: int) -> HttpResponse:
    match = get_object_or_404(selectors.reviews(actor=request.actor), pk=pk)
    row = services.decide(
        actor=request.actor,
        match=match,
        decision=_decision(request),
        reason=request.POST.get("reason", ""),
    )
    messages.success(
        request, f"Baris {row.number} dari {match.row.list}: {row.get_fate_display().lower()}."
    )
    return go(request, "workers:duplicates")


@act("workers.decide")
def decide_many(request: Request) -> HttpResponse:
    chosen = [int(pk) for pk in request.POST.getlist("pasangan") if pk.isdecimal()]
    if not chosen:
        raise DomainError("Belum ada pasangan yang dicentang.")
    count = services.decide_many(
        actor=request.actor,
        matches=selectors.reviews(actor=request.actor).filter(pk__in=chosen),
        decision=_decision(request),
        reason=request.POST.get("reason", ""),
    )
    left = len(chosen) - count
    messages.success(
        request,
        f"{number(count)} pasangan diputuskan."
        + (f" {number(left)} tetap terbuka karena perlu diputuskan satu per satu." if left else ""),
    )
    return go(request, "workers:duplicates")


def _decision(request: Request) -> Decision:
    decision = request.POST.get("decision", "")
    if decision not in _DECISIONS:
        raise DomainError("Pilih: orang yang sama, atau orang berbeda.")
    return Decision(decision)


def _pair(match: Match) -> Pair:
    row, worker = match.row, match.worker
    fields = []
    for field, label in COMPARED.items():
        ours, theirs = _value(row, field), _value(worker, field)
        if ours or theirs:
            same = _plain(row, field) == _plain(worker, field)
            shown = (_shown(field, ours), _shown(field, theirs))
            fields.append(Compared(label, *shown, bool(ours and theirs), same))
    share = min(match.probability * 100, 99.9)
    return Pair(
        match,
        fields,
        [
            {**each, "signed": _signed(each["weight"])}
            for each in sorted(match.evidence, key=lambda each: -abs(each["weight"]))
        ],
        f"{share:.1f}%".replace(".", ","),
        match.band == Band.SAME,
    )


def _signed(weight: float) -> str:
    """12.0 → "+12", -5.0 → "−5"."""
    return "0" if not weight else f"{'+' if weight > 0 else '−'}{number(abs(weight))}"


def _value(person: Any, field: str) -> Any:
    return getattr(person, field) or ""


def _plain(person: Any, field: str) -> Any:
    return folded(_value(person, "region_id" if field == "region" else field))


def _shown(field: str, value: Any) -> str:
    if not value:
        return ""
    if field in {"nik", "kk"}:
        return mask_nik(value)
    if field == "birth_date":
        return tanggal_short(value)
    if field == "income":
        return rupiah(value)
    if field == "phone":
        return phone(value)
    if field == "occupation":
        known = Occupations.packaged().by_code.get(value)
        return known.name if known else value
    return str(value)
