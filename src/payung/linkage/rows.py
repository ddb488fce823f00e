"""Rows of any list, normalised to the columns the rules speak of."""

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from payung.identity.normal import normalise
from payung.linkage.rules import COLUMNS, Rules
from payung.linkage.sorting import ordered, told_apart

INPUTS = (
    "id", "nik", "name", "birth_date", "sex", "mother_name", "address", "kelurahan", "phone",
    "office",
)  # fmt: skip
_NORMAL = {
    "nik": pl.String, "name_key": pl.String, "name_head": pl.String, "born": pl.Date,
    "born_nik": pl.Date, "sex": pl.String, "mother_key": pl.String, "mother_head": pl.String,
    "phone_key": pl.String, "place": pl.String, "address_key": pl.String, "office": pl.String,
}  # fmt: skip
FOLLOWING = ("nik_head", "born_fold", "born_year", "born_nik_fold", "name_count")
# from how many rows of an office the last digits of its NIKs tell that they were lost
OFFICE_ROWS = 20
ROUNDED_SHARE = 0.8
OF_NIK = ("nik", "nik_head", "born_nik", "born_nik_fold")
# what a date tells, and is nobody's if the date is
_OF_DAY = {"born": ("born", "born_fold", "born_year"), "born_nik": ("born_nik", "born_nik_fold")}
UNREAD_SHARE = 0.5  # of the NIKs of a list, above which that they were not read is told
# who was born on one day: one in some twenty thousand; more than one in so many is a form's default
SHARE_OF_A_DAY = 100
_MIX = np.uint64(0x9E3779B97F4A7C15)


class NoAnswer(Exception):
    """There is nothing to compare; the text says in Indonesian why and what to do."""


def prepare(frame: pl.DataFrame, rules: Rules, on: date) -> pl.DataFrame:
    """One row of comparable columns for every input row, in the same order; see `is_prepared`.

    `frame` has any subset of INPUTS as text (a birth date may be a date); `on` decides the century
    of two-digit years. Unknown is null. Raises NoAnswer when neither a NIK nor a name column is
    there, or no row.
    """
    if is_prepared(frame):
        return frame.drop("id")
    if not frame.height:
        raise NoAnswer("Daftar tidak berisi satu baris pun.")
    if "nik" not in frame.columns and "name" not in frame.columns:
        raise NoAnswer("Tidak ada kolom NIK atau Nama; tanpa salah satunya tidak ada yang dicari.")
    given = [pl.col(name).cast(pl.String) for name in INPUTS if name in frame.columns]
    normal = normalise(frame.select(given), on=on, wanted=_NORMAL)
    return derive(
        normal.select(
            pl.col(name) if name in normal.columns else pl.lit(None, dtype).alias(name)
            for name, dtype in _NORMAL.items()
        ),
        rules,
    )


def as_reference(
    frame: pl.DataFrame, rules: Rules, on: date, *, ids_needed: bool = False
) -> pl.DataFrame:
    """A reference prepared once: its ids and comparable columns, to be kept in a file.

    Given to `link` as the reference it need not be normalised again. Raises NoAnswer as `prepare`
    and `identified` do.
    """
    ids = identified(frame, needed=ids_needed)
    return uncrowded(prepare(frame, rules, on), rules)[0].with_columns(ids)


def is_prepared(frame: pl.DataFrame) -> bool:
    """Whether a frame is what `as_reference` makes; see `are_prepared`."""
    return are_prepared(frame.columns)


def are_prepared(columns: Collection[str]) -> bool:
    """Whether these are the columns of what `as_reference` makes.

    Raises NoAnswer when it made them under other rules: read as a list they would lose nearly all.
    """
    if {"id", "weak", *COLUMNS} == set(columns):
        return True
    if {"id", "weak", "name_key"} <= set(columns):
        raise NoAnswer(
            "Acuan ini disiapkan oleh versi Payung yang lain; siapkan ulang dari berkas asalnya."
        )
    return False


