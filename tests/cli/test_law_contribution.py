"""`payung law contribution`: the published amounts of all four segments."""

from datetime import date
from importlib import import_module

import pytest

from payung.cli.law import reading
from tests.cli.law_answers import answer, refused, shown

BPU = ("contribution", "--segment", "bpu", "--month", "2026-11")
DRIVER = (*BPU, "--income", 1_000_000, "--sector", "transport")
VENDOR = (*BPU, "--income", 1_000_000, "--sector", "other")


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ((*VENDOR, "--funder", "apbd"), 16_800),
        ((*VENDOR, "--funder", "apbd", "--months", 12), 201_600),
        ((*DRIVER, "--funder", "apbn", "--months", 12), 201_600),
        ((*DRIVER, "--funder", "csr"), 8_400),
        ((*BPU, "--income", 1_100_000), 18_800),
        ((*BPU, "--programs", "jkk,jkm,jht"), 36_800),
        ((*VENDOR, "--funder", "csr", "--months", 12), 184_800),
        ((*DRIVER, "--funder", "csr", "--months", 12), 159_600),
        ((*DRIVER, "--funder", "self", "--months", 12), 159_600),
        ((*DRIVER, "--funder", "baznas"), 16_800),
        ((*DRIVER, "--funder", "apbdes"), 16_800),
    ],
)
def test_published_bpu_amounts_are_answered(words, amount):
    found = answer(*words)
    assert found["amount"] == amount == sum(line["amount"] for line in found["lines"])


def test_the_lines_have_the_words_scripts_rely_on():
    found = answer(*DRIVER, "--funder", "csr")
    line = found["lines"][0]
    assert [line[key] for key in ("month", "program", "base", "rate", "relief", "amount")] == [
        "2026-11",
        "jkk",
        1_000_000,
        "1%",
        5_000,
        5_000,
    ]
    assert line["source"] == "PP 44/2015 Lampiran II"
    assert (found["month"], found["segment"]) == ("2026-11", "bpu")
    assert [line["month"] for line in answer(*BPU, "--months", 3)["lines"]] == [
        "2026-11",
        "2026-11",
        "2026-12",
        "2026-12",
        "2027-01",
        "2027-01",
    ]


def test_steps_say_rule_text_values_article_and_certainty():
    step = answer(*DRIVER, "--funder", "csr")["steps"][-1]
    assert list(step) == ["rule", "text", "text_en", "values", "regulation", "article", "verified"]
    assert step["rule"] == "bpu.relief.transport"
    assert step["text"].startswith("Keringanan 50% atas JKK, JKM")
    assert step["text_en"].startswith("Relief of 50% on JKK, JKM")
    assert step["values"]["funder"] == "csr"
    assert (step["regulation"], step["verified"]) == ("PP 50/2025", False)


def test_where_the_law_is_silent_the_answer_says_so():
    steps = answer(*DRIVER, "--funder", "baznas")["steps"]
    assert "tidak menyebut Baznas" in steps[-1]["text"]
    assert steps[-1]["verified"] is False


def test_programmes_may_be_divided_by_commas_spaces_and_repetition():
    for programs in (
        ["--programs", "JKK,JKM,JHT"],
        ["--programs", "jkk jkm jht"],
        ["--programs", "jkk", "jkm", "jht"],
        ["--programs=jkk", "--programs", "jkm,jht"],
    ):
        assert answer(*BPU, *programs, "--income", 1_000_000)["amount"] == 36_800


def test_an_employee_costs_employer_and_worker_by_risk_class():
    words = ("contribution", "--segment", "pu", "--month", "2026-11", "--wage", 5_000_000)
    found = answer(*words, "--risk-class", 1)
    assert found["by_payer"] == {
        "employer": 12_000 + 15_000 + 185_000 + 100_000,
        "worker": 100_000 + 50_000,
    }
    assert {line["program"] for line in found["by_state"]} == {"jkp"}
    dearer = [answer(*words, "--risk-class", each)["amount"] for each in range(1, 6)]
    assert dearer == sorted(set(dearer))
    assert answer(*words, "--risk-class", 1, "--programs", "jkk,jkm")["amount"] == 27_000


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (100_000_000, 240_000),
        (500_000_000, 240_000 + 760_000),
        (1_000_000_000, 240_000 + 760_000 + 750_000),
        (5_000_000_000, 240_000 + 760_000 + 750_000 + 4_800_000),
    ],
)
def test_construction_pays_by_marginal_bands(value, amount):
    words = ("contribution", "--segment", "jakon", "--month", "2026-11", "--contract-value", value)
    found = answer(*words)
    assert found["amount"] == amount
    assert sum(each["amount"] for each in found["instalments"]) == amount


