"""How far probabilities are borne out: `python -m benchmarks.linkage.reliability`.

Counts pairs of made-up lists of two cities by the odds that weights learned in the run give them
and by the guard that holds them, and how many of them are one person: `--write` keeps the counts in
src/payung/linkage. Then judges them on lists of other seeds and of a city that was not counted: of
every band and guard how many pairs are expected to be one person and how many are, and of every
list the errors expected and made, whose spread is kept too.
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
from payung.linkage.rules import Rules, packaged_rules

FILE = Path(__file__).parents[2] / "src/payung/linkage/reliability.yaml"
ROWS = 100_000
ON = date(2026, 11, 22)
COUNTED = {city: range(31, 41) for city in ("tangerang", "serang")}
JUDGED = {"serang": range(5, 13), "metro": range(5, 13)}
TEACHERS = {"tangerang": (22, 2_027)}  # cities and seeds of weights learned elsewhere
EDGES = (
    -99, -20, -16, -14, -12, -10, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14,
    16, 20, 25,
)  # fmt: skip
_ERRORS = "wrong expected {:.1f}, in truth {:.0f}; missed expected {:.0f}, in truth {:.0f}"
# of what a single guard holds there are few
EDGES_HELD = (-99, -16, -10, -6, -3, 0, 3, 8)


class Compared(NamedTuple):
    """The distinct patterns of a list, how many pairs show each, and how many are one person."""

    name: str
    rules: Rules
    patterns: np.ndarray
    pairs: np.ndarray
    one: np.ndarray


class Seen(NamedTuple):
    """The patterns of a list, each with its odds, the place of the guard that holds it or -1, its
    pairs, how many of them are one person and whether they are put together; `weights` gave the
    odds."""

    odds: np.ndarray
    guard: np.ndarray
    pairs: np.ndarray
    one: np.ndarray
    together: np.ndarray
    weights: Weights
    names: list[str]

    def believed(self, found: Reliability) -> np.ndarray:
        """How likely each pattern's pairs are one person."""
        return found.probability(self.odds, self.guard, self.names)


