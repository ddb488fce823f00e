"""A terminal that speaks Indonesian: help, slips, and words for codes."""

import ast
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from payung.cli import indonesian
from payung.cli.main import COMMANDS, main
from payung.sheets import CODE_WORDS, CODES

ENGLISH = re.compile(
    r"Usage|Options:|Commands:|Arguments:|Show this|Show the|\[required\]|\[default|default:"
    r"|\b(TEXT|INTEGER|RANGE|FILE|FILES|PATH|DIRECTORY|NUMBER|OPTIONS|COMMAND|ARGS|DATETIME)\b"
    r"|Error:|Missing|No such|Try '|Invalid|not a valid|unexpected"
)
# said to programmers, on other systems, or where Payung never goes
UNSAID = {
    "d", "{editor}: Editing failed", "{editor}: Editing failed: {e}",
    "Name '{name}' defined twice", "Invalid start character for option ({option})",
    "Choice({choices})", "Unknown color {colour!r}",
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
    "Could not determine name for option with declarations {decls!r}",
    "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    "No options defined but a name was passed ({name}). Did you mean to declare an argument "
    "instead? Did you mean to pass '--{name}'?",
    "Boolean option {decl!r} cannot use the same flag for true/false.",
}  # fmt: skip


def paths(command, path=()):
    """Every command as the words that call it."""
    yield path
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for name in command.list_commands(context):
                yield from paths(command.get_command(context, name), (*path, name))


@pytest.mark.parametrize("path", list(paths(main)), ids=lambda path: " ".join(path) or "payung")
def test_help_is_in_indonesian(path):
    said = CliRunner().invoke(main, [*path, "--help"]).output
    assert said.startswith("Cara pakai: ")
    assert "Tampilkan bantuan ini." in said
    assert not ENGLISH.search(said), said


def test_every_command_of_the_table_is_there():
    assert {path[0] for path in paths(main) if path} == set(COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["plan", "make"], "Belum diisi 'NAMA'."),
        (["plan", "tiada"], "Tidak ada perintah 'tiada'."),
        (["plan", "list", "--tiada"], "Tidak ada pilihan '--tiada'."),
        (["plan", "show", "x"], "Isian keliru untuk 'RENCANA': 'x' bukan bilangan bulat."),
        (["plan", "show", "1", "2"], "Isian berlebih: 2"),
        (["plan", "cancel", "1", "--reason"], "Pilihan '--reason' memerlukan isian."),
        (["list", "decide", "1", "x"], "'x' tidak dikenal; pilih: 'same', 'different'."),
        (["reference", "load", "asn", "/tiada", "--as-of", "2026-01-01"], "'/tiada' tidak ada."),
        (["plan", "make", "x", "--from", "2026-01", "--to", "2026-02", "--months", "0"], "batas"),
    ],
)
def test_a_slip_is_answered_in_indonesian(arguments, sentence):
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert sentence in result.output
    assert not ENGLISH.search(result.output), result.output


def _sentences(module):
    for node in ast.walk(ast.parse(Path(module.__file__).read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            several = {"_": 1, "ngettext": 2}.get(node.func.id, 0)
            for each in node.args[:several]:
                if isinstance(each, ast.Constant):
                    yield each.value


@pytest.mark.parametrize("module", indonesian.MODULES, ids=lambda module: module.__name__)
def test_no_sentence_of_click_is_without_its_words(module):
    assert set(_sentences(module)) - indonesian.SENTENCES.keys() - UNSAID == set()


def test_what_is_filled_in_stays_in_the_words():
    holes = re.compile(r"{(\w+)|%\((\w+)\)")
    for english, ours in indonesian.SENTENCES.items():
        assert set(holes.findall(ours)) <= set(holes.findall(english)), english


def test_every_code_of_a_row_has_a_word():
    assert set(CODE_WORDS) == set(CODES)
