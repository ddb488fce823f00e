"""Circular letters, pledges of companies, socialisation."""

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from payung.apps.db.months import today
from payung.apps.errors import DomainError
from payung.apps.outreach import selectors, services
from payung.apps.outreach.models import PledgeState, Reply
from payung.web.access import Request, act, errors_on, form_page, go, page
from payung.web.outreach.forms import CircularForm, FulfilForm, GatheringForm, PledgeForm


@page("outreach.view")
def index(request: Request) -> HttpResponse:
    pledges = selectors.pledges(actor=request.actor)
    gatherings = selectors.gatherings(actor=request.actor)
    context = {
        "circulars": selectors.circulars(actor=request.actor),
        "pledges": pledges,
        "pledged": pledges.exclude(state=PledgeState.WITHDRAWN).aggregate(
            people=Sum("people"), amount=Sum("amount")
        ),
        "gatherings": gatherings[:50],
        "attended": gatherings.aggregate(sum=Sum("attended"))["sum"] or 0,
    }
    return render(request, "outreach/index.html", context)


@form_page("outreach.write")
def new_circular(request: Request) -> HttpResponse:
    form = CircularForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        with errors_on(form):
            made = services.send_circular(actor=request.actor, **form.cleaned_data)
            messages.success(request, "Surat edaran tercatat.")
            return go(request, "outreach:circular", made.pk)
    return render(request, "outreach/form.html", {"form": form, "heading": "Catat surat edaran"})


@page("outreach.view")
def circular(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.circulars(actor=request.actor), pk=pk)
    context = {"circular": found, "recipients": found.recipients.select_related("company")}
    return render(request, "outreach/circular.html", context)


@act("outreach.write")
def reply(request: Request, pk: int, recipient_pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.circulars(actor=request.actor), pk=pk)
    recipient = get_object_or_404(found.recipients, pk=recipient_pk)
    answer = request.POST.get("reply", "")
    if answer not in Reply.values:
        raise DomainError("Pilih jawaban: bersedia atau tidak bersedia.")
    services.note_reply(actor=request.actor, recipient=recipient, reply=Reply(answer), on=today())
    return go(request, "outreach:circular", pk)


@form_page("outreach.write")
def new_pledge(request: Request) -> HttpResponse:
    form = PledgeForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        with errors_on(form):
            services.pledge(actor=request.actor, **form.cleaned_data)
            messages.success(request, "Janji perusahaan tercatat.")
            return go(request, "outreach:index")
    heading = "Catat janji perusahaan"
    return render(request, "outreach/form.html", {"form": form, "heading": heading})


@form_page("outreach.write")
def fulfil(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.pledges(actor=request.actor), pk=pk)
    form = FulfilForm(request.POST or None, actor=request.actor, pledge=found)
    if form.is_valid():
        with errors_on(form):
            services.fulfil_pledge(actor=request.actor, pledge=found, **form.cleaned_data)
            messages.success(request, "Janji tercatat menjadi dana.")
            return go(request, "outreach:index")
    return render(request, "outreach/pledge.html", {"form": form, "pledge": found})


@act("outreach.write")
def withdraw(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.pledges(actor=request.actor), pk=pk)
    services.withdraw_pledge(
        actor=request.actor, pledge=found, because=request.POST.get("because", "")
    )
    messages.success(request, "Janji dibatalkan.")
    return go(request, "outreach:index")


@form_page("outreach.write")
def new_gathering(request: Request) -> HttpResponse:
    form = GatheringForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        with errors_on(form):
            services.hold_gathering(actor=request.actor, **form.cleaned_data)
            messages.success(request, "Sosialisasi tercatat.")
            return go(request, "outreach:index")
    return render(request, "outreach/form.html", {"form": form, "heading": "Catat sosialisasi"})
