"""Which records are the same person: keys, comparison, evidence; pure, and merging nobody.

`link` and what it takes and gives are loaded when first asked for, so that what only compares two
records does not load Polars and DuckDB.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from payung.linkage.compare import Match, compare
from payung.linkage.evidence import Band, Evidence, EvidenceTable, evidence_table, parse_evidence
from payung.linkage.records import Record, blocking_keys, is_nik, match_key

if TYPE_CHECKING:
    from payung.linkage.engine import Linked, link
    from payung.linkage.learning import Weights, WeightsError, parse_weights, weights_as_text
    from payung.linkage.rows import NoAnswer
    from payung.linkage.rules import Rules, packaged_rules, parse_rules

_LATER = {
    "Linked": "engine",
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
    "Band",
    "Evidence",
    "EvidenceTable",
    "Linked",
    "Match",
    "NoAnswer",
    "Record",
    "Rules",
    "Weights",
    "WeightsError",
    "blocking_keys",
    "compare",
    "evidence_table",
    "is_nik",
    "link",
    "match_key",
    "packaged_rules",
    "parse_evidence",
    "parse_rules",
    "parse_weights",
    "weights_as_text",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
