import subprocess
import sys
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.law import LawError, bpu_contribution, bulk, parameter
from payung.law import cover as cover_of_one
from payung.law.dates import add_months

FUNDERS = [row["code"] for row in parameter("bpu.funders").latest.rows]
NOVEMBER = date(2026, 11, 1)
ROWS = st.tuples(
    st.one_of(st.integers(1, 25_000_000), st.sampled_from([1_099_999, 1_100_000, 20_200_000])),
    st.sampled_from(["other", "transport"]),
    st.sampled_from(FUNDERS),
    st.dates(date(2015, 7, 1), date(2029, 12, 31)),
)
SCHEMA = {"income": pl.Int64, "sector": pl.String, "funder": pl.String, "month": pl.Date}


def frame(*rows):
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


@settings(max_examples=60)
@given(
    st.lists(ROWS, max_size=30),
    st.sampled_from([("jkk", "jkm"), ("jkk", "jkm", "jht"), ["jht", "jkm", "jkk"]]),
)
def test_a_frame_costs_row_by_row_what_single_questions_cost(rows, programs):
    answered = bulk.contributions(frame(*rows), programs)
    assert answered.select(list(SCHEMA)).rows() == rows
    for (income, sector, funder, month), amounts in zip(
        rows, answered.select(bulk.AMOUNTS).iter_rows(named=True), strict=True
    ):
        single = bpu_contribution(month, income, sector, funder, programs)
        paid = {line.program: line.amount for line in single.lines}
        assert amounts == {"jht": 0, **paid, "amount": single.amount}


def test_other_columns_and_the_order_of_the_rows_stay():
    rows = frame((1, "other", "csr", NOVEMBER), (1_150_000, "transport", "apbd", NOVEMBER))
    answered = bulk.contributions(rows.with_columns(nik=pl.Series(["b", "a"])))
    assert answered.columns == [*SCHEMA, "nik", "jkk", "jkm", "jht", "amount"]
    assert answered["nik"].to_list() == ["b", "a"]
    assert answered["amount"].to_list() == [8_400, 18_800]


def test_answers_of_an_earlier_round_are_replaced():
    once = bulk.contributions(frame((1, "other", "csr", NOVEMBER)), ("jkk", "jkm", "jht"))
    assert bulk.contributions(once)["amount"].to_list() == [8_400]


@pytest.mark.parametrize("kind", [pl.Categorical, pl.Enum([*FUNDERS, "other", "transport"])])
def test_words_may_be_categories_and_income_any_whole_number(kind):
    rows = frame((1_150_000, "transport", "self", NOVEMBER), (1, "other", "apbd", NOVEMBER))
    rows = rows.cast({"sector": kind, "funder": kind, "income": pl.UInt32})
    assert bulk.contributions(rows)["amount"].to_list() == [9_400, 16_800]


def test_a_frame_without_rows_gets_its_columns():
    answered = bulk.contributions(frame())
    assert answered.height == 0
    assert [answered.schema[name] for name in bulk.AMOUNTS] == [pl.Int64] * 4


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        ({"income": [5, 0]}, "Penghasilan 0 pada baris 2"),
        ({"income": [-7, 1]}, "Penghasilan -7 pada baris 1"),
        ({"income": [1.0, 2.0]}, "Kolom “income” berisi Float64; yang diperlukan bilangan bulat"),
        ({"income": ["1", "2"]}, "Kolom “income” berisi String"),
        ({"income": [True, True]}, "Kolom “income” berisi Boolean"),
        ({"income": [1, None]}, "Kolom “income” kosong pada baris 2"),
        ({"sector": ["other", "laut"]}, "Sektor “laut” tidak dikenal"),
        ({"funder": ["judi", "apbd"]}, "Sumber dana “judi” tidak dikenal"),
        ({"funder": [None, "apbd"]}, "Kolom “funder” kosong pada baris 1"),
        ({"month": ["2026-11", "2026-12"]}, "yang diperlukan tanggal"),
        ({"month": [NOVEMBER, date(2015, 6, 30)]}, "1 Juni 2015"),
    ],
)
def test_a_bad_frame_gets_one_clear_sentence(spoil, sentence):
    good = frame((1, "other", "apbd", NOVEMBER), (2, "other", "apbd", NOVEMBER))
    with pytest.raises(LawError, match=sentence) as refused:
        bulk.contributions(good.with_columns(**{name: pl.Series(v) for name, v in spoil.items()}))
    assert refused.value.say("en") != str(refused.value)


