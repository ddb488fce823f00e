"""Linkage on Apache Spark: a session, and its tables for `tables.link_tables`.

PySpark is not among what Payung needs (`payung[spark]`); this module is loaded only when asked for.
The executors need a Python with Payung.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
from py4j.protocol import Py4JError  # type: ignore[import-untyped]
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as spark_sql
from pyspark.sql.pandas.functions import arrow_udf

from payung.linkage.sql import DATES, FUNCTIONS, NORMAL, spark

_LOCAL = re.compile(r"local(\[.*\])?")
_SUBMITTED = "PYSPARK_GATEWAY_PORT"
_LOG = Path(__file__).with_name("log4j2.properties")
# nothing of a run on one machine is offered to the network, nor logged
_ON_ONE_MACHINE = {
    "spark.driver.defaultJavaOptions": f"-Dlog4j2.configurationFile={_LOG.as_uri()}",
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.showConsoleProgress": "false",
}


# what is made of a list's columns, as Spark calls its kinds, and what stays as it was given
_KEPT = ("id", "office")
_FORMS = {name: "date" if name in DATES else "string" for name in NORMAL if name not in _KEPT}
# what comes of reading or writing what cannot be read or written
FAILURES = (PySparkException, Py4JError)


class NoSpark(Exception):
    """Spark cannot be started; the text says in Indonesian why and what to do."""


def session(master: str | None, settings: Mapping[str, str] | None = None) -> SparkSession:
    """A session on `master`, such as "local[*]" or "spark://host:7077".

    Without one, that of `spark-submit` or else this machine. `settings` go before those of
    spark-defaults.conf. Raises NoSpark.
    """
    if not shutil.which("java") and "JAVA_HOME" not in os.environ:
        raise NoSpark(
            "Spark memerlukan Java 17 atau 21 dan tidak menemukannya. Pasang, misalnya "
            "apt install openjdk-17-jre-headless, lalu jalankan lagi."
        )
    if master is None and _SUBMITTED not in os.environ:
        master = "local[*]"
    builder = SparkSession.builder.appName("payung match")
    # the workers of this machine are this Python
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    chosen = {
        "spark.sql.session.timeZone": "Asia/Jakarta",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }
    if master is not None:
        builder = builder.master(master)
        if is_one_machine(master):
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
            chosen |= _ON_ONE_MACHINE
    for name, value in (chosen | dict(settings or {})).items():
        builder = builder.config(name, value)
    try:
        started = builder.getOrCreate()
        if master is not None and is_one_machine(master):
            context = started.sparkContext
            # no sums of bytes beside every file, which other readers take for tables
            files = context._jvm.org.apache.hadoop.fs.FileSystem  # type: ignore[union-attr]
            files.getLocal(context._jsc.hadoopConfiguration()).setWriteChecksum(False)
        return started
    except (PySparkException, OSError, RuntimeError) as error:
        raise NoSpark(f"Spark tidak bisa dimulai: {str(error).splitlines()[0]}") from error


def is_one_machine(master: str) -> bool:
    """Whether a master is this machine alone."""
    return _LOCAL.fullmatch(master) is not None


class SparkTables:
    """Tables of a Spark session, kept as Parquet under `work`, which every executor can reach.

    Kept in memory, a table's plan would hold the plans of all the tables it came from.
    """

    name = "spark"

    def __init__(self, spark_session: SparkSession, work: str) -> None:
        self.session = spark_session
        self._work = work.rstrip("/")
        self._made = 0
        for name, function in _functions().items():
            kind = "double" if name == "jaro_winkler_similarity" else "int"
            spark_session.udf.register(FUNCTIONS[name], arrow_udf(function, kind))  # type: ignore[call-overload]

    def make(self, table: str, query: str) -> None:
        """Keep the rows of a query until `close`."""
        self._keep(table, self.session.sql(spark(query)))

    def normalise(self, source: str, columns: Sequence[str], on: date) -> None:
        """Make `normalised`, in Polars where the rows lie: as SQL its rules took ten times as
        long."""
        kind = f"struct<{', '.join(f'{name}: {each}' for name, each in _FORMS.items())}>"
        form = arrow_udf(_normaliser(on), kind)  # type: ignore[call-overload]
        read = [spark_sql.col(each).cast("string").alias(each) for each in columns]
        forms = form(spark_sql.struct(*read))
        kept = ["number", *(each for each in columns if each in _KEPT)]
        frame = self.session.table(source).select(*kept, forms.alias("forms"))
        self._keep("normalised", frame.select(*kept, "forms.*"))

    def _keep(self, table: str, frame: DataFrame) -> None:
        self._made += 1
        path = f"{self._work}/{self._made:03d}-{table}"
        frame.write.parquet(path)
        self.session.read.schema(frame.schema).parquet(path).createOrReplaceTempView(table)

    def view(self, table: str, query: str) -> None:
        """Give a query a name."""
        self.session.sql(spark(query)).createOrReplaceTempView(table)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The few rows of a query."""
        return [tuple(row) for row in self.session.sql(spark(query)).collect()]

    def give(self, table: str, frame: pl.DataFrame) -> None:
        """Make a small table of a frame."""
        self.session.createDataFrame(_arrow(frame)).createOrReplaceTempView(table)

    def columns(self, table: str) -> list[str]:
        """The names of a table's columns."""
        return list(self.session.table(table).columns)

    def number(self, table: str, frame: DataFrame, first: int = 0) -> int:
        """Make a table of a frame whose rows have a `number`, from `first` on; says how many.

        Rows of one file keep their order.
        """
        at = spark_sql.spark_partition_id()
        counts: dict[int, int] = dict(
            tuple(row) for row in frame.groupBy(at.alias("at")).count().collect()
        )
        starts, total = [0] * (max(counts, default=0) + 1), 0
        for each in sorted(counts):
            starts[each] = first + total
            total += counts[each]
        # the number Spark gives counts from 0 in each part, above its upper bits
        inside = spark_sql.monotonically_increasing_id().bitwiseAND(2**33 - 1)
        before = spark_sql.array(*(spark_sql.lit(each).cast("bigint") for each in starts))
        start = spark_sql.element_at(before, at + 1)
        frame.withColumn("number", inside + start).createOrReplaceTempView(table)
        return total

    def memory_mb(self) -> int:
        """The most memory Spark's process on this machine held, in megabytes; 0 where unknown."""
        gateway = self.session.sparkContext._jvm
        process = gateway.java.lang.ProcessHandle.current().pid()  # type: ignore[union-attr]
        try:
            status = Path(f"/proc/{process}/status").read_text()
        except OSError:
            return 0
        held = re.search(r"VmHWM:\s+(\d+) kB", status)
        return int(held[1]) // 1024 if held else 0

    def close(self) -> None:
        """Delete all that was kept."""
        context = self.session.sparkContext
        path = context._jvm.org.apache.hadoop.fs.Path(self._work)  # type: ignore[union-attr]
        path.getFileSystem(context._jsc.hadoopConfiguration()).delete(path, True)


