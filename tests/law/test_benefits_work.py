"""Work accidents that were survived: care, transport, aids, months unable to work."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import LawError, benefit, care_kinds, cover, stmb_benefit

MAY = date(2026, 5, 10)
NEW = cover([date(2026, 5, 1)], MAY)
LATE_DAY = date(2026, 7, 20)
LATE = cover([date(2026, month, 1) for month in range(1, 6)], LATE_DAY)


def accident(standing=NEW, on=MAY, **given):
    return benefit("temporary-disability", on, standing, **given)


def test_being_unable_to_work_pays_a_year_in_full_then_half():
    answer = stmb_benefit(MAY, 14, 1_000_000, NEW)
    assert [line.amount for line in answer.lines] == [None, 12_000_000, 1_000_000]
    assert answer.total == 13_000_000
    assert "tanpa batas biaya" in answer.lines[0].note
    assert "without ceiling" in answer.lines[0].note_english


def test_own_account_workers_may_be_paid_month_by_month():
    step = accident(months_unable=1).steps[-1]
    assert "setiap bulan" in step.text
    assert (step.source.article, step.verified) == ("Pasal 113 ayat (3), Pasal 116", True)


def test_an_income_within_a_bracket_says_with_which_base_it_is_counted():
    answer = accident(income=3_500_000, months_unable=1)
    (why,) = [step for step in answer.steps if step.rule == "bpu.brackets"]
    assert why.say("en") == (
        "An income of Rp3,500,000 falls into the bracket counted at Rp3,450,000 a month."
    )
    assert answer.total == why.values["base"]
    for exact in ({}, {"income": answer.total}):
        assert "bpu.brackets" not in [step.rule for step in accident(**exact).steps]


def test_an_accident_without_lost_months_still_brings_medical_care():
    answer = stmb_benefit(MAY, 0, 1_000_000, NEW)
    assert [line.benefit for line in answer.lines] == ["medical"]


def test_an_accident_in_arrears_brings_medical_care_now_and_money_later():
    answer = stmb_benefit(LATE_DAY, 3, 1_000_000, LATE)
    assert [line.benefit for line in answer.lines] == ["medical"]
    assert answer.later_total == 3_000_000 - 16_800
    assert answer.steps[-1].source.article == "Pasal 92"


def test_an_accident_in_arrears_without_money_owed_takes_nothing_out():
    answer = accident(LATE, LATE_DAY)
    assert (answer.later, answer.deduction) == ((), 0)


def test_several_ways_of_transport_add_up_each_to_its_own_limit():
    costs = {"transport-land": 7_000_000, "transport-sea": 1_500_000, "transport-air": 10_000_001}
    answer = accident(costs=costs)
    assert [line.amount for line in answer.lines[1:]] == [5_000_000, 1_500_000, 10_000_000]
    assert answer.total == 16_500_000


@pytest.mark.parametrize(
    ("code", "cap"),
    [
        ("home-care", 20_000_000),
        ("dentures", 5_000_000),
        ("hearing-aid", 2_500_000),
        ("glasses", 1_000_000),
    ],
)
def test_care_and_aids_are_paid_up_to_their_limit(code, cap):
    assert accident(costs={code: cap - 1}).total == cap - 1
    answer = accident(costs={code: cap + 1})
    assert answer.total == cap
    assert "Paling banyak" in answer.lines[-1].note


def test_home_care_is_given_for_a_year_as_the_regulation_itself_says():
    line = accident(costs={"home-care": 1}).lines[-1]
    assert (line.source.article, line.verified) == ("Pasal 110", True)
    assert "1 tahun" in line.note


def test_a_prosthesis_is_paid_at_the_price_of_the_orthopaedic_hospital_plus_40_percent():
    answer = accident(costs={"prosthesis": 10_000_000, "orthosis": 500_001})
    assert sorted(line.amount for line in answer.lines[1:]) == [700_001, 14_000_000]


def test_return_to_work_and_diagnosis_are_paid_as_they_cost():
    costs = {"return-to-work": 123_456_789, "diagnosis": 5}
    assert accident(costs=costs).total == 123_456_794


def test_in_arrears_home_care_is_given_but_transport_and_glasses_wait():
    costs = {"home-care": 1_000_000, "transport-land": 300_000, "glasses": 400_000}
    answer = accident(LATE, LATE_DAY, costs=costs)
    assert answer.total == 1_000_000
    assert answer.later_total == 700_000 - 16_800


def test_arrears_are_never_more_than_what_waits():
    answer = accident(LATE, LATE_DAY, costs={"glasses": 10})
    assert (answer.later_total, answer.deduction) == (0, 16_800)


def test_everything_that_is_paid_can_be_listed_with_its_limit():
    kinds = {each.code: each for each in care_kinds(MAY)}
    assert kinds["transport-air"].cap == 10_000_000
    assert kinds["return-to-work"].cap is None
    assert all(each.name and each.english and each.source.article for each in kinds.values())


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"months_unable": -1}, "bulan bulat"),
        ({"months_unable": 1.5}, "bulan bulat"),
        ({"costs": {"taxi": 5}}, "Biaya “taxi” tidak dikenal"),
        ({"costs": {"transport": 5}}, "transport-land"),
        ({"costs": {"glasses": -5}}, "rupiah bulat"),
        ({"costs": {"glasses": 5.5}}, "rupiah bulat"),
    ],
)
def test_what_cannot_be_counted_is_refused(given, sentence):
    with pytest.raises(LawError, match=sentence):
        accident(**given)


@given(st.integers(0, 600), st.integers(1, 30_000_000))
def test_a_month_longer_unable_to_work_never_brings_less(months, income):
    shorter = accident(months_unable=months, income=income)
    longer = accident(months_unable=months + 1, income=income)
    assert 0 <= shorter.total < longer.total
    assert longer.total == sum(line.amount or 0 for line in longer.lines)


@pytest.mark.parametrize(("standing", "on", "monthly"), [(NEW, MAY, True), (LATE, LATE_DAY, False)])
def test_in_arrears_nothing_is_promised_month_by_month(standing, on, monthly):
    """Ps 92(1)b: money follows recovery, disability or death; Ps 113(3) is for the others."""
    answer = accident(standing, on, months_unable=2)
    assert ("jkk.stmb-monthly" in {step.rule for step in answer.steps}) is monthly
