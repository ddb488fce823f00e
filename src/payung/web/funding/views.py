"""Funds: what was given, set aside, spent, and what is free."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString

from payung.apps.audit import selectors as audit
from payung.apps.db.months import today
from payung.apps.funding import selectors, services
from payung.apps.funding.models import EntryKind, Fund
from payung.web.access import Request, errors_on, form_page, go, page
from payung.web.funding.forms import FundForm, GrantForm
from payung.web.shell import charts
from payung.web.shell.paging import paged

# what an entry does to the free money of its fund
_ON_FREE = {
    EntryKind.GRANTED: "+",
    EntryKind.RESERVED: "−",
    EntryKind.RELEASED: "+",
    EntryKind.SPENT: "",
    EntryKind.RETURNED: "+",
}


@page("funding.view")
def index(request: Request) -> HttpResponse:
    funds = list(selectors.funds(actor=request.actor))
    context = {
        "funds": [(fund, _bar(fund)) for fund in funds],
        "granted": sum(fund.granted for fund in funds),
        "reserved": sum(fund.reserved for fund in funds),
        "spent": sum(fund.spent for fund in funds),
        "free": sum(fund.free for fund in funds),
    }
    return render(request, "funding/index.html", context)


def _bar(fund: Fund) -> SafeString:
    return charts.shares(
        [
            ("rupiah dibelanjakan", fund.spent, "good"),
            ("dicadangkan", fund.reserved, "info"),
            ("bebas", fund.free, "plain"),
        ]
    )


@page("funding.view")
def detail(request: Request, pk: int) -> HttpResponse:
    fund = get_object_or_404(selectors.funds(actor=request.actor), pk=pk)
    entries = paged(request, selectors.entries(actor=request.actor, fund=fund).reverse())
    context = {
        "fund": fund,
        "bar": _bar(fund),
        "page": entries,
        "lines": [(entry, _ON_FREE[EntryKind(entry.kind)]) for entry in entries],
        "places": selectors.places(fund=fund),
        "events": audit.events_of(actor=request.actor, noun="fund", object_id=pk),
    }
    return render(request, "funding/detail.html", context)


@form_page("funding.write")
def new(request: Request) -> HttpResponse:
    form = FundForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        with errors_on(form):
            fund = services.create_fund(actor=request.actor, **form.cleaned_data)
            messages.success(request, "Dana dibuka. Catat sekarang uang yang diberikan.")
            return go(request, "funding:grant", fund.pk)
    return render(request, "funding/new.html", {"form": form})


@form_page("funding.write")
def grant(request: Request, pk: int) -> HttpResponse:
    fund = get_object_or_404(selectors.funds(actor=request.actor), pk=pk)
    form = GrantForm(request.POST or None, initial={"on": today()})
    if form.is_valid():
        with errors_on(form):
            services.grant(actor=request.actor, fund=fund, **form.cleaned_data)
            messages.success(request, "Pemberian dana tercatat.")
            return go(request, "funding:detail", pk)
    return render(request, "funding/grant.html", {"form": form, "fund": fund})
