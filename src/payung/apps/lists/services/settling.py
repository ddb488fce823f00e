"""What becomes of rows: the same person once, set-wise, whatever their number.

Rows are compared only with workers that share their NIK or their name and birth date, found by
one join each; new workers, their sources and the rows' fates are single statements.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from payung.apps.db import bulk
from payung.apps.db.months import today
from payung.apps.lists.models import Band, List, Match
from payung.apps.lists.services.compared import COMPARED, Crowds
from payung.apps.workers.models import PERSON_COLUMNS, Worker
from payung.apps.workers.services import lock_registry

_FETCHED = 20_000
_ROUNDS = 10
_MATCH_FIELDS = ("row", "worker", "probability", "band", "why", "evidence", "decision")
_FEW = 2_000  # rows that are better named than looked for

# a pair a person has already called different people is not asked about again
_UNDECIDED = """
    NOT EXISTS (SELECT 1 FROM lists_match m JOIN lists_row d ON d.id = m.row_id
                WHERE m.worker_id = w.id AND m.decision = 'different' AND d.nik = r.nik)"""
_SAME_NIK = f"""
    w.nik = r.nik AND {_UNDECIDED}
    AND (w.died_on IS NULL OR NOT EXISTS (
        SELECT 1 FROM workers_worker l WHERE l.nik = r.nik AND l.died_on IS NULL))"""  # noqa: S608
_SAME_KEY = f"""
    r.match_key <> '' AND w.match_key = r.match_key AND w.nik <> r.nik AND {_UNDECIDED}
    AND NOT EXISTS (SELECT 1 FROM workers_worker n WHERE n.nik = r.nik AND n.died_on IS NULL)
    AND (w.same_as_id IS NULL OR NOT EXISTS (
        SELECT 1 FROM workers_worker s WHERE s.id = w.same_as_id AND s.match_key = w.match_key))"""  # noqa: S608
# the statements see the fates as they were when they began
_FIRST_OF_NIK = """
    NOT EXISTS (SELECT 1 FROM lists_row e WHERE e.list_id = r.list_id AND e.nik = r.nik
                AND e.fate = 'waiting' AND e.severity < 2 AND e.id < r.id)"""

Tell = Callable[[int, str], None]


def _nobody(rows: int, what: str) -> None:
    return


@dataclass(frozen=True)
class Scope:
    """The waiting rows of one list that are to be settled: all, or those with these ids."""

    list: List
    ids: tuple[int, ...] = ()

    @property
    def rows(self) -> str:
        """The condition over `lists_row AS r`; its parameters are `params`."""
        chosen = f" AND r.id IN ({', '.join(map(str, self.ids))})" if self.ids else ""
        return f"r.list_id = %s AND r.fate = 'waiting' AND r.severity < 2{chosen}"

    @property
    def params(self) -> list[Any]:
        return [self.list.pk]

    def waiting(self) -> tuple[int, ...]:
        """The ids of the rows that wait still."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT r.id FROM lists_row r WHERE {self.rows}", self.params)  # noqa: S608
            return tuple(number for (number,) in cursor)


def settle(scope: Scope, tell: Tell = _nobody) -> None:
    """Give every row of the scope its fate: joined, in review, or a new worker.

    Runs in the caller's transaction; `tell(rows done, what)` is called meanwhile.
    """
    lock_registry()
    now = timezone.now()
    _join_as_decided(scope)
    left = scope
    crowds = Crowds(scope.list, scope.rows, scope.params)
    for turn in range(_ROUNDS + 1):
        if _compare(left, _SAME_NIK, crowds, tell):
            _join_by_nik(left)
        _compare(left, _SAME_KEY, crowds, tell)
        # rows of one list may name each other: the first becomes a worker, then the others are
        # compared with it; after enough turns only the NIK tells them apart
        made = _make_workers(left, now, by_nik_alone=turn == _ROUNDS)
        tell(made, "Membuat pekerja baru")
        waiting = left.waiting()
        if not made or not waiting:
            break
        if len(waiting) <= _FEW:
            left = Scope(scope.list, waiting)
    keep_sources(scope, tell)


def _compare(scope: Scope, condition: str, crowds: Crowds, tell: Tell) -> int:
    """Compare the pairs a join finds; those not clearly one person wait for a decision.

    Returns how many pairs there were.
    """
    columns = ", ".join(f"{side}.{name}" for side in "rw" for name in COMPARED)
    pairs = _stream(
        f"SELECT r.id, w.id, w.died_on, {columns} "  # noqa: S608
        f"FROM lists_row r CROSS JOIN workers_worker w WHERE {scope.rows} AND {condition}",
        scope.params,
    )
    half, compared, waiting, on = 3 + len(COMPARED), 0, 0, today()
    for chunk in pairs:
        from payung.linkage import weigh  # loads Polars and DuckDB: not for a list without pairs

        rows = [crowds.person(pair[3:half]) for pair in chunk]
        workers = [crowds.person(pair[half:]) for pair in chunk]
        found = []
        for pair, weighed in zip(chunk, weigh(rows, workers, on=on), strict=True):
            row_id, worker_id, died_on = pair[:3]
            same_nik = pair[3] == pair[half]
            clear = weighed.is_clear_under_one_nik() if same_nik else weighed.band == "different"
            if clear and not died_on:
                continue
            evidence = [each._asdict() for each in weighed.evidence]
            if died_on:
                evidence.append(_dead(died_on))
            # under one NIK whoever is clearly one person was joined above
            sure = weighed.band == "same" and not same_nik and not died_on
            band = Band.SAME if sure else Band.REVIEW
            found.append(
                (row_id, worker_id, weighed.probability, band.value, weighed.why, evidence, "")
            )
        bulk.insert(Match, _MATCH_FIELDS, found)
        compared += len(chunk)
        waiting += len(found)
        tell(len(chunk), "Membandingkan dengan pekerja terdaftar")
    if waiting:
        bulk.execute(
            f"UPDATE lists_row AS r SET fate = 'review' WHERE {scope.rows} AND r.id IN "  # noqa: S608
            "(SELECT m.row_id FROM lists_match m WHERE m.decision = '')",
            scope.params,
        )
    return compared


