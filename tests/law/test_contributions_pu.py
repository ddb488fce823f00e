from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import LawError, parameter, pu_contribution

NOVEMBER = date(2026, 11, 1)
MONTHS = st.dates(date(2015, 7, 1), date(2027, 2, 28))
WAGES = st.integers(1, 80_000_000)
CLASSES = st.integers(1, 5)
SIZES = st.sampled_from(["micro", "small", "medium", "large", "state"])


def amounts(contribution):
    return {(line.program, line.payer): line.amount for line in contribution.lines}


@pytest.mark.parametrize(
    ("risk_class", "gross", "net"),
    [
        (1, "0.24", "0.10%"),
        (2, "0.54", "0.40%"),
        (3, "0.89", "0.75%"),
        (4, "1.27", "1.13%"),
        (5, "1.74", "1.60%"),
    ],
)
def test_jkk_by_risk_class_is_net_of_jkp_as_pp_6_2025_pasal_11_lists_it(risk_class, gross, net):
    contribution = pu_contribution(NOVEMBER, 4_000_000, risk_class)
    (jkk,) = (line for line in contribution.lines if line.program == "jkk")
    assert (jkk.rate, jkk.verified) == (net, True)
    assert jkk.amount == round(4_000_000 * float(net[:-1]) / 100)
    without = pu_contribution(NOVEMBER, 4_000_000, risk_class, "micro")
    assert [line.rate for line in without.lines] == [f"{gross}%", "0.30%"]


def test_a_large_firm_pays_five_programmes_and_the_worker_three_percent():
    contribution = pu_contribution(NOVEMBER, 5_000_000, 1)
    assert amounts(contribution) == {
        ("jkk", "employer"): 5_000,
        ("jkm", "employer"): 15_000,
        ("jht", "employer"): 185_000,
        ("jht", "worker"): 100_000,
        ("jp", "employer"): 100_000,
        ("jp", "worker"): 50_000,
        ("jkp", "employer"): 7_000,
    }
    assert contribution.by_payer == {"employer": 312_000, "worker": 150_000}
    assert contribution.amount == 462_000


def test_the_states_share_of_jkp_is_shown_and_not_billed():
    contribution = pu_contribution(NOVEMBER, 5_000_000, 1)
    (state,) = contribution.by_state
    assert (state.program, state.rate, state.amount, state.payer, state.verified) == (
        "jkp", "0.22%", 11_000, "state", True,
    )  # fmt: skip
    assert contribution.amount == sum(line.amount for line in contribution.lines)
    assert any("tidak ditagih" in step.text for step in contribution.steps)


def test_jkp_counts_five_million_of_a_wage_and_the_rest_stays_with_jkk():
    contribution = pu_contribution(NOVEMBER, 8_000_000, 1)
    jkk, *_, jkp = contribution.lines
    assert (jkp.base, jkp.amount) == (5_000_000, 7_000)
    assert (jkk.rate, jkk.amount, jkk.verified) == ("0.24% − JKP", 12_200, False)
    assert jkk.amount + jkp.amount == 19_200  # 0.24% of the wage, as without JKP


def test_until_february_2025_jkp_came_out_of_jkm_too():
    old = pu_contribution(date(2025, 2, 1), 4_000_000, 1, "small")
    new = pu_contribution(date(2025, 3, 1), 4_000_000, 1, "small")
    assert amounts(old) == {
        ("jkk", "employer"): 4_000,
        ("jkm", "employer"): 8_000,
        ("jht", "employer"): 148_000,
        ("jht", "worker"): 80_000,
        ("jkp", "employer"): 9_600,
    }
    assert (amounts(new)["jkm", "employer"], amounts(new)["jkp", "employer"]) == (12_000, 5_600)
    assert old.amount == new.amount


def test_before_february_2021_there_is_no_jkp():
    january, february = (pu_contribution(date(2021, month, 1), 4_000_000, 1) for month in (1, 2))
    assert {line.program for line in january.lines} == {"jkk", "jkm", "jht", "jp"}
    assert "jkp" in {line.program for line in february.lines}
    with pytest.raises(LawError, match="1 Januari 2021"):
        pu_contribution(date(2021, 1, 1), 4_000_000, 1, programs=("jkk", "jkm", "jht", "jp", "jkp"))


