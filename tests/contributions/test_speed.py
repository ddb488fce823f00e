"""A city's year is ordinary work: set-based all the way, never a query per worker."""

import time
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from payung.apps.contributions.models import PaidMonth
from payung.apps.coverage import selectors as coverage
from payung.apps.db import bulk
from payung.apps.enrolment.models import Coverage
from payung.apps.workers.models import Worker
from tests.contributions.conftest import issued, paid
from tests.enrolment import way

_MONTHS = [date(2025, month, 1) for month in range(1, 13)]


def test_a_citys_year_is_invoiced_and_paid_in_seconds(cast, apbd):
    # PostgreSQL checks a year's foreign keys all at once when the test ends: fewer people there
    people = 12_000 if connection.vendor == "sqlite" else 3_000
    _cover(cast, apbd, people)
    began = time.process_time()
    with CaptureQueriesContext(connection) as queries:
        for month in _MONTHS:
            [invoice] = issued(cast, month)
            paid(cast, invoice, invoice.amount, month.replace(day=10))
    took = time.process_time() - began
    assert PaidMonth.objects.count() == people * 2 * 12
    assert len(queries) < 12 * 60
    # processor time, so that a busy machine does not decide; SQLite works in this process
    assert took < 15, f"{took:.1f} s"

    began = time.process_time()
    found = coverage.coverage(actor=cast.budi.actor, month=_MONTHS[-1])
    assert (found.total.covered, found.total.full_jkm) == (people, people)
    assert time.process_time() - began < 3


def _cover(cast, fund, count: int) -> None:
    """Coverage rows as an answer would have made them, without the files."""
    [first] = way.people(1)
    [batch] = way.sent(cast, way.plan(cast, [(fund, [first])]))
    line = batch.lines.get()
    fields = [field for field in Worker._meta.fields if not field.primary_key]
    known = {field.name: getattr(first, field.attname) for field in fields}
    bulk.insert(
        Worker,
        list(known),
        (
            list({**known, "nik": way.nik(number), "name": f"Orang Rekaan {number}"}.values())
            for number in range(1, count)
        ),
    )
    workers = Worker.objects.order_by("pk").values_list("pk", flat=True)
    bulk.insert(
        Coverage,
        ["worker", "line", "fund", "program", "kpj", "first_month", "last_month", "ended_because"],
        (
            (worker, line.pk, fund.pk, program, way.kpj(worker), _MONTHS[0], _MONTHS[-1], "")
            for worker in list(workers)
            for program in ("jkk", "jkm")
        ),
    )
