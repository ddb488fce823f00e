"""Which pairs of a long list are worth a comparison, by what agrees in them to the letter.

Comparing texts costs a hundred times as much as seeing whether they are the same, and most of the
pairs that share a key share nothing else.
"""

from collections.abc import Callable
from concurrent.futures import Executor

import numpy as np
import numpy.typing as npt

from payung.linkage.rules import Glance, Part

Told = Callable[[Part, npt.NDArray[np.uint32]], npt.NDArray[np.uint32]]

_AT_ONCE = 100_000


def worth_comparing(
    pairs: npt.NDArray[np.uint64], glance: Glance, told: Told, pool: Executor
) -> npt.NDArray[np.bool_]:
    """Which pairs, each the numbers of its rows in the upper and lower 32 bits, get enough points.

    `told` gives for a part and rows what tells their values apart, 0 for what is not known.
    """

    def enough(pairs: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        left, right = (pairs >> np.uint64(32)).astype(np.uint32), pairs.astype(np.uint32)
        points = np.zeros(len(pairs), np.int8)
        for look in glance.looks:
            rest, unknown = np.ones(len(pairs), bool), None
            for part, worth in look.parts.items():
                one, other = told(part, left), told(part, right)
                known = (one > 0) & (other > 0)
                unknown = ~known if unknown is None else unknown
                same = rest & known & (one == other)
                points += same * np.int8(worth)
                rest &= ~same
            points += (rest & unknown) * np.int8(look.unknown)
        return points >= glance.enough

    pieces = [pairs[at : at + _AT_ONCE] for at in range(0, len(pairs), _AT_ONCE)]
    return np.concatenate([np.empty(0, bool), *pool.map(enough, pieces)])
