"""Finding workers in a reference, and judging whether it means the same person."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection

from payung.apps.db import bulk
from payung.apps.screening.models import Check, Code, MatchedBy, Reference, ReferenceKind, Screening

_CODES = {
    ReferenceKind.BPJS_ACTIVE: Code.BPJS_ACTIVE,
    ReferenceKind.DEATHS: Code.DEAD,
    ReferenceKind.ASN: Code.ASN,
    ReferenceKind.DTSEN: Code.DECILE,
}
_CHUNK = 20_000
_COLUMNS = (
    "p.id, w.nik, w.name, w.birth_date, w.kpj, "
    "e.id, e.nik, e.name, e.birth_date, e.value, e.value_date, e.number_held"
)
_CHECK_FIELDS = (
    "screening",
    "worker",
    "code",
    "excludes",
    "doubtful",
    "matched_by",
    "probability",
    "why",
    "entry",
    "value",
    "value_date",
)
# Two branches, each on its own index of the entries. What is said of an alias is said of the
# person `p`. CROSS JOIN has SQLite take the tables in this order.
_PAIRS = f"""
SELECT {_COLUMNS}, 0 FROM workers_worker w
CROSS JOIN screening_referenceentry e
CROSS JOIN workers_worker p
WHERE e.reference_id = %s AND e.nik = w.nik
  AND p.id = COALESCE(w.same_as_id, w.id) AND p.died_on IS NULL AND p.region_id LIKE %s
UNION ALL
SELECT {_COLUMNS}, 1 FROM workers_worker w
CROSS JOIN screening_referenceentry e
CROSS JOIN workers_worker p
WHERE e.reference_id = %s AND e.match_key = w.match_key AND e.nik <> w.nik AND w.match_key <> ''
  AND p.id = COALESCE(w.same_as_id, w.id) AND p.died_on IS NULL AND p.region_id LIKE %s
ORDER BY 1
"""  # noqa: S608  only our own column names


class _Pair(NamedTuple):
    worker: int
    nik: str
    name: str
    birth_date: date | str | None
    kpj: str
    entry: int
    entry_nik: str
    entry_name: str
    entry_birth_date: date | str | None
    value: str
    value_date: Any
    number_held: str
    by_person: int


class _Found(NamedTuple):
    """`doubt` 0: the same NIK; 1: the same NIK on somebody who looks different; 2: by person."""

    worker: int
    doubt: int
    unlikely: float
    pair: _Pair
    why: str


def look_up(*, screening: Screening, reference: Reference) -> int:
    """Write one check for every living worker the reference names; returns how many.

    The entry with the least doubt speaks. Doubtful ones do not put anybody out.
    """
    checks = _checks(screening, reference)
    count = 0
    while chunk := list(islice(checks, _CHUNK)):
        count += bulk.insert(
            Check,
            _CHECK_FIELDS,
            chunk,
        )
    return count


def _checks(screening: Screening, reference: Reference) -> Iterator[tuple[Any, ...]]:
    code_of_kind = _CODES[ReferenceKind(reference.kind)]
    for worker, found in groupby(_found(screening, reference), key=itemgetter(0)):
        best = min(found, key=lambda each: (each.doubt, each.unlikely, each.pair.entry))
        pair, code = best.pair, code_of_kind
        if code == Code.BPJS_ACTIVE and pair.kpj and pair.kpj == pair.number_held:
            code = Code.OURS
        informs = code in (Code.DECILE, Code.OURS)
        doubtful = best.doubt > 0 and code != Code.OURS
        yield (
            screening.pk,
            worker,
            code.value,
            not informs and not doubtful,
            doubtful,
            (MatchedBy.PERSON if pair.by_person else MatchedBy.NIK).value,
            1 - best.unlikely,
            best.why,
            pair.entry,
            pair.value,
            pair.value_date,
        )


def _found(screening: Screening, reference: Reference) -> Iterator[_Found]:
    """The weighed pairs in the order of the workers; those of two people are left out."""
    from payung.linkage import weigh  # loads Polars and DuckDB

    inside = f"{screening.region_id}%"
    # a cursor on the server where there is one: the pairs may be many
    with connection.chunked_cursor() as cursor:
        cursor.execute(_PAIRS, [reference.pk, inside, reference.pk, inside])
        while rows := cursor.fetchmany(_CHUNK):
            pairs = [_Pair(*row) for row in rows]
            ours = [_person(pair.nik, pair.name, pair.birth_date) for pair in pairs]
            theirs = [
                _person(pair.entry_nik, pair.entry_name, pair.entry_birth_date) for pair in pairs
            ]
            for pair, weighed in zip(pairs, weigh(ours, theirs, on=reference.as_of), strict=True):
                if pair.by_person and weighed.band == "different":
                    continue
                clear = not pair.entry_name or weighed.is_clear_under_one_nik()
                doubt = 2 if pair.by_person else int(not clear)
                unlikely = 1 - weighed.probability
                yield _Found(pair.worker, doubt, unlikely, pair, weighed.why)


def _person(nik: str, name: str, born: date | str | None) -> tuple[Any, ...]:
    """As linkage takes a person; a reference says no more of anybody."""
    return (nik, name, born, None, None, None, None, None)
