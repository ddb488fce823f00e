"""The sentences of the law in two languages: reading `sentences/*.yaml`, checking, saying them.

A sentence has a code and an Indonesian and an English text with the same placeholders:

    bpu.base:
      id: "Dasar penghasilan {base:rupiah} sebulan."
      en: "Base income {base:rupiah} a month."

After the colon stands how a value is written: `rupiah`, `date`, `month` (of any day in it),
`months` (several), `list`, `percent` (50, or "0.24"), `words` (a name in both languages), or
nothing: as it is. Values keep their types until a sentence is said.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any

from payung.law.files import LawFileError, check_keys, read_yaml
from payung.law.wording import Language, Words, long_date, month_name, month_names, percent, rupiah


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `names` are the values it needs."""

    code: str
    id: str
    en: str
    names: frozenset[str]

    def say(self, values: Mapping[str, Any], language: Language = "id") -> str:
        """The sentence with its values written in; KeyError when one is missing."""
        text = self.en if language == "en" else self.id
        return "".join(
            before + ("" if name is None else _SPECS[spec or ""](values[name], language))
            for before, name, spec, _ in Formatter().parse(text)
        )


def _day(value: Any) -> date:
    """Values that were kept as JSON come back as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def _words(value: Any, language: Language) -> str:
    if isinstance(value, str):
        return value
    return Words(*value).say(language)


_SPECS: Mapping[str, Callable[[Any, Language], str]] = {
    "": lambda value, _: str(value),
    "rupiah": rupiah,
    "percent": percent,
    "date": lambda value, language: long_date(_day(value), language),
    "month": lambda value, language: month_name(_day(value), language),
    "months": lambda value, language: month_names(map(_day, value), language),
    "list": lambda value, language: ", ".join(_words(each, language) for each in value),
    "words": _words,
}


def say(code: str, language: Language = "id", /, **values: Any) -> str:
    """A sentence by code with its values; KeyError for an unknown code or a missing value."""
    return sentence(code).say(values, language)


def words(code: str, /, **values: Any) -> Words:
    """A sentence or name by code in both languages, to be shown or put into another sentence."""
    found = sentence(code)
    return Words(found.say(values, "id"), found.say(values, "en"))


def sentence(code: str) -> Sentence:
    """One sentence by code; KeyError when there is none."""
    return all_sentences()[code]


@cache
def all_sentences() -> Mapping[str, Sentence]:
    """Every sentence of the law by code, read once."""
    found: dict[str, Sentence] = {}
    folder = files("payung.law") / "sentences"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if not file.name.endswith(".yaml"):
            continue
        for each in parse_sentences(file.read_text("utf-8"), file.name):
            if each.code in found:
                raise LawFileError(f"{file.name}: {each.code} is declared twice")
            found[each.code] = each
    return found


def parse_sentences(text: str, name: str) -> tuple[Sentence, ...]:
    """Read and check one sentence file's text; LawFileError on any fault."""
    document = read_yaml(text, name)
    if not isinstance(document, dict):
        raise LawFileError(f"{name}: expected sentences by code")
    return tuple(_sentence(str(code), entry, name) for code, entry in document.items())


def _sentence(code: str, entry: Any, name: str) -> Sentence:
    where = f"{name}: {code}"
    check_keys(entry, {"id", "en"}, (), where)
    for language, text in entry.items():
        if not isinstance(text, str) or not text.strip():
            raise LawFileError(f"{where}: '{language}' must be text")
    indonesian = _placeholders(entry["id"], where)
    english = _placeholders(entry["en"], where)
    if indonesian != english:
        different = sorted(f"{each}:{spec}" for each, spec in indonesian ^ english)
        raise LawFileError(f"{where}: placeholders differ between the languages: {different}")
    return Sentence(code, entry["id"], entry["en"], frozenset(each for each, _ in indonesian))


def _placeholders(text: str, where: str) -> set[tuple[str, str]]:
    try:
        parts = list(Formatter().parse(text))
    except ValueError as error:
        raise LawFileError(f"{where}: {error} in {text!r}") from error
    found = set()
    for _, placeholder, spec, conversion in parts:
        if placeholder is None:
            continue
        if not placeholder.isidentifier() or conversion:
            raise LawFileError(f"{where}: {placeholder!r} is no plain name of a value")
        if spec not in _SPECS:
            raise LawFileError(f"{where}: unknown way to write {{{placeholder}:{spec}}}")
        found.add((placeholder, spec or ""))
    return found
