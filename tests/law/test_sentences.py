import ast
import pickle
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import payung
from payung.law import LawError, LawFileError, Words, all_parameters, bpu_contribution
from payung.law.sentences import all_sentences, parse_sentences, say

TREE = Path(payung.__file__).parent
CALLS = {"LawError": 0, "step_from": 1, "because": 1, "say": 0, "words": 0, "sentence": 0}
CODE = re.compile(r"[a-z]+(\.[a-z0-9-]+)+")


def trees(folder: Path) -> Iterator[tuple[Path, ast.AST]]:
    for file in sorted(folder.rglob("*.py")):
        yield file.relative_to(TREE), ast.parse(file.read_text("utf-8"))


def texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """Text that stands by itself: not the parts of an f-string, which is put together later."""
    parts = {
        part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in parts:
            yield node


def test_every_sentence_and_parameter_that_the_law_names_is_written_down():
    known = {*all_sentences(), *all_parameters().by_id}
    named = 0
    for file, tree in trees(TREE / "law"):
        for node in texts(tree):
            if CODE.fullmatch(node.value) and not node.value.startswith("payung."):
                assert node.value in known, f"{file}:{node.lineno}: there is no {node.value}"
                named += 1
    assert named > 50


def test_no_code_of_a_sentence_is_put_together_where_it_could_not_be_found():
    for file, tree in trees(TREE / "law"):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            place = CALLS.get(node.func.id)
            if place is not None and len(node.args) > place:
                code = node.args[place]
                composed = isinstance(code, ast.JoinedStr | ast.BinOp)
                assert not composed, f"{file}:{node.lineno}: {ast.unparse(code)}"


def test_no_sentence_is_written_that_nobody_says():
    said = {node.value for _, tree in trees(TREE) for node in texts(tree)}
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
