from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import LawError, jakon_contribution, parameter

NOVEMBER = date(2026, 11, 1)
VALUES = st.integers(1, 200_000_000_000)
EDGES = [row["above"] for row in parameter("jakon.contract-bands").at(NOVEMBER).rows][1:]


def of_value(value, **arguments):
    return jakon_contribution(NOVEMBER, contract_value=value, **arguments)


def test_known_wages_pay_the_highest_risk_class_and_jkm():
    contribution = jakon_contribution(NOVEMBER, wage=20_000_000, contract_months=2)
    assert [(line.month.month, line.program, line.rate, line.amount, line.verified)
            for line in contribution.lines] == [
        (11, "jkk", "1.74%", 348_000, True),
        (11, "jkm", "0.30%", 60_000, True),
        (12, "jkk", "1.74%", 348_000, True),
        (12, "jkm", "0.30%", 60_000, True),
    ]  # fmt: skip
    assert contribution.by_payer == {"employer": 816_000}


@pytest.mark.parametrize(
    ("value", "jkk", "jkm"),
    [
        (50_000_000, 105_000, 15_000),
        (100_000_000, 210_000, 30_000),
        (500_000_000, 890_000, 110_000),
        (1_000_000_000, 1_540_000, 210_000),
        (5_000_000_000, 5_940_000, 610_000),
        (10_000_000_000, 10_440_000, 1_110_000),
    ],
)
def test_a_contract_value_pays_each_band_on_its_own_part(value, jkk, jkm):
    contribution = of_value(value)
    assert [(line.program, line.base, line.amount) for line in contribution.lines] == [
        ("jkk", value, jkk),
        ("jkm", value, jkm),
    ]
    bands = [step for step in contribution.steps if step.rule == "jakon.contract-bands"]
    assert sum(step.values["value"] for step in bands) == value
    assert sum(step.values["amount"] for step in bands) == contribution.amount


def test_the_bands_are_unverified_and_the_value_without_ppn_is_from_the_text():
    contribution = of_value(100_000_000)
    assert not any(line.verified for line in contribution.lines)
    (net,) = (step for step in contribution.steps if step.rule == "jakon.contract-value")
    assert (str(net.source), net.verified) == ("Permenaker 5/2021 Pasal 71 ayat (3)-(4)", True)


def test_ppn_is_taken_out_of_a_value_that_holds_it():
    assert of_value(111_000_000, ppn_included=True).lines == of_value(100_000_000).lines
    before = date(2022, 3, 1)
    old = jakon_contribution(before, contract_value=110_000_000, ppn_included=True)
    assert old.lines[0].base == 100_000_000


@pytest.mark.parametrize("months", [None, 1, 12, 24])
def test_up_to_two_years_are_paid_in_three_stages(months):
    contribution = of_value(1_000_000_000, contract_months=months)
    assert [(each.stage, each.percent, each.amount) for each in contribution.instalments] == [
        (1, 50, 875_000),
        (2, 25, 437_500),
        (3, 25, 437_500),
    ]


def test_more_than_two_years_are_paid_in_four_stages():
    contribution = of_value(1_000_000_000, contract_months=25)
    assert [(each.percent, each.amount) for each in contribution.instalments] == [
        (20, 350_000),
        (30, 525_000),
        (30, 525_000),
        (20, 350_000),
    ]
    assert any("tahap kedua lunas dalam dua tahun" in step.text for step in contribution.steps)


def test_before_the_rule_on_stages_none_are_offered():
    contribution = jakon_contribution(date(2019, 5, 1), contract_value=100_000_000)
    assert (contribution.amount, contribution.instalments) == (240_000, ())


def test_the_project_is_registered_within_14_working_days_of_the_work_order():
    # 2 to 20 November 2026: three weekends, no holiday
    step = of_value(100_000_000, work_order=date(2026, 11, 2)).steps[-1]
    assert step.values["last"] == date(2026, 11, 20)
    assert str(step.source) == "Permenaker 5/2021 jo. 1/2025 Pasal 67 ayat (2)"
    # Christmas 2025 and New Year 2026 are no working days
    later = of_value(100_000_000, work_order=date(2025, 12, 15)).steps[-1]
    assert later.values["last"] == date(2026, 1, 6)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({}, "salah satu"),
        ({"contract_value": 1_000, "wage": 1_000}, "salah satu"),
        ({"contract_value": 0}, "Nilai kontrak 0"),
        ({"contract_value": -1}, "rupiah bulat"),
        ({"contract_value": 1e9}, "rupiah bulat"),
        ({"contract_value": True}, "rupiah bulat"),
        ({"contract_value": "100000000"}, "rupiah bulat"),
        ({"wage": 0}, "Upah 0"),
        ({"wage": 2.5}, "Upah 2.5"),
        ({"contract_value": 1_000, "contract_months": 0}, "Jumlah bulan 0"),
        ({"contract_value": 1_000, "contract_months": 1.5}, "bilangan bulat"),
        ({"wage": 1_000, "contract_months": 500}, "1 sampai 120"),
    ],
)
def test_a_question_the_law_cannot_answer_gets_one_clear_sentence(arguments, sentence):
    with pytest.raises(LawError, match=sentence) as refused:
        jakon_contribution(NOVEMBER, **arguments)
    assert refused.value.say("en") != str(refused.value)


def test_a_month_before_the_first_rule_is_refused():
    with pytest.raises(LawError, match="1 Juni 2015"):
        jakon_contribution(date(2015, 6, 1), contract_value=1_000_000)


@given(VALUES, VALUES)
def test_a_larger_contract_never_pays_less(one, other):
    low, high = sorted((one, other))
    assert of_value(low).amount <= of_value(high).amount


@pytest.mark.parametrize("edge", EDGES)
def test_the_bands_meet_without_a_jump_at_their_edges(edge):
    below, at, above = (of_value(edge + step) for step in (-1, 0, 1))
    for program in (0, 1):
        amounts = [each.lines[program].amount for each in (below, at, above)]
        assert amounts[0] <= amounts[1] <= amounts[2] <= amounts[0] + 1


@given(VALUES, st.integers(1, 1_000_000))
def test_one_more_rupiah_of_contract_never_costs_more_than_the_highest_rate(value, more):
    # 0.24% is the dearest band; each of the two lines may be rounded up
    grown = of_value(value + more).amount - of_value(value).amount
    assert 0 <= grown <= more * 24 // 10_000 + 3


@given(VALUES, st.integers(1, 60))
def test_the_stages_add_up_to_the_whole(value, months):
    contribution = of_value(value, contract_months=months)
    assert sum(each.amount for each in contribution.instalments) == contribution.amount
    assert all(each.amount >= 0 for each in contribution.instalments)
    assert sum(each.percent for each in contribution.instalments) == 100


@pytest.mark.parametrize("months", [24, 25])
def test_every_instalment_ends_before_the_work_does(months):
    """Permenaker 5/2021 Ps 72(5)."""
    contribution = jakon_contribution(date(2026, 11, 1), 100_000_000, contract_months=months)
    (step,) = (s for s in contribution.steps if s.rule.startswith("jakon.instalments"))
    assert "sebelum tahap pekerjaan berakhir" in step.text
    assert "(5)" in step.source.article
