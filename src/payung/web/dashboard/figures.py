"""The dashboard's numbers and charts, as far as the reader sees: no names, no NIK."""

from datetime import date
from typing import Any

from payung.apps.accounts import policy
from payung.apps.accounts.actor import Actor, Reach
from payung.apps.claims import selectors as claims_of
from payung.apps.contributions.selectors import lapsing
from payung.apps.coverage import selectors as coverage_of
from payung.apps.coverage.selectors import Coverage, Reached
from payung.apps.db.months import first_day
from payung.apps.funding import selectors as funding
from payung.apps.lists import selectors as lists_of
from payung.apps.lists.models import State
from payung.apps.regions.models import Level, Region
from payung.apps.workers import selectors as workers_of
from payung.law.wording import MONTH_NAMES
from payung.web.dashboard.tasks import address
from payung.web.lists.summary import bar
from payung.web.shell import charts
from payung.web.shell.formats import bulan, number, percent, rupiah_short

_SHOWN_LISTS = 3
_MONTHS = 12


def protection(*, actor: Actor, on: date) -> dict[str, Any]:
    """Who is registered and who is covered: numbers, map, table and line."""
    line = coverage_of.series(actor=actor, until=on, months=_MONTHS)
    # the contribution of this month may not have been paid yet: then the last month that was
    month = next((each for each, people in reversed(line) if people), first_day(on))
    found = coverage_of.coverage(actor=actor, month=month)
    sees_people = actor.reach is not Reach.FIGURES
    return {
        "coverage": found,
        "sees_people": sees_people,
        "covered_label": f"Terlindungi {bulan(month)}",
        "month_note": bulan(month),
        **(_people(actor, found, on) if sees_people else {}),
        "line": charts.line(
            [(MONTH_NAMES[each.month - 1][:3], people) for each, people in line],
            "Terlindungi per bulan",
        ),
        "months": line,
        **_places(actor, found),
    }


def _people(actor: Actor, found: Coverage, on: date) -> dict[str, Any]:
    """What the cards say of people: new ones, the covered share, who is behind or near the end."""
    living = workers_of.workers(actor=actor, living=True).order_by()
    new = living.filter(created_at__date__gte=first_day(on)).count()
    near = lapsing(actor=actor, on=on)
    behind = sum(near.behind.values())
    share = percent(found.total.covered, found.total.registered)
    return {
        "registered_note": f"+{number(new)} bulan ini" if new else "orang, masing-masing sekali",
        "covered_share": share,
        "covered_note": f"{share} dari terdaftar",
        "behind": behind,
        "behind_tone": "warn" if behind else "",
        "ending_note": f"{number(near.ending)} berakhir dalam {near.within} bulan",
    }


def _places(actor: Actor, found: Coverage) -> dict[str, Any]:
    """The tile map and the table of areas; a company gets neither, a kelurahan needs none."""
    areas = Region.objects.filter(code__startswith=actor.region_code, level=Level.KELURAHAN)
    if actor.reach is Reach.FIGURES or len(actor.region_code) > 8:
        return {"tiles": "", "areas": []}
    by_code = {each.code: each for each in found.kelurahan}
    is_linked = policy.allows(actor, "workers.view")
    tiles = [
        charts.Tile(
            code,
            name,
            kecamatan or "",
            reached.covered,
            f"/pekerja/?kelurahan={code}" if is_linked and reached.registered else "",
            f"dari {number(reached.registered)} terdaftar",
        )
        for code, name, kecamatan in areas.values_list("code", "name", "parent__name")
        for reached in [by_code.get(code, Reached(code, name))]
    ]
    is_city = actor.region_code == actor.city_code
    rows = found.kecamatan if is_city else found.kelurahan
    return {
        "tiles": charts.tiles(tiles, "Pekerja terlindungi per kelurahan") if tiles else "",
        "tiles_note": f"{number(len(tiles))} kelurahan, {bulan(found.month)}",
        "areas": [(each, percent(each.covered, each.registered)) for each in rows],
        "area_word": "Kecamatan" if is_city else "Kelurahan",
        "areas_title": "Per kecamatan" if is_city else "Per kelurahan",
    }


def money(*, actor: Actor) -> dict[str, Any]:
    """What the funds the actor sees hold: granted, spent, reserved and free rupiah."""
    if not policy.allows(actor, "funding.view") or actor.reach is Reach.OWN:
        return {"funds": []}
    funds = list(funding.funds(actor=actor))
    spent, reserved = sum(f.spent for f in funds), sum(f.reserved for f in funds)
    free = sum(f.free for f in funds)
    parts = [
        ("dibelanjakan", spent, "good"),
        ("dicadangkan", reserved, "warn"),
        ("bebas", free, "plain"),
    ]
    return {
        "funds": funds,
        "free": free,
        "granted_note": f"dari pagu {rupiah_short(spent + reserved + free)}",
        "funds_url": address("funding:index"),
        "funds_note": f"{number(len(funds))} dana",
        "funds_bar": charts.shares(parts, write=rupiah_short) if funds else "",
    }


def claims(*, actor: Actor, on: date) -> dict[str, Any]:
    """Claims under way, what was paid this year, and families nobody has helped yet."""
    if not policy.allows(actor, "claims.view"):
        return {"claims_open": None, "deaths_unclaimed": 0}
    year = claims_of.totals(actor=actor, year=on.year)
    return {
        "claims_open": claims_of.waiting(actor=actor),
        "claims_note": f"{rupiah_short(year['paid_amount'])} dibayar tahun {on.year}",
        "deaths_unclaimed": claims_of.deaths_without_claim(actor=actor, on=on).count(),
    }


def lists(*, actor: Actor) -> dict[str, Any]:
    """The newest lists that wait to be examined."""
    if not policy.allows(actor, "lists.view"):
        return {"lists": []}
    found = lists_of.lists(actor=actor, state=State.READ)[:_SHOWN_LISTS]
    return {"lists": [(each, bar(each)) for each in found]}
