from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import LawError, pmi_contribution

NOVEMBER = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("months", "placement", "individual"),
    [
        (6, 145_500, 108_000),
        (7, 159_000, 121_500),
        (12, 226_500, 189_000),
        (18, 307_500, 270_000),
        (24, 370_000, 332_500),
        (27, 410_500, 373_000),
    ],
)
def test_the_length_of_the_contract_decides(months, placement, individual):
    assert pmi_contribution(NOVEMBER, months).amount == placement
    assert pmi_contribution(NOVEMBER, months, "individual").amount == individual


def test_each_part_has_a_line_and_a_step_with_its_article():
    contribution = pmi_contribution(NOVEMBER, 30)
    assert [(line.program, line.base, line.rate, line.amount) for line in contribution.lines] == [
        ("jkk+jkm", 37_500, "tetap", 37_500),
        ("jkk+jkm", 332_500, "tetap", 332_500),
        ("jkk+jkm", 13_500, "tetap × 6", 81_000),
    ]
    assert all(step.source.regulation == "Permenaker 4/2023" for step in contribution.steps)
    assert not any(step.verified for step in contribution.steps)


def test_a_contract_that_by_the_wording_costs_more_than_a_longer_one_says_so():
    odd = pmi_contribution(NOVEMBER, 23)
    assert odd.amount > pmi_contribution(NOVEMBER, 24).amount
    assert any("lebih mahal daripada paket yang lebih lama" in step.text for step in odd.steps)
    usual = pmi_contribution(NOVEMBER, 18)
    assert not any("lebih mahal" in step.text for step in usual.steps)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((NOVEMBER, 5), "mulai dari 6 bulan"),
        ((NOVEMBER, 0), "mulai dari 6 bulan"),
        ((NOVEMBER, -24), "tidak dapat dihitung"),
        ((NOVEMBER, 24.0), "tidak dapat dihitung"),
        ((NOVEMBER, True), "tidak dapat dihitung"),
        ((NOVEMBER, "24"), "tidak dapat dihitung"),
        ((NOVEMBER, 500), "sampai 120"),
        ((NOVEMBER, 24, "P3MI"), "pilih salah satu: placement, individual"),
        ((date(2023, 2, 21), 24), "21 Februari 2023"),
    ],
)
def test_a_question_the_law_cannot_answer_gets_one_clear_sentence(arguments, sentence):
    with pytest.raises(LawError, match=sentence) as refused:
        pmi_contribution(*arguments)
    assert refused.value.say("en") != str(refused.value)


@given(st.integers(6, 120), st.sampled_from(["placement", "individual"]))
def test_a_contribution_is_the_sum_of_its_lines_and_never_negative(months, route):
    contribution = pmi_contribution(NOVEMBER, months, route)
    assert contribution.amount == sum(line.amount for line in contribution.lines)
    assert all(line.amount > 0 for line in contribution.lines)
