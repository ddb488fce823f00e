"""A small city where some were paid for from January to April 2026."""

from datetime import date
from pathlib import Path

from payung.apps.funding.models import FundKind
from payung.apps.screening.models import Verdict
from payung.apps.workers.models import Worker
from tests.contributions.conftest import issued, paid
from tests.enrolment import way
from tests.support.cast import Cast

MONTHS = [date(2026, month, 1) for month in range(1, 5)]


def protected(cast: Cast, folder: Path) -> tuple[list[Worker], Worker]:
    """Three of five eligible workers of Sukarasa and one CSR driver of Keroncong, Jan–Apr."""
    apbd, csr = way.fund(cast), way.fund(cast, FundKind.CSR)
    sukarasa = way.people(6)
    [driver] = way.people(
        1, "36.71.02.1001", first=20, occupation="ojek-online", sector="transport"
    )
    plan = way.plan(cast, [(apbd, sukarasa[:3]), (csr, [driver])])
    Verdict.objects.bulk_create(
        Verdict(screening=plan.screening, worker=worker, eligible=place != 5)
        for place, worker in enumerate([*sukarasa, driver])
    )
    way.enrolled(cast, folder, plan)
    for month in MONTHS:
        for invoice in issued(cast, month):
            paid(cast, invoice, invoice.amount, month.replace(day=10))
    return sukarasa, driver
