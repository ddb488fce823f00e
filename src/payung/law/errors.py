"""The one error of the law floor."""

from collections.abc import Callable, Mapping
from typing import Any

from payung.law.sentences import sentence
from payung.law.wording import Language


class LawError(ValueError):
    """A question the law cannot answer, as one sentence in two languages.

    `str(error)` is Indonesian, for a clerk; `error.say("en")` English. `code` names the sentence
    in `sentences/*.yaml`, `values` are what it speaks of, by which a form finds its field.
    """

    def __init__(self, code: str, /, **values: Any) -> None:
        self.code = code
        self.values: Mapping[str, Any] = values
        super().__init__(sentence(code).say(values))

    def say(self, language: Language = "id") -> str:
        return sentence(self.code).say(self.values, language)

    def __reduce__(self) -> tuple[Callable[..., "LawError"], tuple[Any, ...]]:
        return _again, (type(self), self.code, dict(self.values))  # crosses a process whole


def _again(kind: type[LawError], code: str, values: Mapping[str, Any]) -> LawError:
    return kind(code, **values)