def test_a_missing_column_and_unlawful_programmes_are_refused():
    good = frame((1, "other", "apbd", NOVEMBER))
    with pytest.raises(LawError, match="tidak mempunyai kolom “funder”"):
        bulk.contributions(good.drop("funder"))
    with pytest.raises(LawError, match="Program wajib"):
        bulk.contributions(good, ("jkk",))
    with pytest.raises(LawError, match="Program “jp” tidak dikenal"):
        bulk.contributions(good, ("jkk", "jkm", "jp"))


PAID = st.lists(
    st.tuples(st.integers(1, 4), st.dates(date(2023, 1, 1), date(2029, 12, 31))), max_size=60
)
DAYS = st.lists(st.dates(date(2023, 1, 1), date(2030, 12, 31)), min_size=1, max_size=4, unique=True)


@settings(max_examples=60)
@given(PAID, DAYS)
def test_cover_of_a_frame_is_what_it_is_for_each_worker_alone(paid, days):
    answered = bulk.cover(
        pl.DataFrame(paid, {"worker": pl.Int64, "month": pl.Date}, orient="row"), days
    )
    workers = sorted({worker for worker, _ in paid})
    assert answered.select("worker", "on").rows() == [(who, day) for who in workers for day in days]
    for worker, day, jkk, jkm in answered.iter_rows():
        alone = cover_of_one([month for who, month in paid if who == worker], day)
        assert (jkk, jkm) == (alone.jkk, alone.jkm)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30)), max_size=40), st.integers(0, 40))
def test_cover_of_a_frame_begins_when_the_number_was_issued(paid, wait):
    issued = {0: None, 1: date(2026, 1, 9), 2: date(2026, 2, 20)}
    rows = [(who, add_months(date(2026, 1, 1), months), issued[who]) for who, months in paid]
    schema = {"worker": pl.Int64, "month": pl.Date, "registered_on": pl.Date}
    day = date(2026, 1, 5) + timedelta(days=wait)
    answered = bulk.cover(pl.DataFrame(rows, schema, orient="row"), [day])
    for worker, _, jkk, jkm in answered.iter_rows():
        months = [month for who, month, _ in rows if who == worker]
        alone = cover_of_one(months, day, issued[worker])
        assert (jkk, jkm) == (alone.jkk, alone.jkm)


def test_months_over_many_years_and_twice_the_same_month_count_once_each():
    months = [add_months(date(2021, 4, 1), each) for each in range(150)]
    paid = pl.DataFrame({"worker": ["a"] * 300, "month": months * 2})
    answered = bulk.cover(paid, [date(2033, 9, 20), date(2034, 6, 1)])
    assert answered.rows() == [
        ("a", date(2033, 9, 20), "full", "full"),
        ("a", date(2034, 6, 1), "none", "none"),
    ]


def test_nobody_paid_and_no_days_give_an_empty_answer():
    nobody = pl.DataFrame(schema={"worker": pl.Int64, "month": pl.Date})
    assert bulk.cover(nobody, [NOVEMBER]).columns == ["worker", "on", "jkk", "jkm"]
    assert bulk.cover(nobody, [NOVEMBER]).height == 0
    somebody = pl.DataFrame({"worker": [1], "month": [NOVEMBER]})
    assert bulk.cover(somebody, []).height == 0


def test_a_day_before_the_rules_and_a_bad_frame_are_refused():
    paid = pl.DataFrame({"worker": [1], "month": [NOVEMBER]})
    with pytest.raises(LawError, match="1 Januari 2020"):
        bulk.cover(paid, [date(2020, 1, 1)])
    with pytest.raises(LawError, match="tidak mempunyai kolom “worker”"):
        bulk.cover(paid.drop("worker"), [NOVEMBER])
    with pytest.raises(LawError, match="Kolom “month” kosong pada baris 1"):
        bulk.cover(paid.with_columns(month=pl.lit(None, pl.Date)), [NOVEMBER])


def test_the_law_starts_without_polars():
    seen = "import sys, payung.law; print('polars' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
