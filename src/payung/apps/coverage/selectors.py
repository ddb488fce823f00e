"""How far protection reaches: per area, per category, month by month. Reads only.

What is counted, for a month:
- registered: people in the registry, each once, who were alive in that month, by where they live;
- eligible: those of them whom the latest screening found eligible;
- covered: those whose JKK and JKM contribution of that month was paid, by whichever fund;
- full JKM: those of the covered for whom the law gives the full death benefit on its last day.
The share is covered among eligible. A company or fund body sees only the covered of its own fund.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.contributions.models import Invoice, PaidMonth
from payung.apps.db.months import add_months, first_day, months_between
from payung.apps.enrolment.models import Program
from payung.apps.funding.models import Fund
from payung.apps.regions.models import Region
from payung.apps.screening.models import Screening, Verdict
from payung.apps.workers.models import Worker
from payung.identity import Occupations
from payung.law import cover

_CATEGORY_NAMES = {"rt-rw": "RT/RW", "kelompok": "Anggota kelompok"}
_LOOKED_BACK = 60  # months: one bit each in a 63-bit number
UNKNOWN_PLACE, UNKNOWN_CATEGORY = "Kelurahan belum diketahui", "Pekerjaan belum diketahui"

# Who was paid for in the month, with all their paid months until then as bits of one number:
# a city's workers share few such patterns, and the law is asked once for each.
_PATTERNS = """
SELECT x.region_id, x.occupation, x.bits, COUNT(*)
FROM (
  SELECT w.region_id, w.occupation, (
    SELECT SUM(CAST(1 AS bigint) << (%s
      - 12 * CAST(substr(CAST(p.month AS text), 1, 4) AS integer)
      - CAST(substr(CAST(p.month AS text), 6, 2) AS integer)))
    FROM contributions_paidmonth p
    WHERE p.worker_id = now.worker_id AND p.program = 'jkm' AND p.month > %s AND p.month <= %s
  ) AS bits
  FROM contributions_paidmonth now
  JOIN workers_worker w ON w.id = now.worker_id
  WHERE now.program = 'jkm' AND now.month = %s AND {seen}
) x
GROUP BY x.region_id, x.occupation, x.bits
"""


@dataclass(frozen=True)
class Reached:
    """One area or category in one month, in people."""

    code: str
    name: str
    registered: int = 0
    eligible: int = 0
    covered: int = 0
    full_jkm: int = 0

    @property
    def share(self) -> float:
        """Covered among eligible, 0 to 1 or above when people are covered who no longer are."""
        return self.covered / self.eligible if self.eligible else 0.0


@dataclass(frozen=True)
class Coverage:
    """A month's coverage. `screening` None: nobody has been screened, so nobody is eligible yet.

    `own_fund_only`: the actor sees its own fund's covered people and no denominator.
    """

    month: date
    total: Reached
    kecamatan: list[Reached]
    kelurahan: list[Reached]
    categories: list[Reached]
    screening: Screening | None
    own_fund_only: bool


def coverage(*, actor: Actor, month: date) -> Coverage:
    """Coverage of the actor's area in a month (any day of it)."""
    month = first_day(month)
    own_fund_only = actor.reach is Reach.FIGURES
    screening = None if own_fund_only else latest_screening(actor=actor)
    cells: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    if not own_fund_only:
        for region, occupation, registered, eligible in _registered(actor, month, screening):
            cells[region, occupation][:2] = registered, eligible
    for region, occupation, paid, people in _patterns(actor, month):
        counts = cells[region, occupation]
        counts[2] += people
        if cover(paid, _last_day(month)).jkm == "full":
            counts[3] += people
    return _arranged(actor, month, cells, screening, own_fund_only)


def latest_screening(*, actor: Actor) -> Screening | None:
    """The screening eligibility is read from."""
    return Screening.objects.filter(region_id=actor.city_code).order_by("-id").first()


def series(*, actor: Actor, until: date, months: int = 12) -> list[tuple[date, int]]:
    """(month, people covered) for so many months up to `until`, from the first with any."""
    last = first_day(until)
    found = dict(
        _paid(actor)
        .filter(month__gte=add_months(last, 1 - months), month__lte=last)
        .order_by()
        .values_list("month")
        .annotate(people=Count("pk"))
    )
    if not found:
        return []
    return [(month, found.get(month, 0)) for month in months_between(min(found), last)]


