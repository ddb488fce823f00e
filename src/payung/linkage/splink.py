"""Our rules and weights as settings for Splink 5, to compare the two or to work on with Splink.

They are for rows in our normalised columns (`rows.as_reference`, `counted`, `for_comparing`).
Splink knows no guards, no weights that others limit and no limits of blocks: guards become a
comparison with their declared weights, and what a limit takes away another, so that a pair weighs
the same, though one that a guard speaks of may still be called a match; every key is one blocking
rule.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from payung.linkage.learning import Weights, judge, step
from payung.linkage.levels import Scheme
from payung.linkage.rules import Block, Condition, Rules
from payung.linkage.sql import part

_COLUMN = re.compile(r"\b([lr])\.([a-z_]+)")
# m of what has a weight and no shares of its own
_EVEN = 0.5


def splink_settings(rules: Rules, weights: Weights) -> dict[str, Any]:
    """A document Splink 5 takes as settings, in DuckDB's dialect, with m, u and the prior.

    The prior is that of a compared pair, as ours is.
    """
    odds = 2.0**weights.prior
    return {
        "link_type": "dedupe_only",
        "sql_dialect": "duckdb",
        "unique_id_column_name": "id",
        "probability_two_random_records_match": odds / (1 + odds),
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": rule, "sql_dialect": "duckdb"}
            for block in rules.blocks
            for rule in _blocking(block)
        ],
        "comparisons": [
            *(_field(rules, weights, field) for field in rules.fields),
            *(_together(rules, weights, name) for name in rules.together),
            *(_limits(rules, weights, field) for field in rules.at_most),
            _guards(rules, weights),
        ],
    }


def _blocking(block: Block) -> Iterator[str]:
    """Rows meet in any two keys of a block."""
    for left, right in product(block.keys, block.keys):
        if len(left) == len(right):
            same = [
                f"{part(one, 'l.')} = {part(other, 'r.')}"
                for one, other in zip(left, right, strict=True)
            ]
            yield " AND ".join([*same, "(l.weak OR r.weak)"] if block.loose else same)


def _field(rules: Rules, weights: Weights, field: str) -> dict[str, Any]:
    levels: list[dict[str, Any]] = []
    for at, level in enumerate(rules.fields[field]):
        known: dict[str, Any] = {"is_null_level": True}
        if at:
            share = weights.m[field][level.name]
            known = _shares(weights.of(field, level.name), share)
        condition = _sides(level.when) if level.when else "ELSE"
        levels.append({"sql_condition": condition, "label_for_charts": level.text, **known})
    return _comparison(field, levels)


def _together(rules: Rules, weights: Weights, name: str) -> dict[str, Any]:
    together = rules.together[name]
    unknown = " OR ".join(f"({_sides(rules.fields[field][0].when)})" for field in together.places)
    levels: list[dict[str, Any]] = [
        {"sql_condition": unknown, "is_null_level": True, "label_for_charts": "missing"}
    ]
    every = product(*(range(len(groups)) for groups in together.groups.values()))
    for cell, chosen in zip(together.cells, every, strict=True):
        shown = {
            field: frozenset(
                level.name
                for level, place in zip(rules.fields[field][1:], places, strict=True)
                if place == group
            )
            for (field, places), group in zip(together.places.items(), chosen, strict=True)
        }
        condition = _holds(rules, Condition(shown, frozenset()))
        said = _shares(weights.of(name, cell))
        levels.append({"sql_condition": condition, "label_for_charts": cell, **said})
    levels[-1]["sql_condition"] = "ELSE"
    return _comparison(name, levels)


def _limits(rules: Rules, weights: Weights, field: str) -> dict[str, Any]:
    """What levels would say more than those they may not exceed, by the levels of other fields."""
    others = sorted(
        {other for each in rules.together.values() if field in each.places for other in each.places}
        - {field}
    )
    scheme = Scheme(rules)
    names = {each: [level.name for level in rules.fields[each]] for each in (field, *others)}
    shown = [*product(rules.at_most[field], *(names[other] for other in others))]
    patterns = [
        sum(
            names[each].index(level) * step(scheme, each)
            for each, level in zip(names, levels, strict=True)
        )
        for levels in shown
    ]
    judged = judge(np.array(patterns, np.uint32), np.ones(len(shown), np.int64), rules, weights)
    alike: dict[tuple[Any, ...], set[str]] = defaultdict(
        set
    )  # the levels of the last field that take the same away
    for each, weight in zip(shown, judged.weights[field].tolist(), strict=True):
        alike[*each[:-1], weight - weights.of(field, each[0])].add(each[-1])
    levels = []
    for (*first, weight), last in alike.items():
        wanted = [*(frozenset({level}) for level in first), frozenset(last)]
        said = {
            "sql_condition": _holds(
                rules, Condition(dict(zip(names, wanted, strict=True)), frozenset())
            ),
            "label_for_charts": rules.level(field, first[0]).text,
            **_shares(weight),
        }
        levels += [said] if weight else []
    return _spoken(f"{field}_limit", levels)


def _guards(rules: Rules, weights: Weights) -> dict[str, Any]:
    levels = [
        {
            "sql_condition": _holds(rules, guard.condition),
            "label_for_charts": guard.text,
            **_shares(guard.weight),
        }
        for guard in rules.guards
        if guard.name not in weights.lifted
    ]
    return _spoken("guard", levels)


def _spoken(name: str, levels: list[dict[str, Any]]) -> dict[str, Any]:
    """A comparison of levels that weigh, and of one for all other pairs, which does not."""
    silent = {"label_for_charts": "-", **_shares(0.0)}
    # Splink expects of every comparison a level for what is unknown
    unknown = {"sql_condition": "1 = 0", "is_null_level": True, "label_for_charts": "missing"}
    return _comparison(name, [unknown, *levels, {"sql_condition": "ELSE", **silent}])


def _shares(weight: float, m: float = _EVEN) -> dict[str, float]:
    """m and u of a weight in log2 odds, with that m where u can be a share."""
    m = min(m, 2.0**weight)
    return {"m_probability": m, "u_probability": m / 2.0**weight}


def _comparison(name: str, levels: list[dict[str, Any]]) -> dict[str, Any]:
    return {"output_column_name": name, "comparison_levels": levels}


def _holds(rules: Rules, condition: Condition) -> str:
    """The condition over levels as one over columns: which level shows is asked of its field."""
    parts = [f"coalesce({_sides(rules.marks[mark])}, false)" for mark in sorted(condition.marks)]
    for field, wanted in condition.levels.items():
        levels = rules.fields[field]
        whens = " ".join(
            f"WHEN {_sides(level.when)} THEN {at}" for at, level in enumerate(levels[:-1])
        )
        places = ", ".join(str(at) for at, level in enumerate(levels) if level.name in wanted)
        parts.append(f"(CASE {whens} ELSE {len(levels) - 1} END) IN ({places})")
    return " AND ".join(parts)


def _sides(condition: str) -> str:
    """A condition over l.nik and r.nik as Splink writes it: "nik_l" and "nik_r"."""
    return _COLUMN.sub(r'"\2_\1"', condition)
