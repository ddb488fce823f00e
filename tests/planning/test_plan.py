from dataclasses import replace
from datetime import date
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.law import bpu_contribution
from payung.planning import Candidate, Fund, Months, PlanError, Priority, plan

JANUARY, DECEMBER = date(2027, 1, 1), date(2027, 12, 1)
YEAR = Months(JANUARY, DECEMBER)
PRICE = 16_800
CITY = Fund("apbd", "apbd", 100 * 12 * PRICE, JANUARY, DECEMBER, name="APBD 2027")


def flat(month: date, sector: str, kind: str) -> int:
    return PRICE


def lawful(month: date, sector: str, kind: str) -> int:
    return bpu_contribution(month, sector=sector, funder=kind).amount


def worker(number: int, **values) -> Candidate:
    return replace(Candidate(number, "pedagang", "36.71.01.1001"), **values)


def served(result):
    return [each.candidate_id for each in result.allocations]


def test_a_worker_gets_the_whole_year_from_the_first_month():
    (given_,) = plan([worker(1)], [CITY], months=YEAR, price=flat).allocations
    assert (given_.first_month, given_.last_month, given_.months) == (JANUARY, DECEMBER, 12)
    assert given_.amount == 201_600
    assert "APBD 2027" in given_.reason


def test_the_poorest_and_then_the_oldest_go_first():
    people = [
        worker(1, decile=3),
        worker(2, decile=1, birth_date=date(1980, 1, 1)),
        worker(3, decile=1, birth_date=date(1970, 1, 1)),
        worker(4),
    ]
    assert served(plan(people, [CITY], months=YEAR, price=flat)) == [3, 2, 1, 4]


def test_the_declared_order_of_priorities_decides():
    people = [
        worker(1, category="ojek"),
        worker(2, category="marbot", decile=1),
        worker(3, marks=frozenset({"disability"})),
        worker(4, covered_until=date(2027, 2, 1)),
    ]

    def order(*priorities):
        return served(plan(people, [CITY], months=YEAR, price=flat, priorities=priorities))

    assert order(Priority("category", ("ojek", "marbot")))[:2] == [1, 2]
    assert order(Priority("mark", ("disability",)))[0] == 3
    assert order(Priority("continuity"))[0] == 4
    assert order() == [1, 2, 3, 4]


def test_when_the_money_ends_the_rest_are_left_out_with_the_reason():
    fund = replace(CITY, amount=201_600)
    result = plan([worker(1), worker(2)], [fund], months=YEAR, price=flat)
    assert served(result) == [1]
    assert result.left_out == ((2, "dana habis"),)
    assert (result.totals[0].heads, result.totals[0].spent, result.totals[0].left) == (
        1,
        201_600,
        0,
    )


def test_a_full_quota_leaves_the_rest_out():
    result = plan([worker(1), worker(2)], [replace(CITY, quota=1)], months=YEAR, price=flat)
    assert result.left_out == ((2, "kuota penuh"),)


def test_a_low_target_covers_more_people_for_fewer_months():
    fund = replace(CITY, amount=12 * PRICE)
    people = [worker(1), worker(2)]
    assert served(plan(people, [fund], months=YEAR, price=flat)) == [1]
    half = plan(people, [fund], months=replace(YEAR, target=6), price=flat)
    assert served(half) == [1, 2]
    assert half.allocations[0].last_month == date(2027, 6, 1)


def test_the_last_money_gives_a_shorter_run_only_when_allowed():
    fund = replace(CITY, amount=17 * PRICE)
    people = [worker(1), worker(2)]
    assert served(plan(people, [fund], months=YEAR, price=flat)) == [1]
    result = plan(people, [fund], months=replace(YEAR, least=4), price=flat)
    assert [each.months for each in result.allocations] == [12, 5]
    assert "sisa dana cukup 5" in result.allocations[1].reason


def test_a_run_too_short_for_the_full_death_benefit_is_warned_of():
    months = Months(date(2027, 10, 1), DECEMBER, waiting=3)
    result = plan([worker(1)], [CITY], months=months, price=flat)
    (warning,) = result.warnings
    assert (warning.code, warning.candidate_ids) == ("run-short", (1,))
    assert "kurang dari 4 bulan" in warning.text


