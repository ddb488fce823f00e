"""Why an answer is what it is: the rules used, in order, with values, article and certainty."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from payung.law.parameters import Dated, Source


@dataclass(frozen=True, slots=True)
class Step:
    """One rule applied. `text` is an Indonesian sentence; `values` are what it used and gave."""

    rule: str
    text: str
    values: Mapping[str, Any]
    source: Source
    verified: bool


def step_from(dated: Dated, text: str, *, verified: bool | None = None, **values: Any) -> Step:
    """A step under a dated parameter; `verified` may be lowered where the reading is ours."""
    certain = dated.verified if verified is None else dated.verified and verified
    return Step(dated.parameter, text, values, dated.source, certain)
