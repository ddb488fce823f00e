"""A reference in which nobody can be looked for: said, not answered with nobody."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from payung.linkage.engine import link
from payung.linkage.index import Index
from payung.linkage.rows import NoAnswer
from payung.linkage.rules import packaged_rules
from tests.linkage.people import BUDI, ON, a_list, strangers

LIST = a_list(BUDI, among=20)


def _reference(*kept: str) -> pl.DataFrame:
    """People of whom only some columns are filled in, the others there and empty."""
    rows = [dict.fromkeys(row) | {name: row[name] for name in kept} for row in strangers(20, 3)]
    return pl.DataFrame(
        [{"id": f"m{at}", **row} for at, row in enumerate(rows)],
        schema=dict.fromkeys(LIST.columns, pl.String),
    )


@pytest.mark.parametrize("kept", [(), ("sex", "kelurahan"), ("name",)])
def test_a_reference_whose_every_telling_column_is_empty_is_told(kept: tuple[str, ...]) -> None:
    with pytest.raises(NoAnswer, match="dengan acuan: isinya kosong atau tidak terbaca"):
        link(LIST, reference=_reference(*kept), on=ON)


def test_an_empty_list_is_told_of_before_the_reference() -> None:
    with pytest.raises(NoAnswer, match="nama saja tidak menentukan orang"):
        link(_reference(), reference=LIST, on=ON)


def test_niks_here_and_names_there_have_nothing_in_common() -> None:
    niks = LIST.select("id", "nik")
    with pytest.raises(NoAnswer, match="tidak ada di acuan"):
        link(niks, reference=_reference("name", "kelurahan"), on=ON)


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
