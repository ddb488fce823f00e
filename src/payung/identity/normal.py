"""A whole frame of people brought to the forms by which they are compared, in Polars.

The same rules as for one text (`rulebook.py`), and the same answers: tests hold the two equal.
Every distinct text is read once, and columns side by side. The package does not import this module,
so that Polars is loaded only where it is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from payung.identity.contact import read_sex
from payung.identity.nik import KK_YOUNGER, is_empty
from payung.identity.normal_dates import dates, in_nik
from payung.identity.places import Places, place_key
from payung.identity.rulebook import READ, RULED, Rule, Section, rulebook

# a column and the forms made of it, the one that takes longest first
FORMS: Mapping[str, tuple[str, ...]] = {
    "address": ("address_key",),
    "name": ("name_key", "name_head"),
    "phone": ("phone_key",),
    "mother_name": ("mother_key", "mother_head"),
    "nik": ("nik", "nik_flag", "born_nik", "nik_kk"),
    "birth_date": ("born", "born_swapped", "born_default"),
    "kelurahan": ("place",),
    "sex": ("sex",),
}
# a form for which another column is read too
_NEEDED = {"birth_date": ("nik_kk",)}
Made = dict[str, pl.Series]

_NIK_LENGTH, _LEAST_NIK, _BIRTH_DIGITS = 16, 10**15, 10**6
_MOBILE = "^08[0-9]{8,11}$"
# where RT and RW begin in an address that is read in two parts, what an RT of one looks like, and a
# word that stands for both, which no rule touches
_RT = " [Rr][Tt]"
_RT_AND_NUMBER = r"^ [Rr][Tt][ .:]*[0-9][\x00-\x7F]*$"
_ENDS_IN_A_WORD = r"^[\x00-\x7F]*[A-Za-z0-9]$"
_WORD = "q1"
_OUTER_SPACES = "^ | $"
# how a replacement names a group
_GROUP = re.compile(r"\\(\d)")
# the pattern of a rule that keeps only the first so many letters
_FIRST_LETTERS = re.compile(r"\^\(\[a-z\]\{(\d+)\}\)\[a-z\]\+\$")


def normalise(
    people: pl.DataFrame,
    *,
    on: date,
    places: Places | None = None,
    wanted: Collection[str] | None = None,
) -> pl.DataFrame:
    """The frame with the forms of all the columns it has, or those of them that are `wanted`.

    Of the columns nik, name, birth_date, sex, mother_name, address, kelurahan and phone any may be
    missing, and then so is what comes of it. All are text (a birth date may be a date). `on`
    decides centuries. `places` turns a kelurahan into its code; what it does not know, and
    everything without it, keeps its `place_key`. Whatever says nothing is null. Other columns
    stay; `nik` and `sex` as given are replaced by what they mean.

    - `nik`: 16 digits; `nik_flag`: "placeholder", "unreadable", "date" (impossible birth date) or
      "serial" (0000); `nik_kk`: looks like the number of a family card; `born_nik`: date inside
    - `name_key`, `mother_key`: text; `name_head`, `mother_head`: up to four letters
    - `born`: date as written; `born_swapped`: with day and month exchanged, where that is another
      day; `born_default`: on a 1 January, as given to people who do not know their day
    - `sex`: L or P; `phone_key`, `address_key`: text; `place`: code ("36.71.01.1002") or key
    """
    forms = {form for made in FORMS.values() for form in made if wanted is None or form in wanted}
    makers: dict[str, Callable[[pl.Series], Made]] = {
        "address": _addresses,
        "name": partial(_names, "name", forms),
        "phone": _phones,
        "mother_name": partial(_names, "mother_name", forms),
        "nik": partial(_niks, forms, on),
        "birth_date": partial(_births, forms, on),
        "kelurahan": partial(_read, "kelurahan", on, places),
        "sex": partial(_read, "sex", on, places),
    }
    asked = [
        column
        for column, made in FORMS.items()
        if column in people.columns and not forms.isdisjoint((*made, *_NEEDED.get(column, ())))
    ]
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        done = [pool.submit(makers[column], people[column].rechunk()) for column in asked]
        made = {name: series for each in done for name, series in each.result().items()}
    if "nik_kk" in made:
        made["nik_kk"] = _nik_kk(made["nik_kk"], made["issued"], made.get("born"))
    return people.with_columns(
        made[form].alias(form) for column in asked for form in FORMS[column] if form in forms
    )


def place(text: str, places: Places | None = None) -> str:
    """The code of a kelurahan if `places` knows it, else its key; "" when the text says nothing."""
    if is_empty(text):
        return ""
    found = places.find(text).place if places is not None else None
    return found.code if found is not None else place_key(text)


def _distinct(said: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The distinct values of a column, and for every row the place of its own; null for null."""
    said = said.rechunk()
    # numbers are told apart three times as fast as texts
    hashes = said.hash().set(said.is_null(), None)
    which = hashes.to_arrow().dictionary_encode().indices
    places = _series(which)
    seen = places.fill_null(-1).to_numpy()
    new = seen > -1
    new[1:] = seen[1:] > np.maximum.accumulate(seen)[:-1]
    distinct = said.gather(np.flatnonzero(new))
    if distinct.gather(places).equals(said):
        return distinct, places
    # two values of one hash
    coded = said.to_arrow(compat_level=pl.CompatLevel.newest()).dictionary_encode()
    return _series(coded.dictionary), _series(coded.indices)