def main() -> None:
    """Count, keep, judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of every list")
    parser.add_argument("--write", action="store_true", help=f"keep the counts in {FILE.name}")
    chosen = parser.parse_args()
    found = count(
        [
            seen_in(compared_in(city, seed, chosen.rows))
            for city, seeds in COUNTED.items()
            for seed in seeds
        ]
    )
    weights = {"the run": None} | {
        f"{city}, seed {seed}": seen_in(compared_in(city, seed, chosen.rows)).weights
        for city, seeds in TEACHERS.items()
        for seed in seeds
    }
    ratios = []
    for city, seeds in JUDGED.items():
        compared = [compared_in(city, seed, chosen.rows) for seed in seeds]
        for name, given in weights.items():
            print(f"{city}, weights of {name}")
            seen = [seen_in(each, given) for each in compared]
            print("\n".join([*by_band(seen, found), *by_guard(seen, found)]))
            print("\n".join(by_list(seeds, seen, found)))
            ratios += [wrong_in(each) / wrong_expected(each, found) for each in seen]
    found = found._replace(spread=(min(ratios), max(ratios)))
    print("Wrong pairs of a list over those expected: from {:.2f} to {:.2f}.".format(*found.spread))
    if chosen.write:
        seeds = ", ".join(f"{city} {each.start}-{each.stop - 1}" for city, each in COUNTED.items())
        about = {
            "counted": f"{date.today():%Y-%m-%d}",  # noqa: DTZ011
            "source": f"benchmarks.linkage.generator.make({chosen.rows:_}), seeds {seeds}",
        }
        FILE.write_text(reliability_as_text(found, about), "utf-8")


def compared_in(city: str, seed: int, rows: int) -> Compared:
    """A made-up list, compared."""
    rules = packaged_rules().for_rows(rows)
    made = make(rows, city, seed=seed)
    known = counted(uncrowded(prepare(made.rows, rules, ON), rules)[0])
    found = candidates(known, rules)
    patterns, place, pairs = distinct(compare(known, found, rules))
    person = made.truth["person"].to_numpy()
    one = np.bincount(place, person[found.left] == person[found.right], len(patterns))
    return Compared(f"{city} {seed}", rules, patterns, pairs, one)


def seen_in(compared: Compared, weights: Weights | None = None) -> Seen:
    """A compared list, weighed; with weights learned from it if none are given."""
    name, rules, patterns, pairs, one = compared
    if weights is None:
        weights = learn(patterns, pairs, rules, packaged_weights(), rows=ROWS, on=ON, source=name)
    judged = judge(patterns, pairs, rules, weights)
    together = (judged.guard < 0) & (judged.probability >= rules.costs.threshold)
    names = [guard.name for guard in rules.guards]
    return Seen(judged.odds, judged.guard, pairs, one, together, weights, names)


def count(lists: list[Seen]) -> Reliability:
    """The pairs of all lists by band; their spread is not known from them."""
    held = {name: _bands(lists, at, EDGES_HELD) for at, name in enumerate(lists[0].names)}
    return Reliability(_bands(lists, -1, EDGES), held, spread=(1.0, 1.0))


def _bands(lists: list[Seen], guard: int, edges: tuple[int, ...]) -> tuple[Band, ...]:
    pairs, one = np.zeros(len(edges)), np.zeros(len(edges))
    for seen in lists:
        here = seen.guard == guard
        band = np.digitize(seen.odds[here], edges[1:])
        pairs += np.bincount(band, seen.pairs[here], len(edges))
        one += np.bincount(band, seen.one[here], len(edges))
    return tuple(map(Band, edges, map(int, pairs), map(int, one)))


def wrong_in(seen: Seen) -> float:
    """How many pairs put together are two people."""
    return float((seen.pairs - seen.one)[seen.together].sum())


def wrong_expected(seen: Seen, found: Reliability) -> float:
    """How many pairs put together are expected to be two people."""
    return float((seen.pairs * (1 - seen.believed(found)))[seen.together].sum())


def by_band(lists: list[Seen], found: Reliability) -> Iterator[str]:
    """Of pairs that no guard holds, how many are of two people: by the odds, as expected, truly."""
    believed = np.concatenate([seen.believed(found)[seen.guard < 0] for seen in lists])
    odds, pairs, one = (
        np.concatenate([getattr(seen, name)[seen.guard < 0] for seen in lists])
        for name in ("odds", "pairs", "one")
    )
    plain = 1 / (1 + np.exp2(-odds))
    for least, most in pairwise((*EDGES, np.inf)):
        here = (odds >= least) & (odds < most)
        added, two = ((pairs * (1 - each))[here].sum() for each in (plain, believed))
        yield (
            f"  {least:>4} {pairs[here].sum():>9,.0f} pairs, of two people: weights added say "
            f"{added:,.1f}, expected {two:,.1f}, in truth {(pairs - one)[here].sum():,.0f}"
        )


def by_guard(lists: list[Seen], found: Reliability) -> Iterator[str]:
    """Of every guard's pairs how many are one person, as expected and truly."""
    for at, name in enumerate(lists[0].names):
        held, expected, one = (
            sum(each[seen.guard == at].sum() for seen, each in zip(lists, of, strict=True))
            for of in (
                [seen.pairs for seen in lists],
                [seen.pairs * seen.believed(found) for seen in lists],
                [seen.one for seen in lists],
            )
        )
        yield (
            f"  {name}: {held:,.0f} pairs, one person expected {expected:.0f}, in truth {one:.0f}"
        )


def by_list(seeds: range, lists: list[Seen], found: Reliability) -> Iterator[str]:
    """Of every list the wrong pairs put together and the compared pairs missed, and in all."""
    sums = np.zeros(4)
    for seed, seen in zip(seeds, lists, strict=True):
        missed = (seen.pairs * seen.believed(found))[~seen.together].sum()
        errors = (
            wrong_expected(seen, found), wrong_in(seen), missed, seen.one[~seen.together].sum(),
        )  # fmt: skip
        sums += errors
        yield f"  seed {seed}: {_ERRORS.format(*errors)}"
    yield f"  in all: {_ERRORS.format(*sums)}"


if __name__ == "__main__":
    main()
