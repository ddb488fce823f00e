"""What the guide shows of `payung law` is what it answers."""

import re
import shlex
from pathlib import Path

import pytest

from payung.cli.law import law
from tests.cli.law_answers import asked

GUIDE = (Path(__file__).parents[2] / "docs/guides/hukum.md").read_text("utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", GUIDE, re.DOTALL)
EXAMPLES = [
    tuple(part.split("\n", 1))
    for block in BLOCKS
    for part in re.split(r"^\$ payung law ", block, flags=re.MULTILINE)[1:]
]


def plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


@pytest.mark.parametrize(("command", "output"), EXAMPLES)
def test_every_example_of_the_guide_answers_as_shown(command, output):
    said = asked(*shlex.split(command))
    shown = plain(output)
    whole = plain(said.stdout or said.stderr)
    assert whole.startswith(shown.removesuffix("…")), whole
    if shown and not shown.endswith("…"):
        assert whole == shown
    assert (said.exit_code == 0) == (said.stdout != "")


def test_the_guide_shows_every_question():
    questions = {command.split()[0] for command, _ in EXAMPLES}
    assert questions == set(law.commands)
