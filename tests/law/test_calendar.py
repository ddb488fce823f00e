from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import LawError, national_holidays, working_day


def test_the_day_it_starts_does_not_count_and_weekends_neither():
    # Thursday
    assert working_day(date(2026, 6, 4), 1).day == date(2026, 6, 5)
    assert working_day(date(2026, 6, 4), 3).day == date(2026, 6, 9)
    assert working_day(date(2026, 6, 6), 1).day == date(2026, 6, 8)
    assert working_day(date(2026, 6, 6), 0).day == date(2026, 6, 6)


def test_national_holidays_do_not_count():
    assert date(2026, 8, 17) in national_holidays(2026)
    assert working_day(date(2026, 8, 14), 1).day == date(2026, 8, 18)
    # over the turn of the year: New Year's Day of 2027 is a Friday
    assert working_day(date(2026, 12, 31), 1).day == date(2027, 1, 4)


def test_an_announced_stretch_is_certain():
    found = working_day(date(2026, 6, 4), 3)
    assert (found.certain, found.latest, len(found.steps)) == (True, found.day, 1)


def test_collective_leave_counts_as_working_days_and_the_later_day_is_named():
    found = working_day(date(2026, 12, 23), 2)  # the 24th is collective leave, the 25th Christmas
    assert (found.day, found.latest) == (date(2026, 12, 28), date(2026, 12, 29))
    assert not found.certain
    assert "28 Desember 2026" in found.steps[1].text
    assert "29 Desember 2026" in found.steps[1].text


def test_a_year_nobody_has_announced_is_uncertain():
    found = working_day(date(2031, 10, 6), 3)
    assert not found.certain
    assert found.steps[-1].values["years"] == ["2031"]
    assert not found.steps[-1].verified


def test_an_estimated_holiday_is_uncertain_only_where_it_lies():
    # Eid of 2027 was still estimated when this was written; a later edition may know it
    eid = working_day(date(2027, 3, 8), 5)
    assert eid.certain is False
    assert working_day(date(2027, 7, 5), 5).certain


def test_numbers_and_years_that_cannot_be_are_refused():
    for days in (-1, 1.5, True):
        with pytest.raises(LawError, match="bilangan bulat"):
            working_day(date(2026, 6, 4), days)
    with pytest.raises(LawError, match="1946 sampai 2100"):
        working_day(date(1900, 1, 1), 3)
    with pytest.raises(LawError, match="1946 sampai 2100"):
        national_holidays(2101)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(0, 300))
def test_so_many_working_days_lie_on_the_way_and_the_last_is_one(start, days):
    found = working_day(start, days)
    passed = [start + timedelta(days=each) for each in range(1, (found.day - start).days + 1)]
    working = [
        day for day in passed if day.weekday() < 5 and day not in national_holidays(day.year)
    ]
    assert len(working) == days
    assert not days or working[-1] == found.day
    assert found.latest >= found.day
