"""How far protection reaches: map, tables and the line of months."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from payung.apps.coverage import selectors
from payung.apps.coverage.selectors import Coverage
from payung.apps.db.months import first_day, today
from payung.law.wording import MONTH_NAMES
from payung.web.access import Request, page
from payung.web.coverage.forms import MonthFilter
from payung.web.shell import charts
from payung.web.shell.formats import percent


@page("coverage.view")
def index(request: Request) -> HttpResponse:
    form = MonthFilter(request.GET or None, months=selectors.months_paid(actor=request.actor))
    month = _asked(request, form)
    found = selectors.coverage(actor=request.actor, month=month)
    series = selectors.series(actor=request.actor, until=month)
    context = {
        "form": form,
        "found": found,
        "series": series,
        "map": _map(found),
        "line": charts.line(
            [(MONTH_NAMES[each.month - 1][:3], people) for each, people in series],
            "Terlindungi per bulan",
        ),
        "bars": charts.bars(charts.Item(row.name, row.covered) for row in found.categories),
        "printed": today(),
    }
    return render(request, "coverage/index.html", context)


def _asked(request: Request, form: MonthFilter) -> date:
    bound = form if form.is_bound else MonthFilter({}, months=list(form.months.values()))
    return bound.month() or first_day(today())


def _map(found: Coverage) -> SafeString:
    """A tile per kelurahan, shaded by how many are covered."""
    kecamatan = {row.code: row.name for row in found.kecamatan}
    return charts.tiles(
        charts.Tile(
            row.code,
            row.name,
            kecamatan.get(row.code[:8], ""),
            row.covered,
            note=f"terlindungi, {percent(row.covered, row.eligible)} dari yang layak"
            if row.eligible
            else "terlindungi",
        )
        for row in found.kelurahan
        if row.code
    )
