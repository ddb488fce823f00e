"""A reference in which nobody can be looked for: said, not answered with nobody."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from payung.linkage.engine import link
from payung.linkage.index import Index
from payung.linkage.rows import NoAnswer
from payung.linkage.rules import packaged_rules
from tests.linkage.duck import linked_in_tables
from tests.linkage.people import BUDI, ON, a_list, strangers

LIST = a_list(BUDI, among=20)


def _reference(*kept: str) -> pl.DataFrame:
    """People of whom only some columns are filled in, the others there and empty."""
    rows = [dict.fromkeys(row) | {name: row[name] for name in kept} for row in strangers(20, 3)]
    return pl.DataFrame(
        [{"id": f"m{at}", **row} for at, row in enumerate(rows)],
        schema=dict.fromkeys(LIST.columns, pl.String),
    )


def _in_memory(frame: pl.DataFrame, reference: pl.DataFrame) -> None:
    link(frame, reference=reference, on=ON)


def _as_sql(frame: pl.DataFrame, reference: pl.DataFrame) -> None:
    linked_in_tables(frame, ON, reference)


@pytest.mark.parametrize("linked", [_in_memory, _as_sql])
@pytest.mark.parametrize(
    ("frame", "reference", "said"),
    [
        (LIST, _reference().clear(), "^Acuan tidak berisi satu baris pun"),
        (LIST, _reference(), "^Tidak ada .* dengan acuan: isinya kosong atau tidak terbaca"),
        (LIST, _reference("sex", "kelurahan"), "^Tidak ada .* dengan acuan: isinya kosong"),
        (LIST, _reference("name"), "^Tidak ada .* dengan acuan: isinya kosong atau tidak terbaca"),
        (_reference(), LIST, "nama saja tidak menentukan orang"),
        (LIST.select("id", "nik"), _reference("name", "kelurahan"), "tidak ada di acuan"),
        (LIST.clear(), _reference().clear(), "^Daftar tidak berisi satu baris pun"),
    ],
)
def test_where_nobody_can_be_looked_for_both_engines_say_why(
    linked: Callable[[pl.DataFrame, pl.DataFrame], None],
    frame: pl.DataFrame,
    reference: pl.DataFrame,
    said: str,
) -> None:
    with pytest.raises(NoAnswer, match=said):
        linked(frame, reference)


@pytest.mark.parametrize("linked", [_in_memory, _as_sql])
def test_what_was_left_out_is_said_before_that_nothing_is_left(
    linked: Callable[[pl.DataFrame, pl.DataFrame], None],
) -> None:
    unread = pl.DataFrame({"id": ["m1", "m2"], "nik": ["3.3E+15", "3.2E+15"]})
    with pytest.raises(NoAnswer, match=r"^2 dari 2 NIK di acuan tidak terbaca.*dengan acuan"):
        linked(LIST, unread)


def test_one_row_that_can_be_compared_is_enough() -> None:
    reference = pl.concat([_reference(), LIST[:1].with_columns(id=pl.lit("budi"))])
    found = link(LIST, reference=reference, on=ON)
    assert found.pairs["right_id"].to_list() == ["budi"]


def test_of_an_index_it_is_told_too(tmp_path: Path) -> None:
    rules = packaged_rules()
    # a small index is otherwise read whole
    rules = replace(rules, blocks=tuple(block for block in rules.blocks if not block.until))
    index = Index.build([_reference("name")], tmp_path / "indeks", on=ON)
    with pytest.raises(NoAnswer, match="dengan acuan: isinya kosong atau tidak terbaca"):
        link(LIST, reference=index, rules=rules, on=ON)
    index.upsert(LIST[:1])
    assert link(LIST, reference=index, rules=rules, on=ON).pairs["right_id"].to_list() == ["0"]
