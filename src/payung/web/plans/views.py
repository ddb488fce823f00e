"""Plans: who is covered by which fund for which months, and the decision on it."""

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from payung.apps.accounts import policy
from payung.apps.accounts.actor import Actor
from payung.apps.audit import selectors as audit
from payung.apps.enrolment import selectors as enrolment
from payung.apps.enrolment.releasing import release_unused
from payung.apps.funding import annex, decisions, plans, selectors
from payung.apps.funding.models import Cause, FundKind, Plan, PlanState
from payung.apps.screening.selectors import screenings
from payung.apps.workers.models import Sector
from payung.law import steps_from_data
from payung.web.access import Request, act, errors_on, form_page, go, page
from payung.web.plans.forms import AllocationFilter, LeftOutFilter, PlanForm
from payung.web.shell import charts
from payung.web.shell.formats import number, rupiah
from payung.web.shell.paging import paged
from payung.web.shell.waiting import waits

WAITED_FOR = 2_000  # people who are planned for while somebody waits
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@waits("plans:index")
def waiting(actor: Actor) -> int:
    """Drafts of others that wait for this person's approval."""
    if not policy.allows(actor, "plans.approve"):
        return 0
    return _to_approve(actor).count()


def _to_approve(actor: Actor) -> QuerySet[Plan]:
    drafts = selectors.plans(actor=actor).filter(state=PlanState.DRAFT).order_by("id")
    return drafts.exclude(made_by=actor.user)


@page("plans.view")
def index(request: Request) -> HttpResponse:
    actor = request.actor
    may_approve = policy.allows(actor, "plans.approve")
    context = {
        "page": paged(request, selectors.plans(actor=actor)),
        "to_approve": _to_approve(actor).first() if may_approve else None,
        "has_screening": screenings(actor=actor).exists(),
        "has_funds": selectors.funds(actor=actor).exists(),
    }
    return render(request, "plans/index.html", context)


@form_page("plans.make")
def new(request: Request) -> HttpResponse:
    form = PlanForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        asked = form.cleaned_data
        with errors_on(form):
            given = {
                "actor": request.actor,
                "name": asked["name"],
                "screening": asked["screening"],
                "first_month": asked["first_month"],
                "last_month": asked["last_month"],
                "funds": list(asked["funds"]),
                "rules": form.rules(),
            }
            if asked["screening"].eligible > WAITED_FOR:
                return go(request, "job", plans.start_making(**given).pk)
            made = plans.make(**given)
            messages.success(request, "Rancangan tersusun. Orang lain perlu menyetujuinya.")
            return go(request, "plans:detail", made.pk)
    context = {
        "form": form,
        "has_screening": screenings(actor=request.actor).exists(),
        "has_funds": selectors.funds(actor=request.actor).exists(),
    }
    return render(request, "plans/new.html", context)


