from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import LawError, base_income, bpu_contribution, due_date, parameter
from payung.law.dates import add_months

MONTHS = st.dates(date(2015, 7, 1), date(2029, 12, 1))
INCOMES = st.integers(1, 50_000_000)
SECTORS = st.sampled_from(["other", "transport"])
FUNDERS = [row["code"] for row in parameter("bpu.funders").latest.rows]
PROGRAMS = st.sampled_from([("jkk", "jkm"), ("jkk", "jkm", "jht")])
NOVEMBER = date(2026, 11, 1)


def test_a_month_of_the_lowest_bracket_has_a_line_for_each_programme():
    contribution = bpu_contribution(date(2025, 6, 1))
    assert contribution.amount == 16_800
    assert [(line.program, line.base, line.rate, line.amount) for line in contribution.lines] == [
        ("jkk", 1_000_000, "1%", 10_000),
        ("jkm", 1_000_000, "tetap", 6_800),
    ]


def test_a_line_says_its_month_its_article_and_who_pays():
    first, _ = bpu_contribution(NOVEMBER, funder="csr").lines
    assert (first.month, first.payer, first.verified) == (NOVEMBER, "csr", False)
    assert str(first.source) == "PP 44/2015 Lampiran II"
    assert (first.name, first.english) == (
        "Jaminan Kecelakaan Kerja (JKK)",
        "work accident insurance (JKK)",
    )


def test_an_income_left_out_is_the_lowest_bracket():
    assert bpu_contribution(NOVEMBER) == bpu_contribution(NOVEMBER, 1)


def test_there_are_33_brackets_that_rise_and_hold_their_own_base():
    rows = parameter("bpu.brackets").at(NOVEMBER).rows
    assert len(rows) == 33
    starts = [row["from_income"] for row in rows]
    bases = [row["base"] for row in rows]
    assert starts == sorted(set(starts)) and bases == sorted(set(bases))
    assert (starts[0], bases[0], starts[-1], bases[-1]) == (1, 1_000_000, 20_200_000, 20_700_000)
    for base, start, after in zip(bases, starts, [*starts[1:], 10**12], strict=True):
        assert start <= base < after
        assert base_income(NOVEMBER, start) == base_income(NOVEMBER, after - 1) == base


def test_jht_is_optional_and_two_percent_of_the_same_base():
    contribution = bpu_contribution(date(2025, 6, 1), 1_200_000, programs=["jht", "jkm", "jkk"])
    assert [(line.program, line.base, line.rate, line.amount) for line in contribution.lines] == [
        ("jkk", 1_200_000, "1%", 12_000),
        ("jkm", 1_200_000, "tetap", 6_800),
        ("jht", 1_200_000, "2%", 24_000),
    ]


def test_several_months_give_a_line_for_each_month_and_programme():
    half_a_year = bpu_contribution(date(2026, 11, 20), funder="self", months=6)
    assert half_a_year.month == NOVEMBER
    assert [line.month for line in half_a_year.lines[::2]] == [
        date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1),
        date(2027, 2, 1), date(2027, 3, 1), date(2027, 4, 1),
    ]  # fmt: skip
    assert [line.amount for line in half_a_year.lines[:6]] == [5_000, 3_400] * 2 + [10_000, 6_800]


def test_the_steps_of_a_year_say_each_rule_once_with_its_months():
    steps = bpu_contribution(NOVEMBER, funder="csr", months=12).steps
    said = [step.text for step in steps]
    assert len(said) == len(set(said)) == 6
    half, full = (step for step in steps if step.rule == "bpu.relief.other")
    assert half.values["months"] == [NOVEMBER, date(2026, 12, 1)]
    assert "November 2026, Desember 2026" in half.text
    assert "Januari–Oktober 2027" in full.text
    assert "January–October 2027" in full.say("en")


@pytest.mark.parametrize("months", [2, 3, 6, 12])
def test_months_that_may_be_prepaid_at_once_are_said_to_be(months):
    step = bpu_contribution(NOVEMBER, months=months).steps[-1]
    assert (step.rule, step.sentence, step.verified) == (
        "bpu.prepayment-months", "bpu.prepaid", True,
    )  # fmt: skip


