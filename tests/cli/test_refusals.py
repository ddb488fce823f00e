"""What `payung match` and `payung index` cannot read of a command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from payung.cli.main import main

_OUT = ("--out", "hasil")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("match", "a.csv", *_OUT, "--threshold", "2"), "2.0 di luar batas 0<x<1"),
        (("match", "a.csv", *_OUT, "--threshold", "nan"), "nan bukan bilangan"),
        (("match", "a.csv", *_OUT, "--threshold", "banyak"), "'banyak' bukan bilangan"),
        (("match", "a.csv", *_OUT, "--engine", "mesin"), "'mesin' tidak dikenal"),
        (("match", "a.csv", "--splink-settings", "."), "sebuah folder, bukan berkas"),
        (("match", "a.csv", *_OUT, "--nix"), "Tidak ada pilihan '--nix'"),
        (("match", "a.csv"), "Sebutkan folder hasil dengan --out."),
        (("match", *_OUT), "Sebutkan sedikitnya satu DAFTAR."),
        (("match", "a.csv", *_OUT), "a.csv: berkasnya tidak ada"),
        (("match", "a.csv", *_OUT, "--weights", "b.yaml"), "b.yaml: berkas bobot tidak bisa"),
        (("index",), "Tidak ada pilihan '--json'"),
        (("index", "nix"), "Tidak ada perintah 'nix'"),
        (("index", "build", "a.csv"), "Belum disebut pilihan '--out'"),
        (("index", "build", "a.csv", *_OUT), "a.csv: berkasnya tidak ada"),
        (("index", "add", "acuan"), "Belum diisi 'DAFTAR'"),
        (("index", "info", "acuan"), "acuan bukan indeks acuan"),
        (("index", "info", "acuan", "lagi"), "Isian berlebih: lagi"),
    ],
)
def test_a_refusal_is_one_json_object_where_json_was_asked_for(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(main, [*words, "--json"])
    plain = CliRunner().invoke(main, list(words))
    assert told.exit_code == 2
    assert told.stderr == ""
    answer = json.loads(told.stdout)
    assert list(answer) == ["error"]
    assert said in answer["error"]
    assert plain.exit_code == 2
    assert plain.stdout == ""
    assert len(words) == 1 or said in plain.stderr


def test_json_among_words_that_are_no_options_is_none() -> None:
    told = CliRunner().invoke(main, ["match", "--threshold", "2", "--", "--json"])
    assert told.stdout == ""
    assert "2.0 di luar batas" in told.stderr
