"""Which allocations of a plan can go to BPJS from a month, and why the others cannot."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from payung.apps.db.months import months_between
from payung.apps.enrolment.holding import held_back
from payung.apps.funding.models import Plan
from payung.identity import Nik, Occupations
from payung.law import LawError, base_income, may_register

REASONS = {
    "nik": "NIK bukan 16 angka yang mungkin; perbaiki data pekerja, lalu buat gelombang lagi",
    "name": "nama kosong; lengkapi data pekerja",
    "birth-date": "tanggal lahir belum diketahui; lengkapi data pekerja",
    "age": "usia pada bulan mulai di luar ketentuan pendaftaran BPU",
    "dead": "sudah meninggal",
    "covered": "sudah terlindungi pada bulan-bulan itu",
    "waiting": "masih menunggu jawaban pada gelombang lain",
    "alias": "disatukan dengan pekerja lain; jatahnya dilepas lewat rencananya",
    "double": "mungkin orang yang sama dengan pekerja lain yang terlindungi atau ikut; putuskan di "
    "Data ganda, lalu buat gelombang lagi",
    "twice": "dua jatah untuk orang yang sama pada bulan-bulan yang sama",
}
_MOST_MONTHS = 12  # what the upload sheet's BULAN_IURAN takes


class Candidate(NamedTuple):
    """An allocation with what its worker's line says now. `refused`: a code of REASONS, or ""."""

    allocation_id: int
    worker_id: int
    fund_id: int
    first_month: date
    last_month: date
    nik: str
    name: str
    birth_date: date | None
    phone: str
    email: str
    occupation: str
    occupation_text: str
    kpj: str
    place: str
    refused: str


@dataclass(frozen=True)
class Candidates:
    """Those who can go, in order of fund and rank, and those who cannot."""

    ready: list[Candidate]
    refused: list[Candidate]

    @property
    def reasons(self) -> list[tuple[str, str, int]]:
        """(code, sentence, how many) of those who cannot go."""
        counted = Counter(candidate.refused for candidate in self.refused)
        return [(code, REASONS[code], count) for code, count in counted.most_common()]


_SQL = """
SELECT a.id, a.worker_id, a.fund_id, a.first_month, a.last_month, w.nik, w.name, w.birth_date,
       w.phone, w.email, w.occupation, w.occupation_text, w.kpj, r.name,
       CASE
         WHEN w.died_on IS NOT NULL THEN 'dead'
         WHEN w.same_as_id IS NOT NULL THEN 'alias'
         WHEN EXISTS (SELECT 1 FROM enrolment_coverage c WHERE c.worker_id = a.worker_id
                      AND c.first_month <= a.last_month AND c.last_month >= %s) THEN 'covered'
         WHEN EXISTS (SELECT 1 FROM enrolment_line l WHERE l.worker_id = a.worker_id
                      AND l.answer = 'waiting') THEN 'waiting'
         ELSE '' END
FROM funding_allocation a
JOIN workers_worker w ON w.id = a.worker_id
JOIN regions_region r ON r.code = w.region_id
WHERE a.plan_id = %s AND a.dropped_because = '' AND a.first_month <= %s AND a.last_month >= %s
  AND NOT EXISTS (SELECT 1 FROM enrolment_line l WHERE l.allocation_id = a.id)
ORDER BY a.fund_id, a.rank, a.id
"""


def candidates(plan: Plan, start: date) -> Candidates:
    """Judge every allocation of the plan that covers `start` and is in no batch yet."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [start, plan.pk, start, start])
        rows = cursor.fetchall()
    ready: list[Candidate] = []
    refused: list[Candidate] = []
    taken: set[int] = set()
    double = held_back([row[1] for row in rows], region_id=plan.region_id, start=start)
    for row in rows:
        candidate = Candidate(*row[:3], *map(_day, row[3:5]), *row[5:7], _day(row[7]), *row[8:])
        code = candidate.refused or _problem(candidate, start)
        if not code and candidate.worker_id in double:
            code = "double"
        if not code and candidate.worker_id in taken:
            code = "twice"
        if code:
            refused.append(candidate._replace(refused=code))
        else:
            taken.add(candidate.worker_id)
            ready.append(candidate)
    return Candidates(ready, refused)


def _day(value: str | date | None) -> date | None:
    """SQLite gives a raw query its dates as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _problem(candidate: Candidate, start: date) -> str:
    if not Nik.read(candidate.nik).ok or len(candidate.nik) != 16:
        return "nik"
    if not candidate.name:
        return "name"
    if candidate.birth_date is None:
        return "birth-date"
    # the age limit is for registering; a member who joined in time may go on paying
    if not candidate.kpj and not _age_allows(candidate.birth_date, start):
        return "age"
    return ""


@lru_cache(maxsize=65_536)
def _age_allows(birth_date: date, start: date) -> bool:
    try:
        return may_register(birth_date, start).ok
    except LawError:
        return False


def person_of(candidate: Candidate, start: date, date_format: str) -> dict[str, str]:
    """The values a layout may ask for, as the upload sheet writes them."""
    months = len(months_between(start, candidate.last_month))
    known = _occupations().by_code.get(candidate.occupation)
    return {
        "nik": candidate.nik,
        "name": candidate.name,
        "birth_date": candidate.birth_date.strftime(date_format) if candidate.birth_date else "",
        "phone": candidate.phone,
        "email": candidate.email,
        "occupation": known.name if known else candidate.occupation_text,
        "place": candidate.place,
        "wage": _wage(start),
        "months": str(min(months, _MOST_MONTHS)),
    }


@lru_cache(maxsize=1)
def _occupations() -> Occupations:
    return Occupations.packaged()


@lru_cache(maxsize=64)
def _wage(start: date) -> str:
    """The income that sponsored cover is counted on: the base of the lowest bracket."""
    return str(base_income(start, None))
