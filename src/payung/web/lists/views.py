"""Lists: what came, what its columns mean, what is wrong with its rows, taking it in."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from payung.apps.accounts import policy
from payung.apps.accounts.actor import Actor
from payung.apps.audit import selectors as audit
from payung.apps.jobs.models import State as JobState
from payung.apps.jobs.progress import Progress
from payung.apps.lists import selectors, services
from payung.apps.lists.models import Fate, List, State
from payung.web.access import Request, act, errors_on, form_page, go, opened, page
from payung.web.lists.forms import ColumnsForm, ListFilter, RowFilter, UploadForm, WithdrawForm
from payung.web.lists.showing import shown
from payung.web.lists.summary import bar, summary, typing_help
from payung.web.shell import private
from payung.web.shell.downloads import workbook
from payung.web.shell.paging import paged
from payung.web.shell.waiting import waits

_ROWS_A_PAGE = 25
_AT_WORK = {State.READING, State.ACCEPTING}
_UNDER_WAY = {JobState.WAITING, JobState.RUNNING}


@waits("lists:index")
def waiting(actor: Actor) -> int:
    return selectors.lists(actor=actor, state=State.READ).order_by().count()


@page("lists.view")
def index(request: Request) -> HttpResponse:
    form = ListFilter(request.GET, actor=request.actor)
    found = paged(request, form.rows(actor=request.actor))
    context = {
        "page": found,
        "lines": [(each, bar(each)) for each in found],
        "form": form,
        "waiting": waiting(request.actor),
        "is_asked": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "lists/index.html", context)


@form_page("lists.upload")
def upload(request: Request) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None, actor=request.actor)
    if form.is_valid():
        values = form.cleaned_data
        with errors_on(form):
            found = services.receive(actor=request.actor, filename=values["file"].name, **values)
            return go(request, "lists:detail", found.pk)
    return render(request, "lists/upload.html", {"form": form})


@form_page("lists.view")
def detail(request: Request, pk: int) -> HttpResponse:
    found = list_of(request, pk)
    if request.method == "POST":  # the search among its rows
        return private.keep(request)
    return _detail(request, found)


@page("lists.view")
def progress(request: Request, pk: int) -> HttpResponse:
    """The moving part of a list at work; when the work has ended, the way to its page."""
    found = list_of(request, pk)
    if not _is_at_work(found):
        return go(request, "lists:detail", pk)
    return render(request, "lists/progress.html", _progress(found))


@act("lists.correct")
def columns(request: Request, pk: int, sheet_pk: int) -> HttpResponse:
    found = list_of(request, pk)
    sheet = get_object_or_404(selectors.sheets(found), pk=sheet_pk)
    form = ColumnsForm(request.POST, sheet=sheet)
    if form.is_valid():
        with errors_on(form):
            services.set_mapping(actor=request.actor, sheet=sheet, mapping=form.mapping())
            messages.success(request, "Arti kolom tersimpan; semua baris dinilai ulang.")
            return go(request, "lists:detail", pk)
    return _detail(request, found, columns_form=form)


@act("lists.accept")
def accept(request: Request, pk: int) -> HttpResponse:
    services.start_accepting(actor=request.actor, list=list_of(request, pk))
    return go(request, "lists:detail", pk)


@act("lists.accept")
def check(request: Request, pk: int) -> HttpResponse:
    """Compare the list's new workers with all workers once more."""
    services.start_check(actor=request.actor, list=list_of(request, pk))
    return go(request, "lists:detail", pk)


@page("lists.view")
def check_progress(request: Request, pk: int) -> HttpResponse:
    """The moving part of the comparison; at its end what it found."""
    found = list_of(request, pk)
    if not request.htmx:
        return go(request, "lists:detail", pk)
    context = {"list": found, "check": _check(request, found)}
    return render(request, "lists/check.html", context)


@act("lists.upload")
def withdraw(request: Request, pk: int) -> HttpResponse:
    found, form = list_of(request, pk), WithdrawForm(request.POST)
    if form.is_valid():
        with errors_on(form):
            services.withdraw(actor=request.actor, list=found, **form.cleaned_data)
            messages.success(request, "Daftar ditarik.")
            back = request.POST.get("back", "")  # the corrected copy that offered it
            return go(request, "lists:detail", int(back) if back.isdecimal() else pk)
    return _detail(request, found, withdraw_form=form)


