"""How far probabilities are borne out, and the errors a run expects."""

import numpy as np
import pytest
from benchmarks.linkage.reliability import compared_in, seen_in

from payung.linkage.reliability import (
    Band,
    Reliability,
    ReliabilityError,
    borne_out,
    packaged_reliability,
    parse_reliability,
    reliability_as_text,
)
from payung.linkage.rules import packaged_rules

_GUARDS = ["twins", "household"]
_FREE = np.array([-1])
_SPREAD = (0.5, 2.0)


def test_a_pair_is_believed_as_often_as_pairs_of_its_odds_were_one_person() -> None:
    held = {"twins": (Band(-99, 99, 50),)}
    counted = Reliability((Band(-99, 1_000, 0), Band(0, 999, 600)), held, _SPREAD)
    odds = np.array([-5.0, 0.0, 30.0, 30.0])
    guard = np.array([-1, -1, -1, 0])
    believed = counted.probability(odds, guard, _GUARDS)
    assert believed == pytest.approx([0.5 / 1_001, 0.6005, 0.6005, 0.505], abs=1e-4)


def test_what_a_guard_holds_is_believed_as_what_that_guard_held() -> None:
    held = {"twins": (Band(-99, 999, 600),), "household": (Band(-99, 9_999, 0),)}
    counted = Reliability((Band(-99, 9, 3),), held, _SPREAD)
    guard = np.array([0, 1, 2])
    twins, household, another = counted.probability(np.zeros(3), guard, [*_GUARDS, "new"])
    assert twins == pytest.approx(0.6, abs=0.01)
    assert household == pytest.approx(0, abs=0.001)
    # all guards together
    assert another == pytest.approx(600 / 10_998, abs=0.01)


def test_more_odds_are_never_believed_less() -> None:
    free = (Band(-99, 9, 3), Band(0, 99, 50), Band(1, 99, 20))
    counted = Reliability(free, {"twins": (Band(-99, 9, 3),)}, _SPREAD)
    odds = np.array([-1.0, 0.5, 2.0])
    lower, middle, higher = counted.probability(odds, np.full(3, -1), _GUARDS)
    assert lower < middle == higher
    odds = np.linspace(-60, 60, 500)
    names = list(packaged_reliability().held)
    for guard in range(-1, len(names)):
        assert (np.diff(borne_out(odds, np.full(500, guard), names)) >= 0).all()


def test_nearly_even_odds_are_right_and_high_ones_too_sure() -> None:
    for odds in (-1.5, -0.5, 0.5, 1.5):
        said = 1 / (1 + 2.0**-odds)
        assert borne_out(np.array([odds]), _FREE, _GUARDS)[0] == pytest.approx(said, abs=0.12)
    assert borne_out(np.array([13.0]), _FREE, _GUARDS)[0] < 1 - 2.0**-9


def test_what_guards_hold_is_mostly_two_people_unless_a_name_may_be_a_slip() -> None:
    names = [guard.name for guard in packaged_rules().guards]
    believed = borne_out(np.full(len(names), -1.0), np.arange(len(names)), names)
    held = dict(zip(names, believed, strict=True))
    assert max(held["household"], held["neighbour-nik"], held["namesake-parent"]) < 0.3
    assert held["twins-one-letter"] > 0.4


def test_every_guard_was_counted() -> None:
    assert set(packaged_reliability().held) == {guard.name for guard in packaged_rules().guards}


def test_errors_expected_of_a_list_that_was_not_counted_are_near_the_truth() -> None:
    seen = seen_in(compared_in("metro", 77, 30_000))
    believed = seen.believed(packaged_reliability())
    two = seen.pairs - seen.one
    doubtful = (seen.guard < 0) & (seen.odds > 0)
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
        "free: {0: [9, 3]}\nheld: {twins: {0: [9, 3]}}",
        "spread: [1, 2]\nfree: {0: [9, 3]}\nheld: {}",
        "spread: [1, 2]\nfree: {0: [.inf, 3]}\nheld: {twins: {0: [9, 3]}}",
        "spread: [1, 2]\nfree: {0: [9, 3]}\nheld: {twins: {}}",
        "spread: [1, 2]\nfree: {0: [9, 3]}\nheld: {twins: {0: [9, 3]}, household: {1: [9, 3]}}",
        "spread: [1, 2]\nfree: {0: [9, 10]}\nheld: {twins: {0: [9, 3]}}",
        "spread: [2, 1]\nfree: {0: [9, 3]}\nheld: {twins: {0: [9, 3]}}",
        "spread: [1, 2]\nfree: {1: [9, 3], 0: [9, 3]}\nheld: {twins: {0: [9, 3]}}",
    ],
)
def test_counts_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(ReliabilityError):
        parse_reliability(text)
