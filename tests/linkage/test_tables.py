"""The stages as SQL find, weigh and group as those in memory do."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.linkage import learning, sql
from payung.linkage.clusters import components
from payung.linkage.engine import link
from payung.linkage.rows import NoAnswer, as_reference
from payung.linkage.rules import Block, Part, Rules, packaged_rules
from payung.linkage.summary import Summary
from payung.linkage.tables import settle_stars
from tests.linkage.crowds import troubled
from tests.linkage.duck import DuckTables, linked_in_tables
from tests.linkage.people import BUDI, ON, a_list


def _counts(summary: Summary) -> dict[str, object]:
    data = summary.as_data()
    return {
        name: value
        for name, value in data.items()
        if not name.startswith(("seconds", "peak", "engine"))
    }


@pytest.mark.parametrize("threshold", [None, 0.2])
def test_a_list_with_every_trouble_gives_the_same_proposals(
    threshold: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = troubled(1_000)
    monkeypatch.setattr(learning, "ENOUGH", 100)
    known = link(frame, on=ON, threshold=threshold)
    done, clusters, pairs = linked_in_tables(frame, ON, threshold=threshold)
    assert known.pairs.equals(pairs)
    assert known.clusters.equals(clusters)
    assert _counts(known.summary) == _counts(done.summary)
    assert known.weights == done.weights
    said = " ".join(done.summary.warnings)
    assert "dipakai oleh lebih dari 20 baris" in said
    assert "terlalu banyak yang sama" in said
    assert "1 alamat di daftar dipakai oleh lebih dari 20 baris" in said
    assert done.weights.source == "this run"


@pytest.mark.parametrize("prepared", [False, True])
def test_a_reference_gives_the_same_proposals(prepared: bool) -> None:
    frame = troubled(1_000)
    some, others = frame.gather_every(2), frame.gather_every(2, 1)
    others = others.with_columns(id="m" + pl.col("id"))
    known = link(some, reference=others, on=ON)
    if prepared:
        others = as_reference(others, packaged_rules(), ON)
    done, clusters, pairs = linked_in_tables(some, ON, others)
    assert known.pairs.equals(pairs)
    assert known.clusters.equals(clusters)
    assert _counts(known.summary) == _counts(done.summary)


def test_a_reference_prepared_under_other_rules_is_refused() -> None:
    frame = troubled(200)
    old = as_reference(frame, packaged_rules(), ON).drop("born_year")
    for linked in (
        lambda: link(frame, reference=old, on=ON),
        lambda: linked_in_tables(frame, ON, old),
    ):
        with pytest.raises(NoAnswer, match="disiapkan oleh versi Payung yang lain"):
            linked()


def _rules(*blocks: Block, largest: int = 20) -> Rules:
    rules = packaged_rules()
    given = {name: getattr(rules, name) for name in Rules.__dataclass_fields__}
    return Rules(**given | {"blocks": blocks, "largest": largest})


_PLACE = Block("place", ((Part("place"),),), False, 5, (Part("name_head"), Part("phone_key")))
_NAMES = Block("name", ((Part("name_key"),), (Part("mother_key"),)), True, 4, (Part("place"),))


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.tuples(*[st.sampled_from([None, "aa", "bb", "cc"])] * 4), min_size=1, max_size=40
    ).filter(lambda rows: any(name and place for name, place, _, _ in rows))
)
def test_any_rows_meet_in_the_same_blocks(rows: list[tuple[str | None, ...]]) -> None:
    names = ("name", "kelurahan", "mother_name", "phone")
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    frame = frame.with_columns(
        id=pl.format("{}", pl.row_index()),
        phone=pl.lit("08120000000") + pl.col("phone").replace({"aa": "1", "bb": "2", "cc": "3"}),
    )
    rules = _rules(_PLACE, _NAMES, largest=3)
    prepared = as_reference(frame, rules, ON)
    known = link(prepared, on=ON, rules=rules, threshold=0.01)
    done, clusters, pairs = linked_in_tables(prepared, ON, rules=rules, threshold=0.01)
    assert known.summary.pairs_found == done.summary.pairs_found
    assert known.pairs.equals(pairs)
    assert known.clusters.equals(clusters)
    assert known.summary.warnings == done.summary.warnings


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda e: e[0] < e[1])))
def test_stars_are_the_connected_components(edges: list[tuple[int, int]]) -> None:
    tables = DuckTables()
    schema = {"one": pl.Int64, "other": pl.Int64}
    tables.give("edges", pl.DataFrame(edges, schema=schema, orient="row"))
    settle_stars(tables, "edges")
    found = {other: one for one, other in tables.rows("SELECT one, other FROM stars")}
    tables.close()
    sides = np.array(edges, np.uint32).reshape(-1, 2)
    known = components(10, sides[:, 0], sides[:, 1])
    assert [found.get(row, row) for row in range(10)] == known.tolist()


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (a_list(BUDI, among=5).select("id", "name"), "nama saja tidak menentukan orang"),
        (a_list(*[BUDI] * 30, among=0).select("id", "nik"), "1 NIK dipakai oleh lebih dari 20"),
        (a_list(BUDI, among=5).select("id", "phone"), "Tidak ada kolom NIK atau Nama"),
        (a_list(BUDI, among=5).with_columns(id=pl.lit("7")), "misalnya “7”"),
        (a_list(BUDI, among=5).clear(), "tidak berisi satu baris pun"),
    ],
)
def test_where_there_is_no_answer_the_sentence_is_the_same(frame: pl.DataFrame, said: str) -> None:
    with pytest.raises(NoAnswer, match=said) as here:
        link(frame, on=ON)
    with pytest.raises(NoAnswer) as there:
        linked_in_tables(frame, ON)
    assert str(here.value) == str(there.value)


def test_in_spark_a_group_of_a_pattern_has_another_sign() -> None:
    query = r"SELECT regexp_replace(name, '(a)b', '\1$', 'g')"
    assert sql.spark(query) == r"SELECT REGEXP_REPLACE(name, '(a)b', '$1\\$')"


def test_what_spark_would_do_otherwise_is_refused() -> None:
    with pytest.raises(ValueError, match="every match"):
        sql.spark("SELECT regexp_replace(name, 'a', 'b')")
