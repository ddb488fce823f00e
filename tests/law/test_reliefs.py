from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import bpu_contribution, jakon_contribution, parameter, pu_contribution

MONTHS = st.dates(date(2015, 7, 1), date(2029, 12, 1))
FUNDERS = [row["code"] for row in parameter("bpu.funders").latest.rows]
NOVEMBER = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("sector", "month", "amount"),
    [
        ("transport", date(2025, 12, 31), 16_800),
        ("transport", date(2026, 1, 1), 8_400),
        ("transport", date(2027, 3, 31), 8_400),
        ("transport", date(2027, 4, 1), 16_800),
        ("other", date(2026, 3, 31), 16_800),
        ("other", date(2026, 4, 1), 8_400),
        ("other", date(2026, 12, 31), 8_400),
        ("other", date(2027, 1, 1), 16_800),
        ("other", date(2020, 7, 31), 16_800),
        ("other", date(2020, 8, 1), 168),
        ("transport", date(2021, 1, 31), 168),
        ("transport", date(2021, 2, 1), 16_800),
    ],
)
def test_a_relief_holds_for_its_contribution_months_only(sector, month, amount):
    assert bpu_contribution(month, sector=sector, funder="self").amount == amount


@pytest.mark.parametrize("funder", ["apbd", "apbn", "dbhcht", "dbhsawit"])
@pytest.mark.parametrize("sector", ["other", "transport"])
def test_public_money_gets_nothing_off_in_2026(sector, funder):
    contribution = bpu_contribution(NOVEMBER, sector=sector, funder=funder)
    assert contribution.amount == 16_800
    assert "dikecualikan" in contribution.steps[-1].text


def test_public_money_got_the_relief_of_2020_which_excluded_nobody():
    assert bpu_contribution(date(2020, 9, 1), funder="apbd").amount == 168


@pytest.mark.parametrize("funder", ["apbdes", "baznas"])
def test_where_a_relief_is_silent_the_full_amount_is_taken_and_said_so(funder):
    contribution = bpu_contribution(NOVEMBER, funder=funder)
    step = contribution.steps[-1]
    assert contribution.amount == 16_800
    assert (step.values["silent"], step.verified) == (True, False)
    assert "tidak menyebut" in step.text
    assert "does not mention" in step.say("en")


def test_silence_is_said_of_the_months_of_the_relief_and_of_no_other():
    steps = bpu_contribution(NOVEMBER, funder="baznas", months=12).steps
    (silent,) = (step for step in steps if step.values.get("silent"))
    assert silent.values["months"] == [NOVEMBER, date(2026, 12, 1)]


@given(MONTHS, st.sampled_from(["other", "transport"]), st.sampled_from(FUNDERS))
def test_jht_is_never_discounted(month, sector, funder):
    lines = bpu_contribution(
        month, sector=sector, funder=funder, programs=("jkk", "jkm", "jht")
    ).lines
    assert (lines[2].program, lines[2].relief, lines[2].amount) == ("jht", 0, 20_000)


def test_the_relief_of_2020_reaches_employees_for_jkk_and_jkm_only():
    lines = pu_contribution(date(2020, 8, 1), 4_000_000, 1, "small").lines
    assert [(line.program, line.payer, line.relief, line.amount) for line in lines] == [
        ("jkk", "employer", 9_504, 96),
        ("jkm", "employer", 11_880, 120),
        ("jht", "employer", 0, 148_000),
        ("jht", "worker", 0, 80_000),
    ]


def test_the_relief_of_2020_reaches_construction():
    assert jakon_contribution(date(2020, 10, 1), contract_value=100_000_000).amount == 2_400
    assert jakon_contribution(date(2021, 2, 1), contract_value=100_000_000).amount == 240_000


@pytest.mark.parametrize(
    ("month", "regulation", "jkk"),
    [
        (date(2025, 1, 1), None, 9_600),
        (date(2025, 2, 1), "PP 7/2025", 4_800),
        (date(2025, 7, 1), "PP 7/2025", 4_800),
        (date(2025, 8, 1), "PP 36/2025", 4_800),
        (date(2026, 1, 1), "PP 36/2025", 4_800),
        (date(2026, 2, 1), None, 9_600),
    ],
)
def test_labour_intensive_industry_pays_half_of_jkk_in_its_months(month, regulation, jkk):
    contribution = pu_contribution(
        month, 4_000_000, 1, "micro", sector="labour-intensive", programs=("jkk", "jkm")
    )
    assert [line.amount for line in contribution.lines] == [jkk, 12_000]
    step = contribution.steps[-1]
    if regulation:
        assert (step.source.regulation, step.values["percent"]) == (regulation, 50)
    assert not step.verified


@given(
    MONTHS,
    st.integers(1, 50_000_000),
    st.sampled_from(["other", "transport"]),
    st.sampled_from(FUNDERS),
)
def test_a_relief_never_raises_what_a_bpu_member_pays(month, income, sector, funder):
    contribution = bpu_contribution(month, income, sector, funder, ("jkk", "jkm", "jht"))
    full = sum(line.amount + line.relief for line in contribution.lines)
    before = bpu_contribution(date(2019, 1, 1), income, programs=("jkk", "jkm", "jht"))
    assert contribution.amount <= full == before.amount


@given(
    st.dates(date(2015, 7, 1), date(2027, 2, 28)),
    st.integers(1, 50_000_000),
    st.integers(1, 5),
    st.sampled_from(["micro", "small", "medium", "large", "state"]),
)
def test_a_relief_never_raises_what_an_employer_pays(month, wage, risk, size):
    usual = pu_contribution(month, wage, risk, size)
    relieved = pu_contribution(month, wage, risk, size, sector="labour-intensive")
    assert relieved.amount <= usual.amount
    assert relieved.by_payer.get("worker") == usual.by_payer.get("worker")


def test_every_relief_names_its_programmes_and_known_money():
    known = {row["counts_as"] for row in parameter("bpu.funders").latest.rows}
    for name in (
        "bpu.relief.other",
        "bpu.relief.transport",
        "pu.relief.other",
        "pu.relief.labour-intensive",
        "jakon.relief",
    ):
        for dated in parameter(name).values:
            assert bool(dated.value["percent"]) == bool(dated.value["programs"])
            assert set(dated.value["excluded"] + dated.value["silent"]) <= known
