"""Dates of whole columns, as `dates` and `nik` read them one by one: tests hold the two equal.

Reading one text in Python keeps every other thread waiting, so whatever is written plainly is read
here at once. Only texts of other forms are read one by one.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from payung.identity.dates import MONTHS, read_date
from payung.identity.nik import WORKING

Days = npt.NDArray[np.datetime64]
Whole = npt.NDArray[np.int64]

# how most dates are written: a pattern, and the formats, the likelier first, in which Polars reads
# what fits it
_PLAIN = (
    ("^[0-9]{2}[-/][0-9]{2}[-/][0-9]{4}$", ("%d-%m-%Y", "%m-%d-%Y")),
    ("^[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}$", ("%Y-%m-%d",)),
)
_NAMED = "^[0-9]{1,2} [A-Za-z]{3,9} [0-9]{4}$"
_FIRST_YEAR = 1900
_CENTURY_LIVED = 100  # years after which the later of two possible births is the likelier


def dates(texts: pl.Series, on: date) -> pl.Series:
    """The day each text means, null for none; `on` decides the century of two-digit years."""
    born = pl.Series([None], dtype=pl.Date).new_from_index(0, len(texts))
    for pattern, forms in _PLAIN:
        plain = texts.str.contains(pattern).fill_null(value=False).arg_true()
        written = texts.gather(plain).str.replace_all("/", "-", literal=True)
        for form in forms:
            days = written.str.to_date(form, strict=False)
            born = born.scatter(plain, days)
            plain, written = plain.filter(days.is_null()), written.filter(days.is_null())
    named = texts.str.contains(_NAMED).fill_null(value=False).arg_true()
    born = born.scatter(named, _with_month_names(texts.gather(named)))
    born = born.set(born.dt.year() < _FIRST_YEAR, None)
    odd = (born.is_null() & texts.is_not_null()).arg_true()
    read_one_by_one = [read_date(text, on).value for text in texts.gather(odd).to_list()]
    return born.scatter(odd, pl.Series(read_one_by_one, dtype=pl.Date))


def _with_month_names(texts: pl.Series) -> pl.Series:
    """Days written as "5 Mei 1985"; null where the word is no month."""
    numbers = {name: f"{number:02}" for name, number in MONTHS.items()}
    words = texts.str.splitn(" ", 3)
    day, month, year = words.struct.unnest().get_columns()
    month = month.str.to_lowercase().replace_strict(numbers, default=None, return_dtype=pl.String)
    return (day.str.zfill(2) + month + year).str.to_date("%d%m%Y", strict=False)


class InNik(NamedTuple):
    """What DDMMYY says: whether it is a day at all, the birth date, the day a family card with
    these digits was issued, and whether that speaks for a card where no birth date is written."""

    dated: pl.Series
    born: pl.Series
    issued: pl.Series
    looks_kk: pl.Series


def in_nik(digits: pl.Series, on: date) -> InNik:
    """The dates inside NIKs, from the whole numbers that six digits of each make; see `nik`."""
    number = digits.to_numpy()
    day, month, year = number // 10_000, number // 100 % 100, number % 100
    as_card = day < 40
    day = np.where(day > 40, day - 40, day)
    today = np.datetime64(on)
    early, late = _days(1900 + year, month, day), _days(2000 + year, month, day)
    dated = ~(np.isnat(early) & np.isnat(late))
    # comparing with what is no day is never true
    early_known, late_known = early <= today, late <= today
    early_age, late_age = (_ages(century + year, month, day, on) for century in (1900, 2000))
    is_early = early_known & _works(early_age)
    is_late = (
        late_known & ~is_early & (_works(late_age) | ~early_known | (early_age >= _CENTURY_LIVED))
    )
    born = np.where(is_late, late, np.where(early_known, early, np.datetime64("NaT")))
    issued = np.where(as_card & late_known, late, np.datetime64("NaT"))
    looks = ~np.isnat(issued) & (late_age < WORKING[0])
    return InNik(pl.Series(dated), pl.Series(born), pl.Series(issued), pl.Series(looks))


def _days(year: Whole, month: Whole, day: Whole) -> Days:
    """The days; NaT where a month has no such day, or a year no such month."""
    known = (month >= 1) & (month <= 12) & (day >= 1)
    months = ((year - 1970) * 12 + np.where(known, month, 1) - 1).astype("M8[M]")
    days = months.astype("M8[D]") + (day - 1).astype("m8[D]")
    return np.where(known & (days.astype("M8[M]") == months), days, np.datetime64("NaT"))


def _ages(year: Whole, month: Whole, day: Whole, on: date) -> Whole:
    later = (month > on.month) | ((month == on.month) & (day > on.day))
    ages: Whole = on.year - year - later
    return ages


def _works(age: Whole) -> npt.NDArray[np.bool_]:
    return (age >= WORKING[0]) & (age < WORKING[1])