def test_construction_takes_ppn_out_and_names_the_last_day_to_register():
    words = ("contribution", "--segment", "jakon", "--month", "2026-11", "--contract-value")
    net = answer(*words, 100_000_000)["amount"]
    assert answer(*words, 111_000_000, "--ppn-included")["amount"] == net
    found = answer(*words, 100_000_000, "--work-order", "2026-11-02", "--contract-months", 30)
    assert len(found["instalments"]) == 4
    assert found["steps"][-1]["values"]["last"] == "2026-11-20"


def test_construction_by_wage_pays_for_each_month():
    words = ("contribution", "--segment", "jakon", "--month", "2026-11", "--wage", 10_000_000)
    assert answer(*words, "--contract-months", 3)["amount"] == 3 * answer(*words)["amount"]


def test_a_migrant_worker_pays_for_the_contract_whoever_is_named():
    words = ("contribution", "--segment", "pmi", "--month", "2026-11", "--contract-months", 24)
    assert answer(*words)["amount"] == 370_000
    assert answer(*words, "--funder", "apbd", "--sector", "other")["amount"] == 370_000
    assert answer(*words, "--route", "individual")["amount"] == 332_500


def test_without_a_month_it_is_the_present_one_in_jakarta(monkeypatch):
    module = import_module("payung.cli.law.contribution")  # its command has the same name
    monkeypatch.setattr(module, "today", lambda: date(2026, 2, 28))
    found = answer("contribution", "--segment", "bpu", "--sector", "transport", "--funder", "csr")
    assert (found["month"], found["amount"]) == ("2026-02", 8_400)
    assert reading.today().year >= 2026


def test_people_read_amounts_months_and_articles_in_indonesian():
    text = shown(*DRIVER, "--funder", "csr", "--months", 12)
    assert text.startswith("Iuran untuk 12 bulan: Rp159.600 JKK, November 2026–Maret 2027, CSR")
    assert "Rp5.000 sebulan × 5" in text
    assert "PP 44/2015 Lampiran II «belum terverifikasi»" in text
    assert "12 bulan boleh dibayar sekaligus di muka." in text
    assert "Permenaker 5/2021 Pasal 41 ayat (4) «" not in text


def test_people_read_it_in_english_when_they_ask():
    text = shown(*DRIVER, "--funder", "self", "--language", "en")
    assert text.startswith("Contribution: Rp8,400 JKK, November 2026, the worker Rp5,000")
    assert "PP 44/2015 Lampiran II «not verified»" in text
    assert "rate fixed, relief Rp3,400" in text


def test_shares_of_employer_worker_and_state_are_told_apart():
    words = ("contribution", "--segment", "pu", "--month", "2026-11", "--wage", 5_000_000)
    text = shown(*words, "--risk-class", 1)
    assert "pemberi kerja Rp312.000; pekerja Rp150.000" in text
    assert "Dibayar Negara, tidak termasuk JKP" in text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--segment", "bpu", "--month", "2015-06"], "yang tercatat mulai 1 Juli 2015."),
        ([*BPU[1:], "--income", "0"], "Penghasilan 0 tidak dapat dihitung"),
        ([*BPU[1:], "--income", "-5"], "Penghasilan -5 tidak dapat dihitung"),
        ([*BPU[1:], "--income", "1000000.5"], "--income «1000000.5» bukan bilangan bulat"),
        ([*BPU[1:], "--income", "abc"], "--income «abc» bukan bilangan bulat"),
        ([*BPU[1:], "--sector", "laut"], "pilih salah satu: other, transport."),
        ([*BPU[1:], "--funder", "dana"], "Sumber dana “dana” tidak dikenal"),
        ([*BPU[1:], "--programs", "jkk,abc"], "Program “abc” tidak dikenal"),
        ([*BPU[1:], "--programs", ","], "--programs tidak berisi apa pun"),
        ([*BPU[1:], "--months", "-1"], "Jumlah bulan -1 tidak dapat dihitung"),
        ([*BPU[1:], "--wage", "1"], "--wage tidak berlaku untuk segmen bpu"),
        (["--segment", "xyz"], "pilih salah satu: bpu, pu, jakon, pmi."),
        (["--segment", "bpu", "--month", "2026-13"], "bukan bulan; tulis misalnya 2026-01."),
        (["--segment", "bpu", "--month", "9999-12"], "bukan bulan"),
        (["--segment", "pu", "--wage", "5000000"], "Segmen pu memerlukan --risk-class"),
        (["--segment", "pu", "--wage", "1", "--risk-class", "9"], "Kelompok risiko 9"),
        (["--segment", "jakon"], "Isilah salah satu: nilai kontrak"),
        (["--segment", "jakon", "--contract-value", "9", "--funder", "x"], "Sumber dana “x”"),
        (["--segment", "pmi"], "Segmen pmi memerlukan --contract-months"),
        (["--segment", "pmi", "--contract-months", "24", "--sector", "x"], "Sektor “x”"),
        (["--segment", "pmi", "--contract-months", "3"], "Lama perjanjian kerja 3 bulan"),
    ],
)
def test_what_cannot_be_counted_is_refused_in_one_sentence(words, sentence):
    assert sentence in refused("contribution", *words)
