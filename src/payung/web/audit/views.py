"""The audit trail: every act, who did it, and whether the chain is whole."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from payung.apps.audit import selectors
from payung.web.access import Request, page
from payung.web.audit.forms import EventFilter
from payung.web.shell.paging import paged


@page("audit.view")
def index(request: Request) -> HttpResponse:
    form = EventFilter(request.GET)
    rows = selectors.events(actor=request.actor)
    if form.is_valid():
        rows = form.narrow(rows)
    context = {"page": paged(request, rows), "form": form}
    return render(request, "audit/index.html", context)


@page("audit.view")
def detail(request: Request, pk: int) -> HttpResponse:
    event = get_object_or_404(selectors.events(actor=request.actor), pk=pk)
    return render(request, "audit/detail.html", {"event": event})
