import runpy
import sys
from pathlib import Path

import pytest

from payung.law import Parameters, all_parameters
from payung.law.parameters import parse_parameters
from payung.law.reference import PAGE, reference

DOCS = Path(__file__).parents[2] / PAGE


def test_the_page_in_docs_is_what_the_parameters_give():
    if DOCS.read_text("utf-8") != reference(all_parameters()):
        pytest.fail(f"{PAGE} is not what the parameters give; run `make law` and commit it")


def section(page: str, parameter_id: str) -> str:
    return page.split(f"### `{parameter_id}`\n")[1].split("\n## ")[0].split("\n### ")[0]


def test_every_value_stands_there_with_its_days_article_and_certainty():
    page = reference(all_parameters())
    for each in all_parameters().by_id.values():
        text = section(page, each.id)
        assert each.description in text
        assert each.english in text
        rows = text.split("\n\n")[1].splitlines()[2:]
        assert len(rows) == len(each.values)
        for row, dated in zip(rows, each.values, strict=True):
            _, since, until, source, seen, _ = (cell.strip() for cell in row.split(" |")[:6])
            assert since.lstrip("| ") == str(dated.since)
            assert until == str(dated.until or "–")
            assert source == str(dated.source)
            assert seen == ("ya / yes" if dated.verified else "**belum / no**")


EXAMPLE = """
subject: Contoh
english: Example
parameters:
  - id: contoh.tarif
    description: Tarif
    english: Rate
    unit: rate
    values:
      - from: 2020-01-01
        to: 2020-12-31
        value: "0.24"
        source: &source { regulation: PP 1/2020, article: Pasal 2 }
        verified: true
      - from: 2021-01-01
        value: "1.5"
        source: *source
        verified: false
        note: Naik | lagi.
        note_english: Up again.
  - id: contoh.tabel
    description: Tabel
    english: Table
    unit: table
    columns: [code, base, outcomes, required]
    optional_columns: [source, verified, note]
    values:
      - from: 2020-01-01
        to: 2020-12-31
        value: &rows
          - code: a
            base: 1100000
            outcomes: [x, y]
            required: true
            source: *source
            verified: false
          - { code: b, base: 2026, outcomes: [], required: false }
        source: *source
        verified: true
      - from: 2021-01-01
        value: *rows
        source: *source
        verified: true
"""


def example() -> str:
    return reference(
        Parameters({each.id: each for each in parse_parameters(EXAMPLE, "contoh.yaml")})
    )


def test_a_value_is_written_by_its_unit_with_both_notes():
    text = section(example(), "contoh.tarif")
    assert "| 0,24% | 2020-01-01 | 2020-12-31 | PP 1/2020 Pasal 2 | ya / yes |  |" in text
    assert (
        "| 1,5% | 2021-01-01 | – | PP 1/2020 Pasal 2 | **belum / no** "
        "| Naik \\| lagi. · *Up again.* |"
    ) in text


def test_a_table_is_written_once_with_the_columns_it_uses():
    text = section(example(), "contoh.tabel")
    assert "| 2 baris di bawah / rows below | 2020-01-01 |" in text
    assert "| seperti / as since 2020-01-01 | 2021-01-01 |" in text
    assert text.count("| code | base | outcomes | required | regulation | seen in the text |") == 1
    assert "| a | 1.100.000 | x, y | ya / yes | PP 1/2020 Pasal 2 | **belum / no** |" in text
    assert "| b | 2026 |  | tidak / no |  |  |" in text


def test_the_page_says_how_much_has_been_seen():
    assert "2 parameter, 4 nilai bertanggal, 3 di antaranya dilihat di naskah." in example()


def test_it_is_written_by_running_the_module(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["reference", str(tmp_path / "law.md")])
    monkeypatch.delitem(sys.modules, "payung.law.reference")
    runpy.run_module("payung.law.reference", run_name="__main__")
    assert (tmp_path / "law.md").read_text("utf-8") == reference(all_parameters())
