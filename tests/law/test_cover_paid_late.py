"""Cover when the day each month was paid is known (Permenaker 5/2021 Ps 36, 42, 44)."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from payung.law import cover
from payung.law.dates import month_of_index

JKK = ["none", "medical-only", "full"]
JKM = ["none", "funeral-only", "full"]


def paid(year=2026, **days):
    """`jan="0105"`: January was paid on 5 January."""
    names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    return {
        date(year, names.index(name) + 1, 1): date(year, int(day[:2]), int(day[2:]))
        for name, day in days.items()
    }


def test_a_month_paid_late_was_in_arrears_until_the_day_it_was_paid():
    months = paid(jan="0105", feb="0205", mar="0305", apr="0420")
    assert cover(months, date(2026, 4, 19)).arrears_months == 1
    assert cover(months, date(2026, 4, 19)).jkm == "funeral-only"
    assert (cover(months, date(2026, 4, 20)).jkk, cover(months, date(2026, 4, 20)).jkm) == (
        "full",
        "full",
    )


def test_paying_after_the_end_does_not_bring_the_membership_back():
    months = paid(jan="0105", feb="0205", mar="0305")
    ended = date(2026, 7, 16)
    assert cover(months, ended).lapses_on == ended
    revived = months | paid(apr="0720", may="0720", jun="0720")
    answer = cover(revived, date(2026, 7, 25))
    assert (answer.jkk, answer.standing, answer.lapses_on) == ("none", "lapsed", ended)


def test_the_month_of_the_end_paid_after_it_registers_again():
    months = paid(jan="0105", feb="0205", mar="0305", jul="0720")
    answer = cover(months, date(2026, 7, 20))
    assert (answer.jkk, answer.jkm) == ("full", "funeral-only")
    assert answer.full_jkm_from == date(2026, 10, 20)
    assert any(step.rule == "bpu.re-registration" for step in answer.steps)
    # a mere list of months says nothing of the day, so it takes July as paid in time
    assert cover(list(months), date(2026, 7, 20)).jkm == "full"


def test_paying_before_the_end_keeps_the_membership():
    months = paid(jan="0105", feb="0205", mar="0305", apr="0715", may="0715", jun="0715")
    assert cover(months, date(2026, 7, 10)).arrears_months == 3
    answer = cover(months, date(2026, 7, 20))
    assert (answer.arrears_months, answer.jkm, answer.standing) == (1, "funeral-only", "member")
    assert answer.full_jkm_from == date(2026, 4, 5)


def test_without_a_number_the_first_payment_is_the_first_day():
    months = paid(jan="0220", feb="0220")
    assert cover(months, date(2026, 2, 19)).standing == "not-registered"
    answer = cover(months, date(2026, 2, 20))
    assert (answer.jkk, answer.full_jkm_from) == ("full", date(2026, 5, 20))


def test_the_day_bpjs_issued_the_number_decides_though_the_payment_came_later():
    months = paid(jan="0220", feb="0220", mar="0305")
    answer = cover(months, date(2026, 4, 1), date(2026, 1, 1))
    assert (answer.jkm, answer.full_jkm_from) == ("full", date(2026, 4, 1))


def test_a_month_paid_once_it_is_over_registers_nobody_without_a_number():
    months = paid(jan="0220")
    assert cover(months, date(2026, 2, 20)).standing == "not-registered"
    answer = cover(months, date(2026, 2, 20), date(2026, 1, 3))
    assert (answer.jkk, answer.arrears_months) == ("medical-only", 1)


def test_whoever_bpjs_registered_again_is_a_member_though_each_month_is_paid_late():
    months = paid(2025, jan="0105") | paid(2026, jan="0205", feb="0305", mar="0405", apr="0505")
    first, again = date(2025, 1, 1), date(2026, 1, 2)
    assert cover(months, date(2026, 5, 6), first).standing == "lapsed"
    answer = cover(months, date(2026, 5, 6), [first, again])
    assert (answer.jkk, answer.jkm, answer.full_jkm_from) == ("full", "full", date(2026, 4, 2))


def test_a_registration_of_a_member_changes_nothing():
    months = paid(jan="0105", feb="0205", mar="0305", apr="0405", may="0505")
    renewed = cover(months, date(2026, 5, 20), [date(2026, 1, 5), date(2026, 4, 1)])
    assert renewed == cover(months, date(2026, 5, 20), date(2026, 1, 5))


def test_months_paid_after_the_day_are_not_known_yet():
    months = paid(jan="0105", feb="0205", mar="0305", apr="0405")
    assert cover(months, date(2026, 3, 20)).paid_months == 3
    assert cover(months, date(2026, 3, 20)).lapses_on == date(2026, 7, 16)


def test_months_paid_in_advance_are_covered_one_by_one():
    months = paid(jan="0105", feb="0105", mar="0105", apr="0105", may="0105", jun="0105")
    start = cover(months, date(2026, 1, 5))
    assert (start.jkm, start.full_jkm_from) == ("funeral-only", date(2026, 4, 5))
    assert start.lapses_on == date(2026, 10, 16)
    assert cover(months, date(2026, 6, 30)).jkm == "full"


def test_the_first_of_two_payments_of_a_month_counts():
    months = {date(2026, 1, 1): date(2026, 1, 5), date(2026, 1, 2): date(2026, 1, 25)}
    assert cover(months, date(2026, 1, 10)).jkk == "full"


FIRST = 2025 * 12
PAYMENTS = st.dictionaries(
    st.integers(FIRST, FIRST + 23).map(month_of_index),
    st.dates(date(2025, 1, 1), date(2027, 3, 31)),
    max_size=16,
)
DAYS = st.dates(date(2025, 1, 1), date(2027, 3, 31))
NUMBER = st.lists(st.dates(date(2025, 1, 1), date(2026, 12, 31)), max_size=3)


@given(PAYMENTS, PAYMENTS, DAYS, NUMBER)
def test_an_added_payment_never_takes_cover_away(payments, added, on, registered):
    before = cover(payments, on, registered)
    after = cover(added | payments, on, registered)
    assert JKK.index(before.jkk) <= JKK.index(after.jkk)
    assert JKM.index(before.jkm) <= JKM.index(after.jkm)


@given(PAYMENTS, DAYS, NUMBER)
def test_paying_in_time_is_never_worse_than_paying_late(payments, on, registered):
    in_time = {month: min(day, month) for month, day in payments.items()}
    late, early = cover(payments, on, registered), cover(in_time, on, registered)
    assert JKK.index(late.jkk) <= JKK.index(early.jkk)
    assert JKM.index(late.jkm) <= JKM.index(early.jkm)


@given(PAYMENTS, DAYS, DAYS)
def test_what_a_day_was_covered_for_does_not_change_with_later_payments(payments, on, other):
    known = {month: day for month, day in payments.items() if day <= on}
    assert cover(known, on) == cover(payments, on)
    assert cover(payments, on).standing in ("member", "lapsed", "not-registered")


@given(PAYMENTS, DAYS, NUMBER)
def test_cover_lasts_until_the_day_it_says_and_arrears_never_raise_it(payments, on, registered):
    answer = cover(payments, on, registered)
    assert answer.steps
    if answer.standing == "member":
        assert answer.lapses_on > on
        assert 0 <= answer.arrears_months <= 3
        assert (answer.jkk == "full") is (answer.arrears_months == 0)
        assert answer.jkm != "full" or answer.full_jkm_from <= on
    else:
        assert (answer.jkk, answer.jkm) == ("none", "none")
