"""Funds, agreements and a screened registry, all made up."""

from datetime import date

import pytest

from payung.apps.agreements.models import Agreement
from payung.apps.agreements.models import Kind as AgreementKind
from payung.apps.funding import plans, services
from payung.apps.funding.models import Fund, FundKind
from payung.apps.screening import services as screening_services
from payung.apps.workers.models import Worker
from tests.screening.conftest import unsaved_worker

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 1)
YEAR = 201_600  # twelve months of bracket 1, paid by APBD


@pytest.fixture
def pks(cast):
    """pks(quota=…, ceiling=…) is a PKS of 2026 with the BPJS branch, inside its MoU."""

    def made(number: str = "PKS/1", **limits: int | None) -> Agreement:
        common = {
            "region_id": "36.71",
            "first_party": cast.disnaker,
            "second_party": cast.bpjs,
            "signed_on": date(2025, 12, 1),
            "starts_on": FIRST,
            "ends_on": date(2026, 12, 31),
            "created_by": cast.sari.user,
        }
        mou, _ = Agreement.objects.get_or_create(
            kind=AgreementKind.MOU, number="MOU/1", defaults={"title": "MoU", **common}
        )
        return Agreement.objects.create(
            kind=AgreementKind.PKS, number=number, title="PKS", parent=mou, **common, **limits
        )

    return made


@pytest.fixture
def fund(cast):
    """fund(amount, **fields) is an APBD fund of 2026 that was granted so many rupiah."""

    def made(amount: int = 0, name: str = "APBD 2026", **fields: object) -> Fund:
        fields = {"kind": FundKind.APBD, "organisation": cast.disnaker, **fields}
        fields = {"first_month": FIRST, "last_month": LAST, **fields}
        one = services.create_fund(actor=cast.sari.actor, name=name, **fields)
        if amount:
            services.grant(actor=cast.sari.actor, fund=one, amount=amount, on=FIRST)
        return one

    return made


def _spelled(number: int) -> str:
    """A made-up word per number, for names are compared by their letters."""
    return "".join("bcdfghjklm"[int(digit)] + "aeiou"[int(digit) % 5] for digit in f"{number:02}")


@pytest.fixture
def workers(cast):
    """workers(3, sector="transport") puts three more workers into the registry."""

    def made(count: int, **fields: object) -> list[Worker]:
        start = Worker.objects.count()
        return Worker.objects.bulk_create(
            unsaved_worker(start + n, f"Warga {_spelled(start + n)}", **fields)
            for n in range(1, count + 1)
        )

    return made


@pytest.fixture
def screened(cast):
    """screened() is a screening of the registry as it stands."""

    def ran(on: date = FIRST):
        return screening_services.run(actor=cast.budi.actor, region=cast.disnaker.region, on=on)

    return ran


@pytest.fixture
def planned(cast, screened):
    """planned([fund]) is a draft for 2026 made by Budi."""

    def made(funds: list[Fund], **extra: object):
        if "screening" not in extra:
            extra["screening"] = screened()
        question = {"name": "Perlindungan 2026", "first_month": FIRST, "last_month": LAST, **extra}
        return plans.make(actor=cast.budi.actor, funds=funds, **question)

    return made
