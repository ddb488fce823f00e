from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import LawError, cover, jkk_death_benefit, jkm_benefit, stmb_benefit
from payung.law.dates import month_of_index

MAY = date(2026, 5, 10)
FULL = cover([date(2026, month, 1) for month in range(1, 6)], MAY)
NEW = cover([date(2026, 5, 1)], MAY)
LATE_DAY = date(2026, 7, 20)
LATE = cover([date(2026, month, 1) for month in range(1, 6)], LATE_DAY)
NONE = cover([], MAY)


def test_a_death_under_full_cover_brings_42_million():
    benefit = jkm_benefit(MAY, FULL)
    assert benefit.total == 42_000_000
    assert [(line.benefit, line.amount) for line in benefit.lines] == [
        ("lump-sum", 20_000_000),
        ("periodic", 12_000_000),
        ("funeral", 10_000_000),
    ]


def test_a_death_before_three_paid_months_brings_the_funeral_of_10_million():
    benefit = jkm_benefit(MAY, NEW)
    assert (benefit.total, benefit.later) == (10_000_000, ())


def test_the_deaths_of_kota_metro_in_2025_cost_1_102_million():
    assert 26 * jkm_benefit(MAY, FULL).total + jkm_benefit(MAY, NEW).total == 1_102_000_000


def test_in_arrears_the_funeral_comes_now_and_the_rest_less_the_arrears():
    benefit = jkm_benefit(LATE_DAY, LATE)
    assert benefit.total == 10_000_000
    assert benefit.deduction == 2 * 8_400
    assert benefit.later_total == 32_000_000 - 16_800
    assert "dipotong" in benefit.steps[-1].text


def test_without_cover_nothing_is_owed_and_the_steps_say_why():
    for benefit in (
        jkm_benefit(MAY, NONE),
        jkk_death_benefit(MAY, NONE),
        stmb_benefit(MAY, 2, 1_000_000, NONE),
    ):
        assert (benefit.lines, benefit.total) == ((), 0)
        assert benefit.steps


def test_a_death_by_work_accident_brings_70_million_from_the_first_month():
    benefit = jkk_death_benefit(MAY, NEW)
    assert [line.amount for line in benefit.lines] == [48_000_000, 12_000_000, 10_000_000]
    assert benefit.total == 70_000_000


def test_a_higher_registered_income_raises_the_work_death_benefit():
    assert jkk_death_benefit(MAY, NEW, 1_300_000).lines[0].amount == 48 * 1_400_000


def test_a_sudden_death_counts_as_work_accident_only_after_twelve_paid_months():
    early = jkk_death_benefit(MAY, FULL, sudden=True)
    assert early.total == jkm_benefit(MAY, FULL).total
    assert "ajukan sebagai JKM" in early.steps[0].text
    year = cover([date(2025, month, 1) for month in range(1, 13)], date(2025, 12, 20))
    assert jkk_death_benefit(date(2025, 12, 20), year, sudden=True).total == 70_000_000


def test_a_work_death_in_arrears_is_paid_after_the_arrears():
    benefit = jkk_death_benefit(LATE_DAY, LATE)
    assert benefit.total == 0
    assert benefit.later_total == 70_000_000 - 16_800


def test_being_unable_to_work_pays_a_year_in_full_then_half():
    benefit = stmb_benefit(MAY, 14, 1_000_000, NEW)
    assert [line.amount for line in benefit.lines] == [None, 12_000_000, 1_000_000]
    assert benefit.total == 13_000_000
    assert "tanpa batas biaya" in benefit.lines[0].note


def test_an_accident_without_lost_months_still_brings_medical_care():
    benefit = stmb_benefit(MAY, 0, 1_000_000, NEW)
    assert [line.benefit for line in benefit.lines] == ["medical"]


def test_an_accident_in_arrears_brings_medical_care_now_and_money_later():
    benefit = stmb_benefit(LATE_DAY, 3, 1_000_000, LATE)
    assert [line.benefit for line in benefit.lines] == ["medical"]
    assert benefit.later_total == 3_000_000 - 16_800


def test_negative_months_are_refused():
    with pytest.raises(LawError, match="tidak dapat dihitung"):
        stmb_benefit(MAY, -1, 1_000_000, FULL)


@given(
    st.frozensets(st.integers(2026 * 12, 2026 * 12 + 11), max_size=12),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(0, 40),
    st.integers(1, 30_000_000),
)
def test_a_benefit_is_never_negative_and_its_total_is_the_sum_of_its_lines(
    paid, on, unable, income
):
    answer = cover([month_of_index(index) for index in paid], on)
    for benefit in (
        jkm_benefit(on, answer, income),
        jkk_death_benefit(on, answer, income),
        stmb_benefit(on, unable, income, answer),
    ):
        assert benefit.total == sum(line.amount or 0 for line in benefit.lines)
        assert benefit.total >= 0
        assert benefit.later_total >= 0
        assert all(line.source.article for line in (*benefit.lines, *benefit.later))


@given(st.integers(1, 30_000_000), st.integers(1, 30_000_000))
def test_more_registered_income_never_brings_less(one, other):
    low, high = sorted((one, other))
    assert jkk_death_benefit(MAY, FULL, low).total <= jkk_death_benefit(MAY, FULL, high).total
