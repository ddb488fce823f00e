from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import LawError, cover
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


def test_a_day_before_any_membership_is_answered_with_none_and_why():
    answer = cover(months(6, 7, 8), date(2026, 5, 31))
    assert (answer.jkk, answer.jkm, answer.standing) == ("none", "none", "not-registered")
    assert "Belum ada bulan iuran" in answer.steps[0].text
    registered = date(2026, 6, 20)
    answer = cover(months(6, 7, 8), date(2026, 6, 19), registered)
    assert (answer.jkk, answer.standing) == ("none", "not-registered")
    assert "baru terbit 20 Juni 2026" in answer.steps[0].text
    assert answer.steps[0].source.article == "Pasal 36 ayat (2)"
    assert cover([], date(2026, 6, 19), registered).steps[0].values["start"] == registered


def test_months_before_the_number_was_issued_give_nothing():
    answer = cover(months(1, 2, 3, 4), date(2026, 4, 10), date(2026, 3, 5))
    assert (answer.jkm, answer.full_jkm_from) == ("funeral-only", date(2026, 6, 5))
    assert answer.paid_months == 4


def test_a_lapsed_member_is_told_from_one_never_registered():
    assert cover(months(1, 2), date(2026, 6, 16)).standing == "lapsed"
    assert cover(months(1, 2), date(2026, 6, 15)).standing == "member"


def test_who_registered_before_the_waiting_period_gets_an_unverified_answer():
    answer = cover(months(2, year=2025), date(2025, 2, 24))
    assert answer.jkm == "funeral-only"
    assert [step.verified for step in answer.steps] == [True, True, False]
    old_member = cover(months(1, 2, 3, year=2024) + months(2, year=2025), date(2025, 2, 24))
    assert old_member.standing == "member"
    kept = cover(months(11, 12, year=2024) + months(1, 2, year=2025), date(2025, 2, 24))
    assert (kept.jkm, all(step.verified for step in kept.steps)) == ("full", True)


QUARTER = ["2026-01", "2026-02", "2026-03"]
PINNED = [
    # (paid months, day, JKK, JKM, arrears, full JKM from, lapses on): said once, true for good
    (["2024-01"], "2024-01-20", "full", "full", 0, "2024-01-01", "2024-05-16"),
    (["2024-01"], "2024-02-16", "medical-only", "funeral-only", 1, "2024-01-01", "2024-05-16"),
    (["2024-01"], "2024-05-16", "none", "none", 4, None, "2024-05-16"),
    (["2025-02"], "2025-02-23", "full", "full", 0, "2025-02-01", "2025-06-16"),
    (["2025-02"], "2025-02-24", "full", "funeral-only", 0, "2025-05-01", "2025-06-16"),
    (["2025-10", "2025-11"], "2025-12-15", "full", "funeral-only", 0, "2026-01-01", "2026-03-16"),
    (["2025-10", "2025-11"], "2025-12-16", "medical-only", "funeral-only", 1, None, "2026-03-16"),
    (
        ["2026-01", "2026-02", "2026-03"],
        "2026-04-15",
        "full",
        "full",
        0,
        "2026-04-01",
        "2026-07-16",
    ),
]


@pytest.mark.parametrize(("paid", "on", "jkk", "jkm", "arrears", "full", "lapses"), PINNED)
def test_a_past_day_is_answered_as_ever(paid, on, jkk, jkm, arrears, full, lapses):
    paid_months = [date.fromisoformat(f"{month}-01") for month in paid]
    answer = cover(paid_months, date.fromisoformat(on))
    assert (answer.jkk, answer.jkm, answer.arrears_months) == (jkk, jkm, arrears)
    assert answer.full_jkm_from == (full and date.fromisoformat(full))
    assert answer.lapses_on == date.fromisoformat(lapses)


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


def test_an_earlier_gap_is_kept_apart_from_the_months_in_arrears():
    """Only the unbroken run is arrears (Ps 92, 98); what an earlier gap costs is not said."""
    answer = cover(months(1, 2, 3, 4, 5, 6, 8), date(2026, 9, 20))
    run, gap = answer.steps[:2]
    assert (run.values["unpaid"], run.verified) == ((date(2026, 9, 1),), True)
    assert (gap.values["unpaid"], gap.verified) == ((date(2026, 7, 1),), False)
    assert answer.unpaid_months == (date(2026, 7, 1), date(2026, 9, 1))


def test_whoever_never_completed_the_three_months_is_promised_no_rest_of_jkm():
    step = cover(months(12, year=2025), date(2026, 3, 16)).steps[-1]
    assert "tetap biaya pemakaman saja" in step.text
