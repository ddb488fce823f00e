"""The declared evidence levels and their weights, read from `evidence.yaml`.

Weights are data so that learning them replaces a file, not code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

import yaml

Band = Literal["same", "review", "different"]

LEVELS: Mapping[str, frozenset[str]] = {
    "nik": frozenset(
        {"missing", "equal", "one-digit", "one-digit-serial", "same-head", "different"}
    ),
    "name": frozenset(
        {"missing", "equal", "reordered", "close", "partial", "similar", "different"}
    ),
    "birth_date": frozenset(
        {"missing", "equal", "equal-default", "swapped", "one-part", "different"}
    ),
    "sex": frozenset({"missing", "equal", "different"}),
    "mother_name": frozenset({"missing", "equal", "close", "different"}),
    "kelurahan": frozenset({"missing", "equal", "different"}),
    "phone": frozenset({"missing", "equal", "different"}),
}
RULES = frozenset({"nik-differs", "nik-shared", "name-differs", "twins"})


class EvidenceFileError(Exception):
    """The evidence table does not declare what the comparison needs."""


class Evidence(NamedTuple):
    """What one field, or one rule, says about a pair; `weight` is log2(m/u)."""

    field: str
    level: str
    weight: float
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    evidence: Evidence
    never: Band


@dataclass(frozen=True, slots=True)
class EvidenceTable:
    """`learned` is False while the weights are set by hand."""

    learned: bool
    prior: float
    same: float
    different: float
    close: float
    similar: float
    word: float
    levels: Mapping[str, Mapping[str, Evidence]]
    rules: Mapping[str, Rule]


def parse_evidence(text: str) -> EvidenceTable:
    """Read and check an evidence table; raises EvidenceFileError on any fault."""
    try:
        document: Any = yaml.safe_load(text)
        if set(document) != {"learned", "prior", "bands", "similarity", "fields", "rules"}:
            raise EvidenceFileError(f"unexpected sections: {sorted(document)}")
        levels = {
            field: {
                level: Evidence(field, level, float(entry["weight"]), str(entry["text"]))
                for level, entry in entries.items()
            }
            for field, entries in document["fields"].items()
        }
        rules = {
            name: Rule(
                Evidence("rule", name, float(entry["weight"]), entry["text"]), entry["never"]
            )
            for name, entry in document["rules"].items()
        }
        table = EvidenceTable(
            learned=document["learned"],
            prior=float(document["prior"]),
            same=float(document["bands"]["same"]),
            different=float(document["bands"]["different"]),
            close=float(document["similarity"]["close"]),
            similar=float(document["similarity"]["similar"]),
            word=float(document["similarity"]["word"]),
            levels=levels,
            rules=rules,
        )
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise EvidenceFileError(f"the evidence table cannot be read: {error!r}") from error
    if {field: frozenset(entries) for field, entries in levels.items()} != LEVELS:
        raise EvidenceFileError("fields and levels differ from what the comparison knows")
    if set(rules) != RULES or any(
        rule.never not in ("same", "different") for rule in rules.values()
    ):
        raise EvidenceFileError("rules differ from what the comparison knows")
    if any(entries["missing"].weight for entries in levels.values()):
        raise EvidenceFileError("a missing value must weigh nothing")
    if not 0 < table.different < table.same < 1:
        raise EvidenceFileError("the bands must lie between 0 and 1, different below same")
    return table


@cache
def evidence_table() -> EvidenceTable:
    """The project's own table, read once."""
    return parse_evidence((files("payung.linkage") / "evidence.yaml").read_text("utf-8"))
