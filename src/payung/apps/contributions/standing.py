"""How a worker stands in the programme on a day, in one word."""

from datetime import date

from django.db.models import Case, CharField, Exists, OuterRef, Subquery, TextChoices, Value, When

from payung.apps.contributions.models import PaidMonth
from payung.apps.contributions.selectors import last_due_month
from payung.apps.db.months import first_day
from payung.apps.enrolment.models import Coverage, Program
from payung.apps.workers.models import WorkerQuerySet


class Standing(TextChoices):
    COVERED = "covered", "Terlindungi"
    OVERDUE = "overdue", "Menunggak"
    PLANNED = "planned", "Akan mulai"
    ENDED = "ended", "Berakhir"
    NEVER = "never", "Belum terlindungi"
    DEAD = "dead", "Meninggal"


def with_standing(workers: WorkerQuerySet, *, on: date) -> WorkerQuerySet:
    """Workers with `standing` (a Standing), and the `fund_name` and `last_month` of their cover.

    COVERED: a run of cover holds the month of `on`. OVERDUE: it does, but the latest month whose
    day to pay has passed is unpaid. PLANNED: cover begins later. ENDED: there was cover once.
    """
    month, due = first_day(on), last_due_month(on)
    runs = Coverage.objects.filter(worker=OuterRef("pk"), program=Program.JKM)
    now = runs.filter(first_month__lte=month, last_month__gte=month)
    paid = PaidMonth.objects.filter(worker=OuterRef("pk"), program=Program.JKM, month__gte=due)
    owing = Exists(runs.filter(first_month__lte=due, last_month__gte=due)) & ~Exists(paid)
    latest = runs.order_by("-last_month")
    return workers.annotate(
        standing=Case(
            When(died_on__isnull=False, then=Value(Standing.DEAD.value)),
            When(owing, then=Value(Standing.OVERDUE.value)),
            When(Exists(now), then=Value(Standing.COVERED.value)),
            When(Exists(runs.filter(first_month__gt=month)), then=Value(Standing.PLANNED.value)),
            When(Exists(runs), then=Value(Standing.ENDED.value)),
            default=Value(Standing.NEVER.value),
            output_field=CharField(),
        ),
        fund_name=Subquery(latest.values("fund__name")[:1]),
        last_month=Subquery(latest.values("last_month")[:1]),
    )
