"""Stored evidence that two are one person, in words."""

from dataclasses import dataclass
from typing import Any

# log2 odds from which a field says so much, for one person or against
_WORDS = ((6.0, "sangat kuat"), (3.0, "kuat"), (1.0, "cukup"), (0.3, "sedikit"))


@dataclass(frozen=True)
class Reason:
    """What one field says: a sentence, how much in words, and the tone of it."""

    text: str
    says: str
    tone: str


def reasons(evidence: list[dict[str, Any]]) -> list[Reason]:
    """Stored evidence in words, of whatever day: what says most comes first."""
    ordered = sorted(evidence, key=lambda each: -abs(each["weight"]))
    return [Reason(each["text"], *_says(each["weight"])) for each in ordered]


def _says(weight: float) -> tuple[str, str]:
    much = next((word for least, word in _WORDS if abs(weight) >= least), "")
    if not much:
        return "tidak menentukan", ""
    return (
        f"{much} {'mendukung' if weight > 0 else 'membantah'}",
        "for" if weight > 0 else "against",
    )
