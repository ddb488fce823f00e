from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import LawError, base_income, bpu_contribution, due_date, parameter
from payung.law.dates import add_months

MONTHS = st.dates(date(2021, 4, 1), date(2029, 12, 1))
INCOMES = st.integers(1, 50_000_000)
SECTORS = st.sampled_from(["other", "transport"])
FUNDERS = [
    "apbd",
    "apbn",
    "apbdes",
    "dbhcht",
    "dbhsawit",
    "csr",
    "baznas",
    "self",
    "sertakan",
]
NOVEMBER = date(2026, 11, 1)


def year_from(month: date, sector: str, funder: str) -> int:
    return sum(
        bpu_contribution(add_months(month, offset), sector=sector, funder=funder).amount
        for offset in range(12)
    )


def test_a_month_of_the_lowest_bracket_costs_16_800():
    contribution = bpu_contribution(date(2025, 6, 1))
    assert contribution.amount == 16_800
    assert [(line.program, line.amount) for line in contribution.lines] == [
        ("jkk", 10_000),
        ("jkm", 6_800),
    ]


def test_the_workers_of_kota_metro_cost_45_813_600_a_month():
    assert 2_727 * bpu_contribution(NOVEMBER, funder="apbd").amount == 45_813_600


def test_the_second_bracket_costs_18_800():
    assert bpu_contribution(date(2025, 6, 1), 1_100_000).amount == 18_800
    assert bpu_contribution(date(2025, 6, 1), 1_099_999).amount == 16_800


def test_there_are_33_brackets_with_rising_bases():
    rows = parameter("bpu.brackets").at(NOVEMBER).rows
    assert len(rows) == 33
    assert [row["base"] for row in rows] == sorted({row["base"] for row in rows})
    assert all(row["from_income"] <= row["base"] for row in rows)
    assert bpu_contribution(date(2025, 6, 1), 99_000_000).amount == 213_800


def test_self_payers_pay_8_400_inside_the_relief():
    contribution = bpu_contribution(NOVEMBER, funder="self")
    assert contribution.amount == 8_400
    assert [line.relief for line in contribution.lines] == [5_000, 3_400]


@pytest.mark.parametrize("funder", ["apbd", "apbn", "dbhcht", "dbhsawit"])
def test_public_money_always_pays_the_full_amount(funder):
    assert year_from(NOVEMBER, "other", funder) == 201_600
    assert year_from(NOVEMBER, "transport", funder) == 201_600


def test_a_company_paying_a_year_from_november_2026():
    assert year_from(NOVEMBER, "other", "csr") == 184_800
    assert year_from(NOVEMBER, "transport", "csr") == 159_600


@pytest.mark.parametrize(
    ("sector", "month", "amount"),
    [
        ("transport", date(2025, 12, 1), 16_800),
        ("transport", date(2026, 1, 1), 8_400),
        ("transport", date(2027, 3, 31), 8_400),
        ("transport", date(2027, 4, 1), 16_800),
        ("other", date(2026, 3, 1), 16_800),
        ("other", date(2026, 4, 1), 8_400),
        ("other", date(2026, 12, 1), 8_400),
        ("other", date(2027, 1, 1), 16_800),
        ("other", date(2020, 8, 1), 168),
    ],
)
def test_the_relief_holds_for_its_contribution_months_only(sector, month, amount):
    assert bpu_contribution(month, sector=sector, funder="self").amount == amount


@pytest.mark.parametrize("funder", ["apbdes", "baznas"])
def test_where_the_relief_is_silent_the_full_amount_is_taken_and_said_so(funder):
    contribution = bpu_contribution(NOVEMBER, funder=funder)
    assert contribution.amount == 16_800
    step = contribution.steps[-1]
    assert step.values["silent"] is True
    assert not step.verified
    assert "tidak menyebut" in step.text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"income": -1}, "lebih dari nol"),
        ({"income": 0}, "lebih dari nol"),
        ({"income": 1_000_000.5}, "rupiah bulat"),
        ({"income": True}, "rupiah bulat"),
        ({"sector": "laut"}, "Sektor “laut” tidak dikenal"),
        ({"funder": "judi"}, "Sumber dana “judi” tidak dikenal"),
    ],
)
def test_a_question_the_law_cannot_answer_gets_one_clear_sentence(arguments, sentence):
    with pytest.raises(LawError, match=sentence):
        bpu_contribution(NOVEMBER, **arguments)


def test_a_month_before_the_first_rule_is_refused():
    with pytest.raises(LawError, match="1 Januari 2014"):
        bpu_contribution(date(2014, 1, 1))


def test_the_contribution_is_due_on_the_15th_of_the_same_month():
    assert due_date(date(2026, 11, 28)) == date(2026, 11, 15)


@given(MONTHS, INCOMES, SECTORS, st.sampled_from(FUNDERS))
def test_a_contribution_is_never_negative_and_is_the_sum_of_its_lines(
    month, income, sector, funder
):
    contribution = bpu_contribution(month, income, sector, funder)
    assert contribution.amount == sum(line.amount for line in contribution.lines)
    assert all(line.amount > 0 and line.relief >= 0 for line in contribution.lines)
    assert contribution.steps


@given(MONTHS, INCOMES, INCOMES, SECTORS, st.sampled_from(FUNDERS))
def test_more_income_never_costs_less(month, one, other, sector, funder):
    low, high = sorted((one, other))
    cheap = bpu_contribution(month, low, sector, funder).amount
    assert cheap <= bpu_contribution(month, high, sector, funder).amount
    assert base_income(month, low) <= base_income(month, high)


@given(MONTHS, INCOMES, SECTORS, st.sampled_from(FUNDERS))
def test_a_relief_never_raises_what_is_paid(month, income, sector, funder):
    full = bpu_contribution(month, income, sector, "apbd").amount
    assert bpu_contribution(month, income, sector, funder).amount <= full
