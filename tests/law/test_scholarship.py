"""Scholarships: to whom, how much in which school year, what can still be claimed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import (
    Child,
    LawError,
    benefit,
    cover_from_counts,
    scholarship_claim,
    scholarship_plan,
    scholarship_transfer,
)

MAY = date(2026, 5, 10)
ENOUGH = cover_from_counts(MAY, 36)
YOUNG = 4  # from kindergarten on, every year that can be owed is owed
AGES = st.integers(0, 30)


def owed(children, standing=ENOUGH, **given):
    return benefit("scholarship", MAY, standing, children=children, **given)


def by_level(years):
    found = {}
    for year in years:
        found.setdefault(year.level, []).append(year.amount)
    return found


def test_two_children_from_kindergarten_on_are_owed_174_million():
    """Permenaker 5/2021 Ps 103(1), 107: 87 million for each of two children, as published."""
    assert owed([YOUNG]).total == 87_000_000
    assert owed([0, 3]).total == 174_000_000


def test_each_school_level_pays_its_amount_for_its_years():
    assert by_level(scholarship_plan(MAY, [YOUNG])) == {
        "kindergarten": [1_500_000] * 2,
        "primary": [1_500_000] * 6,
        "junior": [2_000_000] * 3,
        "senior": [3_000_000] * 3,
        "higher": [12_000_000] * 5,
    }


def test_the_first_school_year_is_the_one_in_which_the_event_falls():
    assert scholarship_plan(MAY, [7])[0].label == "2025/2026"
    assert scholarship_plan(date(2026, 7, 1), [7])[0].label == "2026/2027"


def test_a_child_too_young_for_school_waits_for_its_first_year():
    first = scholarship_plan(MAY, [1])[0]
    assert (first.label, first.age, first.level) == ("2028/2029", 4, "kindergarten")


def test_a_child_counts_until_it_is_23():
    assert [year.age for year in scholarship_plan(MAY, [20])] == [20, 21, 22]
    answer = owed([23, 15])
    assert {year.child for year in answer.school_years} == {2}
    assert any("Anak ke-1 berusia 23 tahun" in step.text for step in answer.steps)


def test_levels_taken_from_ages_are_declared_and_stated_levels_are_certain():
    guessed, stated = owed([7]), owed([Child(7, "primary", 1)])
    assert any("TK mulai 4 tahun" in step.text and not step.verified for step in guessed.steps)
    assert not any("TK mulai" in step.text for step in stated.steps)
    assert not any(line.verified for line in guessed.lines)
    assert all(line.verified for line in stated.lines)


def test_a_stated_level_and_year_decide_how_many_years_are_left():
    plan = by_level(scholarship_plan(MAY, [Child(20, "senior", 3)]))
    assert plan == {"senior": [3_000_000], "higher": [12_000_000] * 2}  # at 21 and 22


def test_jkm_scholarships_need_36_paid_months():
    answer = owed([7], cover_from_counts(MAY, 35))
    assert (answer.lines, answer.total) == ((), 0)
    assert "kurang 1" in answer.steps[-1].text
    assert answer.steps[-1].verified


def test_months_of_an_earlier_membership_on_the_same_number_count():
    standing = cover_from_counts(MAY, 36, consecutive_months=5)
    assert owed([YOUNG], standing).total == 87_000_000


def test_36_months_do_not_help_before_full_jkm():
    standing = cover_from_counts(MAY, 40, consecutive_months=2)
    answer = owed([7], standing)
    assert answer.total == 0
    assert "berturut-turut tidak ada beasiswa" in answer.steps[-1].text


@pytest.mark.parametrize("ground", ["work-death", "total-disability"])
def test_jkk_scholarships_need_no_minimum(ground):
    assert owed([YOUNG], cover_from_counts(MAY, 1), ground=ground).total == 87_000_000


def test_a_death_names_the_scholarships_with_its_other_benefits():
    answer = benefit("death", MAY, ENOUGH, children=[YOUNG, YOUNG])
    assert answer.total == 42_000_000 + 174_000_000
    assert len(answer.school_years) == 38
    assert answer.total - 42_000_000 == sum(year.amount for year in answer.school_years)


def test_in_arrears_the_scholarship_follows_after_them():
    standing = cover_from_counts(MAY, 40, arrears_months=1)
    answer = owed([YOUNG], standing)
    assert answer.total == 0
    assert answer.later_total == 87_000_000 - answer.deduction
    assert answer.deduction > 0
    assert benefit("death", MAY, standing, children=[YOUNG]).total == 10_000_000


def test_a_married_child_gets_nothing():
    answer = owed([Child(20, married=True)])
    assert answer.total == 0
    assert "menikah" in answer.steps[-1].text


@pytest.mark.parametrize(
    ("work", "months", "day", "due"),
    [
        ("employee", 6, MAY, True),
        ("employee", 7, MAY, False),
        ("own-account", 50, MAY, True),
        ("apprentice", 50, MAY, True),
        ("own-account", 1, date(2025, 2, 23), False),
        ("employee", 1, date(2025, 2, 23), False),
    ],
)
def test_a_child_who_studies_may_work_as_far_as_the_rule_of_2025_allows(work, months, day, due):
    plan = scholarship_plan(day, [Child(19, work=work, work_months=months)])
    assert bool(plan) is due


@pytest.mark.parametrize(
    ("children", "sentence"),
    [
        ([], "usia anaknya"),
        ([1, 2, 3], "sebutkan 2 anak"),
        ([-1], "tahun bulat"),
        ([7.5], "tahun bulat"),
        (["tujuh"], "tahun bulat"),
        ([True], "tahun bulat"),
        ([Child(7, "sd")], "kindergarten, primary"),
        ([Child(7, "primary", 7)], "tidak mempunyai tahun ke-7"),
        ([Child(19, work="pilot")], "employee"),
        ([Child(19, work="employee", work_months=-1)], "Lama anak bekerja"),
    ],
)
def test_children_that_cannot_be_counted_are_refused(children, sentence):
    with pytest.raises(LawError, match=sentence):
        owed(children)


def test_an_unknown_ground_is_refused():
    with pytest.raises(LawError, match="death, work-death, total-disability"):
        owed([7], ground="illness")


def test_a_scholarship_is_claimed_year_by_year():
    answer = scholarship_claim(MAY, date(2027, 8, 1), 7, claimed=[2025])
    assert [year.label for year in answer.school_years] == ["2026/2027", "2027/2028"]
    assert answer.total == 3_000_000


def test_what_was_not_claimed_reaches_three_school_years_back():
    answer = scholarship_claim(date(2021, 5, 1), MAY, 7)
    assert [year.since for year in answer.school_years] == [2022, 2023, 2024, 2025]
    assert any("2020/2021, 2021/2022 lebih lama dari batas" in step.text for step in answer.steps)


def test_before_the_rule_of_2025_everything_unclaimed_was_paid():
    answer = scholarship_claim(date(2021, 5, 1), date(2025, 2, 23), 7)
    assert [year.since for year in answer.school_years] == [2020, 2021, 2022, 2023, 2024]


def test_a_child_that_has_become_too_old_can_claim_nothing_any_more():
    answer = scholarship_claim(date(2023, 8, 1), date(2026, 8, 1), 20)
    assert answer.total == 0
    assert "berusia 23 tahun" in answer.steps[0].text
    assert scholarship_claim(date(2023, 8, 1), date(2026, 6, 30), 20).total == 36_000_000
    then = scholarship_claim(date(2021, 8, 1), date(2025, 2, 1), 20)  # 23, under the old rule
    assert then.total == 36_000_000


def test_with_every_year_claimed_nothing_is_left():
    answer = scholarship_claim(MAY, date(2026, 8, 1), 22, claimed=[2025])
    assert answer.total == 0


@pytest.mark.parametrize(
    ("on", "claimed", "sentence"),
    [(date(2026, 5, 9), [], "mendahului kejadian"), (MAY, [2024], "tidak termasuk beasiswa")],
)
def test_a_claim_that_cannot_be_is_refused(on, claimed, sentence):
    with pytest.raises(LawError, match=sentence):
        scholarship_claim(MAY, on, 7, claimed)


def test_what_a_dead_child_had_left_passes_to_another_by_its_own_levels():
    event, on = date(2024, 5, 1), date(2026, 8, 1)
    # aged 19 at the event: 12 million in 2023-2026, two of them received
    answer = scholarship_transfer(event, on, 19, 10, received=[2023, 2024, 2025])
    assert answer.total == 12_000_000
    assert [year.level for year in answer.school_years[:3]] == ["primary", "primary", "junior"]
    assert answer.school_years[0].since == 2026


def test_the_rest_that_passes_on_is_never_exceeded():
    answer = scholarship_transfer(date(2025, 8, 1), date(2026, 8, 1), 21, 18, received=[2025])
    assert [year.amount for year in answer.school_years] == [12_000_000]


def test_a_scholarship_passes_on_only_once():
    with pytest.raises(LawError, match="sudah pernah dialihkan"):
        scholarship_transfer(MAY, date(2027, 1, 1), 7, 5, transferred_before=True)


@given(st.lists(AGES, min_size=1, max_size=2), st.integers(0, 60))
def test_scholarships_stay_within_87_million_a_child_and_174_in_all(children, months):
    answer = owed(children, cover_from_counts(MAY, months + 1))
    assert 0 <= answer.total <= 174_000_000
    assert answer.total == sum(line.amount for line in answer.lines)
    assert answer.total == sum(year.amount for year in answer.school_years)
    for child in (1, 2):
        mine = [year for year in answer.school_years if year.child == child]
        assert sum(year.amount for year in mine) <= 87_000_000
        assert all(year.age < 23 for year in mine)
        assert [year.since for year in mine] == sorted({year.since for year in mine})


@given(AGES, st.dates(date(2025, 3, 1), date(2050, 12, 31)), st.data())
def test_claims_never_reach_beyond_the_plan(age, on, data):
    event = date(2025, 3, 1)
    plan = {year.since: year.amount for year in scholarship_plan(event, [age])}
    claimed = data.draw(st.sets(st.sampled_from(sorted(plan)))) if plan else set()
    answer = scholarship_claim(event, on, age, claimed)
    assert len(answer.school_years) <= 4
    for year in answer.school_years:
        assert year.since not in claimed
        assert plan[year.since] == year.amount
    assert answer.total == sum(line.amount for line in answer.lines)


@given(st.integers(4, 21), AGES)
def test_a_transfer_never_pays_more_than_was_left(age, replacement):
    event, on = date(2025, 8, 1), date(2027, 8, 1)
    plan = scholarship_plan(event, [age])
    received = [year.since for year in plan if year.since < 2027]
    left = sum(year.amount for year in plan if year.since >= 2027)
    assert 0 <= scholarship_transfer(event, on, age, replacement, received).total <= left


def test_a_married_child_is_refused_under_its_own_clause():
    (step,) = (s for s in owed([Child(20, married=True)]).steps if s.rule == "scholarship.marriage")
    assert (step.source.article, step.verified) == ("Pasal 103 ayat (2) huruf c", True)


def test_years_beyond_the_limit_are_doubtful_in_a_first_claim_only():
    """Ps 106(2) counts a late first claim from the event; the limit stands in Ps 106(4)."""
    first = scholarship_claim(date(2021, 5, 1), MAY, 7)
    later = scholarship_claim(date(2021, 5, 1), MAY, 7, claimed=[2022])
    (doubt,) = (s for s in first.steps if s.sentence == "scholarship.years-lost-first")
    (lost,) = (s for s in later.steps if s.sentence == "scholarship.years-lost")
    assert (doubt.values["years"], doubt.verified) == (["2020/2021", "2021/2022"], False)
    assert (lost.values["years"], lost.verified) == (["2020/2021", "2021/2022"], True)
