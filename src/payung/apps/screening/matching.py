"""Finding workers in a reference, and judging whether it means the same person."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from payung.apps.db import bulk
from payung.apps.lists.models import Decision, Match, Pair
from payung.apps.screening.models import Check, Code, MatchedBy, Reference, ReferenceKind, Screening
from payung.apps.workers.models import Worker

if TYPE_CHECKING:
    import polars as pl

    from payung.linkage import Evidence

_CODES = {
    ReferenceKind.BPJS_ACTIVE: Code.BPJS_ACTIVE,
    ReferenceKind.DEATHS: Code.DEAD,
    ReferenceKind.ASN: Code.ASN,
    ReferenceKind.DTSEN: Code.DECILE,
}
_CHUNK = 20_000
_CHECK_FIELDS = (
    "screening",
    "worker",
    "code",
    "excludes",
    "doubtful",
    "matched_by",
    "probability",
    "why",
    "evidence",
    "entry",
    "value",
    "value_date",
)
# what is said of an alias is said of the person `p`
_PERSON = "p.id = COALESCE(w.same_as_id, w.id) AND p.died_on IS NULL AND p.region_id LIKE %s"
_WORKERS = f"""
SELECT w.id, p.id, w.kpj, w.nik, w.nik, w.name, w.birth_date, w.mother_name
FROM workers_worker w CROSS JOIN workers_worker p WHERE {_PERSON} ORDER BY w.id
"""  # noqa: S608
_ENTRIES = """
SELECT e.id, e.nik, e.name, e.value, e.number_held, CAST(e.value_date AS text),
       e.nik, e.name, e.birth_date, e.mother_name
FROM screening_referenceentry e WHERE e.reference_id = %s ORDER BY e.id
"""
# Two branches, each on its own index of the entries. CROSS JOIN has SQLite take the tables in this
# order.
_BY_KEY = f"""
SELECT w.id, e.id FROM workers_worker w CROSS JOIN screening_referenceentry e
CROSS JOIN workers_worker p WHERE e.reference_id = %s AND e.nik = w.nik AND {_PERSON}
UNION ALL
SELECT w.id, e.id FROM workers_worker w CROSS JOIN screening_referenceentry e
CROSS JOIN workers_worker p
WHERE e.reference_id = %s AND e.match_key = w.match_key AND w.match_key <> '' AND {_PERSON}
"""  # noqa: S608  only our own conditions


class People(NamedTuple):
    """Those who are compared, in the order of their ids: what is said of them, and how they are
    compared, row for row."""

    said: "pl.DataFrame"
    rows: "pl.DataFrame"


class _Found(NamedTuple):
    """`doubt` 0: the same NIK, or the KPJ we gave; 1: the same NIK on somebody who looks
    different; 2: by person."""

    worker: int
    doubt: int
    unlikely: float
    entry: int
    is_ours: bool
    matched_by: MatchedBy
    why: str
    evidence: "tuple[Evidence, ...]"
    value: str
    value_date: date | None


def workers_of(region: str, on: date) -> People:
    """Every record of a region's living persons; said are id, person, kpj and nik."""
    return _people(("id", "person", "kpj", "nik"), _WORKERS, f"{region}%", on)


def look_up(*, screening: Screening, reference: Reference, workers: People) -> int:
    """Write what the reference says of the workers; returns how many checks that are.

    One beyond doubt speaks alone. Where there is none, every entry that may be the worker waits for
    somebody's decision and puts nobody out; of doubtful deciles only the likeliest is told.
    """
    # read to the end before the first is written: both go through one connection
    found = sorted(_found(screening, reference, workers), key=itemgetter(0, 1, 2, 3))
    return bulk.insert(Check, _CHECK_FIELDS, _checks(screening, reference, found))


def _checks(
    screening: Screening, reference: Reference, found: Sequence[_Found]
) -> Iterator[tuple[Any, ...]]:
    code_of_kind = _CODES[ReferenceKind(reference.kind)]
    for worker, group in groupby(found, key=itemgetter(0)):
        told = [*group]
        alone = told[0].doubt == 0 or code_of_kind == Code.DECILE
        entries = set()
        for each in told[:1] if alone else told:
            if each.entry in entries:  # by the person's other record too
                continue
            entries.add(each.entry)
            code = Code.OURS if each.is_ours else code_of_kind
            yield (
                screening.pk,
                worker,
                code.value,
                each.doubt == 0 and code not in (Code.DECILE, Code.OURS),
                each.doubt > 0,
                each.matched_by.value,
                1 - each.unlikely,
                each.why,
                [said._asdict() for said in each.evidence] if each.doubt else [],
                each.entry,
                each.value,
                each.value_date,
            )


