"""A month that is due: enrolled workers and the invoice for January 2026."""

from datetime import date

import pytest

from payung.apps.contributions import services
from payung.apps.funding.models import FundKind
from tests.enrolment import way


@pytest.fixture
def apbd(cast):
    return way.fund(cast)


@pytest.fixture
def enrolled(cast, tmp_path):
    """enrolled(fund, workers): they are covered by the fund through 2026."""

    def made(fund, workers, start=way.JANUARY, **months):
        return way.enrolled(cast, tmp_path, way.plan(cast, [(fund, workers)], **months), start)[0]

    return made


def first_month(cast, folder):
    """The January invoice of three APBD workers: Rp50,400."""
    way.enrolled(cast, folder, way.plan(cast, [(way.fund(cast), way.people(3))]))
    return issued(cast)[0]


@pytest.fixture
def january(stood):
    """The invoice of a module that stands on `first_month`."""
    return stood[1]


@pytest.fixture
def csr(cast):
    return way.fund(cast, FundKind.CSR)


def issued(cast, month: date = way.JANUARY):
    return services.issue(actor=cast.budi.actor, region=cast.disnaker.region, month=month)


def paid(cast, invoice, amount: int, day: date = date(2026, 1, 10), reference: str = ""):
    return services.pay(
        actor=cast.sari.actor,
        invoice=invoice,
        amount=amount,
        paid_on=day,
        reference=reference or f"NTPN-{invoice.pk}-{amount}-{day}",
    )
