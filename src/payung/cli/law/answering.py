"""Answers of the law: data for scripts, and how to show the same to people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from payung.law import Step, steps_as_data

if TYPE_CHECKING:
    from payung.cli.law.screen import Screen

_SHOWN = ("rule", "text", "text_en", "values", "regulation", "article", "verified")


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` is what --json writes; `show` writes the same for people."""

    data: Mapping[str, Any]
    show: Callable[[Screen], None]


def steps_data(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Steps in both languages, as scripts read them."""
    kept = list(steps)
    found = []
    for step, data in zip(kept, steps_as_data(kept), strict=True):
        both = data | {"text_en": step.say("en")}
        found.append({name: both[name] for name in _SHOWN})
    return found
