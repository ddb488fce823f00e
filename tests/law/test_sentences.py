import ast
import pickle
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import payung
from payung.law import LawError, LawFileError, Words, bpu_contribution
from payung.law.sentences import all_sentences, parse_sentences, say

TREE = Path(payung.__file__).parent
CALLS = {"LawError": 0, "step_from": 1, "say": 0, "words": 0, "sentence": 0}


def calls() -> Iterator[tuple[str, ast.expr]]:
    """Every place in Payung that names a sentence of the law, with the code it gives."""
    for file in sorted(TREE.rglob("*.py")):
        text = file.read_text("utf-8")
        if "payung.law" not in text and "payung import law" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = CALLS.get(node.func.id)
            if place is not None and len(node.args) > place:
                yield f"{file.relative_to(TREE)}:{node.lineno}", node.args[place]


def test_every_sentence_that_code_names_is_written_down():
    found = 0
    for place, argument in calls():
        assert not isinstance(argument, ast.JoinedStr | ast.BinOp), f"{place}: a code is composed"
        for node in ast.walk(argument):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value in all_sentences(), f"{place}: no sentence {node.value}"
                found += 1
    assert found > 20


def test_no_sentence_is_written_that_nobody_says():
    said = {
        node.value
        for file in TREE.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(all_sentences()) - said == set()


def test_values_are_written_as_each_language_does():
    text = (
        "{amount:rupiah} {rate:percent} {day:date} {day:month} {paid:months} {codes:list} "
        "{who:words} {n}"
    )
    (example,) = parse_sentences(f"example: {{ id: '{text}', en: '{text}' }}", "contoh.yaml")
    values = {
        "amount": 1_016_800,
        "rate": "0.24",
        "day": date(2026, 8, 21),
        "paid": [date(2026, 5, 1), date(2026, 6, 1)],
        "codes": ["a", "b"],
        "who": Words("pekerja", "the worker"),
        "n": 3,
    }
    assert example.say(values) == (
        "Rp1.016.800 0,24% 21 Agustus 2026 Agustus 2026 Mei 2026, Juni 2026 a, b pekerja 3"
    )
    assert example.say(values, "en") == (
        "Rp1,016,800 0.24% 21 August 2026 August 2026 May 2026, June 2026 a, b the worker 3"
    )


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("{ id: 'Bayar {a}.', en: 'Pay {b}.' }", "placeholders differ"),
        ("{ id: 'Bayar {a:rupiah}.', en: 'Pay {a}.' }", "placeholders differ"),
        ("{ id: 'Bayar {a:ringgit}.', en: 'Pay {a:ringgit}.' }", "unknown way to write"),
        ("{ id: 'Bayar {a.b}.', en: 'Pay {a.b}.' }", "no plain name"),
        ("{ id: 'Bayar {a!r}.', en: 'Pay {a!r}.' }", "no plain name"),
        ("{ id: 'Bayar {}.', en: 'Pay {}.' }", "no plain name"),
        ("{ id: 'Bayar {a.', en: 'Pay.' }", "in 'Bayar"),
        ("{ id: 'Bayar.' }", "missing"),
        ("{ id: 'Bayar.', en: '' }", "must be text"),
        ("{ id: 'Bayar.', en: 'Pay.', fr: 'Payez.' }", "unknown"),
        ("Bayar.", "expected a mapping"),
    ],
)
def test_a_sentence_that_breaks_the_schema_is_refused_by_file_and_code(entry, fault):
    with pytest.raises(LawFileError, match=fault) as caught:
        parse_sentences(f"bayar: {entry}\n", "contoh.yaml")
    assert str(caught.value).startswith("contoh.yaml: bayar: ")


def test_a_sentence_written_twice_in_a_file_is_refused():
    entry = "bayar: { id: 'Bayar.', en: 'Pay.' }\n"
    with pytest.raises(LawFileError, match=r"contoh\.yaml: line 1: repeated \['bayar'\]"):
        parse_sentences(entry + entry, "contoh.yaml")


def test_a_sentence_without_its_value_is_an_error_not_a_hole():
    with pytest.raises(KeyError):
        say("bpu.base")


def test_an_error_speaks_both_languages_and_keeps_its_values():
    with pytest.raises(ValueError, match="Sektor “laut” tidak dikenal") as caught:
        bpu_contribution(date(2026, 11, 1), sector="laut")
    error = caught.value
    assert isinstance(error, LawError)
    assert error.say("en").startswith("Sector “laut” is unknown; choose one of: other, transport")
    assert (error.code, error.values["sector"]) == ("bpu.unknown-sector", "laut")


def test_an_error_crosses_a_process_whole():
    error = pickle.loads(pickle.dumps(LawError("bpu.income-not-whole", income=0)))
    assert isinstance(error, LawError)
    assert (error.code, error.values) == ("bpu.income-not-whole", {"income": 0})
    assert "Income 0" in error.say("en")
