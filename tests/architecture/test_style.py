"""The project's style, types and floors, as its tools see them."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
BIN = Path(sys.executable).parent
MODULE_LINES = 400


def run(program: str, *arguments: object) -> None:
    """The program, in the project's folder, has nothing to say against it."""
    done = subprocess.run(
        [BIN / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_python_follows_the_rules_of_ruff():
    run("ruff", "check", "--quiet", ".")


def test_python_is_formatted():
    run("ruff", "format", "--quiet", "--diff", ".")


def test_templates_are_formatted():
    templates = sorted((ROOT / "src").rglob("*.html"))
    run("djade", "--check", "--target-version", "5.2", *templates)


def test_knowledge_is_strictly_typed():
    run("mypy", "--no-error-summary")


def test_imports_keep_to_the_floors():
    run("lint-imports", "--no-cache")


@pytest.mark.parametrize("folder", ["src", "tests", "benchmarks"])
def test_modules_are_short(folder):
    lengths = {
        path.relative_to(ROOT): len(path.read_text().splitlines())
        for path in (ROOT / folder).rglob("*.py")
        if path.parent.name != "migrations"  # written by Django
    }
    long = {str(path): lines for path, lines in lengths.items() if lines >= MODULE_LINES}
    assert not long, f"Split these by noun, under {MODULE_LINES} lines: {long}"


def test_no_model_waits_for_its_migration(db):
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