def test_people_are_counted_as_indonesian_writes_numbers():
    months = Months(date(2027, 10, 1), DECEMBER, waiting=3)
    fund = replace(CITY, amount=1_699 * 3 * PRICE)
    result = plan([worker(serial) for serial in range(1_699)], [fund], months=months, price=flat)
    assert result.warnings[0].text.startswith("1.699 pekerja dari dana")
    assert result.allocations[-1].reason.startswith("prioritas ke-1.699 ")


def test_a_short_run_that_continues_earlier_cover_is_not_warned_of():
    months = Months(date(2027, 10, 1), DECEMBER, waiting=3)
    people = [worker(1, covered_until=date(2027, 9, 30))]
    assert plan(people, [CITY], months=months, price=flat).warnings == ()


def test_the_run_begins_when_earlier_cover_ends():
    people = [worker(1, covered_until=date(2027, 3, 31)), worker(2, covered_until=DECEMBER)]
    result = plan(people, [CITY], months=YEAR, price=flat)
    assert result.allocations[0].first_month == date(2027, 4, 1)
    assert result.left_out == ((2, "sudah terlindungi sepanjang masa rencana"),)


def test_restricted_money_is_used_before_free_money():
    company = Fund("csr", "csr", 12 * PRICE, JANUARY, DECEMBER, kelurahan_prefixes=("36.71.02",))
    tobacco = Fund("dbh", "dbhcht", 12 * PRICE, JANUARY, DECEMBER, frozenset({"buruh"}))
    free = replace(CITY, amount=12 * PRICE)
    people = [
        worker(1, kelurahan="36.71.02.1001"),
        worker(2, category="buruh"),
        worker(3),
        worker(4),
    ]
    result = plan(people, [free, tobacco, company], months=YEAR, price=flat)
    assert [(each.candidate_id, each.fund_id) for each in result.allocations] == [
        (1, "csr"),
        (2, "dbh"),
        (3, "apbd"),
    ]


def test_without_a_matching_fund_the_reason_says_so():
    fund = replace(CITY, categories=frozenset({"marbot"}))
    result = plan([worker(1)], [fund], months=YEAR, price=flat)
    assert result.left_out == ((1, "tidak ada dana untuk kategori atau wilayahnya"),)


def test_a_fund_that_ends_too_early_is_not_used():
    fund = replace(CITY, last_month=date(2027, 3, 1))
    result = plan([worker(1)], [fund], months=YEAR, price=flat)
    assert result.left_out[0].reason == "masa dana tidak mencukupi bulan yang direncanakan"
    short = plan([worker(1)], [fund], months=replace(YEAR, least=3), price=flat)
    assert short.allocations[0].months == 3


def test_each_month_costs_what_the_law_says_for_that_fund():
    months = Months(date(2026, 11, 1), date(2027, 10, 1))
    fund = Fund("csr", "csr", 10**7, months.first, months.last)
    people = [worker(1), worker(2, sector="transport")]
    amounts = [
        each.amount for each in plan(people, [fund], months=months, price=lawful).allocations
    ]
    assert amounts == [184_800, 159_600]


@pytest.mark.parametrize(
    ("people", "funds", "months", "sentence"),
    [
        ([worker(1), worker(1)], [CITY], YEAR, "dua kali"),
        ([], [CITY, CITY], YEAR, "dua kali"),
        ([], [replace(CITY, amount=-1)], YEAR, "negatif"),
        ([], [replace(CITY, last_month=date(2026, 1, 1))], YEAR, "mendahului"),
        ([], [CITY], Months(DECEMBER, JANUARY), "mendahului"),
        ([], [CITY], replace(YEAR, target=3, least=4), "tidak cocok"),
        ([], [CITY], replace(YEAR, target=0), "tidak cocok"),
    ],
)
def test_a_contradiction_gets_one_clear_sentence(people, funds, months, sentence):
    with pytest.raises(PlanError, match=sentence):
        plan(people, funds, months=months, price=flat)


def test_a_price_that_is_no_whole_rupiah_is_refused():
    with pytest.raises(PlanError, match="rupiah bulat"):
        plan([worker(1)], [CITY], months=YEAR, price=lambda *_: 0.5)


