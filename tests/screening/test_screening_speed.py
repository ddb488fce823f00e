import time
from datetime import date

from payung.apps.db import bulk
from payung.apps.screening.models import Check, ReferenceKind
from payung.apps.workers.models import Worker
from tests.screening.conftest import a_nik, unsaved_worker

WORKERS = 20_000
FIELDS = [field.name for field in Worker._meta.fields if field.name != "id"]


def _nik(number: int) -> str:
    return a_nik(number % 900, date(1980, 2, 3), f"3671{number // 900 + 10}")


def _people():
    for number in range(WORKERS):
        one = unsaved_worker(1, f"Orang Rekaan {number}", nik=_nik(number))
        yield [getattr(one, Worker._meta.get_field(name).attname) for name in FIELDS]


def _lines(every: int, value: str) -> list[str]:
    return [f"{_nik(n)},Orang Rekaan {n},,{value}" for n in range(0, WORKERS, every)]


def test_twenty_thousand_workers_are_screened_in_a_few_seconds(cast, reference, screen):
    bulk.insert(Worker, FIELDS, _people())
    reference(ReferenceKind.DTSEN, *_lines(2, "3"))
    reference(ReferenceKind.ASN, *_lines(4, "Dishub"))
    begun = time.perf_counter()
    run = screen()
    took = time.perf_counter() - begun
    assert run.workers == WORKERS
    assert Check.objects.filter(screening=run, code="asn").count() == run.workers - run.eligible
    assert took < 15, f"{took:.1f} s"
