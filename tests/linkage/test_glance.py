"""In a long list only pairs that agree in enough to the letter are compared."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import polars as pl
import pytest
from benchmarks.linkage.generator import make, write_with_reference

from payung.linkage.blocking import SAMPLE, Candidates, candidates
from payung.linkage.engine import link
from payung.linkage.index import Index
from payung.linkage.learning import Weights, packaged_weights
from payung.linkage.rows import counted, prepare
from payung.linkage.rules import Rules, RulesError, packaged_rules, parse_rules
from tests.linkage.duck import linked_in_tables
from tests.linkage.people import BUDI, ON, Row, a_list

_PACKAGED = packaged_rules()
NAMES = ("rows", "reference")
# of Budi's birth date and sex and with the head of his name: thirteen points
OTHER: Row = {
    "nik": "3573022203850009",
    "name": "Budiman Wijaya",
    "birth_date": "12-03-1985",
    "sex": "L",
    "mother_name": "Kartini",
    "address": "Kp. Bojong 3",
    "kelurahan": "Kunciran",
    "phone": "085799887766",
}


def _glancing(*blocks: str) -> Rules:
    """The rules with which even a short list is glanced at."""
    assert _PACKAGED.glance
    kept = tuple(each for each in _PACKAGED.blocks if each.name in blocks or not blocks)
    return replace(_PACKAGED, blocks=kept, glance=replace(_PACKAGED.glance, above=0))


def _found(one: Row, other: Row, *, before: int = 1, block: str = "born-name") -> Candidates:
    """The pairs found of two rows, the first of which stands behind some others."""
    nobody = dict.fromkeys(BUDI, "") | {"name": "Zulkarnaen"}
    rows = prepare(a_list(*[nobody] * before, one, other, among=0), _PACKAGED, ON)
    return candidates(rows, _glancing(block))


@pytest.mark.parametrize(
    ("other", "compared"),
    [
        (OTHER, 0),
        (OTHER | {"name": BUDI["name"]}, 0),
        (OTHER | {"kelurahan": BUDI["kelurahan"]}, 0),
        (OTHER | {"kelurahan": BUDI["kelurahan"], "name": BUDI["name"]}, 1),
        (OTHER | {"mother_name": BUDI["mother_name"]}, 1),
        (OTHER | {"mother_name": "Sumiyem"}, 0),
        (OTHER | {"address": BUDI["address"]}, 1),
        (OTHER | {"phone": BUDI["phone"]}, 1),
        (OTHER | {"mother_name": BUDI["mother_name"], "sex": "P"}, 0),
        # one NIK is enough; its first twelve digits; the last ten hold little but the date
        (OTHER | {"nik": BUDI["nik"]}, 1),
        (OTHER | {"nik": "3671011203850099"}, 1),
        (OTHER | {"nik": "3573021203850001"}, 0),
        (OTHER | {"nik": "3573021203850001", "kelurahan": BUDI["kelurahan"]}, 1),
        # who does not say his NIK, mother or address may be one person with who does; of phones and
        # places so much is unknown, and so much shared, that it says little
        (OTHER | {"nik": "", "mother_name": ""}, 1),
        (OTHER | {"nik": ""}, 0),
        (OTHER | {"address": "", "mother_name": ""}, 1),
        (OTHER | {"phone": "", "kelurahan": ""}, 0),
    ],
)
def test_pairs_that_differ_in_too_much_are_not_compared(other: Row, compared: int) -> None:
    found = _found(BUDI, other)
    assert found.found == {"born-name": 1}
    assert len(found.left) == compared
    assert not found.sample.any()


@pytest.mark.parametrize(("born", "compared"), [("05-11-1985", 1), ("05-11-1986", 0)])
def test_of_two_dates_the_year_says_something(born: str, compared: int) -> None:
    namesake = {"name": BUDI["name"], "mother_name": BUDI["mother_name"], "birth_date": born}
    found = _found(BUDI, OTHER | namesake, block="name-mother")
    assert found.found == {"name-mother": 1}
    assert len(found.left) == compared


def test_of_those_left_out_some_are_compared_and_stand_for_the_others_in_learning() -> None:
    found = _found(BUDI, OTHER, before=SAMPLE)
    assert list(zip(found.left, found.right, strict=True)) == [(SAMPLE, SAMPLE + 1)]
    assert found.sample.tolist() == [True]


def test_with_weights_that_are_known_none_of_them_is_compared() -> None:
    rows = prepare(a_list(OTHER, BUDI, among=0), _PACKAGED, ON)
    assert candidates(rows, _glancing()).sample.tolist() == [True]
    assert not len(candidates(rows, _glancing(), learning=False).left)


def test_short_lists_are_compared_whole() -> None:
    assert _PACKAGED.glance
    most = _PACKAGED.glance.above
    assert _PACKAGED.for_rows(most).glance is None
    assert _PACKAGED.for_rows(most + 1).glance == _PACKAGED.glance
    rows = prepare(a_list(BUDI, OTHER, among=0), _PACKAGED, ON)
    assert len(candidates(rows, _PACKAGED.for_rows(rows.height)).left) == 1


def test_next_to_nobody_is_lost() -> None:
    made = make(20_000, "serang", seed=7)
    rows = counted(prepare(made.rows, _PACKAGED, ON))
    all_blocks = _PACKAGED.for_rows(30_000).blocks
    person = made.truth.sort("id")["person"].to_numpy()
    assert made.rows["id"].is_sorted()

    def people(rules: Rules) -> tuple[int, int]:
        found = candidates(rows, rules)
        same = person[found.left] == person[found.right]
        return len(found.left), int(same.sum())

    compared, true = people(replace(_PACKAGED, blocks=all_blocks, glance=None))
    fewer, found = people(replace(_glancing(), blocks=all_blocks))
    assert fewer - found < (compared - true) / 2
    assert found > 0.998 * true


@pytest.mark.parametrize("weights", [None, packaged_weights()], ids=["learning", "known"])
def test_both_engines_leave_out_the_same_pairs(weights: Weights | None) -> None:
    rows = make(1_500, "tangerang", seed=3).rows
    rules = _glancing()
    here = link(rows, rules=rules, weights=weights, on=ON)
    there, clusters, pairs = linked_in_tables(rows, ON, rules=rules, weights=weights)
    assert here.summary.pairs_found == there.summary.pairs_found
    assert here.summary.pairs_compared == there.summary.pairs_compared
    assert here.summary.pairs_compared < link(rows, on=ON).summary.pairs_compared
    assert here.pairs.equals(pairs)
    assert here.clusters.equals(clusters)


def test_a_column_that_is_none_is_not_looked_at() -> None:
    text = (files("payung.linkage") / "rules.yaml").read_text("utf-8")
    with pytest.raises(RulesError, match="unknown column 'shoe_size'"):
        parse_rules(text.replace("{ place: 3 }", "{ shoe_size: 3 }"))


def test_between_a_list_and_a_reference_pairs_are_glanced_at_too(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    write_with_reference(folder, 600, 3_000, seed=5)
    listed, reference = (pl.read_parquet(folder / f"{name}.parquet") for name in NAMES)
    rules = _glancing()
    index = Index.build([reference], tmp_path / "index", on=ON, rules=rules)
    whole = link(listed, reference=reference, on=ON)
    known = link(listed, reference=reference, rules=rules, on=ON)
    assert known.summary.pairs_compared < whole.summary.pairs_compared
    done, _, pairs = linked_in_tables(listed, ON, reference, rules=rules)
    assert known.pairs.equals(pairs)
    assert known.summary.pairs_found == done.summary.pairs_found
    long = replace(rules, blocks=tuple(each for each in rules.blocks if not each.until))
    sought = link(listed, reference=index, rules=long, on=ON)
    known = link(listed, reference=reference, rules=long, on=ON)
    order = ["left_id", "right_id"]
    assert sought.pairs.sort(order).equals(known.pairs.sort(order))
    assert sought.summary.pairs_compared == known.summary.pairs_compared
