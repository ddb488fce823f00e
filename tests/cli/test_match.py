"""`payung match`: files in, proposals out."""

import json
import resource
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result
from xlsxwriter import Workbook

from payung.cli.main import main
from payung.cli.match_files import read_list
from tests.linkage.people import BUDI, a_list

INDONESIAN = {
    "name": "nama", "birth_date": "tgl_lahir", "sex": "jk", "mother_name": "nama_ibu",
    "address": "alamat", "phone": "no_hp",
}  # fmt: skip


def _match(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["match", *map(str, words)])


@pytest.fixture
def people() -> pl.DataFrame:
    return a_list(BUDI, BUDI | {"name": "H. Boedi Santosa", "phone": ""}, among=60)


def _written(frame: pl.DataFrame, path: Path) -> Path:
    if path.suffix == ".parquet":
        frame.write_parquet(path)
    elif path.suffix == ".csv":
        frame.write_csv(path)
    else:
        with Workbook(path) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, frame.columns)
            for at, row in enumerate(frame.iter_rows(), 1):
                sheet.write_row(at, 0, row)
    return path


@pytest.mark.parametrize("suffix", [".csv", ".parquet", ".xlsx"])
@pytest.mark.parametrize("headings", [{}, INDONESIAN])
def test_a_list_of_any_kind_and_with_indonesian_headings_is_matched(
    people: pl.DataFrame, tmp_path: Path, suffix: str, headings: dict[str, str]
) -> None:
    file = _written(people.rename(headings), tmp_path / f"daftar{suffix}")
    result = _match(file, "--out", tmp_path / "out", "--json")
    assert result.exit_code == 0, result.output
    summary = json.loads(result.output)
    assert summary["rows"] == 62
    clusters = pl.read_parquet(tmp_path / "out" / "clusters.parquet")
    assert clusters.columns == ["id", "cluster"]
    assert clusters["id"].to_list() == people["id"].to_list()
    assert clusters.filter(pl.col("cluster") == "0")["id"].to_list() == ["0", "1"]


def test_the_pairs_carry_a_weight_for_every_field(people: pl.DataFrame, tmp_path: Path) -> None:
    _match(_written(people, tmp_path / "a.parquet"), "--out", tmp_path)
    pairs = pl.read_parquet(tmp_path / "pairs.parquet")
    assert {
        "left_id", "right_id", "probability", "band", "w_nik", "w_name", "w_birth_date", "w_sex",
        "w_mother_name", "w_address", "w_kelurahan", "w_phone", "why",
    } <= set(pairs.columns)  # fmt: skip
    assert pairs.filter(left_id="0", right_id="1").height == 1


def test_a_reference_is_searched_and_the_list_is_not(people: pl.DataFrame, tmp_path: Path) -> None:
    reference = pl.DataFrame([{"id": "m9", **BUDI}])
    result = _match(
        _written(people, tmp_path / "a.csv"), "--reference",
        _written(reference, tmp_path / "acuan.parquet"), "--out", tmp_path, "--json",
    )  # fmt: skip
    assert json.loads(result.output)["reference_rows"] == 1
    assert set(pl.read_parquet(tmp_path / "pairs.parquet")["right_id"]) == {"m9"}


def test_lists_that_use_one_id_twice_are_told_apart_by_their_file(
    people: pl.DataFrame, tmp_path: Path
) -> None:
    one = _written(people.head(5), tmp_path / "satu.csv")
    two = _written(people.head(5), tmp_path / "dua.parquet")
    assert _match(one, two, "--out", tmp_path).exit_code == 0
    clusters = pl.read_parquet(tmp_path / "clusters.parquet")
    assert clusters["id"].to_list()[::5] == ["satu.csv:0", "dua.parquet:0"]
    assert clusters["cluster"].n_unique() == 4


