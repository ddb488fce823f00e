"""A column of NIKs that holds something else: `payung match` says where, what and what to do."""

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner
from xlsxwriter import Workbook

from payung.cli.main import main
from payung.cli.match_files import read_pieces
from tests.linkage.people import a_list, strangers
from tests.support.cards import families

# of Papua: above 2**53, where a fraction keeps only every second number
PAPUA = ("9101014512800017", "9171031203850019", "9271010101900003")


def _summary(file: Path, out: Path, *more: str) -> dict[str, Any]:
    result = CliRunner().invoke(main, ["match", str(file), "--out", str(out), "--json", *more])
    assert result.exit_code == 0, result.output
    summary: dict[str, Any] = json.loads(result.output)
    return summary


def _papua() -> pl.DataFrame:
    """Three people whose NIK no fraction keeps, each on two rows, among others."""
    twice = [row | {"nik": nik} for row, nik in zip(strangers(3, 9), PAPUA, strict=True)] * 2
    return a_list(*twice, among=60).rename({"nik": "No. KTP"})


def _written(people: pl.DataFrame, path: Path) -> Path:
    """With the NIKs as numbers."""
    numbers = people["No. KTP"].cast(pl.Int64).cast(pl.Float64)
    if path.suffix == ".parquet":
        people.with_columns(numbers).write_parquet(path)
    elif path.suffix == ".csv":
        people.with_columns(numbers.map_elements("{:.15E}".format, pl.String)).write_csv(path)
    else:
        with Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, people.columns)
            for at, row in enumerate(people.with_columns(numbers).iter_rows(), 1):
                sheet.write_row(at, 0, row)
    return path


@pytest.mark.parametrize("suffix", [".parquet", ".xlsx", ".csv"])
def test_niks_that_a_fraction_cannot_keep_are_unknown_and_said(tmp_path: Path, suffix: str) -> None:
    file = _written(_papua(), tmp_path / f"papua{suffix}")
    first, *_ = _summary(file, tmp_path / "out")["warnings"]
    assert "NIK di kolom “No. KTP” pada papua" in first
    assert first.startswith("6 dari 66 NIK") or suffix != ".parquet"
    assert "Jadikan kolom itu teks" in first
    pairs = pl.read_parquet(tmp_path / "out" / "pairs.parquet")
    of_papua = pairs.filter(pl.col("left_id").is_in(["0", "1", "2"]))
    assert of_papua.height == 3
    # the NIKs say nothing; the rest of the row does
    assert not of_papua["why"].str.contains("NIK").any()


def test_fractions_that_keep_their_niks_are_no_matter(tmp_path: Path) -> None:
    people = a_list(among=60).rename({"nik": "No. KTP"})
    assert _summary(_written(people, tmp_path / "a.parquet"), tmp_path)["warnings"] == []


def test_an_index_tells_of_them_too_however_many_pieces_it_is_read_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_pieces, "__defaults__", (None, 20))
    file = _written(_papua(), tmp_path / "acuan.parquet")
    for words in (("build", file, "--out", tmp_path / "i"), ("add", tmp_path / "i", file)):
        result = CliRunner().invoke(main, ["index", *map(str, words)])
        assert result.exit_code == 0, result.output
        assert result.output.startswith("Perhatian: 6 dari 66 NIK di kolom “No. KTP” pada acuan")


def test_where_nothing_else_is_known_the_lost_niks_are_why(tmp_path: Path) -> None:
    people = pl.DataFrame({"nik": [float(nik) for nik in PAPUA * 2]})
    people.write_parquet(tmp_path / "a.parquet")
    words = ["match", str(tmp_path / "a.parquet"), "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 2
    assert "6 dari 6 NIK di kolom “nik” pada a.parquet" in result.output
    assert "angka terakhirnya hilang" in result.output


def _families(count: int) -> pl.DataFrame:
    """The first person is listed twice."""
    rows = families(count, 10)
    return pl.DataFrame([*rows, rows[0]], ["nik", "nama"], orient="row")


def test_a_list_of_family_cards_is_one_finding_and_not_hundreds_of_questions(
    tmp_path: Path,
) -> None:
    _families(300).write_csv(tmp_path / "kk.csv")
    summary = _summary(tmp_path / "kk.csv", tmp_path / "out")
    first, *_ = summary["warnings"]
    assert first.startswith("Kolom “nik” pada kk.csv tampaknya berisi nomor Kartu Keluarga")
    assert summary["bands"].get("review", 0) < 10
    clusters = pl.read_parquet(tmp_path / "out" / "clusters.parquet")
    assert clusters.filter(pl.len().over("cluster") > 1)["id"].to_list() == ["2", "902"]


@pytest.mark.parametrize("birth_dates", [True, False])
def test_a_list_of_people_of_all_ages_is_not_taken_for_cards(
    tmp_path: Path, birth_dates: bool
) -> None:
    people = a_list(among=300)
    people = people if birth_dates else people.drop("birth_date")
    people.write_csv(tmp_path / "a.csv")
    assert _summary(tmp_path / "a.csv", tmp_path)["warnings"] == []


def test_boys_whose_birth_dates_agree_with_their_niks_are_not_taken_for_cards(
    tmp_path: Path,
) -> None:
    boys = _families(60).unique("nik", maintain_order=True)
    day, month, year = (pl.col("nik").str.slice(at, 2) for at in (6, 8, 10))
    boys = boys.with_columns(tgl_lahir=pl.format("{}-{}-20{}", day, month, year))
    boys.write_csv(tmp_path / "a.csv")
    assert not any("Kartu" in each for each in _summary(tmp_path / "a.csv", tmp_path)["warnings"])
