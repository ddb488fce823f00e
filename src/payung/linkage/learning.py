"""Weights of evidence learned without labels, and kept as a small readable file.

Fellegi and Sunter: a level weighs log2(m/u), how much more often pairs of one person show it than
pairs of two people that were worth comparing. Both are found by expectation and maximisation over
the distinct patterns. Patterns no clerk would argue about keep their label, or the search drifts
and everybody becomes one person; guarded pairs teach nothing.

Fields that lean on each other (`together` in the rules) would count the same fact twice. What they
say together is learned beside them: how much more often two groups of levels meet than in fields
that knew nothing of each other, among pairs of one person against pairs of two.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from payung.identity.files import read_yaml
from payung.linkage.guards import blind, guards, slipping, undisputed
from payung.linkage.levels import Patterns, Scheme
from payung.linkage.reliability import borne_out
from payung.linkage.rules import MISSING, Rules, Together

Floats = npt.NDArray[np.float64]

_ROUNDS = 100
_SETTLED = 1e-6
# pairs' worth of belief in the weights learning started from
_BELIEF = 200.0
_LEAST = 1e-6
_MOST = 12.0  # log2 odds no single field may exceed
_MOST_TOGETHER = 5.0  # nor what fields say together
_TELLING = ("nik", "name", "birth_date")
ENOUGH = 2_000  # pairs of one person below which a list teaches nothing
_MORE = 2.0  # times as many pairs of one person as before are not believed


class WeightsError(Exception):
    """The weights do not fit the rules."""


@dataclass(frozen=True, slots=True)
class Weights:
    """m and u of every level but `missing`, and the log2 odds that a compared pair is one person.

    `together` has the log2 odds by which two fields say more or less than each alone, by cell.
    Guards that are `lifted` do not hold in a list that shows as little as the one they were learned
    from.
    `learned` on that day from `rows` rows and `pairs` compared pairs of `source`.
    """

    learned: date
    source: str
    rows: int
    pairs: int
    prior: float
    m: Mapping[str, Mapping[str, float]]
    u: Mapping[str, Mapping[str, float]]
    together: Mapping[str, Mapping[str, float]]
    lifted: frozenset[str] = frozenset()

    def of(self, field: str, level: str) -> float:
        """The weight of a level, log2 odds; a missing value weighs nothing."""
        if level == MISSING:
            return 0.0
        if field in self.together:
            return self.together[field][level]
        weight = float(np.log2(self.m[field][level] / self.u[field][level]))
        return max(-_MOST, min(_MOST, weight))


@dataclass(frozen=True, slots=True)
class Judged:
    """Every distinct pattern, judged: arrays of one length; `weights` per field in log2 odds.

    `guard` is the place of the guard that holds in the rules, or -1; its weight is `guarding`.
    Guards that are `lifted` hold none of these pairs. `odds` are log2; `believed` is the
    probability as lists whose truth is known bore it out.
    """

    patterns: Patterns
    counts: npt.NDArray[np.int64]
    weights: Mapping[str, Floats]
    guard: npt.NDArray[np.int64]
    guarding: Floats
    lifted: frozenset[str]
    odds: Floats
    probability: Floats
    believed: Floats


def judge(
    patterns: Patterns, counts: npt.NDArray[np.int64], rules: Rules, weights: Weights
) -> Judged:
    """Weigh distinct patterns."""
    scheme = Scheme(rules)
    places = scheme.places(patterns)
    worth = {
        field: np.array([weights.of(field, level) for level in levels])
        for field, levels in rules.weighed.items()
    }
    by_field = {field: each[places[field]] for field, each in worth.items()}
    for field in rules.at_most:
        by_field[field] = by_field[field] - _too_much(field, patterns, scheme, worth)
    lifted = weights.lifted and weights.lifted & blind(patterns, scheme)
    guard = guards(patterns, scheme, lifted)
    guarding = np.array([*(each.weight for each in rules.guards), 0.0])[guard]
    total = weights.prior + guarding + sum(by_field.values())
    return Judged(
        patterns, counts, by_field, guard, guarding, lifted, total, 1 / (1 + np.exp2(-total)),
        borne_out(total, guard, [each.name for each in rules.guards]),
    )  # fmt: skip


def learn(
    patterns: Patterns,
    counts: npt.NDArray[np.int64],
    rules: Rules,
    start: Weights,
    *,
    rows: int,
    on: date,
    source: str,
) -> Weights:
    """m, u and the prior that explain how often each pattern is seen, starting from `start`.

    With fewer than ENOUGH pairs of one person, as far as `start` can tell, it comes back as it is.
    So it does when with what was found a NIK, name or date hardly tells people apart, what differs
    says more for one person than what is equal, or far more pairs are one person than before: then
    the search took another group for people.
    """
    before = _same(judge(patterns, counts, rules, start))
    if before < ENOUGH:
        return start
    scheme = Scheme(rules)
    found = _searched(patterns, counts, scheme, replace(start, lifted=frozenset()))
    if lifted := slipping(rules, found.m) & blind(patterns, scheme):
        found = _searched(patterns, counts, scheme, replace(start, lifted=lifted))
    if not _sane(rules, found) or _same(judge(patterns, counts, rules, found)) > _MORE * before:
        return start
    return replace(found, learned=on, source=source, rows=rows, pairs=int(counts.sum()))


def _searched(
    patterns: Patterns, counts: npt.NDArray[np.int64], scheme: Scheme, start: Weights
) -> Weights:
    """Expectation and maximisation from `start`, under the guards it does not lift."""
    rules, places = scheme.rules, scheme.places(patterns)
    free = guards(patterns, scheme, start.lifted) < 0
    m = {field: _start(rules, field, start.m) for field in rules.fields}
    u = {field: _start(rules, field, start.u) for field in rules.fields}
    beyond = {
        name: np.array([0.0, *(start.together[name][cell] for cell in each.cells)])
        for name, each in rules.together.items()
    }
    believed = {field: (m[field] * _BELIEF, u[field] * _BELIEF) for field in rules.fields}
    # of cells that guards mostly hold back only the rest is seen of pairs of two people
    left = {
        name: _left(places[name], counts, np.where(free, counts, 0), len(values) - 1)
        for name, values in beyond.items()
    }
    # what a guard holds teaches nothing
    places = {name: each[free] for name, each in places.items()}
    seen, label = counts[free].astype(float), undisputed(patterns, scheme)[free]
    sizes = {name: len(values) for name, values in (m | beyond).items()}
    every = _counted(places, seen, sizes)
    begun = {name: values[1:].copy() for name, values in beyond.items()}
    prior = start.prior
    for _ in range(_ROUNDS):
        total = np.full(len(seen), prior)
        for field in rules.fields:
            ratio = np.zeros(sizes[field])
            ratio[1:] = np.clip(np.log2(m[field][1:] / u[field][1:]), -_MOST, _MOST)
            total += ratio[places[field]]
        for name in beyond:
            total += beyond[name][places[name]]
        same = np.where(label >= 0, label, 1 / (1 + np.exp2(-total)))
        ours = seen * same
        of_one = _counted(places, ours, sizes)
        of_two = {name: every[name] - of_one[name] for name in sizes}
        moved = 0.0
        for field in rules.fields:
            for shares, belief, kept in zip((of_one, of_two), believed[field], (m, u), strict=True):
                fresh = shares[field] + belief
                fresh[0] = 0.0
                fresh = np.maximum(fresh / fresh.sum(), _LEAST)
                moved = max(moved, float(np.abs(fresh - kept[field]).max()))
                kept[field] = fresh
        for name, each in rules.together.items():
            for_one = _beyond(of_one[name], _alone(each, m, 1.0), begun[name] / 2)
            for_two = _beyond(of_two[name], _alone(each, u, left[name]), -begun[name] / 2)
            beyond[name][1:] = np.clip(for_one - for_two, -_MOST_TOGETHER, _MOST_TOGETHER)
        matched = float(ours.sum())
        prior = float(np.log2((matched + 1) / (seen.sum() - matched + 1)))
        if moved < _SETTLED:
            break
    together = {
        name: dict(zip(rules.together[name].cells, map(float, values[1:]), strict=True))
        for name, values in beyond.items()
    }
    return replace(start, prior=prior, m=_named(rules, m), u=_named(rules, u), together=together)


def step(scheme: Scheme, field: str) -> int:
    """How much a pattern's number grows from one level of a field to the next."""
    sizes = scheme.sizes
    return math.prod(sizes[name] for name in list(sizes)[: list(sizes).index(field)])