@pytest.mark.parametrize("months", [4, 13, 24])
def test_other_numbers_of_months_are_a_note_and_no_error(months):
    contribution = bpu_contribution(NOVEMBER, months=months)
    assert len(contribution.lines) == 2 * months
    assert "2, 3, 6, 12 bulan" in contribution.steps[-1].text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"income": -1}, "lebih dari nol"),
        ({"income": 0}, "lebih dari nol"),
        ({"income": 1_000_000.5}, "rupiah bulat"),
        ({"income": True}, "rupiah bulat"),
        ({"sector": "laut"}, "Sektor “laut” tidak dikenal"),
        ({"income": "1000000"}, "rupiah bulat"),
        ({"sector": ["other"]}, "tidak dikenal"),
        ({"sector": "labour-intensive"}, "tidak dikenal"),
        ({"funder": "judi"}, "Sumber dana “judi” tidak dikenal"),
        ({"funder": None}, "tidak dikenal"),
        ({"programs": ("jkk", "jkm", "jp")}, "Program “jp” tidak dikenal"),
        ({"programs": "jkk,jkm"}, "tidak dikenal"),
        ({"programs": ()}, "Belum ada program"),
        ({"programs": ("jkk",)}, "Program wajib tidak boleh ditinggalkan: JKM"),
        ({"programs": ("jht",)}, "JKK, JKM"),
        ({"months": 0}, "Jumlah bulan 0"),
        ({"months": -3}, "1 sampai 120"),
        ({"months": 2.5}, "bilangan bulat"),
        ({"months": True}, "bilangan bulat"),
        ({"months": 121}, "1 sampai 120"),
    ],
)
def test_a_question_the_law_cannot_answer_gets_one_clear_sentence(arguments, sentence):
    with pytest.raises(LawError, match=sentence) as refused:
        bpu_contribution(NOVEMBER, **arguments)
    assert refused.value.say("en") != str(refused.value)


def test_a_month_before_the_first_rule_is_refused():
    with pytest.raises(LawError, match="1 Januari 2014"):
        bpu_contribution(date(2014, 1, 1))


def test_a_span_that_begins_before_the_first_rule_is_refused_whole():
    with pytest.raises(LawError, match="1 Juni 2015"):
        bpu_contribution(date(2015, 6, 1), months=12)


def test_the_contribution_is_due_on_the_15th_of_the_same_month():
    assert due_date(date(2026, 11, 28)) == date(2026, 11, 15)


@given(MONTHS, INCOMES, SECTORS, st.sampled_from(FUNDERS), PROGRAMS)
def test_a_contribution_is_never_negative_and_is_the_sum_of_its_lines(
    month, income, sector, funder, programs
):
    contribution = bpu_contribution(month, income, sector, funder, programs)
    assert contribution.amount == sum(line.amount for line in contribution.lines)
    assert contribution.by_payer == {funder: contribution.amount}
    assert all(line.amount > 0 and line.relief >= 0 for line in contribution.lines)
    assert contribution.steps


@given(MONTHS, INCOMES, INCOMES, SECTORS, st.sampled_from(FUNDERS), PROGRAMS)
def test_more_income_never_costs_less(month, one, other, sector, funder, programs):
    low, high = sorted((one, other))
    cheap = bpu_contribution(month, low, sector, funder, programs).amount
    assert cheap <= bpu_contribution(month, high, sector, funder, programs).amount
    assert base_income(month, low) <= base_income(month, high)


@given(MONTHS, INCOMES, SECTORS, st.sampled_from(FUNDERS), PROGRAMS, st.integers(1, 30))
def test_a_span_costs_what_its_months_cost(month, income, sector, funder, programs, months):
    span = bpu_contribution(month, income, sector, funder, programs, months)
    single = [
        bpu_contribution(add_months(month.replace(day=1), each), income, sector, funder, programs)
        for each in range(months)
    ]
    assert span.amount == sum(one.amount for one in single)
    assert span.lines == tuple(line for one in single for line in one.lines)
    assert len({step.text for step in span.steps}) == len(span.steps)
