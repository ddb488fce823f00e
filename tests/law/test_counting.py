from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import LawError, PaidMonth, counted_months
from payung.law.dates import month_index, month_of_index

ON = date(2026, 5, 20)


def run(count, kpj="10000000001", nik="3671010101800001", until=ON):
    last = month_index(until)
    return [PaidMonth(month_of_index(last - each), kpj, nik) for each in range(count)]


@pytest.mark.parametrize(
    ("count", "sudden", "scholarship"),
    [(11, False, False), (12, True, False), (35, True, False), (36, True, True)],
)
def test_twelve_months_for_a_sudden_death_and_thirty_six_for_the_scholarship(
    count, sudden, scholarship
):
    found = counted_months(run(count), ON)
    assert len(found.months) == count
    assert (found.sudden_death, found.scholarship) == (sudden, scholarship)


def test_months_need_not_follow_each_other():
    assert len(counted_months(run(40)[::3], ON).months) == 14


def test_months_on_another_number_or_nik_are_not_added():
    mixed = [*run(30), *run(6, kpj="10000000002"), *run(5, nik="3671010101800002")]
    found = counted_months(mixed, ON)
    assert (len(found.months), len(found.elsewhere), found.scholarship) == (30, 6, False)
    assert "tidak ditambahkan" in found.steps[1].text
    other = counted_months(mixed, ON, kpj="10000000002", nik="3671010101800001")
    assert len(other.months) == 6
    assert counted_months(mixed, ON, kpj="10000000009", nik="3671010101800001").months == ()


def test_a_month_paid_twice_counts_once():
    assert len(counted_months([*run(12), *run(12)], ON).months) == 12


def test_months_paid_ahead_do_not_count_and_are_marked_unverified():
    found = counted_months(run(14, until=date(2026, 8, 1)), ON)
    assert (len(found.months), len(found.ahead), found.sudden_death) == (11, 3, False)
    assert [step.verified for step in found.steps] == [True, False, True, True]


def test_nothing_paid_is_nothing_counted():
    found = counted_months([], ON)
    assert (found.months, found.sudden_death) == ((), False)


def test_a_month_without_a_number_is_refused():
    with pytest.raises(LawError, match="tanpa nomor peserta atau NIK"):
        counted_months([PaidMonth(ON, "", "3671010101800001")], ON)
    with pytest.raises(LawError, match="sekaligus"):
        counted_months(run(3), ON, kpj="10000000001")
    with pytest.raises(LawError, match="31 Maret 2021"):
        counted_months(run(3), date(2021, 3, 31))


PAID = st.lists(
    st.builds(
        PaidMonth,
        st.dates(date(2022, 1, 1), date(2027, 12, 31)),
        st.sampled_from(["1", "2"]),
        st.sampled_from(["3", "4"]),
    ),
    max_size=60,
)


@given(PAID, PAID)
def test_an_added_month_never_lowers_the_count(paid, added):
    before, after = counted_months(paid, ON), counted_months(paid + added, ON)
    assert len(before.months) <= len(after.months)
    assert before.scholarship <= after.scholarship
    assert all(month <= ON for month in after.months)


def test_twelve_months_spread_over_two_numbers_are_a_doubtful_refusal():
    """Ps 85(3) names no number; that its months are counted like Ps 102(5) is a reading."""
    found = counted_months([*run(11), *run(6, kpj="10000000002")], ON)
    (refused,) = (step for step in found.steps if step.rule == "bpu.sudden-death-months")
    assert (found.sudden_death, refused.verified) == (False, False)