@pytest.mark.parametrize(
    ("month", "cap"),
    [
        (date(2015, 7, 1), 7_000_000),
        (date(2022, 2, 1), 8_754_600),
        (date(2022, 3, 1), 9_077_600),
        (date(2023, 3, 1), 9_559_600),
        (date(2024, 3, 1), 10_042_300),
        (date(2025, 3, 1), 10_547_400),
        (date(2026, 2, 28), 10_547_400),
        (date(2026, 3, 1), 11_086_300),
        (date(2027, 2, 28), 11_086_300),
    ],
)
def test_jp_counts_a_wage_up_to_the_cap_of_its_year(month, cap):
    below, at, above = (
        pu_contribution(month, wage, 1) for wage in (cap - 100_000, cap, cap + 5_000_000)
    )
    assert [line.base for line in above.lines if line.program == "jp"] == [cap, cap]
    jp = [
        sum(line.amount for line in each.lines if line.program == "jp")
        for each in (below, at, above)
    ]
    assert jp[0] < jp[1] == jp[2]
    assert [line.base for line in above.lines if line.program == "jht"] == [cap + 5_000_000] * 2


def test_the_jp_cap_grew_by_the_growth_of_the_economy_rounded_down_to_hundreds():
    # PP 45/2015 Ps 29(3); growth of 2023 and 2024 as BPS announced it each February after
    caps = {dated.since.year: dated.value for dated in parameter("pu.jp-wage-cap").values}
    for year, growth in ((2024, 505), (2025, 503)):
        assert caps[year] == caps[year - 1] * (10_000 + growth) // 10_000 // 100 * 100


def test_jp_after_the_last_known_cap_is_refused_and_not_guessed():
    with pytest.raises(LawError, match="berakhir 28 Februari 2027"):
        pu_contribution(date(2027, 3, 1), 5_000_000, 1)
    with pytest.raises(LawError, match="1 Maret 2027"):
        pu_contribution(NOVEMBER, 5_000_000, 1, months=12)
    assert pu_contribution(date(2027, 3, 1), 5_000_000, 1, "small").amount == 312_000


@pytest.mark.parametrize(
    ("size", "programs"),
    [
        ("micro", ["jkk", "jkm"]),
        ("small", ["jkk", "jkm", "jht", "jht", "jkp"]),
        ("medium", ["jkk", "jkm", "jht", "jht", "jp", "jp", "jkp"]),
        ("large", ["jkk", "jkm", "jht", "jht", "jp", "jp", "jkp"]),
        ("state", ["jkk", "jkm"]),
    ],
)
def test_the_size_of_the_firm_demands_its_programmes(size, programs):
    contribution = pu_contribution(NOVEMBER, 4_000_000, 1, size)
    assert [line.program for line in contribution.lines] == programs
    assert contribution.steps[0].rule == "pu.mandatory-programs"
    assert contribution.steps[0].verified


def test_fewer_programmes_than_the_size_demands_are_counted_and_said():
    contribution = pu_contribution(NOVEMBER, 4_000_000, 1, "large", programs=("jkk", "jkm"))
    assert [line.amount for line in contribution.lines] == [9_600, 12_000]
    assert any("belum termasuk JHT, JP" in step.text for step in contribution.steps)


def test_a_foreigner_without_jkp_keeps_jkk_whole():
    programs = ("jkk", "jkm", "jht", "jp")
    contribution = pu_contribution(NOVEMBER, 4_000_000, 1, programs=programs)
    assert contribution.lines[0].rate == "0.24%"
    assert contribution.by_state == ()
    assert contribution.amount == pu_contribution(NOVEMBER, 4_000_000, 1).amount


