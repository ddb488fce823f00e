"""Occupations of vulnerable workers: the words lists use for them, their sector and category.

The registered occupation decides what counts as a work accident (Permenaker 5/2021 Pasal 47) and
the sector decides which contribution relief may apply (PP 50/2025).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from payung.identity.files import read_yaml
from payung.identity.nik import is_empty

Sector = Literal["transport", "other"]

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_NEAR_ENOUGH = 75.0
# heads of too many different trades to stand for one of them
_GENERAL = frozenset(("tukang", "buruh", "pekerja", "petugas", "guru", "rt", "rw"))
_REMEMBERED = 50_000


class Occupation(NamedTuple):
    code: str
    name: str
    sector: Sector
    category: str
    synonyms: tuple[str, ...] = ()


class OccupationMatch(NamedTuple):
    """`occupation` when the words are known, else the `nearest` to propose."""

    occupation: Occupation | None
    nearest: Occupation | None = None


def _key(text: str) -> str:
    return _NOT_WORD.sub(" ", text.lower()).strip()


@cache
def _packaged() -> tuple[Occupation, ...]:
    text = files("payung.identity").joinpath("data/occupations.yaml").read_text(encoding="utf-8")
    return tuple(
        Occupation(
            entry["code"],
            entry["name"],
            entry["sector"],
            entry["category"],
            tuple(entry["synonyms"]),
        )
        for entry in read_yaml(text)
    )


class Occupations:
    """A table of occupations searched by any of their words."""

    def __init__(self, entries: Iterable[Occupation]) -> None:
        self.entries = tuple(entries)
        self.by_code = {entry.code: entry for entry in self.entries}
        self._by_word: dict[str, Occupation] = {}
        for entry in self.entries:
            for word in (entry.name, entry.code.replace("-", " "), *entry.synonyms):
                self._by_word.setdefault(_key(word), entry)
        self._found: dict[str, OccupationMatch] = {}

    @classmethod
    def packaged(cls) -> Occupations:
        """The occupations that come with Payung."""
        return cls(_packaged())

    def __len__(self) -> int:
        return len(self.entries)

    def find(self, text: str) -> OccupationMatch:
        """The occupation a text names; a misspelling only yields the nearest as a proposal."""
        found = self._found.get(text)
        if found is None:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            found = self._found[text] = self._find(text)
        return found

    def _find(self, text: str) -> OccupationMatch:
        if is_empty(text):
            return OccupationMatch(None)
        key = _key(text)
        known = self._by_word.get(key)
        if known is None:
            known = self._leading(key)
        if known is not None:
            return OccupationMatch(known)
        near = process.extractOne(
            key, self._by_word.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH
        )
        return OccupationMatch(None, nearest=self._by_word[near[0]] if near else None)

    def _leading(self, key: str) -> Occupation | None:
        """The longest known words the text begins with: "marbot masjid al ikhlas"."""
        words = key.split()
        for length in range(len(words) - 1, 0, -1):
            leading = " ".join(words[:length])
            known = self._by_word.get(leading)
            if known is not None and leading not in _GENERAL:
                return known
        return None
