"""`payung law` as a whole: it starts fast, needs no office, and slips of the pen get a sentence."""

import os
import subprocess
import sys

import pytest

from tests.cli.law_answers import asked, refused

QUESTIONS = ("contribution", "cover", "benefit", "heirs", "documents", "deadlines", "at")
LOADED = """
import sys
from payung.cli.main import main
main(sys.argv[1:], standalone_mode=False)
print(*(name for name in {modules!r} if name in sys.modules), file=sys.stderr)
"""


def loaded(modules: tuple[str, ...], *words: str) -> list[str]:
    """Which of these modules a command needed, in a fresh Python without Payung's home."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith("PAYUNG")}
    bare.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(modules=modules), *words],
        capture_output=True,
        text=True,
        check=True,
        env=bare,
    )
    assert done.stdout
    return done.stderr.split()


def test_an_answer_needs_neither_django_nor_a_database():
    words = ("law", "contribution", "--segment", "bpu", "--month", "2026-11", "--json")
    modules = ("django", "sqlite3", "payung.apps", "rich.table", "payung.law")
    assert loaded(modules, *words) == ["payung.law"]


def test_help_does_not_even_load_the_law():
    assert loaded(("django", "payung.law", "rich.table"), "law", "benefit", "--help") == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_explains_itself(question):
    said = asked(question, "--help")
    assert said.exit_code == 0
    assert f"payung law {question}" in said.stdout.replace("main law", "payung law")
    assert "--json" in said.stdout
    assert "--language" in said.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "Sebutkan pertanyaannya: contribution, cover, benefit"),
        (["--"], "Sebutkan pertanyaannya: contribution, cover, benefit"),
        (["flood"], "Pertanyaan «flood» tidak dikenal; pilih salah satu: contribution"),
        (["--bogus"], "Pilihan --bogus tidak dikenal"),
        (["at", "--bogus"], "Pilihan --bogus tidak dikenal; lihat --help."),
        (["cover", "--piad", "2026-01"], "Pilihan --piad tidak dikenal; mungkin maksudnya --paid."),
        (["at", "--rule"], "Pilihan --rule ditulis tanpa nilai"),
        (["at", "--json=ya"], "Pilihan --json ditulis tanpa nilai yang semestinya"),
        (["at", "--language", "fr"], "--language «fr» tidak dikenal; pilih salah satu: id, en."),
    ],
)
def test_a_slip_of_the_pen_gets_one_indonesian_sentence(words, sentence):
    assert sentence in refused(*words)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["at", "--bogus"], "Option --bogus is unknown; see --help."),
        (["cover"], "--paid is missing; write for example --paid 2026-01..2026-06,2026-08."),
        (["at", "1990-01-01"], "Payung knows no rule at all on 1 January 1990"),
        (["benefit", "--case", "flood", "--paid-months", "1"], "Case “flood” is unknown"),
        (["documents", "--case", "jkm", "lagi"], "«lagi» is superfluous"),
    ],
)
def test_refusals_speak_english_when_asked(words, sentence):
    assert sentence in refused(*words, "--language", "en")
    assert sentence in refused(*words, "--language=en")