def test_lists_of_one_name_are_told_apart_by_their_folders(
    people: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for office in ("a", "b"):
        Path(office).mkdir()
        _written(people.head(5), Path(office) / "daftar.csv")
    assert _match("a/daftar.csv", "b/daftar.csv", "--out", tmp_path).exit_code == 0
    clusters = pl.read_parquet(tmp_path / "clusters.parquet")
    assert clusters["id"].to_list()[::5] == ["a/daftar.csv:0", "b/daftar.csv:0"]


def test_ids_that_look_like_something_else_stay_ids(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": ["1", "2"], "nik": [BUDI["nik"]] * 2, "nama": ["Budi", "Budi"]})
    assert read_list(_written(frame, tmp_path / "a.xlsx"))["id"].to_list() == ["1", "2"]


def test_a_person_reads_what_was_done(people: pl.DataFrame, tmp_path: Path) -> None:
    said = _match(_written(people, tmp_path / "a.csv"), "--out", tmp_path / "hasil").output
    assert "62 baris" in said
    assert "61 kelompok" in said
    assert "Memori puncak" in said
    assert str(tmp_path / "hasil") in said


def test_twins_whom_a_third_row_brings_together_are_named_before_the_numbers(
    tmp_path: Path,
) -> None:
    some = {name: BUDI[name] for name in ("birth_date", "kelurahan", "mother_name", "address")}
    between = {**some, "name": "Siti Aminah", "sex": "P", "nik": "3671015203850002"}
    between["phone"] = "081200112233"
    first = between | {"nik": None}
    twin = between | {"name": "Sita Aminah"}
    file = _written(a_list(first, twin, between), tmp_path / "a.csv")
    said = _match(file, "--out", tmp_path).output
    assert said.startswith("Perhatian: 1 pasangan yang tidak boleh disatukan begitu saja")
    assert "misalnya “0” dan “1”; periksa kelompoknya." in said


def test_weights_learned_once_weigh_another_list(people: pl.DataFrame, tmp_path: Path) -> None:
    file = _written(people, tmp_path / "a.csv")
    _match(file, "--out", tmp_path / "satu")
    result = _match(
        file, "--weights", tmp_path / "satu" / "weights.yaml", "--out", tmp_path / "dua", "--json"
    )
    assert result.exit_code == 0, result.output
    one, two = (pl.read_parquet(tmp_path / each / "pairs.parquet") for each in ("satu", "dua"))
    assert one["left_id"].to_list() == two["left_id"].to_list()
    assert one["probability"].to_list() == pytest.approx(two["probability"].to_list(), abs=0.01)


def test_the_threshold_is_kept(people: pl.DataFrame, tmp_path: Path) -> None:
    file = _written(people, tmp_path / "a.csv")
    result = _match(file, "--out", tmp_path, "--threshold", "0.5", "--json")
    assert json.loads(result.output)["threshold"] == 0.5


@pytest.fixture
def bad(people: pl.DataFrame, tmp_path: Path) -> dict[str, Path]:
    whole = _written(people, tmp_path / "utuh.parquet").read_bytes()
    cut = tmp_path / "potong.parquet"
    cut.write_bytes(whole[: len(whole) // 2])
    named = _written(people.select("name"), tmp_path / "nama.csv")
    twice = people.with_columns(id=pl.lit("7"))
    return {
        "cut": cut,
        "names": named,
        "ids": _written(twice, tmp_path / "kembar.csv"),
        "none": tmp_path / "tidak-ada.csv",
        "nulls": _written(
            pl.DataFrame({"nik": [None] * 5, "name": [None] * 5}).cast(pl.String),
            tmp_path / "kosong.parquet",
        ),
    }


@pytest.mark.parametrize(
    ("which", "said"),
    [
        ("cut", "terpotong"),
        ("names", "nama saja tidak menentukan orang"),
        ("ids", "misalnya “7”"),
        ("none", "berkasnya tidak ada"),
        ("nulls", "Tidak ada yang bisa dibandingkan"),
    ],
)
def test_where_there_is_no_answer_a_sentence_says_why_and_the_status_is_2(
    bad: dict[str, Path], tmp_path: Path, which: str, said: str
) -> None:
    out = tmp_path / "out"
    result = _match(bad[which], "--out", out)
    assert result.exit_code == 2
    assert said in result.output
    assert not out.exists()
    answer: dict[str, Any] = json.loads(_match(bad[which], "--out", out, "--json").output)
    assert said in answer["error"]


def _on_spark(people: pl.DataFrame, folder: Path) -> Result:
    file = _written(people, folder / "a.csv")
    return _match(file, "--engine", "spark", "--out", folder / "out")


def test_without_pyspark_a_sentence_says_how_to_get_it(
    people: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = [name for name in sys.modules if name.startswith("pyspark.")]
    for module in ("pyspark", *loaded):
        monkeypatch.setitem(sys.modules, module, None)
    for module in ("payung.cli.match_spark", "payung.linkage.spark"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    result = _on_spark(people, tmp_path)
    assert result.exit_code == 2
    assert "pip install 'payung[spark]'" in result.output


def test_without_java_a_sentence_says_how_to_get_it(
    people: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    result = _on_spark(people, tmp_path)
    assert result.exit_code == 2
    assert "Spark memerlukan Java 17" in result.output


def test_the_index_is_not_of_spark(people: pl.DataFrame, tmp_path: Path) -> None:
    file = _written(people, tmp_path / "a.csv")
    (tmp_path / "index.json").write_text("{}")
    result = _match(file, "--reference", tmp_path, "--engine", "spark", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "--engine duckdb" in result.output


@pytest.mark.parametrize(
    ("words", "said"), [((), "sedikitnya satu DAFTAR"), (("a.csv",), "folder hasil")]
)
def test_what_is_missing_is_asked_for(words: tuple[str, ...], said: str) -> None:
    result = _match(*words)
    assert result.exit_code == 2
    assert said in result.output


def test_the_settings_for_splink_are_written_without_a_list(tmp_path: Path) -> None:
    file = tmp_path / "splink.json"
    result = _match("--splink-settings", file)
    assert result.exit_code == 0, result.output
    assert json.loads(file.read_text())["link_type"] == "dedupe_only"


def test_a_folder_that_cannot_be_written_is_told(people: pl.DataFrame, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x")
    result = _match(_written(people, tmp_path / "a.csv"), "--out", tmp_path / "berkas" / "out")
    assert result.exit_code == 2
    assert "tidak bisa ditulis" in result.output


def test_of_several_lists_the_one_that_cannot_be_read_is_named(
    people: pl.DataFrame, bad: dict[str, Path], tmp_path: Path
) -> None:
    said = _match(_written(people, tmp_path / "a.csv"), bad["cut"], "--out", tmp_path).output
    assert "potong.parquet: bukan Parquet yang utuh" in said
    assert "a.csv" not in said


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_what_is_missing_or_named_twice_is_said_before_any_engine_starts(
    people: pl.DataFrame, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _written(people, tmp_path / "a.csv")
    for module in ("payung.linkage.engine", "payung.cli.match_spark"):
        monkeypatch.setitem(sys.modules, module, None)
    rest = ("--out", tmp_path / "out", "--engine", engine)
    twice = _match(file, tmp_path / "." / "a.csv", *rest)
    assert (twice.exit_code, "a.csv disebut dua kali" in twice.output) == (2, True)
    missing = _match(file, "--reference", tmp_path / "b.csv", *rest)
    assert (missing.exit_code, "b.csv: berkasnya tidak ada" in missing.output) == (2, True)


def test_what_is_there_but_is_no_file_is_called_what_it_is(tmp_path: Path) -> None:
    assert "sebuah folder" in _match(tmp_path, "--out", tmp_path / "out").output
    # opens for nobody, not even for an administrator
    for name in ("lingkar.csv", "lingkar.parquet"):
        (tmp_path / name).symlink_to(tmp_path / name)
        result = _match(tmp_path / name, "--out", tmp_path / "out")
        assert result.exit_code == 2
        assert "tidak bisa dibuka; periksa izin membacanya" in result.output


def test_a_reference_without_rows_is_called_the_reference(
    people: pl.DataFrame, tmp_path: Path
) -> None:
    lists, reference = tmp_path / "a.csv", tmp_path / "acuan.csv"
    _written(people, lists)
    _written(people.clear(), reference)
    result = _match(lists, "--reference", reference, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "acuan.csv: Acuan tidak berisi satu baris pun." in result.output


def test_numbers_that_became_fractions_for_want_of_one_are_numbers_again(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "id": [1.0, 2.0, 3.0],
            "nik": [3374010302800001.0, None, float("nan")],
            "name": ["Budi Santoso", "Ani", "Joko"],
            "phone": [81234567890.0, 9.1e17, None],
        }
    )
    frame.write_parquet(tmp_path / "a.parquet")
    read = read_list(tmp_path / "a.parquet")
    assert read["id"].to_list() == ["1", "2", "3"]
    assert read["nik"][0] == "3374010302800001"
    assert read["phone"][0] == "81234567890"
    # too large to be exact: the last digits are not what somebody wrote
    assert read["phone"][1] != str(int(9.1e17))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-8-sig", "cp1252"])
def test_a_csv_of_any_encoding_is_read_as_the_same_rows(
    people: pl.DataFrame, tmp_path: Path, encoding: str
) -> None:
    named = people.with_columns(pl.col("name") + " Andr\u00e9").rename(INDONESIAN)
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    (tmp_path / "a.csv").write_bytes(mark + named.write_csv().encode(encoding))
    read = read_list(tmp_path / "a.csv")
    assert read["name"].to_list() == named["nama"].to_list()
    assert read["nik"].to_list() == people["nik"].to_list()


def test_columns_that_say_nothing_of_people_are_no_empty_list(tmp_path: Path) -> None:
    pl.DataFrame({"baju": ["M", "L"]}).write_parquet(tmp_path / "a.parquet")
    result = _match(tmp_path / "a.parquet", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "a.parquet: tidak ada kolom NIK atau Nama" in result.output


def test_a_row_with_an_empty_id_has_none(people: pl.DataFrame, tmp_path: Path) -> None:
    ids = pl.Series("id", ["a", "", "", *map(str, range(people.height - 3))])
    file = _written(people.with_columns(ids), tmp_path / "a.parquet")
    assert _match(file, "--out", tmp_path).exit_code == 0
    clusters = pl.read_parquet(tmp_path / "clusters.parquet")
    assert clusters["id"].to_list()[:3] == ["a", "#2", "#3"]


def test_without_an_id_a_row_has_the_number_it_has_in_a_spreadsheet(
    people: pl.DataFrame, tmp_path: Path
) -> None:
    for name, first in (("a.csv", "2"), ("a.xlsx", "2"), ("a.parquet", "1")):
        assert read_list(_written(people.drop("id"), tmp_path / name))["id"][0] == first


@pytest.mark.parametrize(
    ("words", "said"),
    [("nan", "nan bukan bilangan"), ("banyak", "'banyak' bukan bilangan"), ("2", "di luar batas")],
)
def test_a_threshold_is_a_number_between_nought_and_one(words: str, said: str) -> None:
    result = _match("a.csv", "--out", "out", "--threshold", words)
    assert result.exit_code == 2
    assert said in result.output


def test_weights_that_are_not_there_are_asked_for(tmp_path: Path) -> None:
    result = _match("a.csv", "--weights", tmp_path / "tiada.yaml", "--out", tmp_path)
    assert result.exit_code == 2
    assert "tiada.yaml: berkas bobot tidak bisa dibuka" in result.output


def test_results_take_the_place_of_earlier_ones_all_at_once_or_not_at_all(
    people: pl.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, out = _written(people, tmp_path / "a.csv"), tmp_path / "out"
    (out / "clusters.parquet").mkdir(parents=True)  # as Spark writes a table
    assert _match(file, "--out", out).exit_code == 0
    assert pl.read_parquet(out / "clusters.parquet").height == people.height
    before = {each.name: each.read_bytes() for each in out.iterdir()}
    assert set(before) == {"clusters.parquet", "pairs.parquet", "summary.json", "weights.yaml"}

    def stopped(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("payung.linkage.weights_as_text", stopped)
    shorter = _written(people.head(9), tmp_path / "b.csv")
    assert _match(shorter, "--out", out).exit_code == 1
    assert {each.name: each.read_bytes() for each in out.iterdir()} == before


def test_a_disk_that_is_full_is_told_and_nothing_is_left_half_written(
    people: pl.DataFrame, tmp_path: Path
) -> None:
    file, out = _written(people, tmp_path / "a.csv"), tmp_path / "out"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (600, before[1]))
    try:
        result = _match(file, "--out", out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert result.exit_code == 2
    assert "sisa ruangnya" in result.output
    assert list(out.iterdir()) == []
