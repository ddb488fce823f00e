"""`payung law cover`: what paid months give on a day."""

import pytest

from tests.cli.law_answers import answer, refused, shown


def test_the_answer_has_the_words_scripts_rely_on():
    found = answer("cover", "--paid", "2026-01..2026-06,2026-08", "--on", "2026-09-20")
    steps = found.pop("steps")
    assert found == {
        "on": "2026-09-20",
        "standing": "member",
        "jkk": "medical-only",
        "jkm": "funeral-only",
        "paid_months": 7,
        "consecutive_months": 0,
        "arrears_months": 1,
        "unpaid_months": ["2026-07", "2026-09"],
        "full_jkm_from": "2026-04-01",
        "lapses_on": "2026-12-16",
    }
    assert {step["regulation"] for step in steps} >= {"Permenaker 5/2021 jo. 1/2025"}


@pytest.mark.parametrize(
    ("paid", "on", "jkk", "jkm"),
    [
        ("2026-01..2026-06", "2026-06-30", "full", "full"),
        ("2026-06", "2026-06-30", "full", "funeral-only"),
        ("2026-01..2026-06", "2026-10-15", "medical-only", "funeral-only"),
        ("2026-01..2026-06", "2026-10-16", "none", "none"),
        ("2026-07..2026-09", "2026-06-30", "none", "none"),
        ("", "2026-06-30", "none", "none"),
    ],
)
def test_months_and_arrears_decide(paid, on, jkk, jkm):
    found = answer("cover", "--paid", paid, "--on", on)
    assert (found["jkk"], found["jkm"]) == (jkk, jkm)


def test_months_may_be_written_in_any_order_and_apart():
    spoken = answer("cover", "--paid", "2026-08,2026-01..2026-06", "--on", "2026-09-20")
    assert spoken == answer(
        "cover", "--on", "2026-09-20", "--paid", "2026-01", "..", "2026-06", "2026-08"
    )


def test_a_month_that_was_paid_late_covers_only_from_then():
    late = "2026-01..2026-03,2026-04=2026-06-10,2026-05=2026-06-10"
    before = answer("cover", "--paid", late, "--on", "2026-06-09")
    after = answer("cover", "--paid", late, "--on", "2026-06-10")
    assert (before["jkk"], before["arrears_months"]) == ("medical-only", 2)
    assert (after["jkk"], after["arrears_months"]) == ("full", 0)


def test_nobody_is_covered_before_the_number_was_issued():
    words = ("cover", "--paid", "2026-01..2026-03", "--registered-on", "2026-01-20", "--on")
    assert answer(*words, "2026-01-19")["standing"] == "not-registered"
    assert answer(*words, "2026-01-20")["jkk"] == "full"


def test_people_read_it_in_both_languages():
    words = ("cover", "--paid", "2026-01..2026-06,2026-08", "--on", "2026-09-20")
    assert "Perlindungan pada 20 September 2026 Kedudukan peserta JKK perawatan saja" in shown(
        *words
    )
    english = shown(*words, "--language", "en")
    assert "JKM funeral costs only" in english
    assert "Full JKM from 1 April 2026" in english


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--paid", "2026-13"], "--paid «2026-13» bukan bulan"),
        (["--paid", "2026-06..2026-01"], "Rentang «2026-06..2026-01» terbalik"),
        (["--paid", "2026-06.."], "--paid «2026-06..» bukan bulan"),
        (["--paid", "2026-01=2026-02-31"], "«2026-02-31» bukan tanggal"),
        (["--paid", "1950-01..2199-01"], "paling banyak 1200"),
        (["--paid", "2026-01", "--on", "2026-02-30"], "--on «2026-02-30» bukan tanggal"),
        (["--paid", "2026-01", "--on", "2020-01-01"], "yang tercatat mulai 1 April 2021."),
        ([], "--paid belum disebut; tulis misalnya --paid 2026-01..2026-06,2026-08."),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(words, sentence):
    assert sentence in refused("cover", *words)
