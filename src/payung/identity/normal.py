"""A whole frame of people brought to the forms by which they are compared, in Polars.

The same rules as for one text (`rulebook.py`), and the same answers: tests hold the two equal.
Every distinct text is read once, and columns side by side. The package does not import this module,
so that Polars is loaded only where it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import partial

import numpy as np
import polars as pl

from payung.identity.contact import read_sex
from payung.identity.nik import KK_YOUNGER, is_empty
from payung.identity.normal_dates import dates, in_nik
from payung.identity.normal_names import names
from payung.identity.normal_texts import applied, blank_as_null, distinct_values, ruled
from payung.identity.places import Places, place_key
from payung.identity.rulebook import READ, rulebook

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
        "name": partial(names, "name", forms),
        "phone": _phones,
        "mother_name": partial(names, "mother_name", forms),
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
        done = [pool.submit(makers[column], people[column]) for column in asked]
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


def _phones(said: pl.Series) -> Made:
    """Most cells hold one mobile number, with or without signs between its digits."""
    said = said.cast(pl.String).rechunk()
    easy = said.set(~said.str.contains(_MOBILE), None)
    signed = (easy.is_null() & said.is_not_null()).arg_true()
    digits = said.gather(signed).str.replace_many([" ", "+", "-"], [""])
    digits = "0" + digits.str.strip_prefix("62").str.strip_prefix("0")
    easy = easy.scatter(signed, digits.set(~digits.str.contains(_MOBILE), None))
    return {"phone_key": _rest_ruled("phone_key", said, easy)}


def _rest_ruled(book: str, said: pl.Series, easy: pl.Series) -> pl.Series:
    """Forms found easily, which only the last section may still empty; the rest by all rules."""
    rest = (easy.is_null() & said.is_not_null()).arg_true()
    filled = blank_as_null(applied(rulebook(book).sections[-1], easy))
    return filled.scatter(rest, ruled(book, said.gather(rest)))


def _addresses(said: pl.Series) -> Made:
    """An address that ends in RT and RW is read in two parts, each of which many rows share.

    No rule's match reaches over the space between them: a word ends before it, and behind it an RT
    has a number. The first part is read with a word behind it, as in the text.
    """
    said = said.cast(pl.String).rechunk()
    cut = said.str.find(_RT)
    parts = pl.select(
        pl.lit(said.cast(pl.Binary)).bin.slice(0, cut).cast(pl.String).alias("street"),
        pl.lit(said.cast(pl.Binary)).bin.slice(cut).cast(pl.String).alias("rt_rw"),
    )
    street, of_street = distinct_values(parts["street"])
    rt_rw, of_rt_rw = distinct_values(parts["rt_rw"])
    street = street.set(~street.str.contains(_ENDS_IN_A_WORD), None)
    rt_rw = rt_rw.set(~rt_rw.str.contains(_RT_AND_NUMBER), None)
    low, of_low = distinct_values(street.str.to_lowercase())
    before = ruled("address_key", low + f" {_WORD}").str.strip_suffix(_WORD).gather(of_low)
    made = before.gather(of_street) + ruled("address_key", rt_rw).gather(of_rt_rw)
    whole = (made.is_null() & said.is_not_null()).arg_true()
    return {"address_key": made.scatter(whole, ruled("address_key", said.gather(whole)))}


def _births(forms: Collection[str], on: date, said: pl.Series) -> Made:
    distinct, which = distinct_values(said)
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
    distinct, which = distinct_values(said.cast(pl.String))
    return {READ[column]: _meaning(column, distinct, on, places).gather(which)}


def _meaning(column: str, distinct: pl.Series, on: date, places: Places | None) -> pl.Series:
    """What each of some texts means; null for nothing."""
    if column == "birth_date":
        return dates(distinct, on)
    read = read_sex if column == "sex" else partial(place, places=places)
    found = [read(text) or None if text is not None else None for text in distinct.to_list()]
    return pl.Series(found, dtype=pl.String)


def _niks(forms: Collection[str], on: date, said: pl.Series) -> Made:
    said = said.cast(pl.String).rechunk()
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
    """As `distinct_values`, of the six digits that tell the birth date, as numbers."""
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
