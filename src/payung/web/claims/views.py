"""Claims: opening one, its papers and dates, and the money."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from payung import law
from payung.apps.accounts.actor import Actor
from payung.apps.audit import selectors as audit
from payung.apps.claims import selectors, services
from payung.apps.claims.models import Claim, ClaimKind, ClaimState, Document, DocumentState
from payung.apps.errors import DomainError
from payung.apps.workers.models import Worker
from payung.web.access import Request, act, errors_on, form_page, go, opened, page
from payung.web.claims.forms import ClaimForm, DayForm, EndForm, HeirForm, PaidForm
from payung.web.shell.paging import paged
from payung.web.shell.waiting import waits


@waits("claims:index")
def waiting(actor: Actor) -> int:
    return selectors.waiting(actor=actor)


@page("claims.view")
def index(request: Request) -> HttpResponse:
    rows = selectors.claims(actor=request.actor)
    state = request.GET.get("status", "")
    if state in ClaimState.values:
        rows = rows.filter(state=state)
    context = {"page": paged(request, rows), "states": ClaimState.choices, "state": state}
    return render(request, "claims/index.html", context)


@form_page("claims.open")
def new(request: Request, worker_pk: int) -> HttpResponse:
    worker = get_object_or_404(Worker.objects.visible_to(request.actor), pk=worker_pk)
    opened(request, noun="worker", object_id=worker.pk)
    form = ClaimForm(request.POST or None, initial={"kind": ClaimKind.JKM})
    if form.is_valid():
        values = form.cleaned_data
        with errors_on(form):
            claim = services.open_claim(
                actor=request.actor,
                worker=worker,
                **{**values, "kind": ClaimKind(values["kind"])},
            )
            messages.success(
                request, f"Klaim {claim.number} dibuka. Lengkapi ahli waris dan dokumennya."
            )
            return go(request, "claims:detail", claim.pk)
    return render(request, "claims/new.html", {"form": form, "worker": worker})


@page("claims.view")
def detail(request: Request, pk: int) -> HttpResponse:
    return _detail(request, _claim(request, pk))


@act("claims.write")
def heir(request: Request, pk: int) -> HttpResponse:
    claim, form = _claim(request, pk), HeirForm(request.POST)
    if form.is_valid():
        services.add_heir(actor=request.actor, claim=claim, **form.cleaned_data)
        return go(request, "claims:detail", pk)
    return _detail(request, claim, heir_form=form)


@act("claims.write")
def document(request: Request, pk: int, document_pk: int) -> HttpResponse:
    claim = _claim(request, pk)
    paper = get_object_or_404(Document, pk=document_pk, claim=claim)
    state = request.POST.get("state", "")
    if state not in DocumentState.values:
        raise DomainError("Pilih keadaan dokumen: belum ada, diterima atau diperiksa.")
    services.set_document(
        actor=request.actor, claim=claim, document=paper, state=DocumentState(state)
    )
    return go(request, "claims:detail", pk)


@act("claims.write")
def file(request: Request, pk: int) -> HttpResponse:
    claim, form = _claim(request, pk), DayForm(request.POST)
    if form.is_valid():
        services.file(actor=request.actor, claim=claim, on=form.cleaned_data["on"])
        messages.success(request, "Klaim tercatat diajukan ke BPJS.")
        return go(request, "claims:detail", pk)
    return _detail(request, claim, file_form=form)


@act("claims.record_payment")
def paid(request: Request, pk: int) -> HttpResponse:
    claim, form = _claim(request, pk), PaidForm(request.POST)
    if form.is_valid():
        with errors_on(form):
            services.record_payment(actor=request.actor, claim=claim, **form.cleaned_data)
            messages.success(request, "Pembayaran tercatat.")
            return go(request, "claims:detail", pk)
    return _detail(request, claim, paid_form=form)


@act("claims.record_payment")
def end(request: Request, pk: int) -> HttpResponse:
    claim, form = _claim(request, pk), EndForm(request.POST)
    if form.is_valid():
        services.end(
            actor=request.actor,
            claim=claim,
            state=ClaimState(form.cleaned_data["state"]),
            note=form.cleaned_data["note"],
        )
        return go(request, "claims:detail", pk)
    return _detail(request, claim, end_form=form)


def _claim(request: Request, pk: int) -> Claim:
    return get_object_or_404(selectors.claims(actor=request.actor), pk=pk)


def _detail(request: Request, claim: Claim, **forms: Any) -> HttpResponse:
    opened(request, noun="claim", object_id=claim.pk)
    documents = list(claim.documents.all())
    context = {
        "claim": claim,
        "documents": documents,
        "missing": sum(d.required and d.state == DocumentState.MISSING for d in documents),
        "document_states": DocumentState.choices,
        "deadlines": claim.deadlines.all(),
        "benefits": claim.benefits.all(),
        "heirs": claim.heirs.all(),
        "heir_names": {rank.code: rank.name for rank in law.heirs_order()},
        "steps": law.steps_from_data(claim.steps),
        "events": audit.events_of(actor=request.actor, noun="claim", object_id=claim.pk),
        "heir_form": HeirForm(),
        "file_form": DayForm(),
        "paid_form": PaidForm(initial={"amount": claim.benefit_total}),
        "end_form": EndForm(),
        **forms,
    }
    return render(request, "claims/detail.html", context)
