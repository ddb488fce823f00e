"""Why an answer is what it is: the rules used, in order, with values, article and certainty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from payung.law.parameters import Dated, Source
from payung.law.sentences import all_sentences, sentence
from payung.law.wording import Language


@dataclass(frozen=True, slots=True)
class Step:
    """One rule applied.

    `sentence` is the code of a sentence, `values` are what the rule used and gave, in their own
    types. `said` is the Indonesian text of a step that was kept in a record, as said then.
    """

    rule: str
    sentence: str
    values: Mapping[str, Any]
    source: Source
    verified: bool
    said: str = ""

    @property
    def text(self) -> str:
        """The step in Indonesian; a kept one as it was said then."""
        return self.say("id")

    @property
    def has_english(self) -> bool:
        """False for a kept step whose sentence is gone, or that was kept without code or values."""
        known = all_sentences().get(self.sentence)
        return known is not None and known.names <= self.values.keys()

    def say(self, language: Language = "id") -> str:
        """The step in "id" or "en"; a kept one without English speaks Indonesian only."""
        if self.said and (language == "id" or not self.has_english):
            return self.said
        return sentence(self.sentence).say(self.values, language)


def step_from(dated: Dated, code: str, *, verified: bool | None = None, **values: Any) -> Step:
    """A step under a dated parameter, said by the sentence `code` with these values.

    `verified` may be lowered where the reading is ours. Raises KeyError for an unknown sentence
    or a value that it needs and did not get.
    """
    if missing := sentence(code).names - values.keys():
        raise KeyError(f"{code} needs {sorted(missing)}")
    certain = dated.verified if verified is None else dated.verified and verified
    return Step(dated.parameter, code, values, dated.source, certain)


def steps_as_data(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Steps as plain values, to be kept in a record: what was true then stays readable."""
    return [
        {
            "rule": step.rule,
            "sentence": step.sentence,
            "text": step.text,
            "values": {name: _plain(value) for name, value in step.values.items()},
            "regulation": step.source.regulation,
            "article": step.source.article,
            "verified": step.verified,
        }
        for step in steps
    ]


def steps_from_data(data: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps that `steps_as_data` wrote; older records hold the Indonesian text only."""
    return tuple(
        Step(
            row["rule"],
            row.get("sentence", ""),
            row["values"],
            Source(row["regulation"], row["article"]),
            row["verified"],
            row["text"],
        )
        for row in data
    )


def _plain(value: Any) -> Any:
    if isinstance(value, int | str | None):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, Iterable):
        return [_plain(each) for each in value]
    raise TypeError(f"a step cannot keep {value!r}")