def _found(screening: Screening, reference: Reference, workers: People) -> Iterator[_Found]:
    """The weighed pairs but those of two people."""
    from payung.linkage import alike  # loads Polars and DuckDB

    columns = ("id", "nik", "name", "value", "number_held", "value_date")
    entries = _people(columns, _ENTRIES, reference.pk, reference.as_of)
    also = _by_key(screening, reference, workers, entries)
    has_members = reference.kind == ReferenceKind.BPJS_ACTIVE
    apart = _told_apart()
    for left, right, weighed in alike(workers.rows, entries.rows, also, on=reference.as_of):
        _, person, kpj, own_nik = workers.said.row(left)
        entry, nik, name, value, held, value_date = entries.said.row(right)
        by_nik = nik == own_nik
        if not by_nik and (weighed.band == "different" or (nik, person) in apart):
            continue
        is_ours = has_members and bool(kpj) and kpj == held
        clear = by_nik and (not name or weighed.is_clear_under_one_nik())
        yield _Found(
            person,
            0 if clear or is_ours else 1 if by_nik else 2,
            1 - weighed.probability,
            entry,
            is_ours,
            MatchedBy.NIK if by_nik else MatchedBy.PERSON,
            weighed.why,
            weighed.evidence,
            value,
            date.fromisoformat(value_date) if value_date else None,
        )


def _people(said: Sequence[str], sql: str, given: object, on: date) -> People:
    """What a query gives: the columns `said`, then NIK, name, birth date and mother's name."""
    import polars as pl

    from payung.linkage import prepared

    schema = {name: pl.Int64 if name in ("id", "person") else pl.String for name in said}
    told, rows = [pl.DataFrame(schema=schema)], [pl.DataFrame()]
    # a cursor on the server where there is one: they may be many
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, [given])
        while chunk := cursor.fetchmany(_CHUNK):
            told.append(pl.DataFrame([each[:-4] for each in chunk], schema=schema, orient="row"))
            people = (each[-4:] for each in chunk)
            rows.append(prepared([_person(*each) for each in people], on=on))
    return People(pl.concat(told), pl.concat(rows[1:] or rows))


def _person(nik: str, name: str, born: date | str | None, mother: str) -> tuple[Any, ...]:
    """As linkage takes a person; a reference says no more of anybody."""
    return (nik, name, born, None, mother, None, None, None)


def _by_key(
    screening: Screening, reference: Reference, workers: People, entries: People
) -> tuple[Any, Any]:
    """The row numbers of those with one NIK, or one name and birth date."""
    import numpy as np

    inside = f"{screening.region_id}%"
    found: list[Any] = [np.empty((0, 2), np.int64)]
    with connection.chunked_cursor() as cursor:
        cursor.execute(_BY_KEY, [reference.pk, inside, reference.pk, inside])
        while chunk := cursor.fetchmany(_CHUNK):
            found.append(np.array(chunk, np.int64))
    pairs = np.concatenate(found)
    return (
        np.searchsorted(workers.said["id"].to_numpy(), pairs[:, 0]).astype(np.uint32),
        np.searchsorted(entries.said["id"].to_numpy(), pairs[:, 1]).astype(np.uint32),
    )


def _told_apart() -> set[tuple[str, int]]:
    """The NIK of somebody and the person whom a clerk told apart from them, in the registry."""
    person = dict(Worker.objects.exclude(same_as=None).values_list("pk", "same_as"))
    rows = Match.objects.filter(decision=Decision.DIFFERENT).order_by()
    pairs = Pair.objects.filter(decision=Decision.DIFFERENT).order_by()
    found = [
        *rows.values_list("row__nik", "worker"),
        *pairs.values_list("left_nik", "right"),
        *pairs.values_list("right_nik", "left"),
    ]
    return {(nik, person.get(worker, worker)) for nik, worker in found if nik}
