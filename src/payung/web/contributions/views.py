"""Months and funds, one invoice with its law and payments, and whose cover is near its end."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.audit import selectors as audit
from payung.apps.contributions import selectors, services
from payung.apps.contributions.models import Invoice, InvoiceState
from payung.apps.db.months import today
from payung.apps.errors import DomainError
from payung.apps.regions.models import Region
from payung.law import steps_from_data
from payung.web.access import Request, act, errors_on, form_page, go, opened, page
from payung.web.contributions.forms import CancelForm, LapsingFilter, MonthForm, PaymentForm
from payung.web.shell.formats import bulan, number, rupiah
from payung.web.shell.paging import paged
from payung.web.shell.waiting import waits


@waits("contributions:index")
def waiting(actor: Actor) -> int:
    return selectors.overdue(actor=actor, on=today()).count()


@dataclass
class MonthRow:
    """A month of the overview: the invoices under each fund, in the order of the funds."""

    month: date
    cells: list[list[Invoice]]
    workers: int = 0
    amount: int = 0
    paid: int = 0


@dataclass
class Overview:
    """Months against funds."""

    funds: list[str] = field(default_factory=list)
    rows: list[MonthRow] = field(default_factory=list)


@page("contributions.view")
def index(request: Request) -> HttpResponse:
    invoices = list(selectors.invoices(actor=request.actor).standing())
    on = today()
    context = {
        "overview": _overview(invoices),
        "amount": sum(invoice.amount for invoice in invoices),
        "paid": sum(invoice.paid for invoice in invoices),
        "overdue": sorted(
            (invoice for invoice in invoices if invoice.unpaid and invoice.due_on < on),
            key=attrgetter("due_on"),
        ),
    }
    return render(request, "contributions/index.html", context)


def _overview(invoices: list[Invoice]) -> Overview:
    funds = sorted({(invoice.fund.name, invoice.fund_id) for invoice in invoices})
    cells: dict[tuple[date, int], list[Invoice]] = defaultdict(list)
    for invoice in invoices:
        cells[invoice.month, invoice.fund_id].append(invoice)
    months = sorted({invoice.month for invoice in invoices}, reverse=True)
    rows = []
    for month in months:
        of_month = [cells[month, fund] for _, fund in funds]
        flat = [invoice for cell in of_month for invoice in cell]
        rows.append(
            MonthRow(
                month,
                of_month,
                sum(invoice.workers for invoice in flat),
                sum(invoice.amount for invoice in flat),
                sum(invoice.paid for invoice in flat),
            )
        )
    return Overview([name for name, _ in funds], rows)


@form_page("contributions.invoice")
def issue(request: Request) -> HttpResponse:
    form = MonthForm(request.POST or None)
    if form.is_valid():
        month = form.cleaned_data["month"]
        with errors_on(form):
            region = Region.objects.get(pk=request.actor.city_code)
            made = services.issue(actor=request.actor, region=region, month=month)
            messages.success(
                request,
                f"{number(len(made))} tagihan {bulan(month)} diterbitkan: "
                f"{number(sum(invoice.workers for invoice in made))} orang, "
                f"{rupiah(sum(invoice.amount for invoice in made))}.",
            )
            return go(request, "contributions:index")
    return render(request, "contributions/issue.html", {"form": form})


@page("contributions.view")
def detail(request: Request, pk: int) -> HttpResponse:
    return _detail(request, _invoice(request, pk))


@form_page("contributions.pay")
def pay(request: Request, pk: int) -> HttpResponse:
    invoice = _invoice(request, pk)
    form = PaymentForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        with errors_on(form):
            payment = services.pay(actor=request.actor, invoice=invoice, **form.cleaned_data)
            messages.success(request, f"Pembayaran {rupiah(payment.amount)} dicatat.")
            return go(request, "contributions:detail", pk)
    context = {"invoice": invoice, "form": form or PaymentForm.for_invoice(invoice)}
    return render(request, "contributions/pay.html", context)


@act("contributions.invoice")
def strike(request: Request, pk: int) -> HttpResponse:
    struck = services.strike_dead(actor=request.actor, invoice=_invoice(request, pk))
    messages.success(request, f"{number(struck)} orang dikeluarkan dari tagihan.")
    return go(request, "contributions:detail", pk)


@act("contributions.invoice")
def cancel(request: Request, pk: int) -> HttpResponse:
    invoice, form = _invoice(request, pk), CancelForm(request.POST)
    if not form.is_valid():
        raise DomainError("Tuliskan alasan pembatalan.")
    services.cancel(actor=request.actor, invoice=invoice, **form.cleaned_data)
    messages.success(request, f"Tagihan {invoice.number} dibatalkan.")
    return go(request, "contributions:index")


@page("contributions.view")
def lapsing(request: Request) -> HttpResponse:
    on = today()
    told = selectors.lapsing(actor=request.actor, on=on)
    form = LapsingFilter(request.GET, limit=len(told.behind))
    chosen = form.cleaned_data["kelompok"] if form.is_valid() else ""
    if chosen == "berakhir":
        rows = selectors.ending(actor=request.actor, on=on, within=told.within)
    else:
        months = int(chosen) if chosen else None
        rows = selectors.arrears(actor=request.actor, on=on, months=months)
    shown = paged(request, rows.select_related("region"))
    context = {
        "told": told,
        "behind": [(f"Menunggak {count} bulan", people) for count, people in told.behind.items()],
        "beyond": f"Lebih dari {len(told.behind)} bulan",
        "form": form,
        "page": shown,
        "is_ending": chosen == "berakhir",
        "lines": [
            (worker, None if chosen == "berakhir" else selectors.months_behind(worker, on))
            for worker in shown
        ],
        "after_death": selectors.paid_after_death(actor=request.actor)
        .values("worker")
        .distinct()
        .count(),
    }
    return render(request, "contributions/lapsing.html", context)


def _invoice(request: Request, pk: int) -> Invoice:
    return get_object_or_404(selectors.invoices(actor=request.actor), pk=pk)


def _detail(request: Request, invoice: Invoice) -> HttpResponse:
    sees_people = request.actor.reach is not Reach.FIGURES
    lines = selectors.lines(actor=request.actor, invoice=invoice)
    if sees_people:
        opened(request, noun="invoice", object_id=invoice.pk)
    context = {
        "invoice": invoice,
        "prices": [
            (price["sector"], price["amount"], steps_from_data(price["steps"]))
            for price in invoice.law
        ],
        "payments": selectors.payments(actor=request.actor, invoice=invoice),
        "dead": services.dead_lines(invoice).values("worker").distinct().count(),
        "is_overdue": bool(invoice.unpaid) and invoice.due_on < today(),
        "is_standing": invoice.state != InvoiceState.CANCELLED,
        "sees_people": sees_people,
        "page": paged(request, lines),
        "cancel_form": CancelForm(),
        "events": audit.events_of(actor=request.actor, noun="invoice", object_id=invoice.pk)[:20],
    }
    return render(request, "contributions/detail.html", context)
