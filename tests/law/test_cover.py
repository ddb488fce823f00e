from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import LawError, cover, may_register
from payung.law.dates import month_of_index


def months(*numbers: int, year: int = 2026) -> list[date]:
    return [date(year, number, 1) for number in numbers]


def test_nobody_is_covered_before_the_first_paid_month():
    answer = cover([], date(2026, 5, 1))
    assert (answer.jkk, answer.jkm, answer.lapses_on) == ("none", "none", None)
    assert cover(months(6), date(2026, 5, 31)).jkk == "none"


def test_the_first_paid_month_covers_accidents_in_full_and_the_funeral():
    answer = cover(months(1), date(2026, 1, 20))
    assert (answer.jkk, answer.jkm) == ("full", "funeral-only")
    assert answer.full_jkm_from == date(2026, 4, 1)


def test_full_jkm_begins_when_three_paid_months_have_passed():
    assert cover(months(1, 2, 3), date(2026, 3, 31)).jkm == "funeral-only"
    answer = cover(months(1, 2, 3), date(2026, 4, 1))
    assert (answer.jkm, answer.consecutive_months) == ("full", 3)


def test_paying_three_months_in_advance_does_not_shorten_the_wait():
    answer = cover(months(1, 2, 3), date(2026, 1, 20))
    assert (answer.jkm, answer.full_jkm_from) == ("funeral-only", date(2026, 4, 1))


def test_a_number_issued_in_mid_month_moves_the_start_and_the_full_jkm():
    registered = date(2026, 1, 20)
    assert cover(months(1, 2, 3), date(2026, 1, 19), registered).jkk == "none"
    assert cover(months(1, 2, 3), registered, registered).jkk == "full"
    assert cover(months(1, 2, 3, 4), date(2026, 4, 19), registered).jkm == "funeral-only"
    assert cover(months(1, 2, 3, 4), date(2026, 4, 20), registered).jkm == "full"


def test_before_permenaker_1_of_2025_there_was_no_wait():
    assert cover(months(1, year=2025), date(2025, 1, 20)).jkm == "full"
    assert cover(months(2, year=2025), date(2025, 2, 24)).jkm == "funeral-only"


def test_a_month_is_in_arrears_only_after_its_15th():
    paid = months(1, 2, 3, 4)
    assert cover(paid, date(2026, 5, 15)).arrears_months == 0
    late = cover(paid, date(2026, 5, 16))
    assert (late.jkk, late.jkm, late.arrears_months) == ("medical-only", "funeral-only", 1)
    assert late.unpaid_months == (date(2026, 5, 1),)


def test_more_than_three_months_in_arrears_end_the_membership():
    paid = months(1, 2, 3, 4)
    before = cover(paid, date(2026, 8, 15))
    assert (before.jkk, before.arrears_months) == ("medical-only", 3)
    assert before.lapses_on == date(2026, 8, 16)
    after = cover(paid, date(2026, 8, 16))
    assert (after.jkk, after.jkm, after.arrears_months) == ("none", "none", 4)


def test_a_gap_of_three_months_does_not_restart_the_wait():
    answer = cover(months(1, 2, 3, 7), date(2026, 7, 20))
    assert (answer.jkm, answer.arrears_months) == ("full", 0)
    assert answer.unpaid_months == tuple(months(4, 5, 6))
    assert any(not step.verified for step in answer.steps)


def test_registering_again_after_a_lapse_restarts_the_wait_and_says_it_is_uncertain():
    answer = cover(months(1, 2, 3, 8), date(2026, 8, 20))
    assert (answer.jkk, answer.jkm) == ("full", "funeral-only")
    assert answer.full_jkm_from == date(2026, 11, 1)
    assert answer.unpaid_months == ()
    assert [step.verified for step in answer.steps if step.rule == "bpu.re-registration"] == [False]
    assert answer.paid_months == 4


def test_three_months_must_follow_each_other():
    answer = cover(months(1, 2, 4, 5), date(2026, 5, 20))
    assert (answer.jkm, answer.consecutive_months) == ("funeral-only", 2)
    assert answer.full_jkm_from == date(2026, 7, 1)


def test_months_paid_ahead_move_the_day_the_cover_lapses():
    assert cover(months(1, 2), date(2026, 1, 20)).lapses_on == date(2026, 6, 16)


def test_a_day_before_the_first_rule_is_refused():
    with pytest.raises(LawError, match="1 Januari 2020"):
        cover(months(1, year=2020), date(2020, 1, 1))


def test_sixty_four_may_register_and_sixty_five_may_not():
    assert may_register(date(1961, 12, 2), date(2026, 12, 1)).ok
    refused = may_register(date(1961, 12, 1), date(2026, 12, 1))
    assert (refused.ok, refused.reason) == (False, "age-limit")
    assert "65 tahun" in refused.steps[0].text
    with pytest.raises(LawError, match="sesudah tanggal mulai"):
        may_register(date(2027, 1, 1), date(2026, 12, 1))


JKK = ["none", "medical-only", "full"]
JKM = ["none", "funeral-only", "full"]
FIRST = 2025 * 12
INDEXES = st.integers(FIRST, FIRST + 23)
DAYS = st.dates(date(2025, 1, 1), date(2027, 3, 31))
PAID = st.frozensets(INDEXES, max_size=20)


@given(PAID, INDEXES, DAYS, st.none() | st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_an_added_paid_month_never_takes_cover_away(paid, added, on, registered):
    before = cover([month_of_index(index) for index in paid], on, registered)
    after = cover([month_of_index(index) for index in paid | {added}], on, registered)
    assert JKK.index(before.jkk) <= JKK.index(after.jkk)
    assert JKM.index(before.jkm) <= JKM.index(after.jkm)


@given(PAID, DAYS)
def test_cover_ends_on_the_day_it_says(paid, on):
    paid_months = [month_of_index(index) for index in paid]
    answer = cover(paid_months, on)
    if answer.jkk != "none":
        assert on < answer.lapses_on
        assert cover(paid_months, answer.lapses_on - timedelta(days=1)).jkk != "none"
        assert cover(paid_months, answer.lapses_on).jkk == "none"


@given(PAID, DAYS)
def test_full_jkm_holds_only_from_the_day_it_says(paid, on):
    answer = cover([month_of_index(index) for index in paid], on)
    assert answer.steps
    if answer.jkm == "full":
        assert answer.full_jkm_from <= on


@given(PAID, DAYS)
def test_months_paid_for_the_future_do_not_change_what_a_past_day_was_covered_for(paid, on):
    known = [index for index in paid if index <= on.year * 12 + on.month - 1]
    then = cover([month_of_index(index) for index in known], on)
    now = cover([month_of_index(index) for index in paid], on)
    assert (then.jkk, then.jkm, then.arrears_months) == (now.jkk, now.jkm, now.arrears_months)