CATEGORIES = ["ojek", "marbot", "buruh"]
PLACES = ["36.71.01.1001", "36.71.02.1001"]
MONTHS = st.builds(lambda number: date(2027, number, 1), st.integers(1, 12))
PEOPLE = st.lists(
    st.builds(
        Candidate,
        id=st.integers(1, 10_000),
        category=st.sampled_from(CATEGORIES),
        kelurahan=st.sampled_from(PLACES),
        sector=st.sampled_from(["other", "transport"]),
        decile=st.none() | st.integers(1, 10),
        covered_until=st.none() | MONTHS,
    ),
    max_size=25,
    unique_by=lambda each: each.id,
)
FUNDS = st.lists(
    st.builds(
        lambda id_, kind, amount, ends, categories, prefixes, quota: Fund(
            id_, kind, amount, *sorted(ends), frozenset(categories), prefixes, quota
        ),
        st.integers(1, 99),
        st.sampled_from(["apbd", "csr"]),
        st.integers(0, 2_000_000),
        st.tuples(MONTHS, MONTHS),
        st.lists(st.sampled_from(CATEGORIES), max_size=2),
        st.sampled_from([(), ("36.71.01",), ("36.71.02", "36.71.03")]),
        st.none() | st.integers(0, 10),
    ),
    max_size=4,
    unique_by=lambda each: each.id,
)
POLICY = st.builds(
    lambda ends, lengths: Months(min(ends), max(ends), max(lengths), min(lengths), 3),
    st.tuples(MONTHS, MONTHS),
    st.tuples(st.integers(1, 12), st.integers(1, 12)),
)


@given(PEOPLE, FUNDS, POLICY)
def test_no_fund_is_exceeded_and_nobody_is_given_two_runs_or_lost(people, funds, months):
    result = plan(people, funds, months=months, price=lawful)
    by_id = {fund.id: fund for fund in funds}
    known = {each.id: each for each in people}
    assert len(served(result)) == len(set(served(result)))
    assert {*served(result)} | {each.id for each in result.left_out} == set(known)
    assert len(result.allocations) + len(result.left_out) == len(people)
    for total in result.totals:
        fund = by_id[total.fund_id]
        mine = [each for each in result.allocations if each.fund_id == fund.id]
        assert total.spent == sum(each.amount for each in mine) <= fund.amount
        assert total.left == fund.amount - total.spent >= 0
        assert fund.quota is None or len(mine) <= fund.quota
    for each in result.allocations:
        fund, person = by_id[each.fund_id], known[each.candidate_id]
        assert max(fund.first_month, months.first) <= each.first_month <= each.last_month
        assert each.last_month <= min(fund.last_month, months.last)
        assert person.covered_until is None or each.first_month > person.covered_until
        assert not fund.categories or person.category in fund.categories
        assert each.months <= months.target


@given(PEOPLE, FUNDS, POLICY, st.randoms(use_true_random=False))
def test_the_same_question_in_another_order_gets_the_same_answer(people, funds, months, random):
    shuffled = list(people)
    random.shuffle(shuffled)
    first = plan(people, funds, months=months, price=lawful)
    assert plan(shuffled, funds, months=months, price=lawful) == first


@given(PEOPLE, FUNDS, POLICY, st.data())
def test_where_a_fund_has_one_price_more_money_never_takes_a_place_away(
    people, funds, months, data
):
    if not funds:
        return
    before = plan(people, funds, months=months, price=flat)
    richer = data.draw(st.integers(0, len(funds) - 1))
    more = data.draw(st.integers(1, 1_000_000))
    raised = [
        replace(fund, amount=fund.amount + more) if number == richer else fund
        for number, fund in enumerate(funds)
    ]
    after = plan(people, raised, months=months, price=flat)
    assert set(served(before)) <= set(served(after))


def test_a_hundred_thousand_workers_are_planned_in_seconds():
    random = Random(7)
    people = [
        Candidate(
            number,
            random.choice(CATEGORIES),
            f"36.71.{random.randint(1, 13):02}.10{random.randint(1, 9):02}",
            decile=random.randint(1, 10),
        )
        for number in range(100_000)
    ]
    funds = [
        Fund(
            number,
            "apbd",
            2_000 * 12 * PRICE,
            JANUARY,
            DECEMBER,
            kelurahan_prefixes=(f"36.71.{number:02}",) if number < 14 else (),
        )
        for number in range(1, 31)
    ]
    started = process_time()  # of the processor: a busy machine does not decide
    result = plan(people, funds, months=YEAR, price=lawful)
    assert process_time() - started < 10
    assert len(result.allocations) == 60_000
