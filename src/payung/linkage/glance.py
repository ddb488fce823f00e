"""Which pairs of a long list are worth a comparison, by what agrees in them to the letter.

Comparing texts costs a hundred times as much as seeing whether they are the same, and most of the
pairs that share a key share nothing else.
"""

from concurrent.futures import Executor

import numpy as np
import numpy.typing as npt
import polars as pl

from payung.linkage.rules import Glance

_AT_ONCE = 100_000


def worth_comparing(
    pairs: npt.NDArray[np.uint64], glance: Glance, hashes: pl.DataFrame, pool: Executor
) -> npt.NDArray[np.bool_]:
    """Which pairs, each the numbers of its rows in the upper and lower 32 bits, get enough points.

    `hashes` has those of every row under the names of the parts looked at, null where unknown.
    """
    told = {part: _half(hashes[part.name]) for look in glance.looks for part in look.parts}

    def enough(pairs: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        left = (pairs >> np.uint64(32)).astype(np.int64)
        right = (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
        points = np.zeros(len(pairs), np.int8)
        for look in glance.looks:
            rest, unknown = np.ones(len(pairs), bool), None
            for part, worth in look.parts.items():
                one, other = told[part][left], told[part][right]
                known = (one > 0) & (other > 0)
                unknown = ~known if unknown is None else unknown
                same = rest & known & (one == other)
                points += same * np.int8(worth)
                rest &= ~same
            points += (rest & unknown) * np.int8(look.unknown)
        return points >= glance.enough

    pieces = [pairs[at : at + _AT_ONCE] for at in range(0, len(pairs), _AT_ONCE)]
    return np.concatenate([np.empty(0, bool), *pool.map(enough, pieces)])


def _half(hashes: pl.Series) -> npt.NDArray[np.uint32]:
    """Half of every hash, which tells values apart as well; 0 for what is unknown."""
    half = (hashes.fill_null(0).to_numpy() >> np.uint64(32)).astype(np.uint32)
    half |= hashes.is_not_null().to_numpy()
    return half