def _ruled(book: str, said: pl.Series) -> pl.Series:
    """Every text by the rules of a field; null when nothing is left of it."""
    return _known(_through(rulebook(book).sections, said))


def _through(sections: Iterable[Section], said: pl.Series) -> pl.Series:
    for section in sections:
        said = _apply(section, said)
        if section.code == "ascii":
            said = said.str.to_lowercase()
    return said


def _known(said: pl.Series) -> pl.Series:
    return said.set(said == "", None)


def _apply(section: Section, said: pl.Series) -> pl.Series:
    """A section over a column; only texts that one of its rules may change are touched."""
    if section.unless:
        touched = ~said.str.contains(section.unless)
    else:
        touched = said.str.contains(section.any)
    at = touched.fill_null(value=False).arg_true()
    if at.is_empty():
        return said
    return said.clone().scatter(at, _replaced(section, said.gather(at)))


def _replaced(section: Section, said: pl.Series) -> pl.Series:
    """Texts, none of them null, by every rule of a section."""
    for rule in section.rules:
        first = _FIRST_LETTERS.fullmatch(rule.pattern)
        if first and rule.replace == r"\1":
            longer = said.str.contains(rule.pattern)
            said = said.str.slice(0, int(first[1])).zip_with(longer, said)
        elif "\\" in rule.replace:
            # where groups begin and end is asked only of texts that match
            at = said.str.contains(rule.pattern).arg_true()
            said = said.clone().scatter(at, _each_replaced(rule, said.gather(at)))
        else:
            said = _each_replaced(rule, said)
    return said


def _each_replaced(rule: Rule, said: pl.Series) -> pl.Series:
    if rule.pattern == _OUTER_SPACES and not rule.replace:
        return said.str.strip_prefix(" ").str.strip_suffix(" ")
    return said.str.replace_all(rule.pattern, _GROUP.sub(r"${\1}", rule.replace))


def _names(column: str, forms: Collection[str], said: pl.Series) -> Made:
    key, _, head = RULED[column]
    distinct, which = _distinct(said.cast(pl.String))
    keys, heads = _name_keys(distinct)
    made = {key: keys.gather(which)}
    if head in forms:
        rest = (heads.is_null() & keys.is_not_null()).arg_true()
        heads = heads.scatter(rest, _ruled("name_head", keys.gather(rest)))
        made[head] = heads.gather(which)
    return made


def _name_keys(said: pl.Series) -> tuple[pl.Series, pl.Series]:
    """By the rules of names, of which those for phrases touch only names that hold one of their
    words, and the last are for single words; and the heads that the first word tells."""
    *first, phrases, for_words, for_letters = rulebook("name_key").sections
    fold = partial(_through, (for_words, for_letters))
    cleaned = _through(first, said)
    words = _Words.of(cleaned)
    keys, heads = _joined(words, fold)
    at = words.holding(phrases.words)
    if len(at):
        changed = _joined(_Words.of(_replaced(phrases, cleaned.gather(at))), fold)
        keys, heads = (
            old.scatter(at, new) for old, new in zip((keys, heads), changed, strict=True)
        )
    return _known(keys), heads