def _too_much(
    field: str, patterns: Patterns, scheme: Scheme, worth: Mapping[str, Floats]
) -> Floats:
    """What each pattern's level says more than the levels it may not exceed would in its place."""
    rules = scheme.rules
    names = [level.name for level in rules.fields[field]]
    said = [field, *(name for name, each in rules.together.items() if field in each.places)]

    def says(numbers: npt.NDArray[np.int64]) -> Floats:
        places = scheme.places(numbers.astype(np.uint32))
        total: Floats = sum((worth[name][places[name]] for name in said), np.zeros(len(numbers)))
        return total

    shown = scheme.places(patterns)[field]
    more = np.zeros(len(patterns))
    for level, others in rules.at_most[field].items():
        at = np.flatnonzero(shown == names.index(level))
        here = patterns[at].astype(np.int64)
        least = np.min(
            [
                says(here + (names.index(other) - names.index(level)) * step(scheme, field))
                for other in others
            ],
            axis=0,
        )
        more[at] = np.maximum(says(here) - least, 0)
    return more


def _same(judged: Judged) -> int:
    """How many pairs are rather one person than two."""
    return int(judged.counts[judged.probability >= 0.5].sum())


def _counted(
    places: Mapping[str, npt.NDArray[np.int64]], share: Floats, sizes: Mapping[str, int]
) -> dict[str, Floats]:
    """How many pairs show each place of each field and of what fields say together."""
    return {
        name: np.bincount(places[name], share, size).astype(float) for name, size in sizes.items()
    }


