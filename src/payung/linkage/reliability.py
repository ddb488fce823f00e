"""How far probabilities are borne out, counted on lists whose truth is known.

Fields lean on each other: people of one household agree in mother, address, kelurahan and phone at
once, and weights that are added take each for news. Nearly even odds are right, high ones are too
sure. What one guard holds is nearly always two people, what another holds mostly one: each is
counted by itself. `reliability.yaml` has the counts,
`python -m benchmarks.linkage.reliability` makes them.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import yaml

from payung.identity.files import read_yaml

Floats = npt.NDArray[np.float64]
_LIKE_ANY = 2.0  # pairs' worth of belief that a guard is like any other


class ReliabilityError(Exception):
    """The counts cannot be read."""


class Band(NamedTuple):
    """Of so many `pairs` whose log2 odds are `least` or more, but below the next band's, `one` were
    one person."""

    least: float
    pairs: float
    one: float


class Reliability(NamedTuple):
    """Bands of pairs that no guard holds (`free`), and by its name of those that a guard holds; the
    first of each is without end.

    `spread`: in lists that were not counted wrong pairs were from so many to so many times as many
    as expected.
    """

    free: tuple[Band, ...]
    held: Mapping[str, tuple[Band, ...]]
    spread: tuple[float, float]

    def probability(
        self, odds: Floats, guard: npt.NDArray[np.int64], names: Sequence[str]
    ) -> Floats:
        """How likely pairs of these log2 odds are one person.

        `guard` is the place among `names` of the guard that holds each, or -1. Of a guard that was
        not counted it is what all guards together say.
        """
        found = _shares(self.free, odds)
        every = tuple(
            Band(of[0].least, sum(each.pairs for each in of), sum(each.one for each in of))
            for of in zip(*self.held.values(), strict=True)
        )
        for at in np.unique(guard[guard >= 0]).tolist():
            here = guard == at
            counted = self.held.get(names[at], every)
            alike = [
                Band(band.least, band.pairs + _LIKE_ANY, band.one + _LIKE_ANY * _share(any_of))
                for band, any_of in zip(counted, every, strict=True)
            ]
            found[here] = _shares(alike, odds[here])
        return found


def _shares(bands: Sequence[Band], odds: Floats) -> Floats:
    shares: Floats = np.array(_rising(bands))[np.digitize(odds, [band.least for band in bands[1:]])]
    return shares


def _rising(bands: Sequence[Band]) -> list[float]:
    """The share of one person in each band; what falls is put together with the band before."""
    pools: list[tuple[Band, int]] = []
    for band in bands:
        pools.append((band, 1))
        while len(pools) > 1 and _share(pools[-2][0]) > _share(pools[-1][0]):
            (last, many), (before, more) = pools.pop(), pools.pop()
            both = Band(before.least, before.pairs + last.pairs, before.one + last.one)
            pools.append((both, many + more))
    return [_share(band) for band, many in pools for _ in range(many)]


def _share(band: Band) -> float:
    return (band.one + 0.5) / (band.pairs + 1)


def parse_reliability(text: str) -> Reliability:
    """Read the counts; raises ReliabilityError."""
    try:
        document: Any = read_yaml(text)
        free = _bands(document["free"])
        held = {name: _bands(bands) for name, bands in document["held"].items()}
        fewest, most = map(float, document["spread"])
    except (
        yaml.YAMLError, KeyError, TypeError, ValueError, OverflowError, AttributeError,
    ) as error:  # fmt: skip
        raise ReliabilityError(f"the counts cannot be read: {error!r}") from error
    for bands in (free, *held.values()):
        rising = all(one.least < other.least for one, other in pairwise(bands))
        if not bands or not rising or any(not 0 <= band.one <= band.pairs for band in bands):
            raise ReliabilityError("bands rise, and hold no more of one person than pairs")
    if len({tuple(band.least for band in bands) for bands in held.values()}) != 1:
        raise ReliabilityError("all guards have the same bands")
    if not 0 <= fewest <= most:
        raise ReliabilityError("the spread is from fewer to more")
    return Reliability(free, held, (fewest, most))


def _bands(counts: Mapping[float, tuple[int, int]]) -> tuple[Band, ...]:
    return tuple(Band(float(least), int(pairs), int(one)) for least, (pairs, one) in counts.items())


def reliability_as_text(found: Reliability, about: Mapping[str, str]) -> str:
    """The file a person reads, with where the counts come from."""
    lines = [
        "# Pairs of made-up lists whose truth is known, by the log2 odds they were given: how many",
        "# had so much or more (below the next line's), and how many of them were one person.",
        *(f"{name}: {text}" for name, text in about.items()),
    ]
    fewest, most = found.spread
    lines.append(f"spread: [{fewest:.1f}, {most:.1f}]  # wrong pairs of a list over those expected")
    lines.append("free:  # no guard holds them")
    lines += [f"  {band.least:g}: [{band.pairs}, {band.one}]" for band in found.free]
    lines.append("held:  # that guard holds them")
    for name, bands in found.held.items():
        counts = ", ".join(f"{band.least:g}: [{band.pairs}, {band.one}]" for band in bands)
        lines.append(f"  {name}: {{ {counts} }}")
    return "\n".join(lines) + "\n"


@cache
def packaged_reliability() -> Reliability:
    """The project's own counts, read once."""
    return parse_reliability((files("payung.linkage") / "reliability.yaml").read_text("utf-8"))


def borne_out(odds: Floats, guard: npt.NDArray[np.int64], names: Sequence[str]) -> Floats:
    """How likely pairs of these log2 odds are one person, by the project's own counts; see
    `Reliability.probability`."""
    return packaged_reliability().probability(odds, guard, names)