def _join_as_decided(scope: Scope) -> None:
    """A NIK, name and birth date once found to be a worker's are that worker's again.

    Where the NIK is somebody else's too, or of the dead, it is asked about again.
    """
    # a key made before the rules of names changed is no longer made: then as the name was written
    for fact in ("{0}.match_key", "UPPER({0}.name) || '|' || CAST({0}.birth_date AS text)"):
        decided, said = fact.format("d"), fact.format("r")
        bulk.execute(
            "UPDATE lists_row AS r SET fate = 'joined', worker_id = known.worker_id FROM ("  # noqa: S608
            f"SELECT d.nik, {decided} AS fact, MIN(m.worker_id) AS worker_id FROM lists_match m "
            "JOIN lists_row d ON d.id = m.row_id WHERE m.decision = 'same' AND d.match_key <> '' "
            f"GROUP BY d.nik, {decided} HAVING COUNT(DISTINCT m.worker_id) = 1) AS known "
            f"WHERE known.nik = r.nik AND known.fact = {said} AND NOT EXISTS "
            "(SELECT 1 FROM workers_worker n WHERE n.nik = r.nik "
            f"AND (n.id <> known.worker_id OR n.died_on IS NOT NULL)) AND {scope.rows}",
            scope.params,
        )


def _join_by_nik(scope: Scope) -> None:
    living = "SELECT w.id FROM workers_worker w WHERE w.nik = r.nik AND w.died_on IS NULL"
    bulk.execute(
        f"UPDATE lists_row AS r SET fate = 'joined', worker_id = ({living}) "  # noqa: S608
        f"WHERE {scope.rows} AND EXISTS ({living})",
        scope.params,
    )


def _make_workers(scope: Scope, now: datetime, *, by_nik_alone: bool) -> int:
    """A worker for each waiting row that is the first of its NIK, name and birth date."""
    first = f"{scope.rows} AND {_FIRST_OF_NIK}"
    params = scope.params
    if not by_nik_alone:
        first += (
            f" AND (r.match_key = '' OR r.id IN (SELECT MIN(r.id) FROM lists_row r "  # noqa: S608
            f"WHERE {scope.rows} GROUP BY r.match_key))"
        )
        params = params * 2
    bulk.execute(
        "CREATE TEMPORARY TABLE chosen_rows AS "  # noqa: S608
        f"SELECT c.id AS row_id, {bulk.next_id(Worker)} AS worker_id "
        f"FROM (SELECT r.id FROM lists_row r WHERE {first} ORDER BY r.id) AS c",
        params,
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM chosen_rows")
        (made,) = cursor.fetchone()
    if made:
        columns = ", ".join(PERSON_COLUMNS)
        read = ", ".join(f"r.{name}" for name in PERSON_COLUMNS)
        stamp = connection.ops.adapt_datetimefield_value(now)
        bulk.execute(
            f"INSERT INTO workers_worker (id, {columns}, region_id, kpj, created_at, updated_at) "  # noqa: S608
            f"SELECT c.worker_id, {read}, COALESCE(r.region_id, %s), '', %s, %s "
            "FROM chosen_rows c JOIN lists_row r ON r.id = c.row_id",
            [scope.list.region_id, stamp, stamp],
        )
        bulk.execute(
            "UPDATE lists_row AS r SET fate = 'new', worker_id = c.worker_id "
            "FROM chosen_rows c WHERE c.row_id = r.id"
        )
    bulk.execute("DROP TABLE chosen_rows")
    return int(made)


def keep_sources(scope: Scope, tell: Tell = _nobody) -> None:
    """Every row that is in the registry is a source of its worker; the row keeps the values."""
    chosen = f" AND r.id IN ({', '.join(map(str, scope.ids))})" if scope.ids else ""
    made = bulk.execute(
        "INSERT INTO workers_source (worker_id, organisation_id, kind, source_id, received_at, "  # noqa: S608
        "\"values\") SELECT r.worker_id, %s, 'list-row', r.id, %s, '{}' FROM lists_row r "
        f"WHERE r.list_id = %s{chosen} AND r.fate IN ('new', 'joined') "
        "ON CONFLICT (kind, source_id) DO NOTHING",
        [
            scope.list.sender_id,
            connection.ops.adapt_datetimefield_value(scope.list.received_at),
            scope.list.pk,
        ],
    )
    tell(made, "Menyimpan asal data")


def _stream(sql: str, params: Sequence[Any]) -> Iterator[list[tuple[Any, ...]]]:
    """The result in chunks that fit in memory, however long it is."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, params)
        while chunk := cursor.fetchmany(_FETCHED):
            yield chunk


def _dead(died_on: date | str) -> dict[str, Any]:
    day = died_on if isinstance(died_on, date) else date.fromisoformat(died_on)
    return {
        "field": "died_on",
        "level": "dead",
        "weight": 0.0,
        "text": f"pekerja ini tercatat meninggal pada {day:%d-%m-%Y}",
    }
