"""How far probabilities are borne out, counted on lists whose truth is known.

Fields lean on each other: people of one household agree in mother, address, kelurahan and phone at
once, and weights that are added take each for news. Nearly even odds are right, high ones are too
sure. `reliability.yaml` has the counts, `python -m benchmarks.linkage.reliability` makes them.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import yaml

Floats = npt.NDArray[np.float64]


class ReliabilityError(Exception):
    """The counts cannot be read."""


class Band(NamedTuple):
    """Of so many `pairs` whose log2 odds are `least` or more, but below the next band's, `one` were
    one person."""

    least: float
    pairs: int
    one: int


class Reliability(NamedTuple):
    """Bands of pairs that no guard holds, and of those that one holds; the first is without end.

    `spread`: in lists that were not counted wrong pairs were from so many to so many times as many
    as expected.
    """

    free: tuple[Band, ...]
    held: tuple[Band, ...]
    spread: tuple[float, float]

    def probability(self, odds: Floats, held: npt.NDArray[np.bool_]) -> Floats:
        """How likely pairs of these log2 odds are one person."""
        free, guarded = (
            np.array(_rising(bands))[np.digitize(odds, [band.least for band in bands[1:]])]
            for bands in (self.free, self.held)
        )
        return np.where(held, guarded, free)


def _rising(bands: tuple[Band, ...]) -> list[float]:
    """The share of one person in each band; what falls is put together with the band before."""
    pools: list[list[float]] = []
    for band in bands:
        pools.append([band.one, band.pairs, 1])
        while len(pools) > 1 and _share(pools[-2]) > _share(pools[-1]):
            last = pools.pop()
            pools[-1] = [each + more for each, more in zip(pools[-1], last, strict=True)]
    return [_share(pool) for pool in pools for _ in range(int(pool[2]))]


def _share(pool: list[float]) -> float:
    return (pool[0] + 0.5) / (pool[1] + 1)


def parse_reliability(text: str) -> Reliability:
    """Read the counts; raises ReliabilityError."""
    try:
        document: Any = yaml.safe_load(text)
        free, held = (
            tuple(Band(float(least), int(pairs), int(one)) for least, (pairs, one) in each.items())
            for each in (document["free"], document["held"])
        )
        fewest, most = map(float, document["spread"])
    except (
        yaml.YAMLError, KeyError, TypeError, ValueError, OverflowError, AttributeError,
    ) as error:  # fmt: skip
        raise ReliabilityError(f"the counts cannot be read: {error!r}") from error
    for bands in (free, held):
        rising = all(one.least < other.least for one, other in pairwise(bands))
        if not bands or not rising or any(not 0 <= band.one <= band.pairs for band in bands):
            raise ReliabilityError("bands rise, and hold no more of one person than pairs")
    if not 0 <= fewest <= most:
        raise ReliabilityError("the spread is from fewer to more")
    return Reliability(free, held, (fewest, most))


def reliability_as_text(found: Reliability, about: Mapping[str, str]) -> str:
    """The file a person reads, with where the counts come from."""
    lines = [
        "# Pairs of made-up lists whose truth is known, by the log2 odds they were given: how many",
        "# had so much or more (below the next line's), and how many of them were one person.",
        *(f"{name}: {text}" for name, text in about.items()),
    ]
    fewest, most = found.spread
    lines.append(f"spread: [{fewest:.1f}, {most:.1f}]  # wrong pairs of a list over those expected")
    for kind, bands in (("free", found.free), ("held", found.held)):
        lines.append(
            f"{kind}:  # {'a guard holds them' if kind == 'held' else 'no guard holds them'}"
        )
        lines += [f"  {band.least:g}: [{band.pairs}, {band.one}]" for band in bands]
    return "\n".join(lines) + "\n"


@cache
def packaged_reliability() -> Reliability:
    """The project's own counts, read once."""
    return parse_reliability((files("payung.linkage") / "reliability.yaml").read_text("utf-8"))


def borne_out(odds: Floats, held: npt.NDArray[np.bool_]) -> Floats:
    """How likely pairs of these log2 odds are one person, by the project's own counts."""
    return packaged_reliability().probability(odds, held)
