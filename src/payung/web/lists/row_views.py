"""One row of a list: as sent beside what was read, and correcting it."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from payung.apps.accounts import policy
from payung.apps.errors import DomainError
from payung.apps.lists import selectors, services
from payung.apps.lists.models import List, Row
from payung.sheets import FIELD_WORDS
from payung.web.access import Request, act, errors_on, go, opened, page
from payung.web.lists.forms import CorrectionForm
from payung.web.lists.showing import cells_of, is_open, said_of, shown
from payung.web.lists.summary import summary, typing_help
from payung.web.lists.views import list_of

_SIBLINGS = 20


@page("lists.view")
def detail(request: Request, pk: int, row_pk: int) -> HttpResponse:
    found = list_of(request, pk)
    row = _row(request, found, row_pk)
    return _detail(request, found, row, CorrectionForm(said=said_of(row)))


@act("lists.correct")
def correct(request: Request, pk: int, row_pk: int) -> HttpResponse:
    """Correct one field from the table of problems, or any number from the row's own page."""
    found = list_of(request, pk)
    row = _row(request, found, row_pk)
    if "field" in request.POST:
        return _correct_one(request, found, row)
    form = CorrectionForm(request.POST, said=said_of(row))
    if form.is_valid():
        with errors_on(form):
            services.correct(
                actor=request.actor,
                row=row,
                values=form.changed_values(),
                reason=form.cleaned_data["reason"],
            )
            messages.success(request, f"Baris {row.number} tersimpan dan dinilai ulang.")
            return go(request, "lists:row", pk, row_pk)
    return _detail(request, found, row, form)


@act("lists.correct")
def revert(request: Request, pk: int, row_pk: int) -> HttpResponse:
    """Take all corrections of a row back."""
    found = list_of(request, pk)
    row = _row(request, found, row_pk)
    services.correct(actor=request.actor, row=row, values=dict.fromkeys(row.corrections))
    messages.success(request, f"Baris {row.number} kembali seperti dikirim.")
    return go(request, "lists:row", pk, row_pk)


def _correct_one(request: Request, found: List, row: Row) -> HttpResponse:
    field, old_nik = request.POST["field"], row.nik
    if field not in FIELD_WORDS:
        raise DomainError("Isian itu tidak dikenal; muat ulang halaman, lalu coba lagi.")
    services.correct(actor=request.actor, row=row, values={field: request.POST.get("value", "")})
    query = QueryDict(request.POST.get("query", "")).urlencode()
    if not request.htmx:
        place = reverse("lists:detail", args=[found.pk])
        return redirect(f"{place}{'?' if query else ''}{query}#baris-{row.pk}")
    found = list_of(request, found.pk)
    row = _row(request, found, row.pk)
    # rows of the same NIK were judged anew with it
    niks = {nik for nik in (old_nik, row.nik) if nik}
    siblings = selectors.rows(actor=request.actor, list=found).filter(nik__in=niks)
    opened(request, noun="list", object_id=found.pk)
    context = {
        "list": found,
        "shown": shown(found, [row])[0],
        "siblings": shown(found, siblings.exclude(pk=row.pk)[:_SIBLINGS]),
        "query": query,
        "may_correct": True,
        **summary(request.actor, found),
    }
    return render(request, "lists/corrected.html", context)


def _row(request: Request, found: List, row_pk: int) -> Row:
    return get_object_or_404(selectors.rows(actor=request.actor, list=found), pk=row_pk)


def _detail(request: Request, found: List, row: Row, form: CorrectionForm) -> HttpResponse:
    opened(request, noun="list", object_id=found.pk)
    can_correct = policy.allows(request.actor, "lists.correct") and is_open(found, row)
    context = {
        "list": found,
        "row": row,
        "cells": cells_of(row),
        "findings": row.findings.all(),
        "form": form,
        "can_correct": can_correct,
        "sees_worker": bool(row.worker_id) and policy.allows(request.actor, "workers.view"),
        "asked": selectors.reviews(actor=request.actor, list=found).filter(row=row),
        "decisions": selectors.row_decisions(actor=request.actor, row=row),
        **typing_help(found),
    }
    return render(request, "lists/row.html", context)
