"""Workers: finding one, all that is known of them, correcting it, recording a death."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render

from payung.apps.claims import deaths
from payung.apps.claims.selectors import claims, of_deaths
from payung.apps.contributions.standing import Standing, with_standing
from payung.apps.db.months import today
from payung.apps.workers import selectors, services
from payung.apps.workers.export import export_workers
from payung.apps.workers.models import Worker
from payung.web.access import Request, act, errors_on, form_page, go, opened, page
from payung.web.shell import private
from payung.web.shell.downloads import workbook
from payung.web.shell.paging import paged
from payung.web.workers.forms import DeathForm, WithdrawalForm, WorkerFilter, WorkerForm
from payung.web.workers.record import everything, occupation_of


@form_page("workers.view")
def index(request: Request) -> HttpResponse:
    if request.method == "POST":
        return private.keep(request)
    asked = private.asked(request)
    form = WorkerFilter(asked, actor=request.actor)
    found = paged(request, form.rows(on=today()))
    context = {
        "page": found,
        "rows": [(each, Standing(each.standing), occupation_of(each)) for each in found],
        "form": form,
        "is_asked": any(asked.get(name) for name in form.fields),
        "query": request.GET.urlencode(),
    }
    return render(request, "workers/index.html", context)


@act("workers.export")
def export(request: Request) -> HttpResponse:
    """The workers of the filter the page showed, as a spreadsheet."""
    asked = private.asked(request, QueryDict(request.POST.get("query", "")))
    form = WorkerFilter(asked, actor=request.actor)
    kept = {name: value for name, value in asked.items() if name in form.fields and name != "q"}
    return workbook(
        lambda path: export_workers(
            actor=request.actor, workers=form.rows(on=today()), path=path, filters=kept
        ),
        f"pekerja {today():%Y-%m-%d}.xlsx",
    )


@page("workers.view")
def detail(request: Request, pk: int) -> HttpResponse:
    workers = with_standing(selectors.detail(actor=request.actor), on=today())
    worker = get_object_or_404(workers, pk=pk)
    opened(request, noun="worker", object_id=pk)
    context = everything(actor=request.actor, worker=worker, on=today())
    return render(request, "workers/detail.html", context)


@form_page("workers.correct")
def correct(request: Request, pk: int) -> HttpResponse:
    worker = _worker(request, pk)
    form = WorkerForm(request.POST or None, worker=worker)
    if form.is_valid():
        with errors_on(form):
            services.correct(
                actor=request.actor,
                worker=worker,
                values=form.changed_values(),
                reason=form.cleaned_data["reason"],
            )
            messages.success(request, "Perbaikan tersimpan. Isi dari daftar tetap tercatat.")
            return go(request, "workers:detail", pk)
    opened(request, noun="worker", object_id=pk)
    return render(request, "workers/correct.html", {"form": form, "worker": worker})


@form_page("workers.record_death")
def death(request: Request, pk: int) -> HttpResponse:
    worker = _worker(request, pk)
    form = DeathForm(request.POST or None)
    if form.is_valid():
        with errors_on(form):
            services.record_death(actor=request.actor, worker=worker, **form.cleaned_data)
            messages.success(
                request, "Kematian tercatat. Bila ia terlindungi, bukalah klaim bagi keluarganya."
            )
            return go(request, "workers:detail", pk)
    opened(request, noun="worker", object_id=pk)
    return render(request, "workers/death.html", {"form": form, "worker": worker})


@form_page("workers.withdraw_death")
def withdraw_death(request: Request, pk: int) -> HttpResponse:
    worker = _worker(request, pk)
    form = WithdrawalForm(request.POST or None)
    if form.is_valid():
        with errors_on(form):
            deaths.withdraw(actor=request.actor, worker=worker, **form.cleaned_data)
            said = "Catatan kematian ditarik."
            if worker.coverages.filter(ended_because="meninggal").exists():
                said += (
                    " Perlindungan yang dihentikan karena kematian itu tidak kembali sendiri: "
                    "saring ulang dan masukkan ia ke rencana berikutnya."
                )
            messages.success(request, said)
            return go(request, "workers:detail", pk)
    opened(request, noun="worker", object_id=pk)
    claimed = of_deaths(claims(actor=request.actor).filter(worker=worker)).first()
    context = {"form": form, "worker": worker, "claim": claimed}
    return render(request, "workers/withdraw_death.html", context)


def _worker(request: Request, pk: int) -> Worker:
    return get_object_or_404(selectors.workers(actor=request.actor), pk=pk)
