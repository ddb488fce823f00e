import time
from datetime import date, timedelta

from payung.apps.db import bulk
from payung.apps.screening.models import Check, ReferenceKind
from payung.apps.workers.models import Worker
from tests.screening.conftest import a_nik, unsaved_worker

WORKERS = 20_000
WITH_A_SLIP = 100  # of as many, one stands in the list of the dead with a wrong digit
FIELDS = [field.name for field in Worker._meta.fields if field.name != "id"]
_SYLLABLES = ("bu", "di", "sa", "nto", "wa", "ti", "ra", "hma", "su", "li", "yo", "gu")


def _born(number: int) -> date:
    return date(1965, 1, 2) + timedelta(days=number * 37 % 13_000)


def _name(number: int) -> str:
    said = [_SYLLABLES[number // 12**place % 12] for place in range(4)]
    return f"{said[0]}{said[1]} {said[2]}{said[3]}".title()


def _nik(number: int) -> str:
    return a_nik(number % 900, _born(number), f"3671{number // 900 + 10}")


def _slip(number: int) -> str:
    nik = _nik(number)
    return f"{nik[:4]}{(int(nik[4]) + 5) % 10}{nik[5:]}"


def _people():
    for number in range(WORKERS):
        one = unsaved_worker(1, _name(number), _born(number), nik=_nik(number))
        yield [getattr(one, Worker._meta.get_field(name).attname) for name in FIELDS]


def _lines(every: int, value: str, nik=_nik) -> list[str]:
    return [f"{nik(n)},{_name(n)},{_born(n)},{value}" for n in range(0, WORKERS, every)]


def test_twenty_thousand_workers_are_screened_in_a_few_seconds(cast, reference, screen):
    bulk.insert(Worker, FIELDS, _people())
    reference(ReferenceKind.DTSEN, *_lines(2, "3"))
    reference(ReferenceKind.ASN, *_lines(4, "Dishub"))
    reference(ReferenceKind.DEATHS, *_lines(WITH_A_SLIP, "12/11/2025", _slip))
    begun = time.perf_counter()
    run = screen()
    took = time.perf_counter() - begun
    assert run.workers == WORKERS
    found = Check.objects.filter(screening=run)
    assert found.filter(code="asn", excludes=True).count() == run.workers - run.eligible
    asked = found.filter(code="dead", doubtful=True, matched_by="person")
    assert asked.values("worker").distinct().count() == WORKERS // WITH_A_SLIP
    assert took < 15, f"{took:.1f} s"
