"""Cover when only the numbers of months are known, as a clerk types them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import LawError, cover, cover_from_counts
from payung.law.dates import month_index, month_of_index

ON = date(2026, 5, 1)
JKM = ["none", "funeral-only", "full"]


def test_fourteen_months_give_everything():
    answer = cover_from_counts(ON, 14)
    assert (answer.jkk, answer.jkm) == ("full", "full")
    assert (answer.paid_months, answer.consecutive_months, answer.arrears_months) == (14, 14, 0)
    assert "14 bulan penuh dibayar" in answer.steps[0].text
    assert "the last April 2026" in answer.steps[0].say("en")


@pytest.mark.parametrize(("paid", "jkm"), [(1, "funeral-only"), (2, "funeral-only"), (3, "full")])
def test_the_third_complete_month_gives_full_jkm(paid, jkm):
    assert cover_from_counts(ON, paid).jkm == jkm


@pytest.mark.parametrize("day", [1, 15, 16, 31])
def test_the_day_of_the_month_does_not_change_what_full_months_give(day):
    on = date(2026, 5, day)
    assert cover_from_counts(on, 2).jkm == "funeral-only"
    answer = cover_from_counts(on, 3)
    assert (answer.jkm, answer.full_jkm_from) == ("full", date(2026, 5, 1))
    assert (answer.paid_months, answer.consecutive_months) == (3, 3)


def test_after_the_fifteenth_the_month_that_is_due_is_taken_as_paid_and_said():
    answer = cover_from_counts(date(2026, 5, 20), 3)
    assert "iuran Mei 2026 yang sudah jatuh tempo pun dibayar" in answer.steps[0].text


@pytest.mark.parametrize(
    ("arrears", "jkk", "jkm"),
    [
        (0, "full", "full"),
        (1, "medical-only", "funeral-only"),
        (3, "medical-only", "funeral-only"),
        (4, "none", "none"),
    ],
)
def test_arrears_follow_the_matrix(arrears, jkk, jkm):
    answer = cover_from_counts(ON, 14, 14, arrears)
    assert (answer.jkk, answer.jkm, answer.arrears_months) == (jkk, jkm, arrears)


def test_months_apart_count_but_do_not_fill_the_wait():
    answer = cover_from_counts(ON, 14, 2)
    assert (answer.jkm, answer.paid_months, answer.consecutive_months) == ("funeral-only", 14, 2)
    assert not answer.steps[1].verified
    assert "12 bulan sebelumnya" in answer.steps[1].text


def test_no_month_paid_is_no_member():
    answer = cover_from_counts(ON, 0)
    assert (answer.jkk, answer.standing) == ("none", "not-registered")


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((3, 4, 0), "tidak mungkin lebih banyak"),
        ((3, 0, 0), "paling sedikit satu"),
        ((0, None, 2), "tanpa satu bulan pun dibayar"),
        ((-1, None, 0), "bilangan bulat"),
        ((2.5, None, 0), "bilangan bulat"),
        ((3, None, -1), "bilangan bulat"),
        ((True, None, 0), "bilangan bulat"),
        ((10**6, None, 0), "tidak mungkin; periksa"),
    ],
)
def test_numbers_that_contradict_each_other_are_refused(counts, sentence):
    with pytest.raises(LawError, match=sentence):
        cover_from_counts(ON, *counts)


def test_a_day_before_the_first_rule_is_refused():
    with pytest.raises(LawError, match="31 Maret 2021"):
        cover_from_counts(date(2021, 3, 31), 3)


DAYS = st.dates(date(2021, 4, 1), date(2030, 12, 31))


@given(DAYS, st.integers(1, 60), st.integers(0, 6))
def test_numbers_and_months_give_the_same_answer(on, paid, arrears):
    last_due = month_index(on) if on.day > 15 else month_index(on) - 1
    running = on.day > 15 and not arrears  # paid as well, but not one of the full months
    months = [month_of_index(last_due - arrears - each) for each in range(paid + running)]
    counted, named = cover_from_counts(on, paid, paid, arrears), cover(months, on)
    assert (counted.jkk, counted.jkm, counted.full_jkm_from, counted.lapses_on) == (
        named.jkk,
        named.jkm,
        named.full_jkm_from,
        named.lapses_on,
    )
    assert counted.arrears_months == arrears


@given(DAYS, st.integers(1, 60), st.integers(1, 60), st.integers(0, 6), st.integers(0, 3))
def test_one_month_more_never_takes_cover_away_and_one_of_arrears_never_raises(
    on, paid, consecutive, arrears, more
):
    run = min(paid, consecutive)
    answer = cover_from_counts(on, paid, run, arrears)
    longer = cover_from_counts(on, paid + more, run + more, arrears)
    later = cover_from_counts(on, paid, run, arrears + more)
    assert JKM.index(later.jkm) <= JKM.index(answer.jkm) <= JKM.index(longer.jkm)
    assert answer.paid_months == paid