@page("plans.view")
def detail(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    plan = get_object_or_404(selectors.plans(actor=actor), pk=pk)
    shares = selectors.shares_by_kecamatan(actor=actor, plan=plan)
    is_draft = plan.state == PlanState.DRAFT
    may_approve = policy.allows(actor, "plans.approve")
    has_batches = plan.batches.exists()  # until then it is cancelled rather than emptied
    unused = enrolment.unused(plan) if has_batches else None
    released = selectors.dropped(plan=plan)
    context = {
        "plan": plan,
        "unused": unused if unused and unused.people else None,
        "release_question": unused
        and f"Lepas {rupiah(unused.amount)} dan keluarkan {number(unused.people)} orang yang belum "
        "didaftarkan dari rencana ini?",
        "released": released,
        "released_note": f"{number(released.people)} orang ditolak BPJS atau tidak didaftarkan",
        "prices": _prices(plan),
        "shares": shares,
        "chart": charts.bars(
            charts.Item(share.label, share.amount, shown=rupiah(share.amount)) for share in shares
        ),
        "reasons": selectors.left_out_reasons(actor=actor, plan=plan),
        "may_approve": is_draft and may_approve and plan.made_by_id != actor.user.pk,
        "may_cancel": plan.state != PlanState.CANCELLED
        and not has_batches
        and (may_approve or (is_draft and policy.allows(actor, "plans.make"))),
        "is_draft": is_draft,
        "events": audit.events_of(actor=actor, noun="plan", object_id=pk),
    }
    return render(request, "plans/detail.html", context)


def _prices(plan: Plan) -> list[dict[str, object]]:
    return [
        {
            "sector": Sector(price["sector"]).label,
            "kind": FundKind(price["kind"]).label,
            "first_month": date.fromisoformat(price["first_month"]),
            "last_month": date.fromisoformat(price["last_month"]),
            "amount": price["amount"],
            "steps": steps_from_data(price["steps"]),
        }
        for price in plan.rules["prices"]
    ]


@page("plans.view")
def allocations(request: Request, pk: int) -> HttpResponse:
    plan = get_object_or_404(selectors.plans(actor=request.actor), pk=pk)
    form = AllocationFilter(request.GET, actor=request.actor, plan=plan)
    rows = form.rows(actor=request.actor, plan=plan)
    context = {"plan": plan, "form": form, "page": paged(request, rows)}
    return render(request, "plans/allocations.html", context)


@page("plans.view")
def left_out(request: Request, pk: int) -> HttpResponse:
    plan = get_object_or_404(selectors.plans(actor=request.actor), pk=pk)
    reasons = selectors.left_out_reasons(actor=request.actor, plan=plan)
    form = LeftOutFilter(request.GET, reasons=reasons)
    rows = selectors.left_out(actor=request.actor, plan=plan)
    if reason := form.reason():
        rows = rows.filter(alike=reason)
    shown = paged(request, rows)
    for row in shown:
        row.decide_url = _decide_url(plan, row.cause)
    return render(request, "plans/left_out.html", {"plan": plan, "form": form, "page": shown})


def _decide_url(plan: Plan, cause: str) -> str:
    """Where what keeps a worker out of the plan can be decided; "" where nothing has to be."""
    if cause == Cause.DOUBLE:
        return reverse("workers:duplicates", query={"jenis": "pekerja"})
    if cause == Cause.DOUBTFUL:
        return reverse("screening:detail", args=[plan.screening_id], query={"keadaan": "pastikan"})
    return ""


@act("plans.approve")
def approve(request: Request, pk: int) -> HttpResponse:
    plan = get_object_or_404(selectors.plans(actor=request.actor), pk=pk)
    decisions.approve(actor=request.actor, plan=plan)
    messages.success(request, "Rencana disetujui; dananya dicadangkan.")
    return go(request, "plans:detail", pk)


@act("plans.view")
def cancel(request: Request, pk: int) -> HttpResponse:
    plan = get_object_or_404(selectors.plans(actor=request.actor), pk=pk)
    decisions.cancel(actor=request.actor, plan=plan, reason=request.POST.get("alasan", ""))
    messages.success(request, "Rencana dibatalkan.")
    return go(request, "plans:detail", pk)


@act("plans.approve")
def release(request: Request, pk: int) -> HttpResponse:
    plan = get_object_or_404(selectors.plans(actor=request.actor), pk=pk)
    freed = release_unused(actor=request.actor, plan=plan)
    messages.success(
        request,
        f"{rupiah(freed.amount)} dilepas; {number(freed.people)} orang keluar dari rencana ini."
        if freed.people
        else "Tidak ada lagi cadangan yang perlu dilepas.",
    )
    return go(request, "plans:detail", pk)


@act("plans.view")
def export(request: Request, pk: int) -> HttpResponse:
    """The annex of the SK as a workbook; a POST, because taking names out is recorded."""
    plan = get_object_or_404(selectors.plans(actor=request.actor), pk=pk)
    content = annex.export(actor=request.actor, plan=plan)
    headers = {"Content-Disposition": f'attachment; filename="lampiran-rencana-{pk}.xlsx"'}
    return HttpResponse(content, content_type=_XLSX, headers=headers)
