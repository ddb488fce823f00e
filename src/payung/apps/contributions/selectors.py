"""Invoices, payments, paid months, and whose cover is about to end, as far as one may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.contributions.models import Invoice, InvoiceLine, PaidMonth, Payment
from payung.apps.db.months import add_months, first_day, months_between
from payung.apps.enrolment.models import Answer, Coverage, Line, Program
from payung.apps.workers.models import Worker, WorkerQuerySet
from payung.law import Cover, cover, due_date, parameter


def invoices(*, actor: Actor) -> QuerySet[Invoice]:
    """Invoices of the funds the actor may see."""
    return Invoice.objects.visible_to(actor).select_related("fund", "region")


def lines(*, actor: Actor, invoice: Invoice) -> QuerySet[InvoiceLine]:
    """The invoice's lines of workers the actor may see, with `paid_on`; a company sees none."""
    paid = PaidMonth.objects.filter(
        worker=OuterRef("worker"), program=OuterRef("program"), month=invoice.month
    )
    return (
        invoice.lines.filter(worker__in=Worker.objects.visible_to(actor))
        .annotate(paid_on=Subquery(paid.values("payment__paid_on")[:1]))
        .select_related("worker")
        .order_by("pk")
    )


def payments(*, actor: Actor, invoice: Invoice | None = None) -> QuerySet[Payment]:
    """Payments, with `is_late` when made after the invoice was due."""
    found = Payment.objects.filter(invoice__in=Invoice.objects.visible_to(actor))
    if invoice is not None:
        found = found.filter(invoice=invoice)
    return found.select_related("invoice", "recorded_by").annotate(
        is_late=Q(paid_on__gt=F("invoice__due_on")),
        workers=Count("paid_months", filter=Q(paid_months__program=Program.JKM)),
    )


def totals(*, actor: Actor) -> list[dict[str, Any]]:
    """Standing invoices per month and fund: month, fund, fund__name, workers, amount, paid."""
    return list(
        Invoice.objects.visible_to(actor)
        .standing()
        .order_by()
        .values("month", "fund", "fund__name")
        .annotate(
            workers=Sum("workers"), amount=Sum("amount"), paid=Sum("paid"), due_on=Min("due_on")
        )
        .order_by("month", "fund__name")
    )


def overdue(*, actor: Actor, on: date) -> QuerySet[Invoice]:
    """Invoices not fully paid though their day has passed."""
    return invoices(actor=actor).open().filter(due_on__lt=on).order_by("due_on")


def paid_months(worker: Worker) -> list[date]:
    """The months bought for a worker (both programmes), earliest first."""
    found = PaidMonth.objects.filter(worker=worker, program=Program.JKM)
    return list(found.order_by("month").values_list("month", flat=True))


def cover_on(worker: Worker, day: date) -> Cover:
    """What the worker was covered for on a day, by the law and what had been paid by that day."""
    registered = Line.objects.filter(worker=worker, answer=Answer.ACCEPTED, starts_on__lte=day)
    paid = PaidMonth.objects.filter(
        worker=worker, program=Program.JKM, payment__paid_on__lte=day
    ).order_by()
    return cover(
        dict(paid.values_list("month", "payment__paid_on")),
        day,
        set(registered.order_by().values_list("starts_on", flat=True)),
    )


@dataclass(frozen=True)
class MonthCell:
    """A month of a worker's life in the programme."""

    month: date
    is_covered: bool
    paid_on: date | None
    is_late: bool
    fund: str
    amount: int

    @property
    def is_paid(self) -> bool:
        return self.paid_on is not None


def grid(worker: Worker) -> list[MonthCell]:
    """Every month from a worker's first to last, covered or paid."""
    runs = list(Coverage.objects.filter(worker=worker, program=Program.JKM))
    paid = {
        row["month"]: row
        for row in PaidMonth.objects.filter(worker=worker)
        .order_by()
        .values("month", "payment__paid_on", "invoice__due_on", "fund__name")
        .annotate(total=Sum("amount"))
    }
    months = {*paid, *(run.first_month for run in runs), *(run.last_month for run in runs)}
    if not months:
        return []
    return [
        MonthCell(
            month,
            any(run.first_month <= month <= run.last_month for run in runs),
            (row := paid.get(month, {})).get("payment__paid_on"),
            bool(row) and row["payment__paid_on"] > row["invoice__due_on"],
            row.get("fund__name", ""),
            row.get("total", 0),
        )
        for month in months_between(min(months), max(months))
    ]


