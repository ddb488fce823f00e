"""`payung match --engine spark` proposes what it does without: one session, on this machine."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from polars.testing import assert_frame_equal
from pyspark.sql import SparkSession

from payung.cli.main import main
from payung.linkage import sql
from payung.linkage.rules import Rules
from payung.linkage.spark import SparkTables, session
from payung.linkage.sql import FUNCTIONS
from tests.linkage.crowds import troubled
from tests.linkage.duck import DuckTables

# what is to be done is little: compiling it costs more than doing it
_SMALL = {
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.lightweightPlanChangeValidation": "false",
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": (
        "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC "
        "-XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"
    ),
}
_MASTER = "local[2]"


@pytest.fixture
def spark() -> Iterator[SparkSession]:
    started = session(_MASTER, _SMALL)
    yield started
    started.stop()


def _match(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["match", *map(str, words)])


def _both(out: Path, *words: str | Path) -> tuple[dict[str, object], ...]:
    """The summaries of both engines, what they wrote being the same."""
    summaries = []
    for engine in ("duckdb", "spark"):
        result = _match(
            *words, "--out", out / engine, "--engine", engine, "--master", _MASTER, "--json"
        )
        assert result.exit_code == 0, result.output
        summaries.append(json.loads(result.output))
        assert json.loads((out / engine / "summary.json").read_text()) == summaries[-1]
    for name in ("clusters", "pairs"):
        here, there = (
            pl.read_parquet(out / engine / f"{name}.parquet") for engine in ("duckdb", "spark")
        )
        assert_frame_equal(here, there, rel_tol=1e-12)
    texts = [(out / engine / "weights.yaml").read_text() for engine in ("duckdb", "spark")]
    assert texts[0] == texts[1]
    # nothing else stays
    names = {path.name for path in (out / "spark").iterdir()}
    assert names == {"clusters.parquet", "pairs.parquet", "summary.json", "weights.yaml"}
    return tuple(summaries)


# one test, as Spark starts slowly and tests of one file may run in several processes
def test_spark_does_what_is_done_without(
    capfd: pytest.CaptureFixture[str],
    spark: SparkSession,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    subtests: pytest.Subtests,
) -> None:
    with subtests.test("a list with every trouble gives the same proposals"):
        _every_trouble(tmp_path / "satu")
    with subtests.test("lists of other kinds and a reference, glanced at, give the same proposals"):
        monkeypatch.setattr(Rules, "for_rows", _as_if_long(Rules.for_rows))
        _reference(tmp_path / "dua")
    with subtests.test("the functions of the rules give the same values"):
        _functions(SparkTables(spark, f"file://{tmp_path}/kerja"))
    with subtests.test("what cannot be read is told"):
        _unreadable(tmp_path / "tiga")
    with subtests.test("a reference in which nobody can be looked for is told"):
        _bare_reference(tmp_path / "empat")
    with subtests.test("nothing is logged before, between or after our own sentences"):
        lines = capfd.readouterr().err.splitlines()
        # of Java itself, before any of Spark runs
        assert [line for line in lines if "incubator modules" not in line] == []


def _as_if_long(for_rows: Callable[[Rules, int], Rules]) -> Callable[[Rules, int], Rules]:
    """As many rows as there are decide but whether pairs are glanced at: they always are."""
    return lambda rules, rows: replace(for_rows(rules, rows), glance=rules.glance)


def _every_trouble(folder: Path) -> None:
    folder.mkdir()
    troubled(1_000).write_parquet(folder / "daftar.parquet")
    here, there = _both(folder, folder / "daftar.parquet")
    for name in set(here) - {"engine", "seconds", "seconds_total", "peak_memory_mb"}:
        assert here[name] == there[name], name
    assert there["engine"] == "spark"
    assert there["largest_cluster"] > 20
    assert there["peak_memory_mb"] > here["peak_memory_mb"]
    assert set(here["seconds"]) - {"explain"} <= set(there["seconds"])


def _reference(folder: Path) -> None:
    folder.mkdir()
    some, others = troubled(1_000).head(300), troubled(1_000).tail(500)
    # some rows have no id, and for want of a NIK the others' became fractions, which do not keep
    # one of Papua
    nik = pl.col("nik").cast(pl.Float64, strict=False)
    nik = pl.when(pl.row_index() == 9).then(9101014512800017.0).otherwise(nik).alias("nik")
    some, others = (
        each.with_columns(pl.col("id").replace(dict.fromkeys(each["id"][:5], "")))
        for each in (some, others.with_columns(nik))
    )
    one, two = folder / "satu.csv", folder / "dua.csv"
    indonesian = {"name": "nama", "birth_date": "tgl_lahir", "mother_name": "nama_ibu"}
    some.head(200).rename(indonesian).write_csv(one, separator=";")
    one.write_bytes(one.read_text().encode("utf-16"))
    some.tail(100).drop("id", "office").write_csv(two)
    others.write_parquet(folder / "acuan.parquet")
    here, there = _both(folder, one, two, "--reference", folder / "acuan.parquet")
    assert here["pairs_found"] == there["pairs_found"]
    assert here["pairs_compared"] == there["pairs_compared"] < max(here["pairs_found"].values())
    assert here["warnings"] == there["warnings"]
    assert "kolom “nik” pada acuan.parquet tersimpan sebagai bilangan" in there["warnings"][0]
    assert (there["rows"], there["reference_rows"]) == (300, 500)
    assert there["clustered_rows"] > 0


def _bare_reference(folder: Path) -> None:
    folder.mkdir()
    people = troubled(1_000).head(20).drop("id")
    people.write_parquet(folder / "daftar.parquet")
    people.clear().write_parquet(folder / "kosong.parquet")
    people.select("name").write_parquet(folder / "nama.parquet")
    for name, said in (
        ("kosong", "kosong.parquet: Acuan tidak berisi satu baris pun."),
        ("nama", "Tidak ada yang bisa dibandingkan dengan acuan: isinya kosong"),
    ):
        words = folder / "daftar.parquet", "--reference", folder / f"{name}.parquet"
        here, there = (
            _match(*words, "--out", folder / "out", "--engine", engine, "--master", _MASTER)
            for engine in ("duckdb", "spark")
        )
        assert (here.exit_code, there.exit_code) == (2, 2)
        assert said in here.output
        assert here.output == there.output
        assert not (folder / "out").exists()


def _functions(tables: SparkTables) -> None:
    texts = sorted({text for text in troubled(1_000)["name"].str.to_lowercase() if text})[:300]
    given = pl.DataFrame({"a": texts, "b": [texts[-1], None, *texts[:-2]]})
    query = """
        SELECT round(jaro_winkler_similarity(a, b), 12), damerau_levenshtein(a, b),
            hamming(substr(a, 1, 4), substr(b, 1, 4)), split_part(a, ' ', 2),
            list_has_all(string_split(a, ' '), string_split(b, ' ')), contains(a, b),
            regexp_replace(a, '([a-z])[a-z]*', '\\1', 'g')
        FROM given ORDER BY a
    """
    assert set(FUNCTIONS.values()) <= set(re.findall("payung_[a-z_]+", sql.spark(query).lower()))
    # Hamming's distance is of texts of one length
    long = pl.all_horizontal((pl.all().str.len_chars() > 3).fill_null(value=True))
    duck = DuckTables()
    for each in (duck, tables):
        each.give("given", given.filter(long))
    assert duck.rows(query) == tables.rows(query)
    duck.close()


def _unreadable(folder: Path) -> None:
    folder.mkdir()
    (folder / "potong.parquet").write_bytes(b"PAR1\0\0\0")
    for name, said in (("tidak-ada.csv", "berkasnya tidak ada"), ("potong.parquet", "terpotong")):
        result = _match(
            folder / name, "--out", folder / "out", "--engine", "spark", "--master", _MASTER
        )
        assert result.exit_code == 2
        assert said in result.output
        assert not (folder / "out").exists()
