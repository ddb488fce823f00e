"""One person once: what link() puts together, how surely, and why it says so."""

import subprocess
import sys
from datetime import date

import polars as pl
import pytest

from payung.linkage.engine import link
from payung.linkage.proposals import OTHERWISE
from payung.linkage.rows import NoAnswer
from payung.linkage.rules import packaged_rules
from tests.linkage.people import BUDI, ON, Row, a_list, linked, pair, strangers, together


@pytest.mark.parametrize(
    "otherwise",
    [
        {},
        {"name": "H. BUDI SANTOSO, S.Pd", "phone": "+62 812-0011-2233"},
        {"name": "Boedi Santosa"},
        {"nik": "3671011203850010"},
        {"nik": "", "phone": ""},
        {"birth_date": "1985-03-12", "kelurahan": "Babakan"},
        {"birth_date": ""},
        {"birth_date": "03-12-1985"},
        {"nik": "3671011203580001"},
        {"birth_date": "01-01-1985", "mother_name": ""},
    ],
)
def test_a_person_written_another_way_is_found(otherwise: Row) -> None:
    assert together(linked(BUDI, BUDI | otherwise), "0", "1")


def test_strangers_stay_alone() -> None:
    found = linked(among=1_000)
    assert found.summary.clusters == 1_000
    assert found.pairs.filter(band="same").is_empty()


def test_a_pair_tells_its_weights_and_they_add_up_to_its_probability() -> None:
    found = linked(BUDI, BUDI | {"phone": "", "birth_date": "12-03-1986"})
    told = pair(found)
    assert told is not None
    total = sum(value for name, value in told.items() if name.startswith("w_"))
    total += found.weights.prior
    assert told["probability"] == pytest.approx(1 / (1 + 2**-total))
    assert told["w_phone"] == 0


def test_the_clerk_reads_what_is_the_same_and_what_differs() -> None:
    told = pair(linked(BUDI, BUDI | {"nik": "3671011203950001", "phone": "", "address": ""}))
    assert told is not None
    assert told["why"] == (
        "Tanggal lahir, jenis kelamin, nama ibu, dan kelurahan sama; "
        "NIK berbeda satu angka atau dua angka bertukar tempat; "
        "nama sama dan jarang di daftar; peluang di atas 0,99."
    )


def test_names_that_are_the_same_only_in_uniform_spelling_are_told_so() -> None:
    for name, told in (("BUDI  SANTOSO", False), ("H. Boedi Santosso", True)):
        found = linked(BUDI, BUDI | {"name": name}, among=60)
        (why,) = found.pairs.filter(left_id="0", right_id="1")["why"]
        assert ("nama sama setelah ejaannya diseragamkan" in why) is told
    assert OTHERWISE not in found.pairs.columns


def test_a_name_says_less_the_more_rows_of_the_list_bear_it() -> None:
    twice = [BUDI, BUDI | {"nik": "", "address": "", "kelurahan": "Poris"}]
    others = [row | {"name": BUDI["name"]} for row in strangers(150, 5)]
    rare, common = pair(linked(*twice)), pair(linked(*twice, *others))
    assert rare is not None
    assert common is not None
    assert common["w_name"] < rare["w_name"]
    assert "umum di daftar" in common["why"]


def test_the_threshold_comes_from_the_declared_costs() -> None:
    costs = packaged_rules().costs
    assert linked(BUDI, BUDI).summary.threshold == pytest.approx(costs.threshold, abs=1e-4)
    # one pair more or less at the threshold costs the same either way
    assert (1 - costs.threshold) * costs.wrong == pytest.approx(costs.threshold * costs.missed)
    assert (1 - costs.same) * costs.wrong == pytest.approx(costs.look)
    assert costs.different * costs.missed == pytest.approx(costs.look)


def test_a_higher_threshold_expects_fewer_wrong_and_more_missed() -> None:
    rows = [row | {"nik": "", "phone": ""} for row in strangers(300)]
    again = [row | {"mother_name": "", "address": ""} for row in rows]
    low, high = (linked(*rows, *again, threshold=at) for at in (0.2, 0.999))
    assert high.summary.expected_wrong < low.summary.expected_wrong
    assert high.summary.expected_missed > low.summary.expected_missed


def test_the_same_list_gives_the_same_answer_whatever_the_order_of_its_rows() -> None:
    rows = a_list(BUDI, *strangers(300, 2), *strangers(300, 2), BUDI | {"name": "Boedi Santosa"})
    one, other = (link(each, on=ON) for each in (rows, rows.reverse()))

    def groups(clusters: pl.DataFrame) -> set[frozenset[str]]:
        return {frozenset(ids) for ids in clusters.group_by("cluster").agg("id")["id"].to_list()}

    assert groups(one.clusters) == groups(other.clusters)
    assert one.summary.pairs_compared == other.summary.pairs_compared


def test_dates_may_be_dates() -> None:
    frame = pl.DataFrame(
        {"id": ["a", "b"], "name": ["Budi Santoso", "Boedi Santoso"],
         "birth_date": [date(1985, 3, 12)] * 2, "mother_name": ["Sumiati"] * 2}
    )  # fmt: skip
    assert together(link(frame, on=ON), "a", "b")


def test_against_a_reference_the_list_itself_is_not_compared() -> None:
    reference = pl.DataFrame([{"id": "m1", **BUDI}, {"id": "m2", **strangers(9)[0]}])
    found = link(a_list(BUDI, BUDI, among=50), reference=reference, on=ON)
    assert set(found.pairs["right_id"]) <= {"m1", "m2"}
    assert set(found.pairs.filter(right_id="m1")["left_id"]) == {"0", "1"}
    listed = found.clusters.filter(side="list")
    assert listed.height == 52
    assert found.clusters.filter(side="reference")["id"].to_list() == ["m1", "m2"]
    assert found.summary.reference_rows == 2


def test_the_summary_tells_work_time_and_memory() -> None:
    summary = linked(BUDI, BUDI).summary.as_data()
    stages = ["normalise", "block", "compare", "weigh", "cluster", "explain"]
    assert list(summary["seconds"]) == stages
    assert summary["rows"] == 202
    assert summary["pairs_compared"] >= 1
    assert summary["peak_memory_mb"] > 0
    assert summary["seconds_total"] == pytest.approx(sum(summary["seconds"].values()))


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (pl.DataFrame({"name": []}, schema={"name": pl.String}), "tidak berisi satu baris"),
        (pl.DataFrame({"phone": ["081200112233"]}), "Tidak ada kolom NIK atau Nama"),
        (pl.DataFrame({"name": ["Budi Santoso"] * 50}), "nama saja tidak menentukan orang"),
        (pl.DataFrame({"nik": [None] * 9, "name": [None] * 9}), "Tidak ada yang bisa"),
        (pl.DataFrame({"id": ["7", "7", "8"], "nik": ["1", "2", "3"]}), "misalnya “7”"),
    ],
)
def test_where_there_is_no_answer_a_sentence_says_why(frame: pl.DataFrame, said: str) -> None:
    with pytest.raises(NoAnswer, match=said):
        link(frame, on=ON)


def test_asking_for_linkage_loads_neither_polars_nor_duckdb() -> None:
    code = (
        "import sys, payung.linkage as l; l.match_key; "
        "sys.exit(any(m in sys.modules for m in ('polars', 'duckdb', 'pyarrow', 'numpy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
