"""`payung match --engine spark`: lists read by Spark, proposals written by Spark.

A place without a scheme is a file that every machine of the cluster sees under the same name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

import polars as pl
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as spark_sql

from payung.cli.match_files import Remarks, called, fields, read_list
from payung.linkage import Weights, weights_as_text
from payung.linkage.columns import KEPT, NUMBER, SAMPLED, for_cards
from payung.linkage.proposals import NO_REFERENCE
from payung.linkage.rows import NoAnswer
from payung.linkage.rules import COLUMNS, packaged_rules
from payung.linkage.spark import FAILURES, SparkTables
from payung.linkage.summary import Summary
from payung.linkage.tables import LinkedTables, link_tables
from payung.sheets import UnreadableFile

_OWN = (".parquet", ".csv")
_EXACT = {"double": 2**53, "float": 2**24}  # as in match_files


def match_on_spark(
    session: SparkSession,
    lists: Sequence[str],
    reference: str | None,
    out: str,
    *,
    threshold: float | None,
    weights: Weights | None,
) -> Summary:
    """Read, link and write; files and folders are as `payung match` describes them.

    Raises UnreadableFile and NoAnswer, and OSError where `out` cannot be written.
    """
    reading, place, remarks = Summary("spark", 0), _place(out), Remarks()
    if "://" not in out:
        Path(out).mkdir(parents=True, exist_ok=True)
    # no mark beside the parts of a table, so that any reader takes the folder
    session.conf.set("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
    tables = SparkTables(session, f"{place}/_work")
    try:
        with reading.stage("read"):
            rows = _numbered(tables, "list", _lists(tables, lists, remarks), 0)
            others = None
            if reference is not None:
                others = _numbered(tables, "reference", _read(tables, reference, remarks), rows)
                if not others:
                    raise NoAnswer(f"{called([reference])[0]}: {NO_REFERENCE}")
        rules = for_cards(packaged_rules()) if remarks.cards else None
        try:
            linked = link_tables(
                tables,
                rows=rows,
                reference_rows=others,
                rules=rules,
                threshold=threshold,
                weights=weights,
            )
        except NoAnswer as error:
            raise NoAnswer(" ".join([*remarks.told, str(error)])) from error
        linked.summary.warnings = [*remarks.told, *linked.summary.warnings]
        with linked.summary.stage("write"):
            _write(tables, linked, place)
    finally:
        tables.close()
        if "://" not in out:
            with suppress(OSError):
                Path(out).rmdir()  # where nothing was written
    summary = linked.summary
    summary.seconds = reading.seconds | summary.seconds
    summary.peak_memory_mb += tables.memory_mb()
    _write_text(session, f"{place}/weights.yaml", weights_as_text(linked.weights))
    text = json.dumps(summary.as_data(), ensure_ascii=False, indent=2)
    _write_text(session, f"{place}/summary.json", f"{text}\n")
    return summary


def _place(path: str) -> str:
    return path.rstrip("/") if "://" in path else Path(path).absolute().as_uri()


def _numbered(tables: SparkTables, table: str, frame: DataFrame, first: int) -> int:
    """The frame as a table with a `number` from `first`, by which a row without an id is called."""
    rows = tables.number(table, frame, first)
    number = (spark_sql.col("number") - (first - 1)).cast("string")
    called = spark_sql.coalesce("id", spark_sql.concat(spark_sql.lit("#"), number))
    tables.session.table(table).withColumn("id", called).createOrReplaceTempView(table)
    return rows


def _lists(tables: SparkTables, paths: Sequence[str], remarks: Remarks) -> DataFrame:
    """All lists as one; where two use one id, every id is led by its file's name."""
    frames = [_read(tables, path, remarks) for path in paths]
    if len(frames) > 1:
        ids = [frame.select("id").dropna().distinct() for frame in frames]
        every = ids[0]
        for each in ids[1:]:
            every = every.unionAll(each)
        if every.groupBy("id").count().filter("count > 1").limit(1).count():
            frames = [
                frame.withColumn(
                    "id", spark_sql.concat(spark_sql.lit(f"{name}:"), spark_sql.col("id"))
                )
                for name, frame in zip(called(paths), frames, strict=True)
            ]
    together = frames[0]
    for frame in frames[1:]:
        together = together.unionByName(frame, allowMissingColumns=True)
    return together


def _read(tables: SparkTables, path: str, remarks: Remarks) -> DataFrame:
    """One list as text under our columns' names, with an id and an office; or a prepared one."""
    try:
        return _known(tables, path, remarks)
    except UnreadableFile as error:
        raise UnreadableFile(f"{called([path])[0]}: {error}") from error


