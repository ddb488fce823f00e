"""A worker of Sukarasa with nine paid months, and what a family says at the counter."""

from datetime import datetime

import pytest
from django.utils import timezone

from payung.apps.claims import services
from payung.apps.claims.models import ClaimKind, DocumentState
from tests.support import way
from tests.support.standing import standing_on


def at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime(year, month, day, hour))  # noqa: DTZ001


SEPTEMBER = at(2026, 9, 12, 5)


standing = standing_on(lambda cast, folder: way.insured(cast, months=9)[0])


@pytest.fixture
def worker(stood):
    """Nine months of 2026 paid, January to September."""
    return stood[1]


@pytest.fixture
def opened(cast, worker):
    """opened(kind=…) is a claim of the worker; anything else open_claim takes may be given."""

    def made(kind=ClaimKind.JKM, **values):
        said = {
            "actor": cast.rina.actor,
            "worker": worker,
            "kind": kind,
            "event_at": SEPTEMBER,
            "reporter_name": "Tetangga almarhum",
            **values,
        }
        return services.open_claim(**said)

    return made


def complete(cast, claim, except_for=()):
    """Every paper received but those, and an heir noted when somebody died."""
    for paper in claim.documents.exclude(code__in=except_for):
        services.set_document(
            actor=cast.rina.actor, claim=claim, document=paper, state=DocumentState.RECEIVED
        )
    if claim.kind != ClaimKind.JKK:
        services.add_heir(
            actor=cast.rina.actor, claim=claim, name="Siti Rekaan", relation="spouse-child"
        )
