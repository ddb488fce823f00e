"""The rules by which fields are brought to one form, read from `rules/*.yaml`.

A rule replaces every match of a pattern. The same patterns run here with Python's `re` and in
Polars (Rust), so they may use only what both read alike; whatever else is refused when a file is
read. `docs/identity.md` lists every rule with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import yaml

from payung.identity.files import read_yaml

_FIELDS = {
    "name_key": "names",
    "name_head": "heads",
    "phone_key": "phones",
    "address_key": "addresses",
    "nik": "niks",
}
# a column of a list: the form made of it, the rules for that, and the form made of that by heads
RULED: Mapping[str, tuple[str, str, str]] = {
    "nik": ("nik", "nik", ""),
    "name": ("name_key", "name_key", "name_head"),
    "mother_name": ("mother_key", "name_key", "mother_head"),
    "address": ("address_key", "address_key", ""),
    "phone": ("phone_key", "phone_key", ""),
}
# a column with few distinct texts, each of which is read by itself, and what comes of it
READ: Mapping[str, str] = {"birth_date": "born", "sex": "sex", "kelurahan": "place"}
# what Python, Rust and other engines understand each in its own way, or not at all
_FORBIDDEN = re.compile(
    r"\(\?(?!:)"  # lookaround, flags, named groups
    r"|\\(?!x[0-9A-F]{2}|b|[.\-\[\]()*+?/])"  # \s \d \w \Z \1 …
    r"|[*+?}]\+|\{\d*,\d*\}\?|[*+?]\?"  # possessive, lazy
    r"|&&|~~|\[[^\]]*\["  # sets of sets
)
_GROUPS = 9  # as many as have a name of one digit
_WORDS = "{words}"
_BY_WORD = ("words", "letters")


class RuleError(ValueError):
    """A file of rules says something that cannot be used; the text says what and where."""


@dataclass(frozen=True)
class Rule:
    """Every match of `pattern` becomes `replace`, in which \\1 to \\9 stand for groups.

    `example` is a pair of texts that one person may have written and that get the same form.
    """

    code: str
    pattern: str
    replace: str
    why: str
    example: tuple[str, str]
    words: frozenset[str] = frozenset()

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def apply(self, text: str) -> str:
        # looked for first: a replacement that names groups is parsed anew by every `sub`
        found = self._compiled.search(text)
        return text if found is None else self._compiled.sub(self.replace, text)

    def matches(self, text: str) -> bool:
        return self._compiled.search(text) is not None


@dataclass(frozen=True)
class Section:
    """Rules in their order; `unless` is a pattern of texts that they leave alone.

    `by_word`: each of the rules needs one of its `words` to stand in the text by itself.
    """

    code: str
    rules: tuple[Rule, ...]
    unless: str = ""
    by_word: bool = False

    @cached_property
    def any(self) -> str:
        """One pattern that matches wherever the first of the rules to do anything would."""
        return "|".join(f"(?:{rule.pattern})" for rule in self.rules)

    @cached_property
    def _unless(self) -> re.Pattern[str] | None:
        return re.compile(self.unless) if self.unless else None

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset[str]().union(*(rule.words for rule in self.rules))

    @cached_property
    def apply(self) -> Callable[[str], str]:
        """Applies the rules to a text, in their order."""
        if self.by_word:
            return self._apply_by_word
        rules, unless = [rule.apply for rule in self.rules], self._unless

        def apply(text: str) -> str:
            if unless and unless.search(text):
                return text
            for rule in rules:
                text = rule(text)
            return text

        return apply

    def _apply_by_word(self, text: str) -> str:
        """The same as trying every rule, and quicker: most names hold none of the words."""
        present = text.split(" ")
        if self.words.isdisjoint(present):
            return text
        for rule in self.rules:
            if not rule.words.isdisjoint(present):
                text = rule.apply(text)
                present = text.split(" ")
        return text


@dataclass(frozen=True)
class Rulebook:
    """All sections of a field in their order, those every field begins with included.

    Between the sections "ascii" and "blank" the text becomes lower case. The last sections "words"
    and "letters" are applied to each word by itself, as none of their rules matches a space.
    """

    field: str
    sections: tuple[Section, ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        return tuple(rule for section in self.sections for rule in section.rules)

    def apply(self, text: str) -> str:
        """The form of a text, "" when nothing is left of it. Never raises."""
        for apply in self._whole:
            text = apply(text)
        if not self._folds:
            return text
        return " ".join([self._word(word) for word in text.split(" ")])

    @cached_property
    def _whole(self) -> tuple[Callable[[str], str], ...]:
        """What is done with a whole text, in its order."""
        return tuple(
            _lowered(section) if section.code == "ascii" else section.apply
            for section in self.sections
            if section.code not in _BY_WORD
        )

    @cached_property
    def _folds(self) -> tuple[Section, ...]:
        return tuple(section for section in self.sections if section.code in _BY_WORD)

    @cached_property
    def _word(self) -> Callable[[str], str]:
        def fold(word: str) -> str:
            for section in self._folds:
                word = section.apply(word)
            return word

        return lru_cache(maxsize=131072)(fold)


def _lowered(ascii: Section) -> Callable[[str], str]:
    return lambda text: (text if _is_plain(text) else ascii.apply(text)).lower()


def _is_plain(text: str) -> bool:
    """Whether nothing of the section "ascii" can match: only a quick way past it."""
    if not text.isascii() or not text.isprintable() or "`" in text:
        return False
    return "  " not in text and text == text.strip(" ")


@cache
def rulebook(field: str) -> Rulebook:
    """The rules of `name_key`, `name_head`, `phone_key`, `address_key` or `nik`, read once."""
    return parse_rulebook(_read(_FIELDS[field]), beginning())


@cache
def beginning() -> Rulebook:
    """The rules every field begins with: plain ASCII, lower case, "tidak ada" is nothing."""
    return parse_rulebook(_read("text"))


@cache
def names_fingerprint() -> str:
    """64 hexadecimal digits that change with the text of the rules that make `name_key`.

    Whoever stores such keys stores it too, and so knows when they must be made anew.
    """
    texts = [_read(name) for name in ("text", _FIELDS["name_key"])]
    return sha256("\0".join(texts).encode()).hexdigest()


def fields() -> tuple[str, ...]:
    """The fields that have rules."""
    return tuple(_FIELDS)


def _read(name: str) -> str:
    return (files("payung.identity") / f"rules/{name}.yaml").read_text("utf-8")


def parse_rulebook(text: str, begin: Rulebook | None = None) -> Rulebook:
    """Read and check the rules of a field; raises RuleError naming the rule at fault."""
    try:
        document = read_yaml(text)
        field, sections = str(document["field"]), document["sections"]
        unknown = set(document) - {"field", "of", "sections"}
        read = tuple(_section(field, code, entries) for code, entries in sections.items())
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise RuleError(f"a file of rules cannot be read: {error!r}") from error
    if unknown:
        raise RuleError(f"{field}: unknown entries {sorted(unknown)}")
    if any(section.code in _BY_WORD for section in read[: -len(_BY_WORD)]):
        raise RuleError(f"{field}: sections that go word by word come last")
    codes = [rule.code for section in read for rule in section.rules]
    if len(set(codes)) != len(codes):
        raise RuleError(f"{field}: a code stands twice")
    first = () if begin is None or "of" in document else begin.sections
    return Rulebook(field, (*first, *read))


def _section(field: str, code: str, entries: Any) -> Section:
    unless, by_word = "", False
    if isinstance(entries, Mapping):
        unless, by_word = entries.get("unless", ""), entries.get("by_word", False)
        if unless:
            _check(f"{field}/{code}/unless", unless)
        entries = entries["rules"]
    rules = tuple(_rule(field, entry) for entry in entries)
    for rule in rules:
        if code in _BY_WORD and rule.matches(" "):
            raise RuleError(f"{field}/{rule.code}: a rule for words matches a space")
        if by_word and (unless or not rule.words):
            raise RuleError(f"{field}/{rule.code}: a section by words needs words and no unless")
    return Section(code, rules, unless, by_word)


def _rule(field: str, entry: Mapping[str, Any]) -> Rule:
    where = f"{field}/{entry['code']}"
    unknown = set(entry) - {"code", "words", "pattern", "replace", "why", "example"}
    if unknown:
        raise RuleError(f"{where}: unknown entries {sorted(unknown)}")
    pattern: str = entry["pattern"]
    if (_WORDS in pattern) != ("words" in entry):
        raise RuleError(f"{where}: words and their place in the pattern belong together")
    words: list[str] = sorted(entry.get("words", ()), key=len, reverse=True)
    said = "|".join(re.sub(r"[.?]", r"[\g<0>]", word) for word in words)
    pattern = pattern.replace(_WORDS, said)
    groups = _check(where, pattern)
    example = tuple(entry["example"])
    if len(example) != 2 or not all(isinstance(each, str) for each in example):
        raise RuleError(f"{where}: the example is a pair of texts")
    if not entry["why"]:
        raise RuleError(f"{where}: a rule says why")
    named = {int(number) for number in re.findall(r"\\(\d+)", entry["replace"])}
    if "$" in entry["replace"] or any(not 0 < each <= groups for each in named):
        raise RuleError(f"{where}: the replacement names what the pattern does not hold")
    single = frozenset(" ".join(words).split())
    return Rule(
        entry["code"], pattern, entry["replace"], entry["why"], (example[0], example[1]), single
    )


def _check(where: str, pattern: str) -> int:
    """Raises RuleError for a pattern that not all engines read alike; gives its groups."""
    fault = _FORBIDDEN.search(pattern)
    if fault:
        raise RuleError(f"{where}: not every engine reads {fault[0]!r} alike")
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise RuleError(f"{where}: {error}") from error
    if compiled.search(""):
        raise RuleError(f"{where}: the pattern matches where nothing stands")
    if compiled.groups > _GROUPS:
        raise RuleError(f"{where}: more than nine groups")
    return compiled.groups