def last_due_month(on: date) -> date:
    """The latest contribution month whose day to pay has passed."""
    month = first_day(on)
    return month if on > due_date(month) else add_months(month, -1)


def arrears(*, actor: Actor, on: date, months: int | None = None) -> WorkerQuerySet:
    """Living workers with cover whose latest due months are unpaid: `last_paid`, `owed_from`.

    months: only those exactly so many months behind. More than the law's limit means out.
    """
    due = last_due_month(on)
    paid = PaidMonth.objects.filter(
        worker=OuterRef("pk"), program=Program.JKM, payment__paid_on__lte=on
    )
    covers = Coverage.objects.filter(worker=OuterRef("pk"), program=Program.JKM)
    found = _visible(actor).filter(Exists(covers.filter(first_month__lte=due, last_month__gte=due)))
    found = found.filter(~Exists(paid.filter(month__gte=due))).annotate(
        last_paid=_first(paid.order_by("-month"), "month"),
        first_covered=_first(covers.order_by("first_month"), "first_month"),
    )
    if months is not None:
        before = add_months(due, -months)
        found = found.filter(
            Q(last_paid=before) | Q(last_paid=None, first_covered=add_months(before, 1))
        )
    return found


def months_behind(worker: Worker, on: date) -> int:
    """For a worker of `arrears`: how many months up to the last due one are unpaid."""
    since = worker.last_paid or add_months(worker.first_covered, -1)
    due = last_due_month(on)
    return (due.year - since.year) * 12 + due.month - since.month


def ending(*, actor: Actor, on: date, within: int) -> WorkerQuerySet:
    """Living workers whose cover ends in the month of `on` or up to `within` months after it.

    `last_covered`: its last month. Who has cover beyond that is not among them.
    """
    covers = Coverage.objects.filter(worker=OuterRef("pk"), program=Program.JKM)
    return (
        _visible(actor)
        .annotate(last_covered=_first(covers.order_by("-last_month"), "last_month"))
        .filter(
            last_covered__gte=first_day(on),
            last_covered__lte=add_months(first_day(on), within),
        )
    )


@dataclass(frozen=True)
class Lapsing:
    """How many are near to losing cover, or lost it.

    `behind`: months behind (1 to the law's limit) → people; `beyond`: those further behind.
    """

    on: date
    within: int
    ending: int
    behind: dict[int, int]
    beyond: int


def lapsing(*, actor: Actor, on: date, within: int = 2) -> Lapsing:
    """Whose cover ends within so many months, and who is behind by 1, 2, 3 months."""
    limit = parameter("bpu.arrears-limit-months").at(on).integer
    due = last_due_month(on)
    rows = (
        arrears(actor=actor, on=on)
        .order_by()
        .values_list("last_paid", "first_covered")
        .annotate(people=Count("pk"))
    )
    behind, beyond = dict.fromkeys(range(1, limit + 1), 0), 0
    for last_paid, first_covered, people in rows:
        since = last_paid or add_months(first_covered, -1)
        count = (due.year - since.year) * 12 + due.month - since.month
        if count in behind:
            behind[count] += people
        else:
            beyond += people
    near = ending(actor=actor, on=on, within=within).count()
    return Lapsing(on, within, near, behind, beyond)


def paid_after_death(*, actor: Actor) -> QuerySet[PaidMonth]:
    """Months bought for people who had died before them: to be claimed back or replaced."""
    return (
        PaidMonth.objects.filter(
            worker__in=Worker.objects.visible_to(actor), worker__died_on__lt=F("month")
        )
        .select_related("worker", "fund", "invoice")
        .order_by("month", "worker")
    )


def _visible(actor: Actor) -> WorkerQuerySet:
    if actor.reach is Reach.FIGURES:
        return Worker.objects.none()
    return Worker.objects.visible_to(actor).living()


def _first(rows: QuerySet[Any], field: str) -> Subquery:
    return Subquery(rows.values(field)[:1], output_field=DateField())
