"""A column of texts brought to one form by the rules of a field, in Polars."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from payung.identity.rulebook import Rule, Section, rulebook

# of the two hashes, 128 bits together, by which texts are told apart
_SEEDS = (0, 1)
_OUTER_SPACES = "^ | $"
# how a replacement names a group
_GROUP = re.compile(r"\\(\d)")
# the pattern of a rule that keeps only the first so many letters
FIRST_LETTERS = re.compile(r"\^\(\[a-z\]\{(\d+)\}\)\[a-z\]\+\$")


def distinct_values(said: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The distinct values of a column, and for every row the place of its own; null for null."""
    # numbers are told apart three times as fast as texts
    unknown = said.is_null()
    hashes, others = (said.hash(seed).set(unknown, None) for seed in _SEEDS)
    places = as_series(hashes.to_arrow().dictionary_encode().indices)
    seen = places.fill_null(-1).to_numpy()
    new = seen > -1
    new[1:] = seen[1:] > np.maximum.accumulate(seen)[:-1]
    distinct = said.gather(np.flatnonzero(new))
    if distinct.hash(_SEEDS[1]).gather(places).equals(others):
        return distinct, places
    # two values of the first hash
    coded = said.to_arrow(compat_level=pl.CompatLevel.newest()).dictionary_encode()
    return as_series(coded.dictionary), as_series(coded.indices)


def ruled(book: str, said: pl.Series) -> pl.Series:
    """Every text by the rules of a field; null when nothing is left of it."""
    return blank_as_null(through(rulebook(book).sections, said))


def through(sections: Iterable[Section], said: pl.Series) -> pl.Series:
    """Every text by sections of rules, one after another."""
    for section in sections:
        said = applied(section, said)
        if section.code == "ascii":
            said = said.str.to_lowercase()
    return said


def blank_as_null(said: pl.Series) -> pl.Series:
    """The same without texts of which nothing is left."""
    return said.set(said == "", None)


def applied(section: Section, said: pl.Series) -> pl.Series:
    """A section over a column; only texts that one of its rules may change are touched."""
    if section.unless:
        touched = ~said.str.contains(section.unless)
    else:
        touched = said.str.contains(section.any)
    at = touched.fill_null(value=False).arg_true()
    if at.is_empty():
        return said
    return said.clone().scatter(at, replaced(section, said.gather(at)))


def replaced(section: Section, said: pl.Series) -> pl.Series:
    """Texts, none of them null, by every rule of a section."""
    for rule in section.rules:
        first = FIRST_LETTERS.fullmatch(rule.pattern)
        if first and rule.replace == r"\1":
            longer = said.str.contains(rule.pattern)
            said = said.str.slice(0, int(first[1])).zip_with(longer, said)
        elif "\\" in rule.replace:
            # where groups begin and end is asked only of texts that match
            at = said.str.contains(rule.pattern).arg_true()
            if not at.is_empty():
                said = said.clone().scatter(at, _each_replaced(rule, said.gather(at)))
        else:
            said = _each_replaced(rule, said)
    return said


def _each_replaced(rule: Rule, said: pl.Series) -> pl.Series:
    if rule.pattern == _OUTER_SPACES and not rule.replace:
        return said.str.strip_prefix(" ").str.strip_suffix(" ")
    return said.str.replace_all(rule.pattern, _GROUP.sub(r"${\1}", rule.replace))


def as_arrow(texts: pl.Series) -> pa.Array:
    """Texts as PyArrow's, in one piece."""
    return texts.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())


def as_series(values: pa.Array) -> pl.Series:
    """PyArrow's values as those of Polars."""
    # to numbers only from here: PyArrow by itself loads Pandas where there is one, which takes long
    return pl.Series(values=pl.from_arrow(values))
