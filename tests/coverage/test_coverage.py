"""How far protection reaches, counted by the same rules wherever it is shown."""

from datetime import date

import pytest

from payung.apps.coverage import selectors
from tests.coverage.way import MONTHS, protected
from tests.enrolment import way
from tests.enrolment.way import JANUARY
from tests.support.standing import standing_on

standing = standing_on(protected)


@pytest.fixture
def paid_through_april(stood):
    return stood[1]


def counts(reached) -> tuple[int, int, int, int]:
    return reached.registered, reached.eligible, reached.covered, reached.full_jkm


def test_a_month_is_counted_per_area_and_category(cast, paid_through_april):
    found = selectors.coverage(actor=cast.budi.actor, month=date(2026, 4, 20))
    assert counts(found.total) == (7, 6, 4, 4)
    assert [(row.name, *counts(row)) for row in found.kecamatan] == [
        ("Tangerang", 6, 5, 3, 3),
        ("Jatiuwung", 1, 1, 1, 1),
    ]
    assert [row.name for row in found.kelurahan] == ["Sukarasa", "Keroncong"]
    assert {row.name: row.covered for row in found.categories} == {
        "Perdagangan": 3,
        "Transportasi": 1,
    }
    assert found.kecamatan[0].share == 3 / 5


def test_full_death_benefit_begins_after_the_third_month(cast, paid_through_april):
    full = [
        selectors.coverage(actor=cast.budi.actor, month=month).total.full_jkm for month in MONTHS
    ]
    assert full == [0, 0, 0, 4]


def test_an_unpaid_month_covers_nobody(cast, paid_through_april):
    found = selectors.coverage(actor=cast.budi.actor, month=date(2026, 5, 1))
    assert counts(found.total) == (7, 6, 0, 0)


def test_the_dead_are_counted_until_their_month(cast, paid_through_april):
    worker = paid_through_april[0][5]
    worker.died_on = date(2026, 2, 10)
    worker.save()
    registered = [
        selectors.coverage(actor=cast.budi.actor, month=month).total.registered for month in MONTHS
    ]
    assert registered == [7, 7, 6, 6]


def test_a_month_series_counts_the_covered(cast, paid_through_april):
    found = selectors.series(actor=cast.budi.actor, until=date(2026, 5, 1))
    assert [people for _, people in found] == [4, 4, 4, 4, 0]
    assert found[0][0] == JANUARY
    assert selectors.months_paid(actor=cast.budi.actor) == MONTHS[::-1]


def test_a_company_sees_its_own_funds_figures_only(cast, paid_through_april):
    found = selectors.coverage(actor=cast.hendra.actor, month=MONTHS[3])
    assert found.own_fund_only
    assert counts(found.total) == (0, 0, 1, 1)
    assert [row.name for row in found.kelurahan] == ["Keroncong"]
    assert [people for _, people in selectors.series(actor=cast.hendra.actor, until=MONTHS[3])] == [
        1, 1, 1, 1,
    ]  # fmt: skip


def test_a_kelurahan_sees_itself(cast, paid_through_april):
    found = selectors.coverage(actor=cast.yanti.actor, month=MONTHS[3])
    assert counts(found.total) == (6, 5, 3, 3)
    assert [row.name for row in found.kelurahan] == ["Sukarasa"]


def test_another_city_sees_nothing(cast, paid_through_april):
    found = selectors.coverage(actor=cast.stranger.actor, month=MONTHS[3])
    assert counts(found.total) == (0, 0, 0, 0)
    assert found.kecamatan == []
    assert selectors.months_paid(actor=cast.stranger.actor) == []


def test_without_a_screening_nobody_is_eligible_yet(cast):
    way.people(2)
    found = selectors.coverage(actor=cast.budi.actor, month=JANUARY)
    assert found.screening is None
    assert counts(found.total) == (2, 0, 0, 0)
    assert found.total.share == 0.0
