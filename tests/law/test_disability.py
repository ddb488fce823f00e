"""Lasting disability by a work accident: the table, its codes, and the limit on their sum."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from payung.law import LawError, benefit, cover, disability_code, disability_kinds

MAY = date(2026, 5, 10)
NEW = cover([date(2026, 5, 1)], MAY)
LATE_DAY = date(2026, 7, 20)
LATE = cover([date(2026, month, 1) for month in range(1, 6)], LATE_DAY)
KINDS = disability_kinds(MAY)
MULTIPLE = 80_000_000  # 80 months of the lowest income


def disabled(*codes, standing=NEW, on=MAY, **given):
    return benefit("work-disability", on, standing, disability=codes, **given)


@pytest.mark.parametrize(
    ("code", "extent", "written"),
    [
        ("thumb-right", None, "thumb-right"),
        ("hand-right", 40, "hand-right@40"),
        ("sight", 20, "sight:20"),
        ("work-capacity", 30, "work-capacity:30"),
    ],
)
def test_what_a_form_takes_becomes_a_code_that_is_read(code, extent, written):
    assert disability_code(MAY, code, extent) == written
    assert disabled(written).total > 0


def test_total_disability_brings_56_and_12_million():
    """70% of 80 months at the lowest income and the periodic benefit, as published."""
    answer = disabled("total")
    money = [(line.benefit, line.amount) for line in answer.lines if line.amount]
    assert money == [("total-disability", 56_000_000), ("periodic", 12_000_000)]
    assert answer.total == 68_000_000


def test_total_disability_brings_scholarships_from_the_first_month():
    assert disabled("total", children=[3, 4]).total == 68_000_000 + 174_000_000


def test_partial_disability_brings_no_scholarship_and_says_so():
    answer = disabled("thumb-right", children=[3])
    assert answer.total == 12_000_000
    assert any("bukan cacat sebagian" in step.text for step in answer.steps)


@pytest.mark.parametrize(
    ("code", "percent"),
    [
        ("arm-right", 40),
        ("arm-left", 35),
        ("hand-left", 28),
        ("thumb-right", 15),
        ("index-tip-right", 4.5),
        ("little-tip-left", 1.5),
        ("legs", 70),
        ("foot-right", 25),
        ("big-toe-left", 5),
        ("eye-right", 35),
        ("hearing", 40),
        ("hand-right@50", 16),
        ("index-tip-right@10", 0.45),
        ("hearing-loss:30", 18),
        ("hearing-loss:39", 18),
        ("hearing-loss:120", 40),
        ("hearing-loss-left:20", 6),
        ("sight:100", 70),
        ("scalp:17", 17),
        ("work-capacity:10", 5),
        ("work-capacity:26", 20),
        ("work-capacity:70", 40),
        ("Thumb-Right ", 15),
    ],
)
def test_a_code_brings_its_percentage_of_80_months(code, percent):
    assert disabled(code).total == percent * MULTIPLE / 100


def test_for_the_left_handed_right_and_left_change_places():
    assert disabled("thumb-left", left_handed=True).total == disabled("thumb-right").total
    assert disabled("arm-right", left_handed=True).total == disabled("arm-left").total
    assert disabled("legs", left_handed=True).total == disabled("legs").total


def test_several_disabilities_add_up():
    assert disabled("thumb-right", "eye-left").total == (15 + 35) * MULTIPLE // 100


def test_together_they_are_limited_to_70_percent_by_the_regulation_itself():
    answer = disabled("arm-right", "eye-left", "thumb-left")
    money = [line.amount for line in answer.lines if line.amount is not None]
    assert money == [32_000_000, 24_000_000, 0]
    assert answer.total == 56_000_000
    (limit,) = [step for step in answer.steps if step.source.article == "Pasal 84 ayat (1)"]
    assert limit.verified and "87%" in limit.text


def test_lost_function_and_a_lost_limb_are_told_apart():
    answer = disabled("thumb-right", "hand-left@40")
    assert [line.benefit for line in answer.lines[1:]] == [
        "partial-anatomical",
        "partial-functional",
    ]


def test_an_organ_outside_the_table_goes_by_the_capacity_for_work():
    answer = disabled("work-capacity:30")
    assert answer.steps[-1].source.article == "Pasal 84 ayat (2)"
    assert answer.steps[-1].verified


def test_the_table_is_marked_unverified():
    assert not any(each.verified for each in KINDS)
    assert not any(line.verified for line in disabled("thumb-right").lines)


def test_months_unable_to_work_and_aids_come_on_top():
    answer = disabled("leg-right", months_unable=3, costs={"prosthesis": 10_000_000})
    assert answer.total == 28_000_000 + 3_000_000 + 14_000_000


def test_in_arrears_medical_care_comes_now_and_the_money_later():
    answer = disabled("total", standing=LATE, on=LATE_DAY, children=[4])
    assert [line.benefit for line in answer.lines] == ["medical"]
    assert answer.later_total == 68_000_000 + 87_000_000 - 16_800


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        ([], "Sebutkan cacatnya"),
        (["thumb"], "mungkin maksudnya: thumb-left, thumb-right"),
        (["xyzzy"], "payung law at"),
        (["thumb-right:"], "tidak terbaca"),
        (["thumb-right", "thumb-right@20"], "disebut dua kali"),
        (["hand-right", "thumb-right"], "sudah termasuk dalam “hand-right”"),
        (["index-tip-left", "arm-left"], "sudah termasuk dalam “arm-left”"),
        (["total", "thumb-right"], "“total” saja"),
        (["scalp"], "scalp:20"),
        (["scalp:9"], "10% sampai 30%"),
        (["hearing-loss:9"], "tiap 10 penuh"),
        (["hearing-loss:30@10"], "hearing-loss:20"),
        (["sight:101"], "1 sampai 100"),
        (["thumb-right:5"], "tidak diukur"),
        (["thumb-right@0"], "1 sampai 100"),
        (["work-capacity"], "work-capacity:30"),
        (["work-capacity:9"], "10% sampai 70%"),
        (["work-capacity:71"], "di luar tabel"),
    ],
)
def test_a_code_that_cannot_be_read_is_refused_with_what_to_do(codes, sentence):
    with pytest.raises(LawError, match=sentence) as refused:
        disabled(*codes)
    assert refused.value.say("en") != str(refused.value)


def written(kind):
    """Ways to write one line of the table."""
    if kind.measure == "share":
        return st.integers(10, 30).map(lambda value: f"{kind.code}:{value}")
    if kind.code == "work-capacity":
        return st.integers(10, 70).map(lambda value: f"{kind.code}:{value}")
    if kind.measure:
        return st.integers(10, 100).map(lambda value: f"{kind.code}:{value}")
    part = st.integers(1, 100).map(lambda value: f"{kind.code}@{value}")
    return st.one_of(st.just(kind.code), part)


codes = st.lists(st.sampled_from(KINDS), unique=True, max_size=8, min_size=1).flatmap(
    lambda kinds: st.tuples(*map(written, kinds))
)


@given(codes, st.integers(1, 30_000_000), st.booleans())
def test_any_disabilities_together_stay_within_70_percent(named, income, left_handed):
    try:
        answer = disabled(*named, income=income, left_handed=left_handed)
    except LawError as overlap:
        assume(overlap.code != "disability.part-of-another")
        raise
    parts = [line.amount for line in answer.lines if line.benefit.startswith("partial")]
    assert len(parts) == len(named)
    assert all(amount >= 0 for amount in parts)
    assert 0 < sum(parts) <= disabled("total", income=income).lines[1].amount
    assert answer.total == sum(line.amount or 0 for line in answer.lines)


@given(codes)
def test_naming_one_disability_less_never_brings_more(named):
    assume(len(named) > 1)
    try:
        every = disabled(*named)
    except LawError:
        assume(False)
    assert disabled(*named[:-1]).total <= every.total
