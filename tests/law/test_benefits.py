"""Deaths: what heirs are owed when it was no work accident, and when it was."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import (
    LawError,
    benefit,
    cover,
    jkk_death_benefit,
    jkm_benefit,
    jkm_of_several_employers,
    parameter,
)
from payung.law.dates import month_of_index

MAY = date(2026, 5, 10)
FULL = cover([date(2026, month, 1) for month in range(1, 6)], MAY)
NEW = cover([date(2026, 5, 1)], MAY)
LATE_DAY = date(2026, 7, 20)
LATE = cover([date(2026, month, 1) for month in range(1, 6)], LATE_DAY)
LAPSED = cover([date(2025, 6, 1)], MAY)
NEVER = cover([], MAY)
INCOMES = st.integers(1, 30_000_000)


def test_a_death_under_full_cover_brings_42_million():
    """Published by BPJS Ketenagakerjaan and hukumonline.com (lt5123bb62d9bf8)."""
    answer = jkm_benefit(MAY, FULL)
    assert answer.total == 42_000_000
    assert [(line.benefit, line.amount) for line in answer.lines] == [
        ("lump-sum", 20_000_000),
        ("periodic", 12_000_000),
        ("funeral", 10_000_000),
    ]
    assert answer.steps[-1].values["amount"] == 42_000_000
    assert not answer.steps[-1].verified


def test_a_death_before_three_paid_months_brings_the_funeral_of_10_million():
    """As paid in Kabupaten Pati (cakranusantara.net, 22 September 2025)."""
    answer = jkm_benefit(MAY, NEW)
    assert (answer.total, answer.later) == (10_000_000, ())
    assert answer.steps[-1].source.article == "Pasal 97A"


def test_before_permenaker_1_of_2025_the_first_month_brought_everything():
    day = date(2025, 2, 23)
    assert jkm_benefit(day, cover([day], day)).total == 42_000_000
    assert jkm_benefit(date(2025, 2, 24), cover([day], date(2025, 2, 24))).total == 10_000_000


def test_in_arrears_the_funeral_comes_now_and_the_rest_less_the_arrears():
    answer = jkm_benefit(LATE_DAY, LATE)
    assert answer.total == 10_000_000
    assert [line.benefit for line in answer.later] == ["lump-sum", "periodic"]
    assert answer.deduction == 2 * 8_400
    assert answer.later_total == 32_000_000 - 16_800
    last = answer.steps[-1]
    assert "Juni 2026" in last.text and "Juli 2026" in last.text and "dipotong" in last.text
    assert last.source.article == "Pasal 98 ayat (1)-(3)"
    assert not last.verified  # at which rate the arrears count is our reading


def test_only_the_unbroken_run_of_arrears_is_taken_out():
    paid = [date(2026, month, 1) for month in (1, 2, 3, 5)]
    answer = jkm_benefit(LATE_DAY, cover(paid, LATE_DAY))
    assert answer.deduction == 2 * 8_400  # June and July, not April


def test_arrears_inside_the_first_three_months_leave_only_the_funeral():
    answer = jkm_benefit(MAY, cover([date(2026, 3, 1)], MAY))
    assert (answer.total, answer.later) == (10_000_000, ())


def test_a_lapsed_membership_brings_nothing_and_the_steps_say_why():
    for case in ("death", "work-death", "temporary-disability"):
        answer = benefit(case, MAY, LAPSED)
        assert (answer.lines, answer.total) == ((), 0)
        assert "berakhir" in answer.steps[-1].text


def test_a_death_before_registration_is_a_clear_sentence():
    with pytest.raises(LawError, match="belum terdaftar") as refused:
        benefit("death", MAY, NEVER)
    assert "not yet registered" in refused.value.say("en")


def test_a_death_by_work_accident_brings_70_million_from_the_first_month():
    """48 + 12 + 10 million at the lowest income (gerbangbanten.com/?p=9735)."""
    answer = jkk_death_benefit(MAY, NEW)
    assert [line.amount for line in answer.lines] == [48_000_000, 12_000_000, 10_000_000]
    assert answer.total == 70_000_000


def test_a_higher_registered_income_raises_the_work_death_benefit():
    assert jkk_death_benefit(MAY, NEW, 1_300_000).lines[0].amount == 48 * 1_400_000


def test_the_work_death_benefit_is_never_less_than_the_jkm_lump_sum():
    low, high = jkk_death_benefit(MAY, NEW, 1), parameter("jkm.lump-sum").at(MAY).integer
    assert low.lines[0].amount >= high
    assert low.steps[-1].values["least"] == high


def test_a_sudden_death_counts_as_work_accident_only_after_twelve_paid_months():
    early = jkk_death_benefit(MAY, FULL, sudden=True)
    assert early.total == jkm_benefit(MAY, FULL).total
    assert "ajukan sebagai JKM" in early.steps[0].text
    day = date(2025, 12, 20)
    eleven = cover([date(2025, month, 1) for month in range(2, 13)], day)
    year = cover([date(2025, month, 1) for month in range(1, 13)], day)
    assert jkk_death_benefit(day, eleven, sudden=True).total == 42_000_000
    answer = jkk_death_benefit(day, year, sudden=True)
    assert answer.total == 70_000_000
    assert any(step.source.article == "Pasal 85 ayat (3)" for step in answer.steps)


def test_a_work_death_in_arrears_is_paid_after_the_arrears():
    answer = jkk_death_benefit(LATE_DAY, LATE)
    assert answer.total == 0
    assert answer.later_total == 70_000_000 - 16_800
    assert answer.steps[-1].source.article == "Pasal 92"


def test_months_unable_to_work_before_the_death_are_paid_as_well():
    answer = benefit("work-death", MAY, NEW, months_unable=2)
    assert answer.total == 72_000_000


def test_several_employers_each_pay_but_the_funeral_comes_once():
    assert jkm_of_several_employers(MAY, [0, 2]).total == 2 * 32_000_000 + 10_000_000
    assert jkm_of_several_employers(date(2025, 2, 23), [0, 2]).total == 2 * 42_000_000
    late = jkm_of_several_employers(MAY, [0, 4])
    assert late.total == 74_000_000
    assert "membayar lebih dahulu" in late.steps[-1].text


@pytest.mark.parametrize(
    ("arrears", "sentence"), [([], "paling sedikit satu"), ([-1], "tidak dapat dihitung")]
)
def test_employers_that_cannot_be_counted_are_refused(arrears, sentence):
    with pytest.raises(LawError, match=sentence):
        jkm_of_several_employers(MAY, arrears)


@pytest.mark.parametrize(
    ("case", "given", "sentence"),
    [
        ("illness", {}, "pilih salah satu: death, work-death"),
        ("death", {"income": 0}, "rupiah bulat"),
        ("death", {"income": 1_000_000.5}, "rupiah bulat"),
        ("death", {"disability": ["total"]}, "tidak berlaku"),
        ("death", {"months_unable": 3}, "tidak berlaku"),
        ("death", {"sudden": True}, "tidak berlaku"),
        ("death", {"costs": {"glasses": 1}}, "tidak berlaku"),
        ("temporary-disability", {"children": [7]}, "tidak berlaku"),
        ("work-death", {"months_unable": -1}, "tidak dapat dihitung"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_with_a_sentence(case, given, sentence):
    with pytest.raises(LawError, match=sentence):
        benefit(case, MAY, FULL, **given)


def test_a_day_before_the_first_rule_is_refused():
    with pytest.raises(LawError, match="1 Januari 2019"):
        benefit("death", date(2019, 1, 1), FULL)


paid_months = st.frozensets(st.integers(2023 * 12, 2026 * 12 + 11), max_size=48)
days = st.dates(date(2025, 6, 1), date(2026, 12, 31))


@given(paid_months, days, INCOMES, st.integers(0, 40), st.lists(st.integers(0, 30), max_size=2))
def test_a_benefit_is_never_negative_and_its_total_is_the_sum_of_its_lines(
    paid, on, income, unable, children
):
    standing = cover([month_of_index(index) for index in paid], on)
    for answer in (
        jkm_benefit(on, standing, income, children=children),
        jkk_death_benefit(on, standing, income, children=children, months_unable=unable),
        jkk_death_benefit(on, standing, income, children=children, sudden=True),
    ):
        assert answer.total == sum(line.amount or 0 for line in answer.lines)
        assert answer.total >= 0
        assert answer.later_total >= 0
        assert all((line.amount or 0) >= 0 for line in (*answer.lines, *answer.later))
        assert all(line.source.article and line.english for line in (*answer.lines, *answer.later))
        assert all(step.text and step.say("en") for step in answer.steps)


@given(paid_months, st.integers(2023 * 12, 2026 * 12 + 11), days, INCOMES)
def test_one_more_paid_month_never_lowers_what_is_owed(paid, more, on, income):
    before = cover([month_of_index(index) for index in paid], on)
    after = cover([month_of_index(index) for index in paid | {more}], on)
    for owed in (
        lambda standing: jkm_benefit(on, standing, income, children=[4, 9]),
        lambda standing: jkk_death_benefit(on, standing, income, children=[4, 9]),
    ):
        less, same_or_more = owed(before), owed(after)
        assert less.total <= same_or_more.total
        assert less.total + less.later_total <= same_or_more.total + same_or_more.later_total


@given(st.integers(2023 * 12, 2025 * 12), days, st.integers(0, 5), INCOMES)
def test_more_arrears_never_raise_what_is_owed(first, on, arrears, income):
    def since_first(unpaid):
        paid = range(first, on.year * 12 + on.month - unpaid)
        return cover([month_of_index(index) for index in paid], on)

    fewer, more = since_first(arrears), since_first(arrears + 1)
    for owed in (jkm_benefit, jkk_death_benefit):
        high, low = owed(on, fewer, income), owed(on, more, income)
        assert low.total <= high.total
        assert low.total + low.later_total <= high.total + high.later_total


@given(INCOMES, INCOMES)
def test_more_registered_income_never_brings_less(one, other):
    low, high = sorted((one, other))
    assert jkk_death_benefit(MAY, FULL, low).total <= jkk_death_benefit(MAY, FULL, high).total


def test_the_waiting_step_states_the_seen_rule_without_the_unseen_amount():
    answer = benefit("death", MAY, NEW)
    (step,) = (s for s in answer.steps if s.sentence == "benefits.funeral-only")
    assert (step.verified, "Rp" in step.text) == (True, False)
    assert [(line.amount, line.verified) for line in answer.lines] == [(10_000_000, False)]
