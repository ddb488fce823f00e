"""Workers on the whole way: enrolled with BPJS, and so many months of 2026 paid for them."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from payung.apps.contributions import services as contributions
from payung.apps.db.months import add_months, months_between
from payung.apps.funding.models import FundKind
from payung.apps.workers.models import Sector, Worker
from tests.enrolment import way
from tests.support.cast import Cast

JANUARY = way.JANUARY


def insured(
    cast: Cast,
    *,
    months: int,
    count: int = 1,
    sector: Sector = Sector.OTHER,
    region: str = "36.71.01.1001",
    first: int = 0,
    kind: FundKind = FundKind.APBD,
) -> list[Worker]:
    """So many workers of a kelurahan, covered through 2026, the first `months` of it paid.

    first: their number, which gives their NIK; another one for each call. Every month is
    invoiced and paid on its tenth through the real services. No month paid: enrolled only.
    """
    workers = way.people(count, region=region, first=first, sector=sector)
    fund = way.fund(cast, kind, name=f"{kind.label} {first}")
    with TemporaryDirectory() as folder:
        way.enrolled(cast, Path(folder), way.plan(cast, [(fund, workers)]))
    if months:
        for month in months_between(JANUARY, add_months(JANUARY, months - 1)):
            pay_month(cast, month)
    return list(Worker.objects.filter(pk__in=[worker.pk for worker in workers]).order_by("pk"))


def pay_month(cast: Cast, month: date) -> None:
    """Invoice a month for everybody covered and not yet invoiced, and pay it on its tenth."""
    issued = contributions.issue(actor=cast.budi.actor, region=cast.disnaker.region, month=month)
    for invoice in issued:
        contributions.pay(
            actor=cast.sari.actor,
            invoice=invoice,
            amount=invoice.amount,
            paid_on=month.replace(day=10),
            reference=f"SP2D-{invoice.number}",
        )