def _joined(words: _Words, fold: Callable[[pl.Series], pl.Series]) -> tuple[pl.Series, pl.Series]:
    """The texts of folded words, and the heads of those whose first word is as long as a head and
    none of those that are left out of heads."""
    folded = fold(words.different)
    (section,) = rulebook("name_head").sections
    common_first, _, cut = section.rules
    (letters,) = map(int, _FIRST_LETTERS.findall(cut.pattern))
    heads = folded.str.slice(0, letters)
    tells = heads.str.len_bytes() == letters
    tells &= ~(folded.str.contains(" ", literal=True) | folded.is_in(list(common_first.words)))
    return words.joined(folded), words.first(heads.set(~tells, None))


class _Words(NamedTuple):
    """Texts, none of them null, as words: the different ones, which of them stand one after
    another, and where each text begins."""

    different: pl.Series
    which: pa.Array
    begins: pa.Array

    @classmethod
    def of(cls, said: pl.Series) -> _Words:
        parted = pc.split_pattern(_arrow(said), " ")
        coded = parted.values.dictionary_encode()
        return cls(_series(coded.dictionary), coded.indices, parted.offsets.cast(pa.int64()))

    def joined(self, words: pl.Series) -> pl.Series:
        """The texts with other words in place of the different ones."""
        lists = pa.LargeListArray.from_arrays(self.begins, _arrow(words).take(self.which))
        return _series(pc.binary_join(lists, _arrow(pl.Series([" "]))[0]))

    def first(self, told: pl.Series) -> pl.Series:
        """Of every text what is `told` of its first word."""
        return told.gather(_series(self.which.take(self.begins[:-1])))

    def holding(self, words: Collection[str]) -> pl.Series:
        """The places of the texts that hold one of some words."""
        held = self.different.is_in(list(words)).gather(_series(self.which))
        texts = np.searchsorted(_series(self.begins).to_numpy(), held.arg_true(), side="right") - 1
        return pl.Series(np.unique(texts))


def _arrow(texts: pl.Series) -> pa.Array:
    return texts.rechunk().to_arrow(compat_level=pl.CompatLevel.oldest())


def _series(values: pa.Array) -> pl.Series:
    # to numbers only from here: PyArrow by itself loads Pandas where there is one, which takes long
    return pl.Series(values=pl.from_arrow(values))


def _phones(said: pl.Series) -> Made:
    """Most cells hold one mobile number, with or without signs between its digits."""
    said = said.cast(pl.String)
    easy = said.set(~said.str.contains(_MOBILE), None)
    signed = (easy.is_null() & said.is_not_null()).arg_true()
    digits = said.gather(signed).str.replace_many([" ", "+", "-"], [""])
    digits = "0" + digits.str.strip_prefix("62").str.strip_prefix("0")
    easy = easy.scatter(signed, digits.set(~digits.str.contains(_MOBILE), None))
    return {"phone_key": _rest_ruled("phone_key", said, easy)}


def _rest_ruled(book: str, said: pl.Series, easy: pl.Series) -> pl.Series:
    """Forms found easily, which only the last section may still empty; the rest by all rules."""
    rest = (easy.is_null() & said.is_not_null()).arg_true()
    filled = _known(_apply(rulebook(book).sections[-1], easy))
    return filled.scatter(rest, _ruled(book, said.gather(rest)))


def _addresses(said: pl.Series) -> Made:
    """An address that ends in RT and RW is read in two parts, each of which many rows share.

    No rule's match reaches over the space between them: a word ends before it, and behind it an RT
    has a number. The first part is read with a word behind it, as in the text.
    """
    said = said.cast(pl.String)
    cut = said.str.find(_RT)
    parts = pl.select(
        pl.lit(said.cast(pl.Binary)).bin.slice(0, cut).cast(pl.String).alias("street"),
        pl.lit(said.cast(pl.Binary)).bin.slice(cut).cast(pl.String).alias("rt_rw"),
    )
    street, of_street = _distinct(parts["street"])
    rt_rw, of_rt_rw = _distinct(parts["rt_rw"])
    street = street.set(~street.str.contains(_ENDS_IN_A_WORD), None)
    rt_rw = rt_rw.set(~rt_rw.str.contains(_RT_AND_NUMBER), None)
    low, of_low = _distinct(street.str.to_lowercase())
    before = _ruled("address_key", low + f" {_WORD}").str.strip_suffix(_WORD).gather(of_low)
    made = before.gather(of_street) + _ruled("address_key", rt_rw).gather(of_rt_rw)
    whole = (made.is_null() & said.is_not_null()).arg_true()
    return {"address_key": made.scatter(whole, _ruled("address_key", said.gather(whole)))}


