from datetime import date

from payung.law import long_date, month_name, percent, rupiah
from payung.law.wording import month_names


def test_money_and_percentages_are_written_as_each_language_does():
    assert rupiah(1_016_800) == "Rp1.016.800"
    assert rupiah(1_016_800, "en") == "Rp1,016,800"
    assert (percent(50), percent("0.24"), percent("0.24", "en")) == ("50%", "0,24%", "0.24%")


def test_days_and_months_are_written_as_each_language_does():
    day = date(2026, 8, 1)
    assert (long_date(day), month_name(day)) == ("1 Agustus 2026", "Agustus 2026")
    assert (long_date(day, "en"), month_name(day, "en")) == ("1 August 2026", "August 2026")


def test_three_months_in_a_row_are_a_span_and_two_are_not():
    months = [date(2026, 12, 1), date(2027, 1, 5), date(2026, 11, 1), date(2027, 3, 1)]
    assert month_names(months) == "November 2026–Januari 2027, Maret 2027"
    assert month_names(months[1:], "en") == "November 2026, January 2027, March 2027"
    assert month_names([date(2026, 5, 1), date(2026, 6, 1)]) == "Mei 2026, Juni 2026"
