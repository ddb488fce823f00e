"""Screening: what others know of the workers, and who is eligible by it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from payung.apps.accounts import policy
from payung.apps.accounts.actor import Actor
from payung.apps.audit import selectors as audit
from payung.apps.db.months import today
from payung.apps.errors import DomainError
from payung.apps.regions.models import Region
from payung.apps.screening import selectors, services
from payung.apps.screening.models import Code, ReferenceKind
from payung.web.access import Request, act, errors_on, form_page, go, page
from payung.web.screening.forms import CheckFilter, ReferenceForm, RunForm, on_disk
from payung.web.shell.evidence import reasons
from payung.web.shell.formats import number
from payung.web.shell.paging import paged
from payung.web.shell.waiting import waits

_RUNS_SHOWN = 10
WAITED_FOR = 512 * 1024  # bytes of a file that is loaded while its sender waits


@waits("screening:index")
def waiting(actor: Actor) -> int:
    """How many of the latest run are to be made sure of, for those who may."""
    if not policy.allows(actor, "screening.run"):
        return 0
    latest = selectors.screenings(actor=actor).values_list("doubtful", flat=True)
    return latest.first() or 0


@page("screening.view")
def index(request: Request) -> HttpResponse:
    actor = request.actor
    latest = selectors.latest_references(actor=actor)
    runs = list(selectors.screenings(actor=actor)[:_RUNS_SHOWN])
    counts = selectors.counts_by_run(actor=actor, screenings=runs)
    context = {
        "kinds": [
            (
                kind,
                latest.get(kind),
                (today() - latest[kind].as_of).days if kind in latest else None,
            )
            for kind in ReferenceKind
        ],
        "older": selectors.references(actor=actor).exclude(
            pk__in=[reference.pk for reference in latest.values()]
        )[:50],
        "runs": [
            (run, [count for count in counts.get(run.pk, []) if count.excluded]) for run in runs
        ],
        "latest_run": runs[0] if runs else None,
    }
    return render(request, "screening/index.html", context)


@form_page("screening.load")
def load(request: Request) -> HttpResponse:
    form = ReferenceForm(
        request.POST or None,
        request.FILES or None,
        actor=request.actor,
        initial={"kind": request.GET.get("jenis", "")},
    )
    if form.is_valid():
        asked = form.cleaned_data
        with errors_on(form), on_disk(asked["file"]) as path:
            given = {
                "actor": request.actor,
                "kind": ReferenceKind(asked["kind"]),
                "path": path,
                "filename": asked["file"].name,
                "as_of": asked["as_of"],
                "source": asked["source"],
            }
            if asked["file"].size > WAITED_FOR:
                job = services.start_load(**given, url=reverse("screening:index"))
                return go(request, "job", job.pk)
            made = services.load_reference(**given)
            messages.success(request, _loaded(made.rows, made.unreadable, made.passed_over))
            return go(request, "screening:index")
    return render(request, "screening/load.html", {"form": form})


def _loaded(rows: int, unreadable: int, passed_over: int) -> str:
    parts = [f"Acuan dimuat: {number(rows)} orang"]
    if passed_over:
        parts.append(f"{number(passed_over)} tidak berlaku lagi")
    if unreadable:
        parts.append(f"{number(unreadable)} baris tidak terbaca")
    return ", ".join(parts) + "."


@form_page("screening.run")
def run(request: Request) -> HttpResponse:
    form = RunForm(request.POST or None, initial={"on": RunForm.next_month()})
    if form.is_valid():
        with errors_on(form):
            job = services.start_run(
                actor=request.actor,
                region=Region.objects.get(pk=request.actor.city_code),
                on=form.cleaned_data["on"],
                url=reverse("screening:latest"),
            )
            return go(request, "job", job.pk)
    references = selectors.latest_references(actor=request.actor)
    context = {
        "form": form,
        "references": references.values(),
        "missing": [kind.label for kind in ReferenceKind if kind not in references],
    }
    return render(request, "screening/run.html", context)


@page("screening.view")
def latest(request: Request) -> HttpResponse:
    """The newest run, where a finished job leads."""
    newest = selectors.screenings(actor=request.actor).first()
    if newest is None:
        raise Http404
    return go(request, "screening:detail", newest.pk)


@page("screening.view")
def detail(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    screening = get_object_or_404(selectors.screenings(actor=actor), pk=pk)
    form = CheckFilter(request.GET)
    rows = form.rows(actor=actor, screening=screening)
    sums = selectors.sums(actor=actor, screening=screening)
    shown = paged(request, rows)
    for check in shown:
        check.reasons = reasons(check.evidence)
    context = {
        "screening": screening,
        "sums": sums,
        "counts": selectors.counts_by_run(actor=actor, screenings=[screening]).get(pk, []),
        "references": screening.references.all(),
        "form": form,
        "page": shown,
        "deaths": selectors.confirmable_deaths(screening=screening).count()
        if policy.allows(actor, "screening.run")
        else 0,
        "decile": Code.DECILE,
        "events": audit.events_of(actor=actor, noun="screening", object_id=pk),
    }
    return render(request, "screening/detail.html", context)


@act("screening.run")
def decide(request: Request, pk: int, check_pk: int) -> HttpResponse:
    screening = get_object_or_404(selectors.screenings(actor=request.actor), pk=pk)
    check = get_object_or_404(
        selectors.checks(actor=request.actor, screening=screening), pk=check_pk
    )
    said = request.POST.get("keputusan")
    if said not in {"sama", "lain"}:
        raise DomainError("Pilih: orang yang sama, atau orang lain.")
    is_same = said == "sama"
    services.decide(actor=request.actor, check=check, same_person=is_same)
    told = "orang yang sama; pekerja ini gugur" if is_same else "orang lain"
    messages.success(request, f"{check.worker.name}: {told}. Keputusan ini diingat.")
    return _on(request, pk)


@act("screening.run")
def take_back(request: Request, pk: int, check_pk: int) -> HttpResponse:
    screening = get_object_or_404(selectors.screenings(actor=request.actor), pk=pk)
    checks = selectors.checks(actor=request.actor, screening=screening)
    check = get_object_or_404(checks, pk=check_pk)
    services.take_back(actor=request.actor, check=check, reason=request.POST.get("reason", ""))
    messages.success(request, f"Keputusan ditarik; {check.worker.name} perlu dipastikan lagi.")
    return _on(request, pk)


def _on(request: Request, pk: int) -> HttpResponse:
    """Back among the findings that were asked for, or among those to be made sure of."""
    kept = {name: request.GET.get(name) for name in (*CheckFilter.base_fields, "halaman")}
    asked = {name: value for name, value in kept.items() if value}
    query = asked or {"keadaan": "pastikan"}
    return go(request, reverse("screening:detail", args=[pk], query=query))


@act("screening.run")
def confirm_deaths(request: Request, pk: int) -> HttpResponse:
    screening = get_object_or_404(selectors.screenings(actor=request.actor), pk=pk)
    count = services.confirm_deaths(actor=request.actor, screening=screening)
    messages.success(request, f"{number(count)} kematian dicatat pada data pekerja.")
    return go(request, "screening:detail", pk)
