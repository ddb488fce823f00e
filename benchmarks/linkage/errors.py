"""Every error the generator makes, with its rate: the one table that is printed.

A rate of a row is its share of all rows, a rate of an office the share of offices that do so to
every row. `dirt` multiplies them all. An error that changes nothing (a word dropped from a name of
one word) still counts as made.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import polars as pl

from benchmarks.linkage import texts
from benchmarks.linkage.texts import v

NAME_CUT = 25
_NOTHING = pl.lit(None, dtype=pl.String)
_PLACEHOLDERS = [
    "1111111111111111",
    "1234567890123456",
    "0000000000000000",
    "-",
    "9999999999999999",
]


class Error(NamedTuple):
    """`change` makes the fields' new texts from the row's; `day` is the birth date as a Date."""

    code: str
    scope: Literal["row", "office"]
    rate: float
    text: str
    change: Mapping[str, pl.Expr]


def _row(code: str, rate: float, text: str, **change: pl.Expr) -> Error:
    return Error(code, "row", rate, text, change)


def _office(code: str, rate: float, text: str, **change: pl.Expr) -> Error:
    return Error(code, "office", rate, text, change)


_name, _nik, _mother, _phone = (pl.col(each) for each in ("name", "nik", "mother_name", "phone"))
_place, _address, _day, _sex = (pl.col(each) for each in ("kelurahan", "address", "day", "sex"))


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    return pl.date(year, month, day.clip(1, 28))


_y, _m, _d = _day.dt.year(), _day.dt.month(), _day.dt.day()
_swap = pl.when(_d <= 12).then(_date(_y, _d, _m)).otherwise(_day)

ROW_ERRORS = (
    _row("name-typo", 0.03, "one slip of the pen in the name", name=texts.mistyped(_name)),
    _row(
        "name-typos",
        0.006,
        "a slip in the name and one more heard otherwise",
        name=texts.heard_otherwise(texts.mistyped(_name)),
    ),
    _row(
        "name-heard",
        0.02,
        "spelt as heard (f/p, d/dh, i/ie, rr)",
        name=texts.heard_otherwise(_name),
    ),
    _row("name-old", 0.012, "spelling before 1972 (oe, dj, tj)", name=texts.old_spelling(_name)),
    _row(
        "name-muhammad",
        0.25,
        "another form of Muhammad, where it has one",
        name=texts.muhammads(_name),
    ),
    _row("name-word-lost", 0.02, "a word of the name left out", name=texts.word_lost(_name)),
    _row("name-initial", 0.012, "a word of the name as an initial", name=texts.initial(_name)),
    _row("name-turned", 0.004, "first two words in turned order", name=texts.words_turned(_name)),
    _row(
        "name-joined",
        0.004,
        "words written together",
        name=_name.str.replace(" ", "", literal=True),
    ),
    _row(
        "name-bin",
        0.008,
        "bin or binti with the father's name",
        name=pl.concat_str(
            _name,
            pl.when(_sex == "P").then(pl.lit(" binti ")).otherwise(pl.lit(" bin ")),
            pl.col("_father"),
        ),
    ),
    _row("name-other", 0.002, "what the person is called at home", name=pl.col("_called")),
    _row("name-title", 0.025, "title before or degree behind", name=texts.with_title(_name)),
    _row("nik-digit", 0.015, "one digit of the NIK wrong", nik=texts.wrong_digit(_nik)),
    _row("nik-swapped", 0.006, "two neighbouring digits swapped", nik=texts.swapped_digits(_nik)),
    _row("nik-short", 0.005, "a digit of the NIK left out", nik=texts.lost_digit(_nik)),
    _row("nik-letter", 0.002, "O for 0 in the NIK", nik=_nik.str.replace("0", "O", literal=True)),
    _row("nik-missing", 0.03, "no NIK", nik=_NOTHING),
    _row("nik-family", 0.007, "the NIK of husband, wife or mother", nik=pl.col("_partner_nik")),
    _row("nik-above", 0.002, "the NIK of the row above", nik=pl.col("_nik_above")),
    _row("nik-kk", 0.003, "the family card's number as NIK", nik=pl.col("_kk")),
    _row(
        "nik-placeholder",
        0.0015,
        "1111…, 1234… and the like as NIK",
        nik=v.mul(len(_PLACEHOLDERS))
        .floor()
        .replace_strict(
            {float(n): text for n, text in enumerate(_PLACEHOLDERS)}, return_dtype=pl.String
        ),
    ),
    _row("date-swapped", 0.012, "day and month of birth swapped, where possible", day=_swap),
    _row(
        "date-new-year", 0.02, "1 January of the year of birth", day=_date(_y, pl.lit(1), pl.lit(1))
    ),
    _row("date-day", 0.01, "another day of the month", day=_date(_y, _m, 1 + (v * 28).floor())),
    _row("date-month", 0.004, "another month", day=_date(_y, 1 + (v * 12).floor(), _d)),
    _row(
        "date-year",
        0.008,
        "a year too early or late",
        day=_date(_y + pl.when(v < 0.5).then(1).otherwise(-1), _m, _d),
    ),
    _row(
        "date-decade",
        0.002,
        "ten years too early or late",
        day=_date(_y + pl.when(v < 0.5).then(10).otherwise(-10), _m, _d),
    ),
    _row("date-missing", 0.025, "no birth date", day=pl.lit(None, dtype=pl.Date)),
    _row("sex-wrong", 0.008, "wrong sex", sex=_sex.replace({"L": "P", "P": "L"})),
    _row("sex-missing", 0.02, "no sex", sex=_NOTHING),
    _row("mother-typo", 0.03, "a slip in the mother's name", mother_name=texts.mistyped(_mother)),
    _row(
        "mother-heard",
        0.02,
        "the mother's name as heard",
        mother_name=texts.heard_otherwise(_mother),
    ),
    _row(
        "mother-word-lost",
        0.05,
        "a word of the mother's name left out",
        mother_name=texts.word_lost(_mother),
    ),
    _row(
        "mother-other",
        0.01,
        "another woman's name (stepmother, grandmother)",
        mother_name=pl.col("_other_mother"),
    ),
    _row("mother-missing", 0.08, "no mother's name", mother_name=_NOTHING),
    _row("phone-other", 0.15, "another phone", phone=pl.col("_other_phone")),
    _row("phone-digit", 0.01, "one digit of the phone wrong", phone=texts.wrong_digit(_phone)),
    _row("phone-missing", 0.2, "no phone", phone=_NOTHING),
    _row(
        "moved",
        0.04,
        "an earlier or later home",
        kelurahan=pl.col("_other_place"),
        address=pl.col("_other_address"),
    ),
    _row("place-typo", 0.015, "a slip in the kelurahan", kelurahan=texts.mistyped(_place)),
    _row("place-missing", 0.01, "no kelurahan", kelurahan=_NOTHING),
    _row("address-typo", 0.02, "a slip in the address", address=texts.mistyped(_address)),
    _row("address-missing", 0.05, "no address", address=_NOTHING),
)

OFFICE_ERRORS = (
    _office(
        "all-niks-last-digit",
        0.03,
        "every NIK's last digit became 0 (a spreadsheet kept 15)",
        nik=pl.when(_nik.str.len_chars() == 16)
        .then(pl.concat_str(_nik.str.slice(0, 15), pl.lit("0")))
        .otherwise(_nik),
    ),
    _office(
        "all-niks-float",
        0.01,
        "every NIK as a spreadsheet shows a large number (3,67103E+15)",
        nik=pl.when(_nik.str.len_chars() == 16)
        .then(
            pl.concat_str(_nik.str.slice(0, 1), pl.lit(","), _nik.str.slice(1, 5), pl.lit("E+15"))
        )
        .otherwise(_nik),
    ),
    _office("all-niks-kk", 0.015, "the family card's number in the NIK column", nik=pl.col("_kk")),
    _office("no-nik", 0.02, "no NIK column", nik=_NOTHING),
    _office("us-dates", 0.04, "month before day in every birth date", _style=pl.lit("us")),
    _office("no-dates", 0.02, "no birth date column", day=pl.lit(None, dtype=pl.Date)),
    _office("no-mother", 0.12, "no mother's name column", mother_name=_NOTHING),
    _office("no-phone", 0.1, "no phone column", phone=_NOTHING),
    _office("no-sex", 0.05, "no sex column", sex=_NOTHING),
    _office("no-address", 0.06, "no address column", address=_NOTHING),
    _office(
        "names-cut",
        0.08,
        f"names in capitals cut at {NAME_CUT} characters",
        name=_name.str.to_uppercase().str.slice(0, NAME_CUT),
        mother_name=_mother.str.to_uppercase().str.slice(0, NAME_CUT),
    ),
    _office(
        "one-kelurahan",
        0.04,
        "everybody in the office's own kelurahan",
        kelurahan=pl.col("_office_place"),
    ),
)
ERRORS = ROW_ERRORS + OFFICE_ERRORS
