"""`payung index`: a reference prepared once, changed in place, and matched against."""

import json
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result
from xlsxwriter import Workbook

from payung.cli.main import main
from tests.linkage.people import BUDI, a_list, strangers

MEMBERS = a_list(BUDI, among=60).with_columns(id=pl.concat_str(pl.lit("m"), "id"))


def _payung(*words: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, words)))


def _told(*words: str | Path) -> dict[str, Any]:
    result = _payung(*words, "--json")
    assert result.exit_code == 0, result.output
    told: dict[str, Any] = json.loads(result.output)
    return told


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("indeks")
    file = folder / "peserta.parquet"
    MEMBERS.rename({"name": "nama", "birth_date": "tgl_lahir"}).write_parquet(file)
    assert _told("index", "build", file, "--out", folder / "acuan")["rows"] == 61
    return folder / "acuan"


@pytest.fixture
def index(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "acuan"))


def _file(rows: pl.DataFrame, path: Path) -> Path:
    if path.suffix == ".xlsx":
        with Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, rows.columns)
            for at, row in enumerate(rows.iter_rows(), 1):
                sheet.write_row(at, 0, [cell or "" for cell in row])
    elif path.suffix == ".csv":
        rows.write_csv(path)
    else:
        rows.write_parquet(path)
    return path


def test_a_list_is_matched_against_an_index_as_against_its_file(
    index: Path, tmp_path: Path
) -> None:
    listed = _file(a_list(BUDI | {"nik": ""}, *strangers(5)), tmp_path / "a.csv")
    members = _file(MEMBERS, tmp_path / "peserta.parquet")
    for reference, out in ((index, "satu"), (members, "dua")):
        told = _told("match", listed, "--reference", reference, "--out", tmp_path / out)
        assert told["reference_rows"] == 61
    for name in ("pairs.parquet", "clusters.parquet"):
        one, other = (pl.read_parquet(tmp_path / out / name) for out in ("satu", "dua"))
        assert one.equals(other)
    assert "m0" in pl.read_parquet(tmp_path / "satu" / "pairs.parquet")["right_id"]


def test_what_was_sought_in_the_index_is_told(index: Path, tmp_path: Path) -> None:
    listed = _file(a_list(BUDI), tmp_path / "a.csv")
    said = _payung("match", listed, "--reference", index, "--out", tmp_path / "out").output
    assert "mencari di indeks" in said


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
def test_rows_are_added_and_replaced_by_their_ids(index: Path, tmp_path: Path, suffix: str) -> None:
    rows = pl.concat([MEMBERS[:2], MEMBERS[2:4].with_columns(id=pl.Series(["n1", "n2"]))])
    told = _told("index", "add", index, _file(rows, tmp_path / f"baru{suffix}"))
    assert (told["added"], told["replaced"], told["rows"]) == (4, 2, 63)
    assert _told("index", "info", index)["rows"] == 63


def test_rows_are_taken_out_by_a_list_of_ids(index: Path, tmp_path: Path) -> None:
    file = tmp_path / "keluar.csv"
    file.write_text("Id;nama\nm1;x\nm2;x\nm999;x\n".replace(";", ","))
    told = _told("index", "remove", index, file)
    assert (told["removed"], told["unknown"], told["rows"]) == (2, 1, 59)


def test_a_person_reads_what_was_done(index: Path, tmp_path: Path) -> None:
    said = _payung("index", "add", index, _file(MEMBERS[:2], tmp_path / "a.csv")).output
    assert "2 baris ditambahkan, 2 digantikan." in said
    assert f"Indeks {index}: 61 baris dalam" in said


def test_an_index_is_read_whole_to_see_that_nothing_changed(index: Path) -> None:
    told = _told("index", "verify", index)
    assert told["verified_bytes"] == sum(file.stat().st_size for file in index.glob("*/*"))
    assert "tidak ada yang berubah sejak ditulis" in _payung("index", "verify", index).output
    keys = index / "part-0001" / "nik.parquet"
    keys.write_bytes(keys.read_bytes()[:-1])
    result = _payung("index", "verify", index)
    assert result.exit_code == 2
    assert "part-0001/nik.parquet hilang, terpotong, atau berubah" in result.output


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
def test_a_list_without_ids_is_not_added(index: Path, tmp_path: Path, suffix: str) -> None:
    file = _file(MEMBERS.drop("id"), tmp_path / f"a{suffix}")
    result = _payung("index", "add", index, file)
    assert result.exit_code == 2
    assert "perlu id" in result.output
    assert _told("index", "info", index)["rows"] == 61


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("index", "info", "tidak-ada"), "bukan indeks acuan"),
        (("index", "add", "tidak-ada", "a.csv"), "bukan indeks acuan"),
        (("index", "build", "tidak-ada.parquet", "--out", "baru"), "berkasnya tidak ada"),
        (("index", "build", "potong.parquet", "--out", "baru"), "terpotong"),
        (("index", "build", "kosong.parquet", "--out", "baru"), "tidak berisi satu baris"),
        (("index", "build", "a.csv", "--out", "."), "berisi hal lain"),
        (("index", "remove", "acuan", "tanpa-id.csv"), "tidak punya kolom id"),
        (("match", "a.csv", "--reference", "rusak", "--out", "out"), "hilang, terpotong"),
        (("match", "a.csv", "--reference", ".", "--out", "out"), "bukan indeks acuan"),
    ],
)
def test_where_there_is_no_answer_a_sentence_says_why_and_the_status_is_2(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    whole = _file(MEMBERS, tmp_path / "utuh.parquet").read_bytes()
    (tmp_path / "potong.parquet").write_bytes(whole[: len(whole) // 2])
    _file(MEMBERS[:0], tmp_path / "kosong.parquet")
    _file(MEMBERS, tmp_path / "a.csv")
    (tmp_path / "tanpa-id.csv").write_text("nama\nBudi\n")
    spoilt = Path(shutil.copytree(index, tmp_path / "rusak")) / "part-0001" / "rows.arrow"
    spoilt.write_bytes(spoilt.read_bytes()[:-50])
    result = _payung(*words)
    assert result.exit_code == 2, result.output
    assert said in result.output
    answer = json.loads(_payung(*words, "--json").output)
    assert said in answer["error"]
    assert not (tmp_path / "out").exists()


def test_only_where_no_id_is_needed_is_one_advised_to_leave_them_out(
    index: Path, tmp_path: Path
) -> None:
    twice = _file(pl.concat([MEMBERS[:1]] * 2), tmp_path / "dua.parquet")
    said = "1 id dipakai oleh lebih dari satu baris, misalnya “m0”; beri setiap baris id sendiri"
    added = _payung("index", "add", index, twice)
    assert added.output.strip().endswith(f"{said}.")
    built = _payung("index", "build", twice, "--out", tmp_path / "baru")
    assert built.output.strip().endswith(f"{said}, atau hapus kolom id.")
