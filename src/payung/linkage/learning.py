"""Weights of evidence learned without labels, and kept as a small readable file.

Fellegi and Sunter: a level weighs log2(m/u), how much more often pairs of one person show it than
pairs of two people that were worth comparing. Both are found by expectation and maximisation over
the distinct patterns. Patterns no clerk would argue about keep their label, or the search drifts
and everybody becomes one person; guarded pairs teach nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from payung.linkage.levels import Patterns, Scheme
from payung.linkage.rules import MISSING, Rules

Floats = npt.NDArray[np.float64]

_ROUNDS = 100
_SETTLED = 1e-6
# pairs' worth of belief in the weights learning started from
_BELIEF = 200.0
_LEAST = 1e-6
_MOST = 18.0  # log2 odds no single field may exceed
ENOUGH = 2_000  # pairs below which a list teaches nothing


class WeightsError(Exception):
    """The weights do not fit the rules."""


@dataclass(frozen=True, slots=True)
class Weights:
    """m and u of every level but `missing`, and the log2 odds that a compared pair is one person.

    `learned` on that day from `rows` rows and `pairs` compared pairs of `source`.
    """

    learned: date
    source: str
    rows: int
    pairs: int
    prior: float
    m: Mapping[str, Mapping[str, float]]
    u: Mapping[str, Mapping[str, float]]

    def of(self, field: str, level: str) -> float:
        """The weight of a level, log2 odds; a missing value weighs nothing."""
        if level == MISSING:
            return 0.0
        weight = float(np.log2(self.m[field][level] / self.u[field][level]))
        return max(-_MOST, min(_MOST, weight))


@dataclass(frozen=True, slots=True)
class Judged:
    """Every distinct pattern, judged: arrays of one length; `weights` per field in log2 odds.

    `guard` is the place of the guard that holds in the rules, or -1; its weight is `guarding`.
    """

    patterns: Patterns
    counts: npt.NDArray[np.int64]
    weights: Mapping[str, Floats]
    guard: npt.NDArray[np.int64]
    guarding: Floats
    probability: Floats


def judge(
    patterns: Patterns, counts: npt.NDArray[np.int64], rules: Rules, weights: Weights
) -> Judged:
    """Weigh distinct patterns."""
    scheme = Scheme(rules)
    places = scheme.places(patterns)
    by_field = {
        field: np.array([weights.of(field, level) for level in levels])[places[field]]
        for field, levels in rules.weighed.items()
    }
    guard = _guards(patterns, scheme)
    guarding = np.array([*(each.weight for each in rules.guards), 0.0])[guard]
    total = weights.prior + guarding + sum(by_field.values())
    return Judged(patterns, counts, by_field, guard, guarding, 1 / (1 + np.exp2(-total)))


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

    With fewer than ENOUGH pairs the start comes back as it is, and so it does when with what was
    found a NIK, name or date hardly tells people apart: then the search took others for people.
    """
    if counts.sum() < ENOUGH:
        return start
    scheme = Scheme(rules)
    places = scheme.places(patterns)
    label = _labels(patterns, scheme)
    free = _guards(patterns, scheme) < 0
    seen = np.where(free, counts, 0).astype(float)
    m = {field: _start(rules, field, start.m) for field in rules.weighed}
    u = {field: _start(rules, field, start.u) for field in rules.weighed}
    believed = {field: (m[field] * _BELIEF, u[field] * _BELIEF) for field in rules.weighed}
    prior = start.prior
    for _ in range(_ROUNDS):
        total = np.full(len(patterns), prior)
        for field in rules.weighed:
            ratio = np.zeros(len(m[field]))
            ratio[1:] = np.clip(np.log2(m[field][1:] / u[field][1:]), -_MOST, _MOST)
            total += ratio[places[field]]
        same = np.where(label >= 0, label, 1 / (1 + np.exp2(-total)))
        moved = 0.0
        for field in rules.weighed:
            size = len(m[field])
            for share, belief, kept in zip(
                (seen * same, seen * (1 - same)), believed[field], (m, u), strict=True
            ):
                fresh = np.bincount(places[field], share, size) + belief
                fresh[0] = 0.0
                fresh = np.maximum(fresh / fresh.sum(), _LEAST)
                moved = max(moved, float(np.abs(fresh - kept[field]).max()))
                kept[field] = fresh
        matched = float((seen * same).sum())
        prior = float(np.log2((matched + 1) / (seen.sum() - matched + 1)))
        if moved < _SETTLED:
            break
    if not _sane(rules, m, u):
        return start
    return Weights(on, source, rows, int(counts.sum()), prior, _named(rules, m), _named(rules, u))


def _sane(rules: Rules, m: Mapping[str, Floats], u: Mapping[str, Floats]) -> bool:
    """Whether what identifies people still tells one person from two, a bit each way at least."""
    for field in ("nik", "name", "birth_date"):
        equal = rules.weighed[field].index("equal")
        if m[field][equal] < 2 * u[field][equal] or u[field][-1] < 2 * m[field][-1]:
            return False
    return True


def _guards(patterns: Patterns, scheme: Scheme) -> npt.NDArray[np.int64]:
    conditions = [guard.condition for guard in scheme.rules.guards]
    return _first_that_holds(patterns, scheme, conditions)


def _labels(patterns: Patterns, scheme: Scheme) -> npt.NDArray[np.int64]:
    """1 for pairs that are one person beyond dispute, 0 for two people, -1 for the others."""
    rules = scheme.rules
    found = _first_that_holds(patterns, scheme, [*rules.same, *rules.different])
    return np.where(found < 0, -1, (found < len(rules.same)).astype(np.int64))


def _first_that_holds(
    patterns: Patterns, scheme: Scheme, conditions: list[Any]
) -> npt.NDArray[np.int64]:
    """The place of the first condition each pattern fulfils, -1 for none."""
    places = scheme.places(patterns)
    found = np.full(len(patterns), -1, np.int64)
    for at, condition in reversed(list(enumerate(conditions))):
        found[scheme.holding(condition, places)] = at
    return found


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
    }


def parse_weights(text: str, rules: Rules) -> Weights:
    """Read a file of weights; raises WeightsError when it does not fit the rules."""
    try:
        document: Any = yaml.safe_load(text)
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
        )  # fmt: skip
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise WeightsError(f"the weights cannot be read: {error!r}") from error
    for field, levels in rules.weighed.items():
        wanted = set(levels) - {MISSING}
        if set(m.get(field, ())) != wanted:
            raise WeightsError(f"{field}: levels differ from the rules")
        if not all(0 < value <= 1 for side in (m, u) for value in side[field].values()):
            raise WeightsError(f"{field}: m and u are shares above 0")
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
        "fields:",
    ]
    for field, levels in weights.m.items():
        lines.append(f"  {field}:")
        lines += [
            f"    {level}: {{ m: {m:.6f}, u: {weights.u[field][level]:.6f} }}"
            f"  # {weights.of(field, level):+.1f}"
            for level, m in levels.items()
        ]
    return "\n".join(lines) + "\n"


@cache
def packaged_weights() -> Weights:
    """The project's own weights, read once."""
    from payung.linkage.rules import packaged_rules

    text = (files("payung.linkage") / "weights.yaml").read_text("utf-8")
    return parse_weights(text, packaged_rules())
