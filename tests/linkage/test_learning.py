"""Weights learned without labels."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from payung.linkage.learning import (
    Weights,
    WeightsError,
    judge,
    learn,
    packaged_weights,
    parse_weights,
    weights_as_text,
)
from payung.linkage.levels import Scheme
from payung.linkage.rules import FIELDS, MISSING, packaged_rules

ON = date(2026, 11, 22)
RULES = packaged_rules()
SCHEME = Scheme(RULES)


def _drawn(weights: Weights, pairs: int, share: float, seed: int = 3) -> np.ndarray:
    """Patterns of pairs whose fields are drawn independently by m or u."""
    rng = np.random.default_rng(seed)
    same = rng.random(pairs) < share
    pattern, radix = np.zeros(pairs, np.int64), 1
    for name, size in SCHEME.sizes.items():
        if name in FIELDS:
            names = [level.name for level in RULES.fields[name] if level.name != MISSING]
            for side, here in ((weights.m, same), (weights.u, ~same)):
                shares = np.array([side[name][level] for level in names])
                drawn = rng.choice(len(names), int(here.sum()), p=shares / shares.sum()) + 1
                pattern[here] += drawn * radix
        radix *= size
    return pattern.astype(np.uint32)


def _learned(patterns: np.ndarray, start: Weights) -> Weights:
    found, counts = np.unique(patterns, return_counts=True)
    return learn(found, counts, RULES, start, rows=9, on=ON, source="test")


def test_the_shares_that_made_the_pairs_are_found_again() -> None:
    truth = packaged_weights()
    phone = {"equal": 0.5, "different": 0.5}
    truth = replace(truth, m={**truth.m, "phone": phone})
    found = _learned(_drawn(truth, 200_000, 0.3), packaged_weights())
    assert found.m["phone"]["equal"] == pytest.approx(0.5, abs=0.05)
    assert found.m["name"]["equal"] == pytest.approx(truth.m["name"]["equal"], abs=0.05)
    assert found.u["birth_date"]["equal"] == pytest.approx(truth.u["birth_date"]["equal"], abs=0.05)
    assert found.prior == pytest.approx(np.log2(0.3 / 0.7), abs=0.3)


def test_a_search_that_takes_another_group_for_people_is_not_believed() -> None:
    # names and birth dates agree by chance alone, which no list of people shows
    start = packaged_weights()
    assert _learned(_drawn(start, 300_000, 0.002), start) is start


def test_too_few_pairs_teach_nothing() -> None:
    start = packaged_weights()
    assert _learned(_drawn(start, 500, 0.3), start) is start


def test_what_was_learned_tells_its_day_its_rows_and_its_pairs() -> None:
    found = _learned(_drawn(packaged_weights(), 5_000, 0.3), packaged_weights())
    assert (found.learned, found.rows, found.pairs) == (ON, 9, 5_000)


def test_weights_are_read_as_they_were_written() -> None:
    weights = packaged_weights()
    again = parse_weights(weights_as_text(weights), RULES)
    assert (again.learned, again.rows, again.pairs) == (
        weights.learned, weights.rows, weights.pairs,
    )  # fmt: skip
    for field, levels in weights.m.items():
        for level in levels:
            assert again.of(field, level) == pytest.approx(weights.of(field, level), abs=0.01)


def test_the_packaged_weights_have_m_and_u_of_every_level() -> None:
    weights = packaged_weights()
    for field, levels in RULES.weighed.items():
        assert set(weights.m[field]) == set(weights.u[field]) == set(levels) - {MISSING}
    assert weights.of("nik", "equal") > 5
    assert weights.of("name", "different") < -3
    assert weights.of("nik", MISSING) == 0
    assert weights.rows >= 100_000


@pytest.mark.parametrize(
    "text",
    ["", "fields: 7", "learned: 2026-11-22\nsource: x\nrows: 1\npairs: 1\nprior: 0\nfields: {}"],
)
def test_weights_that_do_not_fit_the_rules_are_refused(text: str) -> None:
    with pytest.raises(WeightsError):
        parse_weights(text, RULES)


def test_a_guard_weighs_what_is_declared() -> None:
    patterns = _drawn(packaged_weights(), 20_000, 0.5)
    judged = judge(np.unique(patterns), np.ones(len(np.unique(patterns)), int), RULES,
                   packaged_weights())  # fmt: skip
    assert (judged.guard >= 0).any()
    for at in range(len(judged.patterns)):
        guard = int(judged.guard[at])
        assert judged.guarding[at] == (RULES.guards[guard].weight if guard >= 0 else 0)
