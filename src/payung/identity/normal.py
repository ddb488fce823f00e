"""A whole frame of people brought to the forms by which they are compared, in Polars.

The same rules as for one text (`rulebook.py`), and the same answers: tests hold the two equal.
`normal_sql.py` writes them as SQL for DuckDB and Spark. The package does not import this module,
so that Polars is loaded only where it is used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date

import polars as pl

from payung.identity.contact import read_sex
from payung.identity.dates import read_date
from payung.identity.nik import (
    KK_YOUNGER,
    birth_date,
    birth_parts,
    is_empty,
    issue_date,
    looks_like_kk,
)
from payung.identity.places import Places, place_key
from payung.identity.rulebook import READ, RULED, Section, rulebook


def normalise(people: pl.DataFrame, *, on: date, places: Places | None = None) -> pl.DataFrame:
    """The frame with the normalised columns of all the columns it has; see `expressions`.

    Other columns stay. `nik` and `sex` as given are replaced by what they mean.
    """
    for stage in expressions(people.columns, on=on, places=places):
        people = people.with_columns(stage)
    return people


def expressions(
    columns: Collection[str], *, on: date, places: Places | None = None
) -> tuple[list[pl.Expr], ...]:
    """Polars expressions in stages, each for one `with_columns`; later ones use earlier ones.

    `columns` are those of the frame; of nik, name, birth_date, sex, mother_name, address, kelurahan
    and phone any may be missing, and then so is what comes of it. All are text (a birth date may
    be a date). `on` decides centuries. `places` turns a kelurahan into its code; what it does not
    know, and everything without it, keeps its `place_key`. Whatever says nothing is null.

    - `nik`: 16 digits; `nik_flag`: "placeholder", "unreadable", "date" (impossible birth date) or
      "serial" (0000); `nik_kk`: looks like the number of a family card; `born_nik`: date inside
    - `name_key`, `mother_key`: text; `name_head`, `mother_head`: up to four letters
    - `born`: date as written; `born_swapped`: with day and month exchanged, where that is another
      day; `born_default`: on a 1 January, as given to people who do not know their day
    - `sex`: L or P; `phone_key`, `address_key`: text; `place`: code ("36.71.01.1002") or key
    """
    cleaned, derived, judged = [], [], []
    for column, (made, book, head) in RULED.items():
        if column in columns:
            cleaned.append(_ruled(column, book, made))
            derived += [_ruled(made, "name_head", head)] if head else []
    for column, made in READ.items():
        if column in columns:
            cleaned.append(_read(column, made, on, places))
    if "nik" in columns:
        derived.append(_nik_flag())
        derived.append(pl.when(_is_nik()).then(pl.col("nik")).alias("nik"))
        judged += [_born_nik(on), _nik_kk(on, "birth_date" in columns)]
    if "birth_date" in columns:
        derived += [_born_swapped(), _born_default()]
    return cleaned, derived, judged


def texts(
    column: str, values: Iterable[str | None], *, on: date, places: Places | None = None
) -> pl.DataFrame:
    """What each distinct text of birth_date, sex or kelurahan means: columns `text` and `value`.

    SQL joins this table, as reading dates of every form and finding places is not done in SQL.
    Texts that mean nothing are left out.
    """
    kind = pl.Date if column == "birth_date" else pl.String
    distinct = sorted({each for each in values if each is not None})
    read = _reader(column, on, places)
    found = pl.DataFrame(
        {"text": distinct, "value": [read(text) or None for text in distinct]},
        schema={"text": pl.String, "value": kind},
    )
    return found.drop_nulls()


def _reader(column: str, on: date, places: Places | None) -> Callable[[str], date | str | None]:
    if column == "birth_date":
        return lambda text: read_date(text, on).value
    return read_sex if column == "sex" else lambda text: place(text, places)


def place(text: str, places: Places | None = None) -> str:
    """The code of a kelurahan if `places` knows it, else its key; "" when the text says nothing."""
    if is_empty(text):
        return ""
    found = places.find(text).place if places is not None else None
    return found.code if found is not None else place_key(text)


def _read(column: str, made: str, on: date, places: Places | None) -> pl.Expr:
    kind = pl.Date if column == "birth_date" else pl.String

    def read(values: pl.Series) -> pl.Series:
        said = values.cast(pl.String)
        known = texts(column, said.unique().to_list(), on=on, places=places)
        return said.replace_strict(
            known["text"], known["value"], default=None, return_dtype=kind
        ).alias(made)

    return pl.col(column).map_batches(read, return_dtype=kind).alias(made)


def _ruled(column: str, book: str, made: str) -> pl.Expr:
    sections = rulebook(book).sections

    def apply(values: pl.Series) -> pl.Series:
        said = values.cast(pl.String)
        for section in sections:
            said = _apply(section, said)
            if section.code == "ascii":
                said = said.str.to_lowercase()
        return said.set(said == "", None).alias(made)

    return pl.col(column).map_batches(apply, return_dtype=pl.String).alias(made)


def _apply(section: Section, said: pl.Series) -> pl.Series:
    """A section over a column; only texts that one of its rules may change are touched."""
    if section.unless:
        touched = ~said.str.contains(section.unless)
    else:
        touched = said.str.contains(section.any)
    at = touched.fill_null(value=False).arg_true()
    if at.is_empty():
        return said
    some = said.gather(at)
    for rule in section.rules:
        some = some.str.replace_all(rule.pattern, replacement(rule.replace, "${", "}"))
    return said.clone().scatter(at, some)


def replacement(text: str, before: str, after: str) -> str:
    """The replacement of a rule with its groups named as another engine does."""
    return re.sub(r"\\(\d)", lambda found: f"{before}{found[1]}{after}", text)


def _is_nik() -> pl.Expr:
    return pl.col("nik").str.contains("^[0-9]{16}$")


def _nik_flag() -> pl.Expr:
    dated = _of_digits(lambda digits: digits if birth_parts(digits) else None, pl.String)
    return (
        pl.when(~_is_nik())
        .then(pl.col("nik"))
        .when(_is_nik() & dated.is_null())
        .then(pl.lit("date"))
        .when(pl.col("nik").str.ends_with("0000"))
        .then(pl.lit("serial"))
        .alias("nik_flag")
    )


def _of_digits(read: Callable[[str], object], kind: type[pl.DataType]) -> pl.Expr:
    """What the six digits of the date say, asked once for each date; null for what is no NIK."""

    def look_up(digits: pl.Series) -> pl.Series:
        distinct = digits.drop_nulls().unique()
        found = pl.Series([read(each) for each in distinct.to_list()], dtype=kind)
        return digits.replace_strict(distinct, found, default=None, return_dtype=kind)

    digits = pl.when(_is_nik()).then(pl.col("nik").str.slice(6, 6))
    return digits.map_batches(look_up, return_dtype=kind)


def _born_nik(on: date) -> pl.Expr:
    return _of_digits(lambda digits: birth_date(digits, on), pl.Date).alias("born_nik")


def _nik_kk(on: date, born_known: bool) -> pl.Expr:
    """As `looks_like_kk`."""
    issued = _of_digits(lambda digits: issue_date(digits, on), pl.Date)
    born = pl.col("born") if born_known else pl.lit(None, pl.Date)
    looks = (
        pl.when(born.is_null())
        .then(_of_digits(lambda digits: looks_like_kk("000000" + digits, on), pl.Boolean))
        .otherwise(issued.dt.year() - born.dt.year() >= KK_YOUNGER)
    )
    return looks.fill_null(value=False).alias("nik_kk")


def _born_swapped() -> pl.Expr:
    born = pl.col("born")
    day, month = born.dt.day(), born.dt.month()
    can = (day <= 12) & (day != month)
    swapped = pl.date(born.dt.year(), pl.when(can).then(day).otherwise(1), month)
    return pl.when(can).then(swapped).alias("born_swapped")


def _born_default() -> pl.Expr:
    born = pl.col("born")
    first = (born.dt.day() == 1) & (born.dt.month() == 1)
    return first.fill_null(value=False).alias("born_default")
