"""Agreements: an MoU, and what lies under it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from payung.apps.agreements import selectors, services
from payung.apps.agreements.models import Agreement, Kind
from payung.apps.audit.models import Event
from payung.apps.errors import DomainError, NotAllowed


def sign(cast, **changes):
    values = {
        "actor": cast.sari.actor,
        "kind": Kind.MOU,
        "number": "MoU-1",
        "title": "Pelindungan",
        "first_party": cast.pemkot,
        "second_party": cast.bpjs,
        "signed_on": date(2025, 12, 1),
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2028, 12, 31),
    }
    return services.sign(**{**values, **changes})


def test_a_pks_lies_under_its_mou_and_is_audited(cast):
    mou = sign(cast)
    pks = sign(
        cast,
        kind=Kind.PKS,
        number="PKS-1",
        parent=mou,
        ends_on=date(2026, 12, 31),
        quota=100,
        ceiling=20_160_000,
    )
    assert pks.parent == mou
    assert Event.objects.filter(act="agreement.signed").count() == 2


def test_a_pks_without_mou_is_refused(cast):
    with pytest.raises(DomainError, match="berinduk"):
        sign(cast, kind=Kind.PKS)


def test_a_pks_that_outlives_its_mou_is_refused_with_the_dates(cast):
    mou = sign(cast)
    with pytest.raises(DomainError, match="31-12-2028"):
        sign(cast, kind=Kind.PKS, number="P", parent=mou, ends_on=date(2029, 1, 1))


def test_the_database_itself_refuses_a_pks_outside_its_mou(cast):
    pks = sign(cast, kind=Kind.PKS, number="P", parent=sign(cast), ends_on=date(2026, 12, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=pks.pk).update(ends_on=date(2030, 1, 1))


def test_a_number_is_taken_once(cast):
    sign(cast)
    with pytest.raises(DomainError, match="sudah tercatat"):
        sign(cast)


def test_an_end_before_the_start_is_refused(cast):
    with pytest.raises(DomainError, match="mendahului"):
        sign(cast, ends_on=date(2025, 1, 1))


def test_an_operator_signs_nothing(cast):
    with pytest.raises(NotAllowed):
        sign(cast, actor=cast.rina.actor)


def test_another_city_sees_none_and_a_company_only_its_own(cast):
    mou = sign(cast)
    assert list(selectors.agreements(actor=cast.rina.actor)) == [mou]
    assert not selectors.agreements(actor=cast.stranger.actor).exists()
    assert not selectors.agreements(actor=cast.hendra.actor).exists()
    own = sign(cast, number="MoU-2", second_party=cast.perusahaan)
    assert list(selectors.agreements(actor=cast.hendra.actor)) == [own]
