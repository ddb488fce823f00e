"""The audit trail: every act, who did it, and whether the chain is whole."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from payung.apps.audit import selectors
from payung.apps.audit.models import Event
from payung.web.access import Request, page
from payung.web.audit.forms import EventFilter
from payung.web.shell.formats import DASH
from payung.web.shell.history import noun_name
from payung.web.shell.paging import paged


@page("audit.view")
def index(request: Request) -> HttpResponse:
    form = EventFilter(request.GET, actor=request.actor)
    rows = selectors.events(actor=request.actor)
    if form.is_valid():
        rows = form.narrow(rows)
    context = {"page": paged(request, rows), "form": form}
    return render(request, "audit/index.html", context)


@page("audit.view")
def detail(request: Request, pk: int) -> HttpResponse:
    event = get_object_or_404(selectors.events(actor=request.actor), pk=pk)
    context = {
        "event": event,
        "about": f"{noun_name(event.noun)} {event.object_id}".strip(),
        "to": _PAGES.get(event.noun, "") if event.object_id.isdigit() else "",
        "changes": _changes(event),
    }
    return render(request, "audit/detail.html", context)


_PAGES = {
    "agreement": "agreements:detail",
    "list": "lists:detail",
    "worker": "workers:detail",
    "claim": "claims:detail",
    "circular": "outreach:circular",
}


def _changes(event: Event) -> list[tuple[str, str, str]]:
    """(field, before, after) of what the event says changed."""
    before, after = _fields(event.before), _fields(event.after)
    return [(name, before.get(name, DASH), after.get(name, DASH)) for name in {**before, **after}]


def _fields(said: Any) -> dict[str, str]:
    if isinstance(said, dict):
        return {name: DASH if value is None else str(value) for name, value in said.items()}
    return {} if said is None else {"": str(said)}
