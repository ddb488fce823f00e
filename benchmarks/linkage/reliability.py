"""How far probabilities are borne out: `python -m benchmarks.linkage.reliability`.

Counts pairs of made-up lists of two cities by the odds that weights learned in the run give them,
and how many of them are one person: `--write` keeps the counts in src/payung/linkage. Then judges
them on lists of other seeds and of a city that was not counted: of every band how many pairs are
expected to be one person and how many are, and of every list the errors expected and made, whose
spread is kept too.
"""

import argparse
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.linkage.generator import make
from payung.linkage.blocking import candidates
from payung.linkage.learning import Weights, judge, learn, packaged_weights
from payung.linkage.levels import compare, distinct
from payung.linkage.reliability import Band, Reliability, reliability_as_text
from payung.linkage.rows import counted, prepare, uncrowded
from payung.linkage.rules import packaged_rules

FILE = Path(__file__).parents[2] / "src/payung/linkage/reliability.yaml"
ROWS = 100_000
COUNTED = {city: range(31, 41) for city in ("tangerang", "serang")}
JUDGED = {"serang": range(5, 13), "metro": range(5, 13)}
TEACHERS = {"tangerang": (22, 2_027)}  # cities and seeds of weights learned elsewhere
EDGES = (
    -99, -20, -16, -14, -12, -10, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14,
    16, 20, 25,
)  # fmt: skip


class Seen(NamedTuple):
    """The patterns of a list, each with its odds, whether a guard holds it, its pairs and how many
    of them are one person; `weights` gave the odds."""

    odds: np.ndarray
    held: np.ndarray
    pairs: np.ndarray
    one: np.ndarray
    together: np.ndarray
    weights: Weights


def main() -> None:
    """Count, keep, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of every list")
    parser.add_argument("--write", action="store_true", help=f"keep the counts in {FILE.name}")
    chosen = parser.parse_args()
    seen = [seen_in(city, seed, chosen.rows) for city, seeds in COUNTED.items() for seed in seeds]
    found = count(seen)
    weights = {"the run": None} | {
        f"{city}, seed {seed}": seen_in(city, seed, chosen.rows).weights
        for city, seeds in TEACHERS.items()
        for seed in seeds
    }
    ratios = []
    for city, seeds in JUDGED.items():
        for name, given in weights.items():
            print(f"{city}, weights of {name}")
            lists = [seen_in(city, seed, chosen.rows, given) for seed in seeds]
            print("\n".join([*by_band(lists, found), *by_list(seeds, lists, found)]))
            ratios += [wrong_in(each) / wrong_expected(each, found) for each in lists]
    found = found._replace(spread=(min(ratios), max(ratios)))
    print("Wrong pairs of a list over those expected: from {:.2f} to {:.2f}.".format(*found.spread))
    if chosen.write:
        seeds = ", ".join(f"{city} {each.start}-{each.stop - 1}" for city, each in COUNTED.items())
        about = {
            "counted": f"{date.today():%Y-%m-%d}",  # noqa: DTZ011
            "source": f"benchmarks.linkage.generator.make({chosen.rows:_}), seeds {seeds}",
        }
        FILE.write_text(reliability_as_text(found, about), "utf-8")


def seen_in(city: str, seed: int, rows: int, weights: Weights | None = None) -> Seen:
    """A made-up list, compared and weighed; with weights learned from it if none are given."""
    rules, on = packaged_rules().for_rows(rows), date(2026, 11, 22)
    made = make(rows, city, seed=seed)
    known = counted(uncrowded(prepare(made.rows, rules, on), rules)[0])
    found = candidates(known, rules)
    patterns, place, counts = distinct(compare(known, found, rules))
    if weights is None:
        weights = learn(
            patterns, counts, rules, packaged_weights(), rows=rows, on=on, source=f"{city} {seed}"
        )
    judged = judge(patterns, counts, rules, weights)
    person = made.truth["person"].to_numpy()
    one = np.bincount(place, person[found.left] == person[found.right], len(patterns))
    held = judged.guard >= 0
    together = ~held & (judged.probability >= rules.costs.threshold)
    return Seen(judged.odds, held, counts, one, together, weights)


def count(lists: list[Seen]) -> Reliability:
    """The pairs of all lists by band; their spread is not known from them."""
    kinds = []
    for wanted in (False, True):
        pairs, one = np.zeros(len(EDGES)), np.zeros(len(EDGES))
        for seen in lists:
            here = seen.held == wanted
            band = np.digitize(seen.odds[here], EDGES[1:])
            pairs += np.bincount(band, seen.pairs[here], len(EDGES))
            one += np.bincount(band, seen.one[here], len(EDGES))
        kinds.append(tuple(map(Band, EDGES, map(int, pairs), map(int, one))))
    return Reliability(*kinds, spread=(1.0, 1.0))


def wrong_in(seen: Seen) -> float:
    """How many pairs put together are two people."""
    return float((seen.pairs - seen.one)[seen.together].sum())


def wrong_expected(seen: Seen, found: Reliability) -> float:
    """How many pairs put together are expected to be two people."""
    believed = found.probability(seen.odds, seen.held)
    return float((seen.pairs * (1 - believed))[seen.together].sum())


def by_band(lists: list[Seen], found: Reliability) -> Iterator[str]:
    """Of pairs that no guard holds, how many are of two people: by the odds, as expected, truly."""
    odds, pairs, one = (
        np.concatenate([getattr(seen, name)[~seen.held] for seen in lists])
        for name in ("odds", "pairs", "one")
    )
    plain = 1 / (1 + np.exp2(-odds))
    believed = found.probability(odds, np.zeros(len(odds), bool))
    for least, most in pairwise((*EDGES, np.inf)):
        here = (odds >= least) & (odds < most)
        added, two = ((pairs * (1 - each))[here].sum() for each in (plain, believed))
        yield (
            f"  {least:>4} {pairs[here].sum():>9,.0f} pairs, of two people: weights added say "
            f"{added:,.1f}, expected {two:,.1f}, in truth {(pairs - one)[here].sum():,.0f}"
        )


def by_list(seeds: range, lists: list[Seen], found: Reliability) -> Iterator[str]:
    """Of every list the wrong pairs put together and the compared pairs missed."""
    for seed, seen in zip(seeds, lists, strict=True):
        believed = found.probability(seen.odds, seen.held)
        missed = (seen.pairs * believed)[~seen.together].sum()
        yield (
            f"  seed {seed}: wrong expected {wrong_expected(seen, found):.1f}, in truth "
            f"{wrong_in(seen):.0f}; missed expected {missed:.0f}, "
            f"in truth {seen.one[~seen.together].sum():.0f}"
        )


if __name__ == "__main__":
    main()
