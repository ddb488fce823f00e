"""Why an answer is what it is: the rules used, in order, with values, article and certainty."""

from collections.abc import Iterable, Mapping
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


def steps_as_data(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Steps as plain values, to be kept in a record: what was true then stays readable."""
    return [
        {
            "rule": step.rule,
            "text": step.text,
            "values": {name: _plain(value) for name, value in step.values.items()},
            "regulation": step.source.regulation,
            "article": step.source.article,
            "verified": step.verified,
        }
        for step in steps
    ]


def steps_from_data(data: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps that `steps_as_data` wrote."""
    return tuple(
        Step(
            row["rule"],
            row["text"],
            row["values"],
            Source(row["regulation"], row["article"]),
            row["verified"],
        )
        for row in data
    )


def _plain(value: Any) -> Any:
    return value if isinstance(value, (int, str, bool, type(None))) else str(value)
