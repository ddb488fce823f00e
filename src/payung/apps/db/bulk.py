"""Writing many rows at once, past the ORM: executemany on SQLite, COPY on PostgreSQL.

Used only by services that then write one audit event for the whole act.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from django.db import connection, models

CHUNK = 5_000


def insert(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows (tuples in the order of `fields`) into the model's table; returns how many.

    fields: names of model fields; a foreign key takes its id. Values: str, int, bool, date,
    datetime, None, or list and dict for a JSON field. Constant memory: rows are consumed in
    chunks. Runs in the caller's transaction.
    """
    meta = model._meta
    columns = [meta.get_field(name).column for name in fields]
    json_at = [i for i, f in enumerate(fields) if isinstance(meta.get_field(f), models.JSONField)]
    converters: list[tuple[int, Callable[[Any], Any]]] = [(i, _json) for i in json_at]
    if connection.vendor != "postgresql":
        for i, name in enumerate(fields):
            field = meta.get_field(name)
            if isinstance(field, models.DateTimeField):
                converters.append((i, connection.ops.adapt_datetimefield_value))
            elif isinstance(field, models.DateField):
                converters.append((i, date.isoformat))
    return fill(meta.db_table, columns, _converted(rows, converters))


def fill(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows into a table that need not have a model, such as a temporary one.

    Values as the database's driver takes them. On PostgreSQL `rows` may not come from a query
    that is still being read. Returns how many; runs in the caller's transaction.
    """
    table = connection.ops.quote_name(table)
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    if connection.vendor == "postgresql":
        return _copy(f"COPY {table} ({quoted}) FROM STDIN", rows)
    marks = ", ".join("?" * len(columns))
    return _executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", rows)  # noqa: S608


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _json(value: Any) -> str:
    return "{}" if value == {} else _encode(value)


def _converted(
    rows: Iterable[Sequence[Any]], converters: Sequence[tuple[int, Callable[[Any], Any]]]
) -> Iterator[Sequence[Any]]:
    """The rows with the values at some places turned into what the database's driver takes."""
    if not converters:
        yield from rows
        return
    for row in rows:
        made = list(row)
        for i, convert in converters:
            if made[i] is not None:
                made[i] = convert(made[i])
        yield made


def _copy(statement: str, rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _executemany(statement: str, rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    iterator = iter(rows)
    connection.ensure_connection()
    raw = connection.connection
    while chunk := list(islice(iterator, CHUNK)):
        raw.executemany(statement, chunk)
        count += len(chunk)
    return count


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Ids for `count` rows that are about to be inserted with their id; nobody else gets them.

    Rising, not always without gaps. On SQLite the caller's transaction must insert them.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT {next_id(model)} FROM generate_series(1, %s)", [count])  # noqa: S608
            return [number for (number,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        first = (found[0] if found else 0) + 1
        return list(range(first, first + count))


def next_id(model: type[models.Model]) -> str:
    """SQL for a column of new ids, rising in the order of its query.

    On SQLite the caller's transaction must insert them before anybody else asks.
    """
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        # named as a constant: looked up once per statement, not once per row
        return f"nextval('{_sequence(table)}'::regclass)"
    last = f"COALESCE((SELECT seq FROM sqlite_sequence WHERE name = '{table}'), 0)"  # noqa: S608
    return f"{last} + ROW_NUMBER() OVER ()"


@cache
def _sequence(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        return str(cursor.fetchone()[0])


def execute(sql: str, params: Sequence[Any] | dict[str, Any] = ()) -> int:
    """Run one set-based statement in the caller's transaction; returns the rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def analyze(*tables: str) -> None:
    """Tell PostgreSQL how its tables look now, after a bulk write and before joins over it.

    Its own statistics follow some minutes later; until then it may choose plans that take the
    square of the time. SQLite chooses by the indexes and needs nothing.
    """
    if connection.vendor == "postgresql":
        execute("ANALYZE " + ", ".join(tables))