def _known(tables: SparkTables, path: str, remarks: Remarks) -> DataFrame:
    frame = _raw(tables.session, path)
    if {"id", "weak", *COLUMNS} == set(frame.columns):
        return frame
    known, types = fields(frame.columns), dict(frame.dtypes)
    frame = frame.select(
        *(_text(each, types[each], known[each]).alias(known[each]) for each in known)
    )
    frame = _judged(frame, {field: heading for heading, field in known.items()}, path, remarks)
    if "id" not in frame.columns:
        if len(frame.inputFiles()) > 1:
            raise UnreadableFile("terdiri dari banyak berkas, jadi setiap baris perlu kolom id.")
        tables.number("_numbered", frame)
        numbered = tables.session.table("_numbered")
        first = 2 if path.lower().endswith(".csv") else 1  # as `read_list` counts
        frame = numbered.withColumn("id", (spark_sql.col("number") + first).cast("string"))
        frame = frame.drop("number")
    office = spark_sql.col("office") if "office" in frame.columns else spark_sql.lit(None)
    return frame.withColumn("office", spark_sql.coalesce(office, spark_sql.lit(called([path])[0])))


def _judged(
    frame: DataFrame, headings: Mapping[str, str], path: str, remarks: Remarks
) -> DataFrame:
    """As `match_files` judges a column of NIKs."""
    if "nik" not in frame.columns:
        return frame
    nik, heading, (file,) = spark_sql.col("nik"), headings["nik"], called([path])
    damaged = nik.rlike(NUMBER) & ~nik.rlike(KEPT)
    counted = frame.select(spark_sql.count(nik), spark_sql.count_if(damaged))
    ((written, lost),) = counted.collect()
    remarks.count(lost, written, heading, file)
    if lost:
        frame = frame.withColumn("nik", spark_sql.when(~damaged, nik))
    told = [name for name in ("nik", "birth_date") if name in frame.columns]
    some = frame.select(told).filter(nik.isNotNull()).limit(SAMPLED).collect()
    schema = dict.fromkeys(told, pl.String)
    remarks.look_for_cards(
        pl.DataFrame([[*row] for row in some], schema, orient="row"), heading, file
    )
    return frame


def _text(column: str, kind: str, field: str) -> Column:
    """A column as `read_list` makes it text."""
    value = spark_sql.col(f"`{column}`")
    text = value.cast("string")
    if kind in _EXACT:
        whole = (value == spark_sql.floor(value)) & (spark_sql.abs(value) < _EXACT[kind])
        text = spark_sql.when(whole, value.cast("bigint").cast("string")).otherwise(text)
    return spark_sql.nullif(text, spark_sql.lit("")) if field == "id" else text


def _raw(session: SparkSession, path: str) -> DataFrame:
    """A file as it is. Parquet and plain CSV are read by Spark, every other kind as elsewhere."""
    place, suffix = _place(path), Path(path).suffix.lower()
    if suffix not in _OWN:
        return _whole(session, path)
    try:
        if suffix == ".parquet":
            return session.read.parquet(place)
        first = session.read.text(place).first()
        heading = first[0].removeprefix("\ufeff") if first else ""
        if "\0" in heading:  # UTF-16
            return _whole(session, path)
        return session.read.csv(
            place, header=True, sep=max(",;\t|", key=heading.count), quote='"', escape='"'
        )
    except FAILURES as error:
        raise UnreadableFile(
            "tidak bisa dibaca: tidak ada, atau terpotong saat disalin; minta kiriman ulang."
        ) from error


def _whole(session: SparkSession, path: str) -> DataFrame:
    rows = read_list(Path(path))
    return session.createDataFrame(rows.to_arrow(compat_level=pl.CompatLevel.oldest()))


def _write(tables: SparkTables, linked: LinkedTables, place: str) -> None:
    for table, name in ((linked.clusters, "clusters"), (linked.pairs, "pairs")):
        written = tables.session.table(table).write.mode("overwrite")
        written.parquet(f"{place}/{name}.parquet")


def _write_text(session: SparkSession, place: str, text: str) -> None:
    if place.startswith("file:"):
        Path(unquote(urlsplit(place).path)).write_text(text, "utf-8")
        return
    context = session.sparkContext
    path = context._jvm.org.apache.hadoop.fs.Path(place)  # type: ignore[union-attr]
    file = path.getFileSystem(context._jsc.hadoopConfiguration()).create(path, True)
    file.write(bytearray(text.encode()))
    file.close()