def _arrow(frame: pl.DataFrame) -> pa.Table:
    """As Spark reads it: no views of strings."""
    return frame.to_arrow(compat_level=pl.CompatLevel.oldest())


def _normaliser(on: date) -> Callable[[pa.Array], pa.Array]:
    """Structs of a list's columns to structs of _FORMS."""
    kinds = _FORMS

    def normalised(people: pa.Array) -> pa.Array:
        import os

        # a task has one core
        os.environ.setdefault("POLARS_MAX_THREADS", "1")
        import polars as pl
        import pyarrow as pa

        from payung.identity.normal import normalise

        given = pl.DataFrame(pa.Table.from_batches([pa.RecordBatch.from_struct_array(people)]))
        made = normalise(given, on=on, wanted=kinds)
        types = {name: {"date": pa.date32(), "string": pa.string()}[kinds[name]] for name in kinds}
        columns = [
            made[name].rechunk().to_arrow(compat_level=pl.CompatLevel.oldest()).cast(each)
            if name in made.columns
            else pa.nulls(made.height, each)
            for name, each in types.items()
        ]
        return pa.StructArray.from_arrays(columns, names=list(types))

    return normalised


def _functions() -> dict[str, Callable[[pa.Array, pa.Array], pa.Array]]:
    """What Spark lacks, as DuckDB has it."""

    def pairwise(left: Any, right: Any, scorer: Any, kind: str) -> Any:
        import pyarrow as pa
        import pyarrow.compute as pc  # type: ignore[import-untyped]
        from rapidfuzz.process import cpdist

        known = pc.and_(left.is_valid(), right.is_valid())
        sides = (pc.fill_null(side, "").to_pylist() for side in (left, right))
        return pc.if_else(known, pa.array(cpdist(*sides, scorer=scorer, dtype=kind)), None)

    def jaro_winkler(left: pa.Array, right: pa.Array) -> pa.Array:
        from rapidfuzz.distance import JaroWinkler

        return pairwise(left, right, JaroWinkler.similarity, "float64")

    def damerau_levenshtein(left: pa.Array, right: pa.Array) -> pa.Array:
        from rapidfuzz.distance import DamerauLevenshtein

        return pairwise(left, right, DamerauLevenshtein.distance, "int32")

    def hamming(left: pa.Array, right: pa.Array) -> pa.Array:
        from rapidfuzz.distance import Hamming

        return pairwise(left, right, Hamming.distance, "int32")

    return {
        "jaro_winkler_similarity": jaro_winkler,
        "damerau_levenshtein": damerau_levenshtein,
        "hamming": hamming,
    }
