"""Our rules as Splink's settings: every pair weighs there what it weighs here."""

import re
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from payung.linkage.engine import link
from payung.linkage.learning import packaged_weights
from payung.linkage.levels import connect
from payung.linkage.rows import as_reference, counted, for_comparing
from payung.linkage.rules import packaged_rules
from payung.linkage.splink import splink_settings
from tests.linkage.crowds import troubled
from tests.linkage.people import ON

_SETTINGS = splink_settings(packaged_rules(), packaged_weights())


@pytest.fixture(scope="module")
def pairs() -> pl.DataFrame:
    """Every pair found and, as Splink would reckon it, its probability."""
    frame = troubled(1_000)
    found = link(frame, on=ON, weights=packaged_weights(), threshold=0.001).pairs
    rows = for_comparing(counted(as_reference(frame, packaged_rules(), ON)))
    sides = [rows.select(pl.all().name.suffix(suffix)) for suffix in ("_l", "_r")]
    both = found.join(sides[0], left_on="left_id", right_on="id_l").join(
        sides[1], left_on="right_id", right_on="id_r"
    )
    weighed = []
    for comparison in _SETTINGS["comparisons"]:
        whens, last = "", ""
        for level in comparison["comparison_levels"]:
            weight = 0.0
            if not level.get("is_null_level"):
                weight = np.log2(level["m_probability"] / level["u_probability"])
            if level["sql_condition"] == "ELSE":
                last = f"ELSE {weight!r}"
            else:
                whens += f" WHEN {level['sql_condition']} THEN {weight!r}"
        weighed.append(f"CASE {whens} {last} END".replace("np.float64", ""))
    prior = _SETTINGS["probability_two_random_records_match"]
    odds = f"{np.log2(prior / (1 - prior))} + {' + '.join(weighed)}"
    with connect() as connection:
        # with so long a query the optimiser takes longer than the answer
        connection.execute("PRAGMA disable_optimizer")
        connection.register("found", both.to_arrow(compat_level=pl.CompatLevel.newest()))
        query = f"SELECT probability, 1 / (1 + pow(2, -({odds}))) AS theirs FROM found"
        return pl.from_arrow(connection.sql(query).to_arrow_table())


def test_a_pair_has_the_same_probability(pairs: pl.DataFrame) -> None:
    assert pairs.height > 100
    assert pairs["theirs"].to_list() == pytest.approx(pairs["probability"].to_list(), abs=1e-9)


def test_a_guard_that_was_lifted_is_no_level() -> None:
    weights = replace(packaged_weights(), lifted=frozenset({"twins"}))
    every, fewer = (
        {level["label_for_charts"] for level in settings["comparisons"][-1]["comparison_levels"]}
        for settings in (_SETTINGS, splink_settings(packaged_rules(), weights))
    )
    [twins] = every - fewer
    assert "kembar" in twins


def test_every_key_is_a_blocking_rule_and_a_loose_one_asks_for_a_weak_row() -> None:
    rules = [each["blocking_rule"] for each in _SETTINGS["blocking_rules_to_generate_predictions"]]
    assert "l.nik = r.nik" in rules
    assert "substr(l.nik, 7, 10) = substr(r.nik, 7, 10) AND l.name_head = r.name_head" in rules
    assert "l.born_fold = r.born_nik_fold AND l.name_head = r.name_head" in rules
    assert "l.phone_key = r.phone_key AND (l.weak OR r.weak)" in rules


def test_the_settings_have_the_form_splink_asks_for() -> None:
    assert 0 < _SETTINGS["probability_two_random_records_match"] < 1
    for comparison in _SETTINGS["comparisons"]:
        first, *between, last = comparison["comparison_levels"]
        assert first["is_null_level"]
        assert last["sql_condition"] == "ELSE"
        for level in (*between, last):
            assert 0 < level["m_probability"] <= 1
            assert 0 < level["u_probability"] <= 1
            assert level["label_for_charts"]
            assert not re.search(r"\b[lr]\.", level["sql_condition"])
