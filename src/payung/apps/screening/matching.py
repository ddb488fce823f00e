"""Finding workers in a reference, and judging whether it means the same person."""

from collections.abc import Iterator
from datetime import date
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection

from payung.apps.db import bulk
from payung.apps.screening.models import Check, Code, MatchedBy, Reference, ReferenceKind, Screening
from payung.linkage import Record, compare

_CODES = {
    ReferenceKind.BPJS_ACTIVE: Code.BPJS_ACTIVE,
    ReferenceKind.DEATHS: Code.DEAD,
    ReferenceKind.ASN: Code.ASN,
    ReferenceKind.DTSEN: Code.DECILE,
}
_CHUNK = 20_000
_COLUMNS = (
    "w.id, w.nik, w.name_key, w.birth_date, w.kpj, "
    "e.id, e.name_key, e.birth_date, e.value, e.value_date, e.number_held"
)
# Two branches, each on its own index of the entries.
_PAIRS = f"""
SELECT {_COLUMNS}, 0 FROM workers_worker w
JOIN screening_referenceentry e ON e.reference_id = %s AND e.nik = w.nik
WHERE w.died_on IS NULL AND w.region_id LIKE %s
UNION ALL
SELECT {_COLUMNS}, 1 FROM workers_worker w
JOIN screening_referenceentry e
    ON e.reference_id = %s AND e.match_key = w.match_key AND e.nik <> w.nik
WHERE w.died_on IS NULL AND w.region_id LIKE %s AND w.match_key <> ''
ORDER BY 1
"""  # noqa: S608  only our own column names


class _Pair(NamedTuple):
    worker: int
    nik: str
    name_key: str
    birth_date: date | str | None
    kpj: str
    entry: int
    entry_name_key: str
    entry_birth_date: date | str | None
    value: str
    value_date: Any
    number_held: str
    by_person: int

    @property
    def doubt(self) -> int:
        """0: the same NIK; 1: the same NIK on somebody who looks different; 2: no NIK agrees."""
        if self.by_person:
            return 2
        if not self.entry_name_key or self.entry_name_key == self.name_key:
            return 0
        ours = Record(self.nik, name_key=self.name_key, birth_date=_day(self.birth_date))
        theirs = Record(
            self.nik, name_key=self.entry_name_key, birth_date=_day(self.entry_birth_date)
        )
        return int(compare(ours, theirs).band != "same")


def _day(value: date | str | None) -> date | None:
    """SQLite may give a date of a joined query as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def look_up(*, screening: Screening, reference: Reference) -> int:
    """Write one check for every living worker the reference names; returns how many.

    The entry with the least doubt speaks. Doubtful ones do not put anybody out.
    """
    checks = _checks(screening, reference)
    count = 0
    while chunk := list(islice(checks, _CHUNK)):
        count += bulk.insert(
            Check,
            (
                "screening",
                "worker",
                "code",
                "excludes",
                "doubtful",
                "matched_by",
                "entry",
                "value",
                "value_date",
            ),
            chunk,
        )
    return count


def _checks(screening: Screening, reference: Reference) -> Iterator[tuple[Any, ...]]:
    kind = ReferenceKind(reference.kind)
    inside = f"{screening.region_id}%"
    # a cursor on the server where there is one: the pairs may be many
    with connection.chunked_cursor() as cursor:
        cursor.execute(_PAIRS, [reference.pk, inside, reference.pk, inside])
        chunks = iter(lambda: cursor.fetchmany(_CHUNK), [])
        pairs = (_Pair(*row) for row in chain.from_iterable(chunks))
        for worker, found in groupby(pairs, key=itemgetter(0)):
            best = min(found, key=lambda pair: (pair.doubt, pair.entry))
            code = _CODES[kind]
            if code == Code.BPJS_ACTIVE and best.kpj and best.kpj == best.number_held:
                code = Code.OURS
            informs = code in (Code.DECILE, Code.OURS)
            doubtful = best.doubt > 0 and code != Code.OURS
            yield (
                screening.pk,
                worker,
                code.value,
                not informs and not doubtful,
                doubtful,
                (MatchedBy.PERSON if best.by_person else MatchedBy.NIK).value,
                best.entry,
                best.value,
                best.value_date,
            )
