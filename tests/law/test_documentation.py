"""What the documentation of the law shows is what the law answers."""

import doctest
import inspect
import re
from datetime import date
from pathlib import Path

import pytest

from payung import law
from payung.law.parameters import parse_parameters

GUIDE = Path(__file__).parents[2] / "docs/guides/hukum.md"


def run(examples: str, name: str) -> int:
    """How many examples ran; fails with doctest's own report when one gives something else."""
    test = doctest.DocTestParser().get_doctest(examples, {}, name, name, 0)
    report: list[str] = []
    done = doctest.DocTestRunner(verbose=False).run(test, out=report.append)
    if done.failed:
        pytest.fail("".join(report))
    return done.attempted


def test_the_examples_of_the_package_are_true():
    assert run(law.__doc__, "payung.law") > 10


def test_the_examples_of_the_guide_are_true():
    blocks = re.findall(r"```pycon\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert run("\n".join(blocks), GUIDE.name) > 5


def test_the_value_the_guide_adds_is_accepted():
    (block,) = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    text = "subject: Contoh\nenglish: Example\nparameters:\n" + block.rstrip()
    (example,) = parse_parameters(text, GUIDE.name)
    assert example.at(date(2027, 2, 28)).integer < example.at(date(2027, 3, 1)).integer


@pytest.mark.parametrize("name", law.__all__)
def test_every_public_name_says_what_it_is(name):
    thing = getattr(law, name)
    if inspect.isfunction(thing) or inspect.isclass(thing):
        words = inspect.getdoc(thing) or ""
        assert words, f"{name} has no docstring"
        assert not words.startswith(f"{name}("), f"{name} has only what dataclass wrote"


def test_public_functions_say_the_types_of_what_they_take_and_give():
    for name in law.__all__:
        function = inspect.unwrap(getattr(law, name))
        if inspect.isfunction(function):
            signature = inspect.signature(function)
            assert signature.return_annotation is not signature.empty, name
            for parameter in signature.parameters.values():
                assert parameter.annotation is not parameter.empty, f"{name}: {parameter}"