def _left(
    place: npt.NDArray[np.int64], counts: npt.NDArray[np.int64], seen: Floats, cells: int
) -> Floats:
    """The share of each cell's pairs that no guard holds back."""
    every, some = (np.bincount(place, many, cells + 1)[1:] for many in (counts, seen))
    return (some + 1) / (every + 1)


def _alone(together: Together, shares: Mapping[str, Floats], unheld: Floats | float) -> Floats:
    """The share of each cell if fields knew nothing of each other and `unheld` of it is seen."""
    cells = np.ones(1)
    for field, places in together.places.items():
        groups = np.bincount(places, shares[field][1:], len(together.groups[field]))
        cells = np.outer(cells, groups).ravel()
    cells = np.maximum(cells * unheld, _LEAST)
    alone: Floats = cells / cells.sum()
    return alone


def _beyond(counted: Floats, alone: Floats, belief: Floats) -> Floats:
    """How much more often each cell is counted than `alone` has it, log2."""
    believed = alone * np.exp2(belief)
    seen = counted[1:] + _BELIEF * believed / believed.sum()
    found: Floats = np.log2(seen / seen.sum() / alone)
    return found


def _sane(rules: Rules, found: Weights) -> bool:
    """Whether what identifies people still tells one person from two, a bit each way at least, and
    nothing that differs says more for one person than what is equal: so strangers would."""
    for field in rules.fields:
        equal = [level for level in rules.weighed[field] if level.startswith("equal")]
        # of names only the rarer need tell
        for_one = max(found.of(field, level) for level in equal)
        for_two = found.of(field, rules.weighed[field][-1])
        if for_two > for_one or (field in _TELLING and (for_one < 1 or for_two > -1)):
            return False
    return True


def _start(rules: Rules, field: str, given: Mapping[str, Mapping[str, float]]) -> Floats:
    levels = rules.weighed[field]
    return np.array([0.0 if level == MISSING else given[field][level] for level in levels])


def _named(rules: Rules, values: Mapping[str, Floats]) -> dict[str, dict[str, float]]:
    return {
        field: {
            level: float(value)
            for level, value in zip(levels, values[field], strict=True)
            if level != MISSING
        }
        for field, levels in rules.weighed.items()
        if field in values
    }


def parse_weights(text: str, rules: Rules) -> Weights:
    """Read a file of weights; raises WeightsError when it does not fit the rules."""
    try:
        document: Any = read_yaml(text)
        fields = document["fields"]
        m, u = (
            {
                field: {level: float(pair[side]) for level, pair in levels.items()}
                for field, levels in fields.items()
            }
            for side in ("m", "u")
        )
        weights = Weights(
            document["learned"], str(document["source"]), int(document["rows"]),
            int(document["pairs"]), float(document["prior"]), m, u,
            {
                name: {level: float(weight) for level, weight in levels.items()}
                for name, levels in document["together"].items()
            },
            frozenset(map(str, document["lifted"])),
        )  # fmt: skip
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise WeightsError(f"the weights cannot be read: {error!r}") from error
    for field, levels in rules.weighed.items():
        if set(weights.together.get(field, m.get(field, ()))) != set(levels) - {MISSING}:
            raise WeightsError(f"{field}: levels differ from the rules")
    shares = [share for side in (m, u) for levels in side.values() for share in levels.values()]
    if not all(0 < share <= 1 for share in shares):
        raise WeightsError("m and u are shares above 0")
    return weights


def weights_as_text(weights: Weights) -> str:
    """The file a person reads: for every level m, u and the weight they give."""
    lines = [
        "# Learned without labels by payung.linkage.learning. m: share of pairs of one person",
        "# that show the level; u: share of compared pairs of two people; weight: log2(m/u).",
        f"learned: {weights.learned:%Y-%m-%d}",
        f"source: {weights.source}",
        f"rows: {weights.rows}",
        f"pairs: {weights.pairs}",
        f"prior: {weights.prior:.3f}",
        f"lifted: [{', '.join(sorted(weights.lifted))}]  # guards that do not hold in this list",
        "fields:",
    ]
    for field, levels in weights.m.items():
        lines.append(f"  {field}:")
        lines += [
            f"    {level}: {{ m: {m:.6f}, u: {weights.u[field][level]:.6f} }}"
            f"  # {weights.of(field, level):+.1f}"
            for level, m in levels.items()
        ]
    lines.append("together:  # log2 odds beyond what the fields say each alone")
    for name, cells in weights.together.items():
        lines.append(f"  {name}:")
        for _, row in groupby(cells.items(), key=lambda each: each[0].partition("/")[0]):
            lines += [f"    {cell}: {weight:+.3f}" for cell, weight in row]
    return "\n".join(lines) + "\n"


@cache
def packaged_weights() -> Weights:
    """The project's own weights, read once."""
    from payung.linkage.rules import packaged_rules

    text = (files("payung.linkage") / "weights.yaml").read_text("utf-8")
    return parse_weights(text, packaged_rules())
