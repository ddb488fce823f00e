"""Cover never overlaps, and ends when a life ends."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from payung.apps.audit.models import Event
from payung.apps.contributions import services as contributions
from payung.apps.enrolment import selectors, services
from payung.apps.enrolment.models import Coverage
from tests.contributions.conftest import issued, paid
from tests.enrolment import way
from tests.enrolment.way import DECEMBER

MARCH = date(2026, 3, 1)


@pytest.fixture
def fund(cast):
    return way.fund(cast)


@pytest.fixture
def worker(cast, fund, tmp_path):
    [worker] = way.people(1)
    way.enrolled(cast, tmp_path, way.plan(cast, [(fund, [worker])]))
    return worker


def test_the_database_refuses_overlapping_cover(worker):
    run = worker.coverages.first()
    run.pk, run.first_month = None, DECEMBER
    with pytest.raises(DatabaseError, match="covered once"), transaction.atomic():
        run.save(force_insert=True)
    run.first_month = run.last_month = date(2027, 1, 1)
    run.save(force_insert=True)


def test_a_death_ends_cover_with_its_month(cast, worker):
    assert (
        services.end_coverage(
            actor=cast.yanti.actor, worker=worker, month=MARCH, because="meninggal"
        )
        == 2
    )
    runs = Coverage.objects.values_list("last_month", "ended_because")
    assert set(runs) == {(MARCH, "meninggal")}
    assert Event.objects.get(act="coverage.ended").reason == "meninggal"


def test_ending_cover_twice_or_without_cover_changes_nothing(cast, worker):
    for _ in range(2):
        services.end_coverage(
            actor=cast.budi.actor, worker=worker, month=MARCH, because="meninggal"
        )
    assert Event.objects.filter(act="coverage.ended").count() == 1


def test_cover_ahead_goes_unless_it_was_invoiced(cast, worker):
    for run in worker.coverages.all():
        run.pk = None
        run.first_month, run.last_month = date(2027, 1, 1), date(2027, 6, 1)
        run.save(force_insert=True)
    services.end_coverage(actor=cast.budi.actor, worker=worker, month=MARCH, because="meninggal")
    assert worker.coverages.count() == 2


def test_stopping_frees_the_money_of_months_nobody_paid(cast, worker, fund):
    for month in (1, 2):
        [invoice] = issued(cast, date(2026, month, 1))
        paid(cast, invoice, invoice.amount, date(2026, month, 10))
    fund.refresh_from_db()
    reserved = fund.reserved
    freed = contributions.stop(
        actor=cast.budi.actor, worker=worker, month=date(2026, 1, 1), because="meninggal"
    )
    assert freed == 10 * 16_800
    fund.refresh_from_db()
    assert fund.reserved == reserved - freed


def test_another_city_sees_no_batch_line_or_cover(cast, worker):
    for rows in (selectors.batches, selectors.lines, selectors.coverages, selectors.rejected_lines):
        assert rows(actor=cast.budi.actor).exists() is (rows is not selectors.rejected_lines)
        assert not rows(actor=cast.stranger.actor).exists()


def test_a_kelurahan_sees_only_batches_with_its_own_people(cast, worker):
    assert selectors.batches(actor=cast.yanti.actor).count() == 1
    assert selectors.lines(actor=cast.yanti.actor).count() == 1
    assert not selectors.batches(actor=cast.joko.actor).exists()
    assert not selectors.lines(actor=cast.hendra.actor).exists()
