"""Which pairs of a long list are worth a comparison, by what agrees in them to the letter.

Comparing texts costs a hundred times as much as seeing whether they are the same, and most of the
pairs that share a key share nothing else.
"""

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

import numpy as np
import numpy.typing as npt

from payung.linkage.rules import Glance, Part

Places = npt.NDArray[np.integer[Any]]
Told = Callable[[Part, Places], npt.NDArray[np.uint32]]

_AT_ONCE = 50_000


def worth_comparing(
    pairs: npt.NDArray[np.uint64], glance: Glance, told: Told, pool: Executor
) -> npt.NDArray[np.bool_]:
    """Which pairs, each the numbers of its rows in the upper and lower 32 bits, get enough points.

    `told` gives for a part and rows what tells their values apart, 0 for what is not known.
    """

    def enough(pairs: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        # numbers by which rows are taken as they are
        left, right = ((pairs >> np.uint64(by)).astype(np.uint32).astype(np.intp) for by in (32, 0))
        points = np.zeros(len(pairs), np.int8)
        for look in glance.looks:
            rest: npt.NDArray[np.bool_] = np.ones(len(pairs), bool)
            unknown = rest
            for at, (part, worth) in enumerate(look.parts.items()):
                one, other = told(part, left), told(part, right)
                known = (one > 0) & (other > 0)
                if not at:
                    unknown = ~known
                same = (one == other) & known & rest
                points += same.view(np.int8) * np.int8(worth)
                rest &= ~same
            points += (rest & unknown).view(np.int8) * np.int8(look.unknown)
        return points >= glance.enough

    pieces = [pairs[at : at + _AT_ONCE] for at in range(0, len(pairs), _AT_ONCE)]
    return np.concatenate([np.empty(0, bool), *pool.map(enough, pieces)])
