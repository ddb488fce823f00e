"""Which records are the same person: keys, comparison, evidence; pure, and merging nobody.

`weigh`, `link` and what they take and give are loaded when first asked for, so that what only makes
a key does not load Polars and DuckDB.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from payung.linkage.records import match_key

if TYPE_CHECKING:
    from payung.linkage.engine import Linked, link
    from payung.linkage.index import Index
    from payung.linkage.learning import (
        Weights,
        WeightsError,
        packaged_weights,
        parse_weights,
        weights_as_text,
    )
    from payung.linkage.pairs import PERSON, Evidence, Weighed, alike, doubles, prepared, weigh
    from payung.linkage.rows import NoAnswer
    from payung.linkage.rules import Rules, packaged_rules, parse_rules

_LATER = {
    "Evidence": "pairs",
    "Index": "index",
    "Linked": "engine",
    "PERSON": "pairs",
    "Weighed": "pairs",
    "alike": "pairs",
    "doubles": "pairs",
    "prepared": "pairs",
    "packaged_weights": "learning",
    "weigh": "pairs",
    "link": "engine",
    "Weights": "learning",
    "WeightsError": "learning",
    "parse_weights": "learning",
    "weights_as_text": "learning",
    "NoAnswer": "rows",
    "Rules": "rules",
    "packaged_rules": "rules",
    "parse_rules": "rules",
}

__all__ = [
    "PERSON",
    "Evidence",
    "Index",
    "Linked",
    "NoAnswer",
    "Rules",
    "Weighed",
    "Weights",
    "WeightsError",
    "alike",
    "doubles",
    "link",
    "match_key",
    "packaged_rules",
    "packaged_weights",
    "parse_rules",
    "parse_weights",
    "prepared",
    "weigh",
    "weights_as_text",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