def _births(forms: Collection[str], on: date, said: pl.Series) -> Made:
    distinct, which = _distinct(said)
    born = _meaning("birth_date", distinct.cast(pl.String), on, None)
    made = {"born": born}
    if "born_swapped" in forms:
        made["born_swapped"] = _swapped(born)
    if "born_default" in forms:
        first = (born.dt.day() == 1) & (born.dt.month() == 1)
        made["born_default"] = first
    made = {form: values.gather(which) for form, values in made.items()}
    if "born_default" in made:
        made["born_default"] = made["born_default"].fill_null(value=False)
    return made


def _swapped(born: pl.Series) -> pl.Series:
    day, month = pl.col("born").dt.day(), pl.col("born").dt.month()
    can = (day <= 12) & (day != month)
    swapped = pl.date(pl.col("born").dt.year(), pl.when(can).then(day).otherwise(1), month)
    return pl.DataFrame({"born": born}).select(pl.when(can).then(swapped)).to_series()


def _read(column: str, on: date, places: Places | None, said: pl.Series) -> Made:
    distinct, which = _distinct(said.cast(pl.String))
    return {READ[column]: _meaning(column, distinct, on, places).gather(which)}


def _meaning(column: str, distinct: pl.Series, on: date, places: Places | None) -> pl.Series:
    """What each of some texts means; null for nothing."""
    if column == "birth_date":
        return dates(distinct, on)
    read = read_sex if column == "sex" else partial(place, places=places)
    found = [read(text) or None if text is not None else None for text in distinct.to_list()]
    return pl.Series(found, dtype=pl.String)


def _niks(forms: Collection[str], on: date, said: pl.Series) -> Made:
    said = said.cast(pl.String)
    # sixteen signs that are a number of sixteen digits are those digits
    easy = said.cast(pl.UInt64, strict=False) >= _LEAST_NIK
    easy &= said.str.len_bytes() == _NIK_LENGTH
    form = _rest_ruled("nik", said, said.set(~easy.fill_null(value=False), None))
    # what is no NIK has become a word, or nothing
    is_nik = form.str.len_bytes() == _NIK_LENGTH
    nik = form.set(~is_nik, None)
    made = {"nik": nik}
    digits, which = _birth_digits(nik)
    said_by = in_nik(digits, on)
    if "born_nik" in forms:
        made["born_nik"] = said_by.born.gather(which)
    if "nik_flag" in forms:
        made["nik_flag"] = _nik_flag(form, is_nik, said_by.dated.gather(which))
    if "nik_kk" in forms:
        made["issued"] = said_by.issued.gather(which)
        made["nik_kk"] = said_by.looks_kk.gather(which)
    return made


def _birth_digits(nik: pl.Series) -> tuple[pl.Series, pl.Series]:
    """As `_distinct`, of the six digits that tell the birth date, as numbers."""
    digits = (nik.cast(pl.UInt64) // 10_000 % _BIRTH_DIGITS).cast(pl.Int64)
    digits = digits.fill_null(_BIRTH_DIGITS)
    seen = np.zeros(_BIRTH_DIGITS + 1, bool)
    seen[digits.to_numpy()] = True
    places = pl.Series(np.cumsum(seen, dtype=np.int32) - 1).gather(digits)
    return pl.Series(np.flatnonzero(seen[:-1])), places.set(nik.is_null(), None)


def _nik_flag(form: pl.Series, is_nik: pl.Series, dated: pl.Series) -> pl.Series:
    flag = (
        pl.when(~is_nik)
        .then(form)
        .when(~dated)
        .then(pl.lit("date"))
        .when(form.str.ends_with("0000"))
        .then(pl.lit("serial"))
    )
    return pl.select(flag).to_series()


def _nik_kk(looks: pl.Series, issued: pl.Series, born: pl.Series | None) -> pl.Series:
    """As `looks_like_kk`; `looks` is its answer where nothing was written as birth date."""
    if born is None:
        return looks.fill_null(value=False)
    older = issued.dt.year() - born.dt.year() >= KK_YOUNGER
    return looks.zip_with(born.is_null(), older).fill_null(value=False)
