"""Which rows are compared at all."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.linkage import blocking
from payung.linkage.blocking import candidates
from payung.linkage.rows import prepare
from payung.linkage.rules import Block, Part, Rules, packaged_rules
from tests.linkage.people import BUDI, ON, Row, a_list, strangers


def _rows(*rows: Row) -> pl.DataFrame:
    return prepare(a_list(*rows, among=0), packaged_rules(), ON)


def _pairs(rows: pl.DataFrame, rules: Rules, boundary: int | None = None) -> set[tuple[int, int]]:
    found = candidates(rows, rules, boundary)
    return set(zip(found.left.tolist(), found.right.tolist(), strict=True))


def _only(name: str) -> Rules:
    rules = packaged_rules()
    (block,) = (block for block in rules.blocks if block.name == name)
    return _with(block)


def _with(*blocks: Block) -> Rules:
    return replace(packaged_rules(), blocks=blocks, glance=None)


@pytest.mark.parametrize(
    ("block", "otherwise"),
    [
        ("nik", {"name": "Orang Lain", "birth_date": "02-02-1990"}),
        ("nik-first-15", {"nik": "3671011203850009", "birth_date": ""}),
        ("nik-first-12", {"nik": "3671011203854321"}),
        ("nik-last-10", {"nik": "3603051203850001"}),
        ("born-name", {"nik": "", "mother_name": ""}),
        ("born-name", {"nik": "", "birth_date": "03-12-1985"}),
        ("born-name", {"nik": "3671051203854444", "birth_date": "02-02-1990"}),
        ("born-mother", {"nik": "", "name": "Orang Lain"}),
        ("name-mother", {"nik": "", "birth_date": ""}),
        ("phone", {"nik": "", "name": "Orang Lain", "birth_date": ""}),
        ("name-place", {"nik": "", "birth_date": "", "mother_name": ""}),
    ],
)
def test_each_block_finds_its_own_kind_of_damage(block: str, otherwise: Row) -> None:
    assert _pairs(_rows(BUDI, BUDI | otherwise), _only(block)) == {(0, 1)}


@pytest.mark.parametrize("block", ["phone", "name-place"])
def test_a_loose_block_compares_only_where_a_row_is_weak(block: str) -> None:
    other = BUDI | {"nik": "3671051507900007", "birth_date": "15-07-1990"}
    weak = other | {"nik": ""}
    assert _pairs(_rows(BUDI, other), _only(block)) == set()
    assert _pairs(_rows(BUDI, weak), _only(block)) == {(0, 1)}


def test_a_pair_found_in_many_blocks_is_one_pair() -> None:
    found = candidates(_rows(BUDI, BUDI), packaged_rules())
    assert sum(found.found.values()) > 1
    assert (found.left.tolist(), found.right.tolist()) == ([0], [1])


def test_against_a_reference_only_pairs_across_are_compared() -> None:
    rows = _rows(BUDI, BUDI, BUDI, BUDI)
    assert _pairs(rows, packaged_rules(), 2) == {(0, 2), (0, 3), (1, 2), (1, 3)}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=1, max_size=30))
def test_a_block_is_exactly_the_rows_that_share_its_key(keys: list[str | None]) -> None:
    rows = pl.DataFrame({"place": keys, "name_key": keys, "weak": [False] * len(keys)})
    rows = rows.cast({"place": pl.String, "name_key": pl.String})
    block = Block("b", ((Part("place"),),), loose=False, limit=40, longer=())
    wanted = {
        (one, other)
        for one in range(len(keys))
        for other in range(one + 1, len(keys))
        if keys[one] is not None and keys[one] == keys[other]
    }
    assert _pairs(rows, _with(block)) == wanted


def _crowd(names: int) -> pl.DataFrame:
    """60 rows of one place that bear so many names."""
    return pl.DataFrame(
        {
            "place": ["cikokol"] * 60,
            "name_key": [f"nama {at % names:03d}" for at in range(60)],
            "weak": [False] * 60,
        }
    )


def test_a_block_above_its_limit_takes_a_longer_key() -> None:
    block = Block("b", ((Part("place"),),), False, 10, (Part("name_key"),))
    found = candidates(_crowd(30), _with(block))
    assert len(found.left) == 30
    assert np.all(found.right - found.left == 30)
    assert not found.cut


def test_a_block_no_key_can_cut_compares_neighbours_and_says_so() -> None:
    block = Block("b", ((Part("place"),),), False, 10, (Part("name_key"),))
    found = candidates(_crowd(1), _with(block))
    assert found.cut == {"b": (1, 60)}
    assert 60 <= len(found.left) <= 60 * 10


def test_pairs_grow_with_the_list_and_not_with_its_square(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocking, "_AFFORDED", 0)  # as in a list long enough for it not to count
    rows = _rows(*strangers(4_000, 4)).with_columns(pl.lit("asep").alias("name_head"))
    crowded = rows.with_columns(pl.col("born_fold") // 100)
    found = candidates(crowded, _only("born-name"))
    # 490 months of one name head: whole blocks would be 16,000 pairs
    assert 500 < len(found.left) <= 4_000


def test_against_a_reference_pairs_grow_with_the_list_however_long_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(blocking, "_AFFORDED", 0)
    rows = _rows(*strangers(4_000, 4)).with_columns(pl.lit("asep").alias("name_head"))
    crowded = rows.with_columns(pl.col("born_fold") // 100)
    (block,) = _only("born-name").blocks
    found = candidates(crowded, _with(block), 100)
    # a month has eight rows: whole blocks would be 800 pairs
    assert 20 < len(found.left) <= 100


def test_only_short_lists_are_searched_widely() -> None:
    rules = packaged_rules()
    wide = {block.name: block.until for block in rules.blocks if block.until}
    assert wide
    shortest = min(wide.values())
    assert rules.for_rows(shortest).blocks == rules.blocks
    long = rules.for_rows(max(wide.values()) + 1)
    assert not wide.keys() & {block.name for block in long.blocks}
    assert long.fields is rules.fields


def test_in_a_short_list_one_damaged_in_nearly_every_field_is_still_compared() -> None:
    damaged = BUDI | {
        "nik": None,
        "name": "Boedy Santosa",
        "birth_date": "21-03-1986",
        "mother_name": None,
        "address": "Jl. Mawar No. 3",
        "phone": None,
    }
    rows = _rows(BUDI, damaged, *strangers(50))
    rules = packaged_rules()
    assert (0, 1) not in _pairs(rows, rules.for_rows(1_000_000))
    assert (0, 1) in _pairs(rows, rules.for_rows(rows.height))
