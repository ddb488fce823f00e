"""The first page: where am I, what is waiting for me, what can I do next."""

from django.http import HttpResponse
from django.shortcuts import render

from payung.apps.db.months import today
from payung.web.access import Request, page
from payung.web.dashboard import figures
from payung.web.dashboard.tasks import tasks


@page("dashboard.view")
def index(request: Request) -> HttpResponse:
    day = today()
    waiting = tasks(actor=request.actor)
    context = {
        "today": day,
        "tasks": waiting,
        "next": waiting[0] if waiting else None,
        **figures.protection(actor=request.actor, on=day),
        **figures.money(actor=request.actor),
        **figures.claims(actor=request.actor, on=day),
        **figures.lists(actor=request.actor),
    }
    return render(request, "dashboard/index.html", context)
