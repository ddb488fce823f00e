"""How far probabilities are borne out, and the errors a run expects."""

import numpy as np
import pytest
from benchmarks.linkage.reliability import seen_in

from payung.linkage.reliability import (
    Band,
    Reliability,
    ReliabilityError,
    borne_out,
    packaged_reliability,
    parse_reliability,
    reliability_as_text,
)

_FREE = np.zeros(1, bool)
_SPREAD = (0.5, 2.0)


def test_a_pair_is_believed_as_often_as_pairs_of_its_odds_were_one_person() -> None:
    counted = Reliability((Band(-99, 1_000, 0), Band(0, 999, 600)), (Band(-99, 99, 50),), _SPREAD)
    odds = np.array([-5.0, 0.0, 30.0, 30.0])
    held = np.array([False, False, False, True])
    believed = counted.probability(odds, held)
    assert believed == pytest.approx([0.5 / 1_001, 0.6005, 0.6005, 0.505])


def test_more_odds_are_never_believed_less() -> None:
    free = (Band(-99, 9, 3), Band(0, 99, 50), Band(1, 99, 20))
    counted = Reliability(free, (Band(-99, 9, 3),), _SPREAD)
    lower, middle, higher = counted.probability(np.array([-1.0, 0.5, 2.0]), np.zeros(3, bool))
    assert lower < middle == higher
    odds = np.linspace(-60, 60, 500)
    for held in (False, True):
        assert (np.diff(borne_out(odds, np.full(500, held))) >= 0).all()


def test_nearly_even_odds_are_right_and_high_ones_too_sure() -> None:
    for odds in (-1.5, -0.5, 0.5, 1.5):
        said = 1 / (1 + 2.0**-odds)
        assert borne_out(np.array([odds]), _FREE)[0] == pytest.approx(said, abs=0.1)
    assert borne_out(np.array([13.0]), _FREE)[0] < 1 - 2.0**-9


def test_what_a_guard_holds_is_seldom_as_sure_as_its_weights() -> None:
    odds = np.array([7.5])
    assert borne_out(odds, ~_FREE)[0] < borne_out(odds, _FREE)[0]


def test_errors_expected_of_a_list_that_was_not_counted_are_near_the_truth() -> None:
    seen = seen_in("metro", 77, 30_000)
    believed = borne_out(seen.odds, seen.held)
    two = seen.pairs - seen.one
    doubtful = ~seen.held & (seen.odds > 0)
    expected, truly = (seen.pairs * (1 - believed))[doubtful].sum(), two[doubtful].sum()
    assert abs(expected - truly) < 3 * expected**0.5
    missed, left = (seen.pairs * believed)[~seen.together].sum(), seen.one[~seen.together].sum()
    assert abs(missed - left) < 3 * missed**0.5


def test_counts_are_read_as_they_were_written() -> None:
    found = packaged_reliability()
    text = reliability_as_text(found, {"source": "made-up lists"})
    assert parse_reliability(text) == found
    assert "source: made-up lists" in text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "free: 7",
        "spread: [1, 2]\nfree: {0: [9, 3]}",
        "free: {0: [9, 3]}\nheld: {0: [9, 3]}",
        "spread: [1, 2]\nfree: {0: [9, 3]}\nheld: {}",
        "spread: [1, 2]\nfree: {0: [.inf, 3]}\nheld: {0: [9, 3]}",
        "spread: [1, 2]\nfree: {0: [9, 10]}\nheld: {0: [9, 3]}",
        "spread: [2, 1]\nfree: {0: [9, 3]}\nheld: {0: [9, 3]}",
        "spread: [1, 2]\nfree: {1: [9, 3], 0: [9, 3]}\nheld: {0: [9, 3]}",
    ],
)
def test_counts_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ReliabilityError):
        parse_reliability(text)
