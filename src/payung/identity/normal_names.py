"""Names of whole columns: every different word is read once."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from payung.identity.normal_texts import (
    FIRST_LETTERS,
    as_arrow,
    as_series,
    blank_as_null,
    distinct_values,
    replaced,
    ruled,
    through,
)
from payung.identity.rulebook import RULED, rulebook

# a name that only rules about words may change
_LETTERS = "^[A-Za-z]+(?: [A-Za-z]+)*$"


def names(column: str, forms: Collection[str], said: pl.Series) -> dict[str, pl.Series]:
    """The key of every name of the column `name` or `mother_name`, and its head if that is among
    the forms wanted; null where nothing is left."""
    key, _, head = RULED[column]
    distinct, which = distinct_values(said.cast(pl.String))
    keys, heads = _name_keys(distinct)
    made = {key: keys.gather(which)}
    if head in forms:
        rest = (heads.is_null() & keys.is_not_null()).arg_true()
        heads = heads.scatter(rest, ruled("name_head", keys.gather(rest)))
        made[head] = heads.gather(which)
    return made


def _name_keys(said: pl.Series) -> tuple[pl.Series, pl.Series]:
    """By the rules of names: the keys, and the heads that the first word tells.

    The rules before those for single words touch only names that hold a sign, or one of the words
    they are about.
    """
    *whole, phrases, for_words, for_letters = rulebook("name_key").sections
    signed = (~said.str.contains(_LETTERS)).fill_null(value=False).arg_true()
    words = _Words.of(said.clone().scatter(signed, through(whole, said.gather(signed)))).lower()
    about = frozenset[str]().union(phrases.words, *(each.words for each in whole if each.by_word))
    at = words.holding(about)
    changed = _Words.of(replaced(phrases, through(whole, said.gather(at))))
    folded = through((for_words, for_letters), pl.concat([words.different, changed.different]))
    first = _first_heads(folded)
    these = slice(0, len(words.different)), slice(len(words.different), None)
    (keys, heads), (new_keys, new_heads) = (
        (each.joined(folded[here]), each.first(first[here]))
        for each, here in zip((words, changed), these, strict=True)
    )
    return blank_as_null(keys.scatter(at, new_keys)), heads.scatter(at, new_heads)


def _first_heads(folded: pl.Series) -> pl.Series:
    """The heads of names that begin with these words, where the word is as long as a head and none
    of those that are left out of heads."""
    (section,) = rulebook("name_head").sections
    common_first, _, cut = section.rules
    (letters,) = map(int, FIRST_LETTERS.findall(cut.pattern))
    heads = folded.str.slice(0, letters)
    tells = heads.str.len_bytes() == letters
    tells &= ~(folded.str.contains(" ", literal=True) | folded.is_in(list(common_first.words)))
    return heads.set(~tells, None)


class _Words(NamedTuple):
    """Texts, none of them null, as words: the different ones, which of them stand one after
    another, and where each text begins."""

    different: pl.Series
    which: pa.Array
    begins: pa.Array

    @classmethod
    def of(cls, said: pl.Series) -> _Words:
        parted = pc.split_pattern(as_arrow(said), " ")
        coded = parted.values.dictionary_encode()
        return cls(as_series(coded.dictionary), coded.indices, parted.offsets.cast(pa.int64()))

    def lower(self) -> _Words:
        """The same in lower case, some of the different ones now alike."""
        return self._replace(different=self.different.str.to_lowercase())

    def joined(self, words: pl.Series) -> pl.Series:
        """The texts with other words in place of the different ones."""
        lists = pa.LargeListArray.from_arrays(self.begins, as_arrow(words).take(self.which))
        return as_series(pc.binary_join(lists, as_arrow(pl.Series([" "]))[0]))

    def first(self, told: pl.Series) -> pl.Series:
        """Of every text what is `told` of its first word."""
        return told.gather(as_series(self.which.take(self.begins[:-1])))

    def holding(self, words: Collection[str]) -> pl.Series:
        """The places of the texts that hold one of some words."""
        held = self.different.is_in(list(words)).gather(as_series(self.which))
        texts = (
            np.searchsorted(as_series(self.begins).to_numpy(), held.arg_true(), side="right") - 1
        )
        return pl.Series(np.unique(texts))
