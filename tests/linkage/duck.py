"""The stages that are SQL, on DuckDB: what Spark runs, without waiting for Spark."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from payung.identity.normal import normalise
from payung.linkage.learning import Weights
from payung.linkage.levels import connect
from payung.linkage.rules import Rules
from payung.linkage.sql import NORMAL
from payung.linkage.tables import LinkedTables, link_tables


class DuckTables:
    name = "duckdb"

    def __init__(self) -> None:
        self._connection = connect()

    def make(self, table: str, query: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE TABLE fresh AS {query}")
        self._connection.execute(f"CREATE OR REPLACE TABLE {table} AS FROM fresh")

    def normalise(self, source: str, columns: Sequence[str], on: date) -> None:
        kept = [each for each in ("id", "office") if each in columns]
        given = self.frame(source).with_columns(pl.col(columns).cast(pl.String))
        forms = normalise(given, on=on, wanted=NORMAL)
        made = [name for name in forms.columns if name in NORMAL and name not in kept]
        self.give("normalised", forms.select("number", *kept, *made))

    def view(self, table: str, query: str) -> None:
        self._connection.execute(f"CREATE OR REPLACE VIEW {table} AS {query}")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query).fetchall()

    def give(self, table: str, frame: pl.DataFrame) -> None:
        self._connection.register("given", frame.to_arrow(compat_level=pl.CompatLevel.newest()))
        self._connection.execute(f"CREATE OR REPLACE TABLE {table} AS FROM given")
        self._connection.unregister("given")

    def columns(self, table: str) -> list[str]:
        return [name for name, *_ in self.rows(f"DESCRIBE {table}")]

    def frame(self, table: str) -> pl.DataFrame:
        return pl.from_arrow(self._connection.sql(f"FROM {table}").to_arrow_table())

    def close(self) -> None:
        self._connection.close()


def linked_in_tables(
    frame: pl.DataFrame,
    on: date,
    reference: pl.DataFrame | None = None,
    rules: Rules | None = None,
    threshold: float | None = None,
    weights: Weights | None = None,
) -> tuple[LinkedTables, pl.DataFrame, pl.DataFrame]:
    """What was done, the clusters and the pairs."""
    tables = DuckTables()
    tables.give("list", _numbered(frame, 0))
    if reference is not None:
        tables.give("reference", _numbered(reference, frame.height))
    try:
        done = link_tables(
            tables, rows=frame.height, on=on, rules=rules, threshold=threshold, weights=weights,
            reference_rows=None if reference is None else reference.height,
        )  # fmt: skip
        return done, tables.frame(done.clusters), tables.frame(done.pairs)
    finally:
        tables.close()


def _numbered(frame: pl.DataFrame, first: int) -> pl.DataFrame:
    return frame.with_columns(number=pl.int_range(pl.len(), dtype=pl.Int64) + first)
