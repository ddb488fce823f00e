"""Rows of any list, normalised to the columns the rules speak of."""

from collections.abc import Callable
from datetime import date

import polars as pl

from payung.identity import is_empty, name_key, place_key, read_date, read_phone, read_sex
from payung.linkage.rules import Rules

INPUTS = (
    "id", "nik", "name", "birth_date", "sex", "mother_name", "address", "kelurahan", "phone",
    "office",
)  # fmt: skip
_COMMON_HEADS = ("muhamad ", "siti ", "ahmad ", "abdul ", "nur ")
# from how many rows of an office the last digits of its NIKs tell that they were lost
_OFFICE_ROWS = 20
_ROUNDED_SHARE = 0.8
_PLACEHOLDER = r"^(?:0+|1+|2+|3+|4+|5+|6+|7+|8+|9+|1234567890123456|\d{6}0{10})$"


class NoAnswer(Exception):
    """There is nothing to compare; the text says in Indonesian why and what to do."""


def prepare(frame: pl.DataFrame, rules: Rules, on: date) -> pl.DataFrame:
    """One row of comparable columns for every input row, in the same order.

    `frame` has any subset of INPUTS as text (a birth date may be a date); `on` decides the century
    of two-digit years. Adds what the rules name and `weak`; unknown is null. Raises NoAnswer when
    neither a NIK nor a name column is there, or no row.
    """
    if not frame.height:
        raise NoAnswer("Daftar tidak berisi satu baris pun.")
    if "nik" not in frame.columns and "name" not in frame.columns:
        raise NoAnswer("Tidak ada kolom NIK atau Nama; tanpa salah satunya tidak ada yang dicari.")
    missing = [pl.lit(None, pl.String).alias(name) for name in INPUTS if name not in frame.columns]
    frame = frame.with_columns(missing)
    dated = frame.schema["birth_date"] == pl.Date
    rows = frame.select(
        pl.col("nik").cast(pl.String).str.replace_all(r"[\s.'’\-_/]+", "").alias("nik"),
        _mapped("name", name_key),
        pl.col("birth_date").alias("born")
        if dated
        else _mapped("birth_date", lambda text: read_date(text, on).value, pl.Date),
        _mapped("sex", read_sex),
        _mapped("mother_name", name_key),
        _mapped("phone", lambda text: read_phone(text) or ""),
        _mapped("kelurahan", place_key),
        _mapped("address", lambda text: "" if is_empty(text) else place_key(text)),
        pl.col("office").cast(pl.String),
    ).rename(
        {
            "name": "name_key",
            "mother_name": "mother_key",
            "phone": "phone_key",
            "kelurahan": "place",
            "address": "address_key",
            **({} if dated else {"birth_date": "born"}),
        }
    )
    return derive(rows, rules, on)


def identified(frame: pl.DataFrame) -> pl.Series:
    """The id of every row as text; rows without one get "#" and their number, from 1.

    Raises NoAnswer when two rows have one id.
    """
    numbers = pl.format("#{}", pl.row_index() + 1)
    given = pl.col("id").cast(pl.String) if "id" in frame.columns else pl.lit(None, pl.String)
    ids = frame.select(pl.coalesce(given, numbers).alias("id"))["id"]
    twice = ids.filter(ids.is_duplicated())
    if len(twice):
        raise NoAnswer(
            f"{twice.n_unique()} id dipakai oleh lebih dari satu baris, misalnya “{twice[0]}”; "
            "beri setiap baris id sendiri, atau hapus kolom id."
        )
    return ids


def derive(rows: pl.DataFrame, rules: Rules, on: date) -> pl.DataFrame:
    """What follows from the normalised columns: heads of names, dates inside NIKs, weakness."""
    good = pl.col("nik").str.contains(r"^\d{16}$") & ~pl.col("nik").str.contains(_PLACEHOLDER)
    rows = rows.with_columns(pl.when(good).then(pl.col("nik")).alias("nik"))
    rows = rows.with_columns(
        _rounded(rows).alias("rounded"),
        _born_in_nik(on).alias("born_nik"),
        _head("name_key").alias("name_head"),
        _head("mother_key").alias("mother_head"),
        _first("name_key").alias("name_first"),
        _first("mother_key").alias("mother_first"),
        pl.col("name_key").str.contains(r"\b[a-z]\b").fill_null(value=False).alias("initial"),
    )
    rows = rows.with_columns(
        _fold("born").alias("born_fold"), _fold("born_nik").alias("born_nik_fold")
    )
    weak = pl.sql_expr(rules.weak).fill_null(value=True)
    return rows.with_columns(weak.alias("weak")).drop("office")


def _mapped(
    column: str, read: Callable[[str], object], dtype: type[pl.DataType] = pl.String
) -> pl.Expr:
    def distinct(values: pl.Series) -> pl.Series:
        texts = values.cast(pl.String)
        unique = texts.drop_nulls().unique()
        found = pl.Series([read(text) or None for text in unique.to_list()], dtype=dtype)
        return texts.replace_strict(unique, found, default=None, return_dtype=dtype)

    return pl.col(column).map_batches(distinct, return_dtype=dtype)


def _first(key: str) -> pl.Expr:
    return pl.col(key).str.extract(r"^(\S+)")


def _head(key: str) -> pl.Expr:
    """The first four letters of a name, without a first word that too many people bear."""
    found = pl.col(key)
    for common in _COMMON_HEADS:
        found = found.str.strip_prefix(common)
    return found.str.slice(0, 4)


def _born_in_nik(on: date) -> pl.Expr:
    day = pl.col("nik").str.slice(6, 2).cast(pl.Int32, strict=False)
    month = pl.col("nik").str.slice(8, 2).cast(pl.Int32, strict=False)
    year = pl.col("nik").str.slice(10, 2).cast(pl.Int32, strict=False)
    day = pl.when(day > 40).then(day - 40).otherwise(day)
    year = year + pl.when(year > on.year % 100).then(1900).otherwise(2000)
    number = year * 10000 + month * 100 + day
    return number.cast(pl.String).str.to_date("%Y%m%d", strict=False)


def _fold(born: str) -> pl.Expr:
    """The date as a number in which day and month have changed places if need be."""
    day, month = pl.col(born).dt.day().cast(pl.Int32), pl.col(born).dt.month().cast(pl.Int32)
    low, high = pl.min_horizontal(day, month), pl.max_horizontal(day, month)
    folded = pl.col(born).dt.year() * 10000 + low * 100 + high
    return pl.when(pl.col(born).is_not_null()).then(folded)


def _rounded(rows: pl.DataFrame) -> pl.Expr:
    """Whether a row's office lost the last digit of all its NIKs in a spreadsheet."""
    ends = pl.col("nik").str.ends_with("0")
    many = pl.col("nik").count().over("office") >= _OFFICE_ROWS
    share = ends.mean().over("office") >= _ROUNDED_SHARE
    return (pl.col("nik").is_not_null() & many & share & ends).fill_null(value=False)
