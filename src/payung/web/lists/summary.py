"""A list in numbers: the bar of three parts and the problems by how often they occur."""

from functools import cache
from typing import Any

from django.utils.safestring import SafeString

from payung.apps.accounts.actor import Actor
from payung.apps.lists import selectors
from payung.apps.lists.forecast import forecast
from payung.apps.lists.models import List
from payung.apps.regions.models import Level, Region
from payung.identity import Occupations
from payung.web.lists.words import code_word
from payung.web.shell import charts
from payung.web.shell.formats import number


def bar(found: List) -> SafeString:
    """How many rows are ready, doubtful and wrong."""
    return charts.shares(
        [
            ("siap", found.clean, "good"),
            ("peringatan", found.warned, "warn"),
            ("salah", found.rejected, "bad"),
        ]
    )


def summary(actor: Actor, found: List) -> dict[str, Any]:
    """What stands around the rows, and changes when one of them is corrected."""
    problems, ahead = selectors.problems(found), forecast(found)
    left = f" {number(ahead.rejected)} baris salah tidak diterima." if ahead.rejected else ""
    return {
        "is_at_work": False,
        "guesses": sum(
            bool(column["field"]) and not column["certain"]
            for sheet in selectors.sheets(found)
            for column in sheet.columns
        ),
        "reviews": selectors.reviews(actor=actor, list=found).order_by().count(),
        "forecast": ahead,
        "accept_label": f"Terima {number(ahead.taken)} baris",
        "accept_question": f"Terima {number(ahead.taken)} baris ke daftar pekerja?{left}",
        "bar": bar(found),
        "problems": problems,
        "chips": [(each, code_word(each.code)) for each in problems],
        "fates": ahead.fates,
    }


def typing_help(found: List) -> dict[str, Any]:
    """Names offered while typing: the city's kelurahan, the occupations."""
    places = Region.objects.filter(code__startswith=found.region_id, level=Level.KELURAHAN)
    return {
        "kelurahan_names": places.order_by("name").values_list("name", flat=True).distinct(),
        "occupation_names": _occupations(),
    }


@cache
def _occupations() -> list[str]:
    return sorted(entry.name for entry in Occupations.packaged().entries)
