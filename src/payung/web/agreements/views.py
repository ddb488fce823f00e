"""Agreements: MoU, PKS and SK."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from payung.apps.agreements import selectors, services
from payung.apps.audit import selectors as audit
from payung.apps.db.months import today
from payung.web.access import Request, errors_on, form_page, go, page
from payung.web.agreements.forms import AgreementForm
from payung.web.shell.paging import paged


@page("agreements.view")
def index(request: Request) -> HttpResponse:
    rows = selectors.agreements(actor=request.actor)
    context = {"page": paged(request, rows), "today": today()}
    return render(request, "agreements/index.html", context)


@page("agreements.view")
def detail(request: Request, pk: int) -> HttpResponse:
    agreement = get_object_or_404(selectors.agreements(actor=request.actor), pk=pk)
    context = {
        "agreement": agreement,
        "children": selectors.agreements(actor=request.actor).filter(parent=agreement),
        "clauses": [
            (_CLAUSES.get(clause["kind"], "Lainnya"), clause["text"])
            for clause in agreement.clauses
        ],
        "events": audit.events_of(actor=request.actor, noun="agreement", object_id=pk),
    }
    return render(request, "agreements/detail.html", context)


_CLAUSES = {"replacement": "Penggantian", "refund": "Pengembalian", "data": "Data"}


@form_page("agreements.write")
def new(request: Request) -> HttpResponse:
    form = AgreementForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        with errors_on(form):
            made = services.sign(actor=request.actor, **form.terms())
            messages.success(request, "Perjanjian tercatat.")
            return go(request, "agreements:detail", made.pk)
    return render(request, "agreements/new.html", {"form": form})
