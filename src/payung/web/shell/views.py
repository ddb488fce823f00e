"""A job's progress, and what Payung is."""

import platform
from importlib.metadata import version

import django
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django_htmx.http import HttpResponseStopPolling

from payung.apps.jobs import selectors
from payung.apps.jobs.models import State
from payung.web.access import Request, page


@page("dashboard.view")
def job(request: Request, pk: int) -> HttpResponse:
    """How far a job is. htmx asks for the moving part only; 286 tells it to stop asking."""
    found = get_object_or_404(selectors.jobs(actor=request.actor), pk=pk)
    if not request.htmx:
        return render(request, "shell/job_page.html", {"job": found})
    response = render(request, "shell/job_fragment.html", {"job": found})
    if found.state in {State.DONE, State.FAILED}:
        return HttpResponseStopPolling(response.content)
    return response


def about(request: Request) -> HttpResponse:
    """Open to all: what this is and which versions run."""
    versions = [
        ("Payung", version("payung")),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        ("Basis data", connection.display_name),
    ]
    return render(request, "shell/about.html", {"versions": versions})
