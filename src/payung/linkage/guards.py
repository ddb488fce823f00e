"""Which guard holds a pattern back, which are lifted from a list, and what is beyond dispute."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from payung.linkage.levels import Patterns, Scheme
from payung.linkage.rules import Condition, Rules

Places = npt.NDArray[np.int64]


def guards(patterns: Patterns, scheme: Scheme, lifted: frozenset[str]) -> Places:
    """The place in the rules of the guard that holds for each pattern, -1 for none."""
    every = scheme.rules.guards
    held = [at for at, guard in enumerate(every) if guard.name not in lifted]
    found = _first_that_holds(patterns, scheme, [every[at].condition for at in held])
    return np.array([*held, -1])[found]


def undisputed(patterns: Patterns, scheme: Scheme) -> Places:
    """1 for pairs that are one person beyond dispute, 0 for two people, -1 for the others."""
    rules = scheme.rules
    found = _first_that_holds(patterns, scheme, [*rules.same, *rules.different])
    return np.where(found < 0, -1, (found < len(rules.same)).astype(np.int64))


def blind(patterns: Patterns, scheme: Scheme) -> frozenset[str]:
    """The guards that rest on what no pair of a list shows; `patterns` are all of that list."""
    places = scheme.places(patterns)
    return frozenset(
        guard.name
        for guard in scheme.rules.guards
        if guard.unless is not None
        and not any(
            scheme.holding(Condition({field: levels}, frozenset()), places).any()
            for field, levels in guard.unless.unseen.items()
        )
    )


def slipping(rules: Rules, m: Mapping[str, Mapping[str, float]]) -> frozenset[str]:
    """The guards that hold against a pair what is no rare slip of one person, by the shares `m`."""
    return frozenset(
        guard.name
        for guard in rules.guards
        if (unless := guard.unless)
        and m[unless.slips][rules.fields[unless.slips][-1].name] > unless.above
    )


def _first_that_holds(patterns: Patterns, scheme: Scheme, conditions: list[Condition]) -> Places:
    """The place of the first condition each pattern fulfils, -1 for none."""
    places = scheme.places(patterns)
    found = np.full(len(patterns), -1, np.int64)
    for at, condition in reversed(list(enumerate(conditions))):
        found[scheme.holding(condition, places)] = at
    return found
