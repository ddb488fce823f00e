from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.identity import Nik, age_on, full_date, mask_nik

START = date(2026, 12, 1)


def test_a_sound_nik_tells_sex_and_birth_date():
    nik = Nik.read("3671034508820003")
    assert nik.ok
    assert nik.sex == "P"
    assert nik.birth_date(START) == date(1982, 8, 5)
    assert nik.region == "36.71.03"
    assert nik.masked == "367103••••••0003"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "blank"),
        (" - ", "blank"),
        ("tidak ada", "blank"),
        ("367103450882003", "length"),
        ("36710345088200031", "length"),
        ("36710345O8820003", "letters"),
        ("3671033208820003", "date"),
        ("3671037208820003", "date"),
        ("3671033002820003", "date"),
        ("3671031213820003", "date"),
        ("3671030508820000", "serial"),
        ("0000000000000000", "placeholder"),
        ("9999999999999999", "placeholder"),
        ("1234567890123456", "placeholder"),
        ("xxxxxxxxxxxxxxxx", "placeholder"),
        ("0", "placeholder"),
        ("3.67E+15", "damaged"),
        ("3,67103E+15", "damaged"),
        ("3.671030508820000E+15", "damaged"),
        ("9.101014512800017E+15", "damaged"),
    ],
)
def test_an_impossible_nik_says_why(text, problem):
    assert Nik.read(text).problem == problem


@pytest.mark.parametrize(
    "text",
    ["'3671034508820003", "3671 0345 0882 0003", "3671.0345.0882.0003", "NIK: 3671034508820003"],
)
def test_separators_and_labels_are_read_past(text):
    assert Nik.read(text) == Nik("3671034508820003")


def test_a_number_whose_last_digit_is_not_zero_is_read_but_marked():
    nik = Nik.read("3.671034508820003E+15")
    assert (nik.text, nik.ok, nik.from_number) == ("3671034508820003", True, True)


def test_a_leap_day_is_possible_in_the_century_that_has_it():
    assert Nik.read("3671032902000003").ok
    assert not Nik.read("3671032902010003").ok


def test_the_century_makes_a_person_of_working_age():
    assert full_date(80, 1, 12, START) == date(1980, 1, 12)
    assert full_date(5, 1, 12, START) == date(2005, 1, 12)
    assert full_date(45, 1, 12, START) == date(1945, 1, 12)
    assert full_date(14, 1, 12, START) == date(2014, 1, 12)


def test_a_year_of_age_is_complete_on_the_birthday():
    assert age_on(date(1961, 12, 1), START) == 65
    assert age_on(date(1961, 12, 2), START) == 64
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


@given(st.text())
def test_reading_never_raises_and_a_good_nik_has_sixteen_digits(text):
    nik = Nik.read(text)
    if nik.ok:
        assert len(nik.text) == 16
        assert nik.text.isdigit()
        nik.birth_date(START)
    assert len(mask_nik(nik.text)) == len(nik.text)


def test_a_masked_nik_shows_where_it_differs_from_the_one_beside_it():
    assert mask_nik("3671034508820003") == "367103••••••0003"
    assert mask_nik("3671034508820003", "3671034508820003") == "367103••••••0003"
    assert mask_nik("3671034508820003", "3671034508920004") == "367103••••8•0003"
    assert mask_nik("3671034508820003", "3671031212911234") == "367103450•••0003"
    assert mask_nik("3671034508820003", "36710345089") == "367103••••••0003"
    assert mask_nik("36710345", "3671034508920004") == "••••••••"


@given(
    st.dates(date(1962, 1, 1), date(2011, 11, 30)),
    st.sampled_from("LP"),
    st.integers(1, 9999),
)
def test_a_nik_made_of_a_birth_date_gives_it_back(born, sex, serial):
    day = born.day + (40 if sex == "P" else 0)
    nik = Nik.read(f"367103{day:02}{born:%m%y}{serial:04}")
    assert nik.ok
    assert nik.sex == sex
    assert nik.birth_date(START) == born
