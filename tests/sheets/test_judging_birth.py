from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import AgeLimits
from payung.sheets import Judge
from tests.sheets.builders import START
from tests.sheets.people import codes, columns, judged


def nik_of(born: date) -> str:
    return f"367103{born.day + 40:02}{born:%m%y}0003"


def test_an_unreadable_date_is_a_warning_while_the_nik_tells_it():
    assert codes(birth_date="31-02-1980") == {"birth-date-unreadable": "warn"}
    row = judged(birth_date="31-02-1980")
    assert row.values.birth_date == date(1982, 8, 5)
    assert row.values.birth_date_from_nik


def test_an_unreadable_date_without_a_usable_nik_is_rejected():
    assert codes(nik="", birth_date="x") == {
        "nik-blank": "reject",
        "birth-date-unreadable": "reject",
    }


def test_a_blank_date_is_filled_from_the_nik_and_said_so():
    assert codes(birth_date="") == {"birth-date-blank": "warn"}


def test_a_list_without_birth_dates_is_judged_by_the_nik_in_silence():
    row = judged(birth_date=None)
    assert row.findings == []
    assert row.values.birth_date_from_nik


def test_a_date_in_the_future_is_unreadable():
    assert codes(birth_date="05-08-2082") == {"birth-date-unreadable": "warn"}


def test_the_first_of_january_is_suspect():
    assert codes(nik="3671034101820003", birth_date="01-01-1982") == {"birth-date-default": "warn"}


def test_a_two_digit_year_is_warned_of():
    assert codes(birth_date="05-08-82") == {"birth-date-two-digit-year": "warn"}


@pytest.mark.parametrize("text", ["08/05/1982", "1982-05-08", "8 - 5 - 1982"])
def test_day_and_month_exchanged_against_the_nik(text):
    assert codes(birth_date=text) == {"birth-date-swapped": "warn"}


def test_a_month_written_first_is_warned_of():
    assert codes(nik="3671035308820003", birth_date="08/13/1982") == {"birth-date-swapped": "warn"}


@pytest.mark.parametrize("text", ["06-08-1982", "05-08-1981", "05-09-1982"])
def test_another_date_than_the_nik_is_warned_of(text):
    assert codes(birth_date=text) == {"nik-birth-date": "warn"}


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(1961, 12, 2), {}),
        (date(1961, 12, 1), {"age-65": "reject"}),
        (date(1945, 8, 17), {"age-65": "reject"}),
        (date(2008, 12, 1), {}),
        (date(2008, 12, 2), {"age-under-18": "warn"}),
        (date(2011, 12, 1), {"age-under-18": "warn"}),
        (date(2011, 12, 2), {"age-under-15": "reject"}),
    ],
)
def test_ages_count_on_the_day_cover_starts(born, expected):
    assert codes(nik=nik_of(born), birth_date=born.strftime("%d-%m-%Y")) == expected


def test_an_age_known_only_from_the_nik_is_a_warning():
    assert codes(nik="3671034508550003", birth_date=None) == {"age-65": "warn"}


def test_place_and_date_in_one_cell_are_parted():
    row = judged(birth_date="Tangerang, 05-08-1982")
    assert row.findings == []
    assert row.values.birth_place == "Tangerang"
    assert row.values.birth_date == date(1982, 8, 5)


@given(st.dates(date(1930, 1, 1), date(2020, 12, 31)))
def test_nobody_of_65_or_under_15_on_the_start_ever_passes(born):
    age = START.year - born.year - ((START.month, START.day) < (born.month, born.day))
    row = judged(nik=None, birth_date=born.strftime("%d-%m-%Y"))
    found = {finding.code for finding in row.findings}
    assert ("age-65" in found) == (age >= 65)
    assert ("age-under-15" in found) == (age < 15)


def test_the_ages_and_their_article_are_the_laws_of_the_day():
    row = ["3671034508820003", "SITI AMINAH", "05-08-1982"]
    fields = columns(("nik", "name", "birth_date"))
    said = []
    for limits in (AgeLimits(15, 18, 44, "PP 1/2030"), AgeLimits(45, 46, 65, "PP 1/2030")):
        found = Judge(fields, start=START, ages=limits).judge(1, row).findings
        said += [(finding.code, finding.message) for finding in found]
    assert [code for code, _ in said] == ["age-65", "age-under-15"]
    assert "belum 44 tahun (PP 1/2030)" in said[0][1]
    assert "belum 45 tahun" in said[1][1]