def months_paid(*, actor: Actor) -> list[date]:
    """The months anything was paid for, latest first: what a month may be chosen from."""
    found = Invoice.objects.filter(region_id=actor.city_code, paid__gt=0)
    if actor.reach is Reach.FIGURES:
        found = found.visible_to(actor)
    return list(found.order_by("-month").values_list("month", flat=True).distinct())


def _paid(actor: Actor) -> QuerySet[PaidMonth]:
    found = PaidMonth.objects.filter(program=Program.JKM)
    if actor.reach is Reach.FIGURES:
        return found.filter(fund__in=Fund.objects.visible_to(actor))
    if actor.reach is Reach.REGION and actor.region_code == actor.city_code:
        return found.filter(fund__region_id=actor.city_code)
    return found.filter(worker__in=Worker.objects.visible_to(actor))


def _registered(
    actor: Actor, month: date, screening: Screening | None
) -> Iterable[tuple[str, str, int, int]]:
    verdict = Verdict.objects.filter(screening=screening, worker=OuterRef("pk"), eligible=True)
    return (
        Worker.objects.visible_to(actor)
        .persons()
        .filter(Q(died_on__isnull=True) | Q(died_on__gte=month))
        .order_by()
        .values_list("region_id", "occupation")
        .annotate(registered=Count("pk"), eligible=Count("pk", filter=Exists(verdict)))
    )


def _patterns(actor: Actor, month: date) -> Iterable[tuple[str, str, list[date], int]]:
    if actor.reach is Reach.FIGURES:
        seen, allowed = "now.fund_id IN ({})", Fund.objects.visible_to(actor).order_by()
    else:
        seen, allowed = "w.id IN ({})", Worker.objects.visible_to(actor).order_by()
    inner, inner_params = allowed.values("pk").query.sql_with_params()
    before = add_months(month, -_LOOKED_BACK)
    index = month.year * 12 + month.month
    with connection.cursor() as cursor:
        cursor.execute(
            _PATTERNS.format(seen=seen.format(inner)),
            [index, before, month, month, *inner_params],
        )
        rows = cursor.fetchall()
    for region, occupation, bits, people in rows:
        paid = [add_months(month, -back) for back in range(_LOOKED_BACK) if int(bits) >> back & 1]
        yield region, occupation, paid, people


def _last_day(month: date) -> date:
    return add_months(month, 1) - timedelta(days=1)


def _arranged(
    actor: Actor,
    month: date,
    cells: dict[tuple[str, str], list[int]],
    screening: Screening | None,
    own_fund_only: bool,
) -> Coverage:
    areas = Region.objects.filter(code__startswith=actor.city_code)
    names = dict(areas.values_list("code", "name"))
    occupations = Occupations.packaged().by_code
    sums: dict[str, dict[str, list[int]]] = {
        key: defaultdict(lambda: [0, 0, 0, 0])
        for key in ("all", "kecamatan", "kelurahan", "category")
    }
    for (region, occupation), counts in cells.items():
        known = occupations.get(occupation)
        places = {
            "all": "",
            "kecamatan": region[:8] if len(region) >= 8 else "",
            "kelurahan": region if len(region) == 13 else "",
            "category": known.category if known else "",
        }
        for key, code in places.items():
            sums[key][code] = [a + b for a, b in zip(sums[key][code], counts, strict=True)]

    def rows(key: str, unknown: str) -> list[Reached]:
        return [
            Reached(code, names.get(code) or _category_name(code) or unknown, *counts)
            for code, counts in sorted(sums[key].items(), key=lambda item: (not item[0], item[0]))
        ]

    return Coverage(
        month,
        Reached("", names.get(actor.region_code, ""), *sums["all"][""]),
        rows("kecamatan", UNKNOWN_PLACE),
        rows("kelurahan", UNKNOWN_PLACE),
        rows("category", UNKNOWN_CATEGORY),
        screening,
        own_fund_only,
    )


def _category_name(code: str) -> str:
    return _CATEGORY_NAMES.get(code) or code.replace("-", " ").capitalize()