def identified(frame: pl.DataFrame, *, needed: bool = False) -> pl.Series:
    """The id of every row as text; rows without one get "#" and their number, from 1.

    Raises NoAnswer when two rows have one id, which advises to leave ids out unless they are
    `needed`.
    """
    if "id" in frame.columns and not frame["id"].has_nulls():
        ids = frame["id"].cast(pl.String)
    else:
        numbers = pl.format("#{}", pl.row_index() + 1)
        given = pl.col("id").cast(pl.String) if "id" in frame.columns else pl.lit(None, pl.String)
        ids = frame.select(pl.coalesce(given, numbers).alias("id"))["id"]
    # equal ids have equal hashes, and sorting numbers is quick
    hashes = ordered(ids.hash().to_numpy())
    if (hashes[1:] == hashes[:-1]).any() and len(twice := ids.filter(ids.is_duplicated())):
        or_none = "" if needed else ", atau hapus kolom id"
        raise NoAnswer(
            f"{twice.n_unique()} id dipakai oleh lebih dari satu baris, misalnya “{twice[0]}”; "
            f"beri setiap baris id sendiri{or_none}."
        )
    return ids


def derive(rows: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """What follows from the normalised columns: the NIK's head, folded dates, weakness."""
    with ThreadPoolExecutor(1) as pool:
        rounded = pool.submit(_rounded, rows["nik"], rows["office"])
        rows = follow(rows).with_columns(rounded.result())
    weak = pl.sql_expr(rules.weak).fill_null(value=True)
    return rows.with_columns(weak.alias("weak")).drop("office")


def counted(rows: pl.DataFrame) -> pl.DataFrame:
    """With `name_count`, which only a whole list tells of its rows."""
    return rows.with_columns(bearers(rows))


def bearers(rows: pl.DataFrame) -> pl.Series:
    """The `name_count` of rows, which are a whole list: how many of them bear the name."""
    names = rows["name_key"]
    alike = _alike(names)
    return pl.Series("name_count", np.bincount(alike)[alike]).set(names.is_null(), None)


def follow(rows: pl.DataFrame) -> pl.DataFrame:
    """The columns FOLLOWING added, which other columns of the same row tell."""
    return rows.with_columns(
        pl.col("nik").str.slice(0, 12).alias("nik_head"),
        _fold(rows["born"]).alias("born_fold"),
        rows["born"].dt.year().alias("born_year"),
        _fold(rows["born_nik"]).alias("born_nik_fold"),
        pl.lit(None, pl.Int64).alias("name_count"),
    )


def for_comparing(rows: pl.DataFrame) -> pl.DataFrame:
    """What also follows, but only comparing asks for: first words, whether a word is a letter."""
    return rows.with_columns(
        _first("name_key").alias("name_first"),
        _first("mother_key").alias("mother_first"),
        pl.col("name_key").str.contains(r"\b[a-z]\b").fill_null(value=False).alias("initial"),
    )


def bearing_none(rows: pl.DataFrame, of: pl.Series) -> pl.DataFrame:
    """Prepared rows without the NIK, and all it tells, where `of` holds, and weak there."""
    return rows.with_columns(
        *(pl.when(~of).then(pl.col(name)).alias(name) for name in OF_NIK),
        weak=pl.col("weak") | of,
    )


class Crowds(NamedTuple):
    """How many values of one list too many rows share to tell people apart by them."""

    phones: int
    addresses: int
    dates: int
    nik_dates: int


def uncrowded(rows: pl.DataFrame, rules: Rules) -> tuple[pl.DataFrame, Crowds]:
    """Prepared rows of one list without the phones, and the addresses of one place, that stand in
    more rows than one person has, and without the birth dates, written or in the NIK, of too large
    a part of the list.

    An office that writes its own into every row would otherwise make its people alike.
    """
    crowds = {}
    for column, within in (("phone_key", None), ("address_key", "place")):
        known = rows[column].is_not_null().to_numpy()
        hashes = rows[column].hash().to_numpy()
        if within:
            hashes = (hashes * _MIX) ^ rows[within].hash().to_numpy()
        crowds[column] = _in_more_rows(hashes, known, rules.largest)
    days = most_of_a_day(rows.height, rules)
    crowds |= {column: _on_crowded_days(rows[column], days) for column in ("born", "born_nik")}
    bare = [
        pl.when(~pl.Series(of)).then(pl.col(name)).alias(name)
        for column, (of, many) in crowds.items()
        for name in _OF_DAY.get(column, (column,))
        if many
    ]
    of_day = pl.Series(crowds["born"][0] | crowds["born_nik"][0])
    counts = Crowds(*(many for _, many in crowds.values()))
    return rows.with_columns(*bare, weak=pl.col("weak") | of_day), counts


def most_of_a_day(rows: int, rules: Rules) -> int:
    """In how many rows of a list one birth date may stand and still tell people apart."""
    return max(rules.largest, rows // SHARE_OF_A_DAY)


def _on_crowded_days(born: pl.Series, most: int) -> tuple[npt.NDArray[np.bool_], int]:
    """Which of the dates stand in more rows than `most`, and how many such there are."""
    days = born.to_physical()
    first, known = days.min(), len(days) - days.null_count()
    if known <= most or not isinstance(first, int):
        return np.zeros(len(days), bool), 0
    # there are few days: what is not known is counted as one before the first
    number = (days - (first - 1)).fill_null(0).to_numpy()
    often = np.bincount(number) > most
    often[0] = False
    many = int(often.sum())
    return often[number] if many else np.zeros(len(days), bool), many


def _in_more_rows(
    hashes: npt.NDArray[np.uint64], known: npt.NDArray[np.bool_], most: int
) -> tuple[npt.NDArray[np.bool_], int]:
    """Which of the known values stand in more rows than `most`, and how many such there are."""
    alike = ordered(hashes[known])
    often = np.unique(alike[most:][alike[most:] == alike[: max(0, len(alike) - most)]])
    return known & np.isin(hashes, often), len(often)


def unread_niks(frame: pl.DataFrame, rows: pl.DataFrame) -> tuple[int, int, str] | None:
    """When most NIKs of a list were not to be read: how many, of how many written, and one of them.

    `rows` are those that `prepare` made of the frame. A dash or a zero is no NIK.
    """
    if "nik" not in frame.columns or is_prepared(frame):
        return None
    written = frame["nik"].cast(pl.String)
    if rows["nik"].count() > UNREAD_SHARE * written.count():
        return None
    written = written.filter(written.str.contains("[1-9]") & rows["nik"].is_null())
    read = rows["nik"].count()
    if len(written) <= UNREAD_SHARE * (len(written) + read):
        return None
    return len(written), len(written) + read, str(written.min())


def _first(key: str) -> pl.Expr:
    return pl.col(key).str.slice(0, pl.col(key).str.find(" ", literal=True))


def _fold(born: pl.Series) -> pl.Series:
    """The date as a number in which day and month have changed places if need be."""
    number = born.to_physical()
    first, last = number.min(), number.max()
    if not isinstance(first, int) or not isinstance(last, int):
        return number
    # every day there may be is looked up, as there are few
    days = pl.int_range(first, last + 1, dtype=pl.Int32, eager=True).cast(pl.Date)
    day, month = (part.cast(pl.Int32) for part in (days.dt.day(), days.dt.month()))
    low, high = pl.min_horizontal(day, month), pl.max_horizontal(day, month)
    folded = pl.select(days.dt.year() * 10000 + low * 100 + high).to_series()
    return folded.gather(number - first)


def _rounded(nik: pl.Series, office: pl.Series) -> pl.Series:
    """Whether a row's office lost the last digit of all its NIKs in a spreadsheet."""
    of, ends = _alike(office), nik.str.ends_with("0").fill_null(value=False)
    offices = int(of.max(initial=-1)) + 1
    niks, rounded = (
        np.bincount(of[each.to_numpy()], minlength=offices) for each in (nik.is_not_null(), ends)
    )
    lost = (niks >= OFFICE_ROWS) & (rounded >= ROUNDED_SHARE * niks)
    return (ends & pl.Series(lost).gather(of)).alias("rounded")


def _alike(values: pl.Series) -> npt.NDArray[np.int32]:
    """A number for each value, the same for equal ones; what is unknown has one too."""
    # numbers are told apart faster than texts
    return told_apart(values.hash())[1]