@page("lists.view")
def download(request: Request, pk: int) -> HttpResponse:
    """The list as it was sent, with its problems marked, to be corrected and sent again."""
    found = list_of(request, pk)
    name = f"{Path(found.filename).stem} (untuk diperbaiki).xlsx"
    answer = workbook(
        lambda path: services.write_back(actor=request.actor, list=found, path=path), name
    )
    opened(request, noun="list", object_id=pk)
    return answer


def list_of(request: Request, pk: int) -> List:
    return get_object_or_404(selectors.lists(actor=request.actor), pk=pk)


def _is_at_work(found: List) -> bool:
    return found.state in _AT_WORK and not (found.job and found.job.state == JobState.FAILED)


def _check(request: Request, found: List) -> dict[str, Any]:
    """How far the comparison of the new workers with all workers is, and what it left to decide."""
    job = found.checking
    at_work = job is not None and job.state in _UNDER_WAY
    told = Progress(job.pk).read() if job is not None and at_work else None
    pairs = selectors.worker_reviews(actor=request.actor, list=found)
    return {
        "is_at_work": at_work,
        "told": told if told and told.total else None,
        "error": job.error if job is not None and job.state == JobState.FAILED else "",
        "waiting": pairs.order_by().count(),
        "has_none": not found.checked_at and not selectors.brings_somebody_new(list=found),
    }


def _progress(found: List) -> dict[str, Any]:
    told = Progress(found.job_id).read() if found.job_id else None
    return {"list": found, "told": told if told and told.total else None}


def _detail(request: Request, found: List, **forms: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "list": found,
        "is_at_work": _is_at_work(found),
        "job_error": found.job.error if found.job and found.job.state == JobState.FAILED else "",
        "withdraw_form": forms.get("withdraw_form") or WithdrawForm(),
        "can_withdraw": found.state in {State.READING, State.READ, State.FAILED},
        "events": audit.events_of(actor=request.actor, noun="list", object_id=found.pk)[:20],
    }
    if context["is_at_work"]:
        context |= {"step": 4 if found.state == State.ACCEPTING else 1, **_progress(found)}
    elif found.state in {State.READ, State.ACCEPTED}:
        context |= _examined(request, found, forms.get("columns_form"))
        context["check"] = _check(request, found) if found.state == State.ACCEPTED else None
        context["replacing"] = f"Diganti daftar nomor {found.pk} ({found.filename})"
        context["earlier"] = selectors.replaced_by(actor=request.actor, list=found)
        if policy.allows(request.actor, "lists.correct"):
            opened(request, noun="list", object_id=found.pk)  # its inputs hold whole NIK
    else:
        context |= {"step": 1}
    return render(request, "lists/detail.html", context)


def _examined(request: Request, found: List, sent: ColumnsForm | None) -> dict[str, Any]:
    counted = summary(request.actor, found)
    form = RowFilter(
        private.asked(request), found=found, problems=counted["problems"], fates=counted["fates"]
    )
    rows = paged(request, form.rows(actor=request.actor, found=found), per=_ROWS_A_PAGE)
    sheets = [
        sent if sent and sent.sheet.pk == sheet.pk else ColumnsForm(sheet=sheet)
        for sheet in selectors.sheets(found)
    ]
    may_correct = policy.allows(request.actor, "lists.correct")
    return {
        **counted,
        **typing_help(found),
        "by_fate": _by_fate(found),
        "step": _step(found, counted["guesses"]),
        "sheets": sheets,
        "form": form,
        "page": rows,
        "rows": shown(found, rows),
        "query": request.GET.urlencode(),
        "may_correct": may_correct,
        "can_map": may_correct and found.state == State.READ,
    }


def _step(found: List, guesses: int) -> int:
    """Where on the way from file to acceptance the list is."""
    if found.state == State.ACCEPTED:
        return 5
    if guesses:
        return 2
    return 3 if found.rejected else 4


def _by_fate(found: List) -> dict[str, str]:
    """fate → where its rows are listed."""
    here = reverse("lists:detail", args=[found.pk])
    return {fate: f"{here}?nasib={fate}#masalah" for fate in Fate.values}
