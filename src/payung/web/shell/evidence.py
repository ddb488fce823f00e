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
    is_joint: bool  # of two fields, for what they say beyond what each says alone


def reasons(evidence: list[dict[str, Any]]) -> list[Reason]:
    """Stored evidence in words, of whatever day: what says most comes first, two fields' last."""
    found = [(each, "/" in each["level"]) for each in evidence]  # a level of two is "equal/equal"
    found.sort(key=lambda each: (each[1], -abs(each[0]["weight"])))
    return [Reason(each["text"], *_says(each["weight"]), joint) for each, joint in found]


def _says(weight: float) -> tuple[str, str]:
    much = next((word for least, word in _WORDS if abs(weight) >= least), "")
    if not much:
        return "tidak menentukan", ""
    return (
        f"{much} {'mendukung' if weight > 0 else 'membantah'}",
        "for" if weight > 0 else "against",
    )
