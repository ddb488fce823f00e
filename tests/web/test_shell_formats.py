"""Numbers, money, dates and NIK as Indonesian screens write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.web.shell import formats


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (999, "999"), (20_000, "20.000"), (Decimal("1234.56"), "1.234,6"), (None, "–")],
)
def test_numbers_have_dots(value, written):
    assert formats.number(value) == written


@pytest.mark.parametrize(
    ("amount", "long", "short"),
    [
        (16_800, "Rp16.800", "Rp16.800"),
        (412_600_000, "Rp412.600.000", "Rp412,6\xa0jt"),
        (42_000_000, "Rp42.000.000", "Rp42\xa0jt"),
        (1_250_000_000, "Rp1.250.000.000", "Rp1,3\xa0M"),
        (-5_000_000, "−Rp5.000.000", "−Rp5\xa0jt"),
        (0, "Rp0", "Rp0"),
        (None, "–", "–"),
    ],
)
def test_money_is_whole_rupiah_and_short_in_cards(amount, long, short):
    assert formats.rupiah(amount) == long
    assert formats.rupiah_short(amount) == short


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (61, 100, "61%"),
        (1, 3, "33%"),
        (1, 200, "0,5%"),
        (5, 100, "5%"),
        (9_999, 10_000, "99%"),
        (10_000, 10_000, "100%"),
        (0, 10, "0%"),
        (3, 0, "–"),
    ],
)
def test_a_share_is_never_whole_while_somebody_is_missing(part, whole, written):
    assert formats.percent(part, whole) == written


def test_days_and_months_have_indonesian_names():
    day = date(1980, 1, 12)
    assert formats.tanggal(day) == "12 Januari 1980"
    assert formats.tanggal_short(date(2026, 8, 3)) == "3 Agu 2026"
    assert formats.bulan(day) == "Januari 1980"
    assert formats.tanggal(None) == formats.bulan(None) == formats.waktu(None) == "–"


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2026, 12, 1), date(2026, 12, 1), "Desember 2026"),
        (date(2026, 1, 1), date(2026, 12, 1), "Januari – Desember 2026"),
        (date(2026, 11, 1), date(2027, 3, 1), "November 2026 – Maret 2027"),
        (date(2026, 11, 1), None, "November 2026 – –"),
        (None, None, "–"),
    ],
)
def test_a_span_of_months_says_no_month_and_no_year_twice(first, last, written):
    assert formats.masa(first, last) == written


def test_moments_are_told_in_jakartas_time():
    late = datetime(2026, 11, 20, 18, 5, tzinfo=UTC)
    assert formats.waktu(late) == "21 Nov 2026 01.05"
    assert formats.tanggal(late) == "21 November 2026"


def test_a_nik_in_a_list_hides_the_birth_date():
    assert formats.nik("3671034508820003") == '<span class="nik">367103••••••0003</span>'
    assert formats.nik("") == "–"


def test_a_nik_that_is_none_cannot_carry_markup():
    assert "<script>" not in formats.nik_full("<script>alert(1)</script>")


@given(st.text(max_size=30))
def test_a_list_never_shows_what_is_no_nik(text):
    shown = formats.nik(text)
    assert "•" in shown or text == ""


def test_a_phone_number_is_written_in_groups():
    assert formats.phone("081233445566") == "0812-3344-5566"
    assert formats.phone("") == "–"