def test_during_a_relief_of_jkk_the_part_of_jkp_is_not_guessed():
    contribution = pu_contribution(date(2025, 5, 1), 4_000_000, 1, sector="labour-intensive")
    assert "jkp" not in {line.program for line in contribution.lines}
    assert contribution.lines[0].amount == 4_800
    (step,) = (step for step in contribution.steps if step.sentence == "pu.jkp-in-relief")
    assert not step.verified


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"wage": 0}, "Upah 0"),
        ({"wage": -5}, "rupiah bulat"),
        ({"wage": 4_000_000.5}, "rupiah bulat"),
        ({"wage": True}, "rupiah bulat"),
        ({"wage": "4000000"}, "rupiah bulat"),
        ({"risk_class": 0}, "Kelompok risiko 0 tidak dikenal; pilih salah satu: 1, 2, 3, 4, 5"),
        ({"risk_class": 6}, "Kelompok risiko 6"),
        ({"risk_class": True}, "Kelompok risiko True"),
        ({"risk_class": "tinggi"}, "Kelompok risiko tinggi"),
        ({"firm_size": "huge"}, "pilih salah satu: micro, small, medium, large, state"),
        ({"funder": "csr"}, "Sumber dana “csr” tidak dikenal"),
        ({"sector": "transport"}, "pilih salah satu: other, labour-intensive"),
        ({"programs": ("jkk", "jkm", "jkp")}, "menuntut kepesertaan JKK, JKM, JHT, JP"),
        ({"programs": ("jkk", "jkm", "jkp"), "firm_size": "state"}, "tidak menjadi peserta JKP"),
        ({"programs": ("jht", "jp")}, "Program wajib"),
        ({"programs": ("bpjs",)}, "tidak dikenal"),
        ({"months": 0}, "Jumlah bulan"),
    ],
)
def test_a_question_the_law_cannot_answer_gets_one_clear_sentence(arguments, sentence):
    question = {"wage": 4_000_000, "risk_class": 1, **arguments}
    with pytest.raises(LawError, match=sentence) as refused:
        pu_contribution(NOVEMBER, **question)
    assert refused.value.say("en") != str(refused.value)


def test_a_month_before_the_first_rule_is_refused():
    with pytest.raises(LawError, match="1 Juni 2015"):
        pu_contribution(date(2015, 6, 30), 4_000_000, 1)


@given(MONTHS, WAGES, CLASSES, SIZES)
def test_no_line_is_negative_and_each_payer_pays_the_sum_of_his_lines(month, wage, risk, size):
    contribution = pu_contribution(month, wage, risk, size)
    assert all(line.amount >= 0 and line.relief >= 0 for line in contribution.lines)
    assert sum(contribution.by_payer.values()) == contribution.amount
    assert all(line.base <= wage for line in (*contribution.lines, *contribution.by_state))


@given(MONTHS, WAGES, WAGES, CLASSES, SIZES)
def test_more_wage_never_costs_less(month, one, other, risk, size):
    low, high = sorted((one, other))
    cheap, dear = (pu_contribution(month, wage, risk, size) for wage in (low, high))
    assert cheap.amount <= dear.amount
    assert cheap.by_payer.get("worker", 0) <= dear.by_payer.get("worker", 0)


@given(MONTHS, WAGES, CLASSES, st.sampled_from(["small", "medium", "large"]))
def test_jkp_never_changes_what_employer_and_worker_pay(month, wage, risk, size):
    with_jkp = pu_contribution(month, wage, risk, size)
    programs = [line.program for line in with_jkp.lines if line.program != "jkp"]
    without = pu_contribution(month, wage, risk, size, programs)
    assert with_jkp.by_payer == without.by_payer


@given(MONTHS, WAGES, WAGES, CLASSES)
def test_a_higher_risk_class_never_costs_less(month, wage, other, risk):
    higher = min(5, risk + 1)
    low = pu_contribution(month, wage, risk, "micro").amount
    assert low <= pu_contribution(month, wage, higher, "micro").amount


@pytest.mark.parametrize(
    ("month", "sentence"),
    [(date(2025, 2, 1), "pu.jkp-also-from-jkm"), (date(2025, 3, 1), "pu.jkp")],
)
def test_the_step_names_the_programmes_jkp_comes_out_of(month, sentence):
    """PP 6/2025 Ps 11(3), (5): since then out of JKK alone; who is a member, Ps 4(2)-(3)."""
    steps = {step.sentence: step for step in pu_contribution(month, 4_000_000, 1).steps}
    assert {code for code in steps if code.startswith("pu.jkp-also") or code == "pu.jkp"} == {
        sentence
    }
    assert ("JKM" in steps[sentence].text) is (sentence == "pu.jkp-also-from-jkm")
    assert steps["pu.jkp-members"].source.article == "Pasal 4 ayat (2)-(3)"


def test_the_budgets_that_pay_for_employees_are_in_no_text_we_saw():
    assert not parameter("pu.funders").latest.verified
