"""What a list's whole column of NIKs is: numbers that lost their digits, or those of family cards.

Asked when a list is read, while the name of its column is known.
"""

from dataclasses import replace
from datetime import date

import polars as pl

from payung.identity.normal import normalise
from payung.linkage.rules import Rules

# a number as a spreadsheet, Polars or Spark writes it
NUMBER = r"^[0-9]{2,}\.0+$|^[0-9](?:[.,][0-9]+)? ?[eE] ?[+]?[0-9]{1,2}$"
# one of sixteen digits that no computer has rounded, as the rules of identity read it
KEPT = r"^[0-8][.,][0-9]{14}[1-9] ?[eE] ?[+]?15$"
SAMPLED = 2_000
_ENOUGH = 20
# where the number of a card has the first digit of the day of issue, and the year
_DAY, _YEAR = (6, 1), (10, 2)
_ISSUED, _OF_NOBODY = 0.9, 0.3
_CERTAINLY = -60.0
_OF_CARDS = ("family-card", "borrowed-nik")


def damaged_niks(niks: pl.Series) -> pl.Series:
    """Which of some NIKs as text are numbers whose last digits are lost."""
    damaged = niks.str.contains(NUMBER).fill_null(value=False)
    return damaged & ~niks.str.contains(KEPT) if damaged.any() else damaged


def are_cards(people: pl.DataFrame, on: date) -> bool:
    """Whether the column `nik` of a list holds numbers of family cards (KK), row after row.

    Where a NIK has the birth date such a number has the day of issue: of this century, never with
    the forty added for women, often of the last fifteen years, and not the `birth_date` written
    beside it. Looked for in the first rows.
    """
    some = people.filter(pl.col("nik").is_not_null()).head(SAMPLED)
    told = [name for name in ("nik", "birth_date") if name in people.columns]
    read = normalise(some.select(told), on=on, wanted={"nik", "nik_kk"}).drop_nulls("nik")
    if read.height < _ENOUGH:
        return False
    day, year = (read["nik"].str.slice(*part) for part in (_DAY, _YEAR))
    issued = (day < "4") & (year <= f"{on:%y}")
    return issued.sum() > _ISSUED * read.height and read["nik_kk"].sum() > _OF_NOBODY * read.height


def for_cards(rules: Rules) -> Rules:
    """The rules where a card's number stands for the NIK: whom little else joins are two people of
    one family, and nobody is asked about each of them."""
    return replace(
        rules,
        guards=tuple(
            replace(guard, weight=_CERTAINLY) if guard.name.startswith(_OF_CARDS) else guard
            for guard in rules.guards
        ),
    )


def of_damaged_niks(damaged: int, written: int, column: str, file: str) -> str:
    """The warning that NIKs were numbers whose last digits are lost."""
    return (
        f"{_n(damaged)} dari {_n(written)} NIK di kolom “{column}” pada {file} tersimpan sebagai "
        "bilangan dan angka terakhirnya hilang, jadi dianggap kosong. Jadikan kolom itu teks, isi "
        "ulang dari sumbernya, lalu jalankan lagi."
    )


def of_cards(column: str, file: str) -> str:
    """The warning that a column of NIKs holds numbers of family cards."""
    return (
        f"Kolom “{column}” pada {file} tampaknya berisi nomor Kartu Keluarga, bukan NIK; minta NIK "
        "setiap orang sesuai KTP kepada pengirimnya. Selama itu keluarga yang hanya sama nomor "
        "kartunya tidak ditanyakan satu per satu."
    )


def _n(number: int) -> str:
    return f"{number:,}".replace(",", ".")
