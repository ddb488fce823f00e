"""Batches: making them, the file for BPJS, the branch's answer and who was turned away."""

from pathlib import Path

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from payung.apps.accounts.actor import Actor
from payung.apps.audit import selectors as audit
from payung.apps.enrolment import selectors, services, uploads
from payung.apps.enrolment.candidates import candidates
from payung.apps.enrolment.holding import waiting_in
from payung.apps.enrolment.models import Answer, Batch, BatchState, Line
from payung.apps.workers.models import Worker
from payung.web.access import Request, act, errors_on, form_page, go, opened, page
from payung.web.enrolment.forms import AnswerForm, BatchFilter, BatchForm, LineFilter
from payung.web.shell import charts
from payung.web.shell.formats import bulan, number
from payung.web.shell.paging import paged
from payung.web.shell.waiting import waits

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@waits("enrolment:index")
def waiting(actor: Actor) -> int:
    return selectors.waiting(actor=actor)


@page("enrolment.view")
def index(request: Request) -> HttpResponse:
    form = BatchFilter(request.GET)
    rows = selectors.batches(actor=request.actor)
    if form.is_valid() and form.cleaned_data["status"]:
        rows = rows.filter(state=form.cleaned_data["status"])
    context = {
        "form": form,
        "page": paged(request, rows),
        "is_asked": bool(request.GET.get("status")),
        "plans": selectors.plans_to_send(actor=request.actor).count(),
        "to_send": selectors.to_send(actor=request.actor),
        "rejected": selectors.rejected_lines(actor=request.actor).count(),
    }
    return render(request, "enrolment/index.html", context)


@form_page("enrolment.make")
def new(request: Request) -> HttpResponse:
    """GET with a plan and a month shows who would go and who not; POST makes the batches."""
    asked = request.POST or request.GET
    form = BatchForm(asked if "plan" in asked else None, actor=request.actor)
    judged = None
    if form.is_valid():
        plan, start = form.cleaned_data["plan"], form.cleaned_data["start_month"]
        if request.method == "POST":
            with errors_on(form):
                made = services.make_batches(
                    actor=request.actor,
                    plan=plan,
                    start_month=start,
                    branch=form.cleaned_data.get("branch"),
                )
                left = f"; {number(len(made.refused))} orang tidak ikut" if made.refused else ""
                messages.success(
                    request,
                    f"{number(len(made.batches))} gelombang dibuat untuk {bulan(start)}{left}.",
                )
                return go(request, "enrolment:index")
        judged = candidates(plan, start)
    context = {
        "form": form,
        "judged": judged,
        "ready": len(judged.ready) if judged else 0,
        "asked": {name: asked[name] for name in form.fields if name in asked},
    }
    return render(request, "enrolment/new.html", context)


@page("enrolment.view")
def rejected(request: Request) -> HttpResponse:
    codes = selectors.reject_codes(actor=request.actor)
    form = LineFilter(request.GET, codes=codes)
    form.fields.pop("jawaban")
    rows = form.of(selectors.rejected_lines(actor=request.actor))
    context = {"form": form, "page": paged(request, rows)}
    return render(request, "enrolment/rejected.html", context)


@page("enrolment.view")
def detail(request: Request, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    opened(request, noun="batch", object_id=pk)
    counts = selectors.counts(actor=request.actor, batch=batch)
    codes = selectors.reject_codes(actor=request.actor, batch=batch)
    form = LineFilter(request.GET, codes=codes)
    lines = selectors.lines(actor=request.actor).filter(batch=batch).select_related("worker")
    context = {
        "batch": batch,
        "counts": counts,
        "step": BatchState.values.index(batch.state) + 1,
        "bar": charts.shares(
            [
                ("diterima", counts[Answer.ACCEPTED], "good"),
                ("ditolak", counts[Answer.REJECTED], "bad"),
                ("menunggu", counts[Answer.WAITING], "info"),
            ]
        ),
        "held": _held(batch, lines),
        "codes": codes,
        "form": form,
        "page": paged(request, form.of(lines)),
        "events": audit.events_of(actor=request.actor, noun="batch", object_id=pk)[:20],
    }
    return render(request, "enrolment/detail.html", context)


def _held(batch: Batch, lines: QuerySet[Line]) -> list[tuple[Worker, str]]:
    """Whom preparing the file will leave out, with the reason."""
    if batch.state != BatchState.NEW:
        return []
    reasons = waiting_in(batch)
    found = lines.filter(worker__in=list(reasons))
    return [(line.worker, reasons[line.worker_id]) for line in found]


@act("enrolment.send")
def prepare(request: Request, pk: int) -> HttpResponse:
    services.export(actor=request.actor, batch=_batch(request, pk))
    messages.success(request, "Berkas unggahan siap. Unduh, kirim ke cabang, lalu tandai terkirim.")
    return go(request, "enrolment:detail", pk)


@page("enrolment.send")
def file(request: Request, pk: int) -> HttpResponse:
    """The prepared upload file; the same bytes each time, nothing is written."""
    batch = _batch(request, pk)
    if batch.state == BatchState.NEW:
        raise Http404
    content = selectors.prepared_file(batch=batch)
    opened(request, noun="batch", object_id=pk)
    name = f"{batch.number.replace('/', '-')}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=_XLSX, headers=headers)


@act("enrolment.send")
def sent(request: Request, pk: int) -> HttpResponse:
    batch = services.mark_sent(actor=request.actor, batch=_batch(request, pk))
    messages.success(request, f"Gelombang {batch.number} ditandai terkirim ke {batch.branch}.")
    return go(request, "enrolment:detail", pk)


@form_page("enrolment.answer")
def answer(request: Request, pk: int) -> HttpResponse:
    batch = _batch(request, pk)
    form = AnswerForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        sha256 = uploads.keep(batch, form.cleaned_data["file"])
        return go(request, "enrolment:preview", pk, sha256)
    return render(request, "enrolment/answer.html", {"batch": batch, "form": form})


@page("enrolment.answer")
def preview(request: Request, pk: int, sha256: str) -> HttpResponse:
    """What the kept file says, before anything is recorded."""
    batch = _batch(request, pk)
    path, filename = _kept(batch, sha256)
    reading = selectors.answer_preview(actor=request.actor, batch=batch, path=path)
    context = {
        "batch": batch,
        "filename": filename,
        "sha256": sha256,
        "reading": reading,
        "stops": paged(request, reading.stops),
        "may_record": bool(reading.answers) and not reading.stops,
    }
    return render(request, "enrolment/preview.html", context)


@act("enrolment.answer")
def record(request: Request, pk: int, sha256: str) -> HttpResponse:
    batch = _batch(request, pk)
    path, filename = _kept(batch, sha256)
    reading = services.read_answer(actor=request.actor, batch=batch, path=path, filename=filename)
    messages.success(
        request,
        f"Jawaban dicatat: {number(reading.accepted)} diterima, "
        f"{number(reading.rejected)} ditolak.",
    )
    return go(request, "enrolment:detail", pk)


def _batch(request: Request, pk: int) -> Batch:
    return get_object_or_404(selectors.batches(actor=request.actor), pk=pk)


def _kept(batch: Batch, sha256: str) -> tuple[Path, str]:
    found = uploads.kept(batch, sha256)
    if found is None:
        raise Http404
    return found
