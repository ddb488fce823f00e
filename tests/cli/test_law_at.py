"""`payung law at`: everything in force on a day."""

from datetime import date
from importlib import import_module

import pytest

from payung.law import all_parameters
from tests.cli.law_answers import answer, refused, shown


def test_everything_in_force_is_listed_with_its_article():
    found = answer("at", "2026-11-21")
    assert found["date"] == "2026-11-21"
    by_id = {each["id"]: each for each in found["parameters"]}
    assert by_id.keys() == all_parameters().at(date(2026, 11, 21)).keys()
    due = by_id["bpu.due-day"]
    assert (due["value"], due["source"]) == (15, "Permenaker 5/2021 Pasal 41 ayat (2)")
    assert (due["from"], due["to"], due["verified"]) == ("2021-04-01", None, True)


def test_a_past_day_has_the_values_of_its_time():
    def wait(day: str) -> int:
        (rule,) = answer("at", day, "--rule", "bpu.new-member-months")["parameters"]
        return rule["value"]

    assert (wait("2025-02-23"), wait("2025-02-24")) == (0, 3)


def test_people_read_every_rule_and_every_row_in_both_languages():
    for language in ("id", "en"):
        text = shown("at", "2026-11-21", "--language", language)
        for name in all_parameters().at(date(2026, 11, 21)):
            assert name in text
    text = shown("at", "2026-11-21", "--rule", "jkk.disability")
    assert "- thumb-right · Ibu jari tangan kanan: percent 15; within hand-right" in text


def test_without_a_date_it_is_today_in_jakarta(monkeypatch):
    module = import_module("payung.cli.law.at")  # its command has the same name
    monkeypatch.setattr(module, "today", lambda: date(2026, 3, 1))
    assert answer("at")["date"] == "2026-03-01"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["1990-01-01"], "Payung tidak mengetahui aturan apa pun pada 1 Januari 1990"),
        (["2026-02-30"], "TANGGAL «2026-02-30» bukan tanggal"),
        (["kemarin"], "TANGGAL «kemarin» bukan tanggal"),
        (["2026-01-01", "--rule", "zzz"], "Tidak ada aturan berkode «zzz»"),
        (["2026-01-01", "2026-02-01"], "«2026-02-01» berlebih"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_one_sentence(words, sentence):
    assert sentence in refused("at", *words)
