from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.identity import read_date

START = date(2026, 12, 1)
BORN = date(1980, 1, 12)
working_ages = st.dates(date(1962, 1, 1), date(2011, 11, 30))
_NAMES = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
MONTHS = _NAMES.split()


@pytest.mark.parametrize(
    "text",
    [
        "12/01/1980",
        "12-01-1980",
        "12.01.1980",
        "12 01 1980",
        "12 / 01 / 1980",
        "12/1/1980",
        "12-01-80",
        "12 Januari 1980",
        "12 Jan 1980",
        "12-Jan-80",
        "12JANUARI1980",
        "1980-01-12",
        "1980/1/12",
        "1980-01-12 00:00:00",
        "12/01/1980 00:00",
        "19800112",
        "12011980",
        "120180",
        "29232",
        "29232.0",
        "Jan 12, 1980",
        "Tangerang, 12-01-1980",
        "TANGERANG 12 JANUARI 1980",
        "Kab. Lebak / 12.01.1980",
    ],
)
def test_every_way_of_writing_a_day_is_read(text):
    assert read_date(text, START).value == BORN


@pytest.mark.parametrize(
    "text", ["31/02/1980", "1980", "abc", "00/00/0000", "12/Foo/1980", "5/1980"]
)
def test_what_is_no_day_is_unreadable(text):
    reading = read_date(text, START)
    assert reading.value is None
    assert not reading.blank


@pytest.mark.parametrize("text", ["", " ", "-", "n/a"])
def test_a_blank_is_blank_rather_than_unreadable(text):
    assert read_date(text, START).blank


def test_old_and_short_month_names_are_read():
    assert read_date("5 Nopember 1975", START).value == date(1975, 11, 5)
    assert read_date("5 Peb 1975", START).value == date(1975, 2, 5)
    assert read_date("5 Agt 1975", START).value == date(1975, 8, 5)
    assert read_date("17 Aug 1975", START).value == date(1975, 8, 17)


def test_a_two_digit_year_is_said_to_be_one():
    reading = read_date("12-01-80", START)
    assert reading.two_digit_year
    assert not read_date("12-01-1980", START).two_digit_year


def test_a_month_above_twelve_shows_that_the_month_came_first():
    reading = read_date("01/13/1980", START)
    assert reading.value == date(1980, 1, 13)
    assert reading.month_first


def test_a_place_in_the_same_cell_is_kept():
    assert read_date("Kab. Tangerang, 12-01-1980", START).place == "Kab. Tangerang"


@given(st.text())
def test_reading_a_date_never_raises(text):
    read_date(text, START)


@given(st.from_regex(r"[A-Za-z, ]{0,8}[0-9]{1,5}[-/. ][0-9A-Za-z]{1,9}[-/. ][0-9]{1,5}"))
def test_reading_something_like_a_date_never_raises(text):
    read_date(text, START)


@given(working_ages, st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%Y", "%d%m%Y"]))
def test_a_written_day_comes_back(day, pattern):
    assert read_date(day.strftime(pattern), START).value == day


@given(working_ages)
def test_a_day_with_a_named_month_and_a_serial_come_back(day):
    assert read_date(f"{day.day} {MONTHS[day.month - 1]} {day.year}", START).value == day
    assert read_date(str((day - date(1899, 12, 30)) // timedelta(days=1)), START).value == day


@given(working_ages)
def test_a_two_digit_year_of_a_worker_comes_back(day):
    assert read_date(day.strftime("%d-%m-%y"), START).value == day
