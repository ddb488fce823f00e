"""What the documentation of the law shows is what the law answers."""

import doctest
import importlib
import inspect
import pkgutil
import re
from datetime import date
from pathlib import Path

import pytest

from payung import law
from payung.law.parameters import parse_parameters

GUIDE = Path(__file__).parents[2] / "docs/guides/hukum.md"


def run(test: doctest.DocTest) -> int:
    """How many examples ran; fails with doctest's own report when one gives something else."""
    report: list[str] = []
    done = doctest.DocTestRunner(verbose=False).run(test, out=report.append)
    if done.failed:
        pytest.fail("".join(report))
    return done.attempted


def modules() -> list[str]:
    found = pkgutil.walk_packages(law.__path__, "payung.law.")
    return ["payung.law", *(each.name for each in found)]


@pytest.mark.parametrize("name", modules())
def test_the_examples_of_a_module_are_true(name):
    for test in doctest.DocTestFinder().find(importlib.import_module(name), name):
        run(test)


def test_the_package_shows_how_to_ask():
    assert run(doctest.DocTestParser().get_doctest(law.__doc__, {}, "payung.law", None, 0)) > 15


def test_the_examples_of_the_guide_are_true():
    blocks = re.findall(r"```pycon\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, GUIDE.name, None, 0)
    assert run(test) > 5


def test_the_value_the_guide_adds_is_accepted():
    (block,) = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    text = "subject: Contoh\nenglish: Example\nparameters:\n" + block.rstrip()
    (example,) = parse_parameters(text, GUIDE.name)
    assert example.at(date(2027, 2, 28)).integer < example.at(date(2027, 3, 1)).integer


def test_the_functions_the_guide_names_are_public():
    text = GUIDE.read_text("utf-8")
    for name in re.findall(r"`(\w+)`", text[text.index("| Question |") : text.index("| All of")]):
        assert name in law.__all__, name


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
