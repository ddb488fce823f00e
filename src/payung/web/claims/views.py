"""Claims: opening one, its papers and dates, and the money."""

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.timezone import localdate

from payung import law
from payung.apps.accounts.actor import Actor
from payung.apps.audit import selectors as audit
from payung.apps.claims import outcomes, selectors, services
from payung.apps.claims.models import (
    Claim,
    ClaimKind,
    ClaimState,
    Deadline,
    Document,
    DocumentState,
)
from payung.apps.contributions import selectors as contributions
from payung.apps.db.months import today
from payung.apps.errors import DomainError
from payung.apps.workers.models import Worker
from payung.web.access import Request, act, errors_on, form_page, go, opened, page
from payung.web.claims import showing
from payung.web.claims.forms import ClaimForm, DayForm, EndForm, HeirForm, OutcomeForm, PaidForm
from payung.web.shell.paging import paged
from payung.web.shell.waiting import waits

_FILED = "Tanggal diajukan ke BPJS"
_OUTCOME = "Dinyatakan sembuh atau cacat pada"


@waits("claims:index")
def waiting(actor: Actor) -> int:
    return selectors.waiting(actor=actor)


@page("claims.view")
def index(request: Request) -> HttpResponse:
    rows = selectors.listed(actor=request.actor)
    state = request.GET.get("status", "")
    if state in ClaimState.values:
        rows = rows.filter(state=state)
    to_call = selectors.deaths_without_claim(actor=request.actor, on=today())
    context = {
        "page": paged(request, rows),
        "states": ClaimState.choices,
        "state": state,
        "now": timezone.now(),
        "to_call": to_call[:20],
    }
    return render(request, "claims/index.html", context)


@form_page("claims.open")
def new(request: Request, worker_pk: int) -> HttpResponse:
    workers = Worker.objects.visible_to(request.actor).select_related("region")
    worker = get_object_or_404(workers, pk=worker_pk)
    opened(request, noun="worker", object_id=worker.pk)
    day = worker.died_on and datetime.combine(worker.died_on, time())
    form = ClaimForm(request.POST or None, initial={"kind": ClaimKind.JKM, "event_at": day})
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
    context = {
        "form": form,
        "worker": worker,
        "months": contributions.paid_months(worker),
        "cover": contributions.cover_on(worker=worker, day=worker.died_on or today()),
        "first_report": showing.first_report(today()),
    }
    return render(request, "claims/new.html", context)


@page("claims.view")
def detail(request: Request, pk: int) -> HttpResponse:
    return _detail(request, _claim(request, pk))


@page("claims.view")
def sheet(request: Request, pk: int) -> HttpResponse:
    """What the family takes home on paper."""
    claim = _claim(request, pk)
    opened(request, noun="claim", object_id=claim.pk)
    return render(request, "claims/sheet.html", _told(claim))


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
def deadline(request: Request, pk: int, deadline_pk: int) -> HttpResponse:
    claim, form = _claim(request, pk), DayForm(request.POST)
    found = get_object_or_404(Deadline, pk=deadline_pk, claim=claim)
    if not form.is_valid():
        raise DomainError("Isi tanggal tenggat itu dipenuhi.")
    services.meet_deadline(
        actor=request.actor, claim=claim, deadline=found, on=form.cleaned_data["on"]
    )
    return go(request, "claims:detail", pk)


@act("claims.write")
def outcome(request: Request, pk: int) -> HttpResponse:
    claim = _claim(request, pk)
    form = _outcome_form(claim, request.POST)
    if form.is_valid():
        declared = getattr(form, "declared", form.cleaned_data)
        with errors_on(form):
            outcomes.note_outcome(actor=request.actor, claim=claim, **declared)
            messages.success(request, "Hasil pemeriksaan dicatat.")
            return go(request, "claims:detail", pk)
    return _detail(request, claim, outcome_form=form)


@act("claims.write")
def file(request: Request, pk: int) -> HttpResponse:
    claim, form = _claim(request, pk), DayForm(request.POST, label=_FILED)
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


def _outcome_form(claim: Claim, *data: Any) -> DayForm:
    """While papers are gathered all that a doctor declares; once filed only the day."""
    if claim.state == ClaimState.OPEN:
        return OutcomeForm(*data, claim=claim, label=_OUTCOME)
    return DayForm(*data, label=_OUTCOME)


def _claim(request: Request, pk: int) -> Claim:
    return get_object_or_404(selectors.claims(actor=request.actor), pk=pk)


def _told(claim: Claim) -> dict[str, Any]:
    """What both the screen and the family's sheet say."""
    documents = list(claim.documents.all())
    due = showing.due_lines(claim, today())
    heirs = showing.heir_lines(claim, localdate(claim.event_at))
    lacking = showing.missing(documents)
    return {
        "claim": claim,
        "today": today(),
        "documents": documents,
        "missing": lacking,
        "required": sum(p.required for p in documents),
        "received": sum(p.required for p in documents) - len(lacking),
        "due": due,
        "nearest": showing.nearest(due, today()),
        "benefits": claim.benefits.all(),
        "heirs": heirs,
        "ranks": law.heirs_order(localdate(claim.event_at)),
        "is_death": claim.kind != ClaimKind.JKK,
        "is_running": claim.state in {ClaimState.OPEN, ClaimState.FILED},
        "next": showing.next_step(claim, lacking, heirs, due),
    }


def _detail(request: Request, claim: Claim, **forms: Any) -> HttpResponse:
    opened(request, noun="claim", object_id=claim.pk)
    context = {
        **_told(claim),
        "steps": law.steps_from_data(claim.steps),
        "due_steps": [
            step for each in claim.deadlines.all() for step in law.steps_from_data(each.steps)
        ],
        "ages": ", ".join(map(str, claim.children)),
        "events": audit.events_of(actor=request.actor, noun="claim", object_id=claim.pk),
        "heir_form": HeirForm(),
        "outcome_form": _outcome_form(claim),
        "file_form": DayForm(label=_FILED),
        "paid_form": PaidForm(initial={"amount": selectors.payable_at_once(claim)}),
        "end_form": EndForm(),
        **forms,
    }
    return render(request, "claims/detail.html", context)
