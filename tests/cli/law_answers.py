"""Asking `payung law` in a test: the answer as data or as people read it, or the one sentence."""

import json
import re
from typing import Any

from click.testing import CliRunner, Result

from payung.cli.main import main


def asked(*words: object) -> Result:
    result = CliRunner().invoke(main, ["law", *map(str, words)], env={"COLUMNS": "80"})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def answer(*words: object) -> Any:
    """The JSON of an answer."""
    result = asked(*words, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


def shown(*words: object) -> str:
    """An answer as people read it, in one line."""
    result = asked(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    return re.sub(r"\s+", " ", result.stdout)


def refused(*words: object) -> str:
    """The sentence on standard error, after checking that it is the only thing said."""
    result = asked(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    sentence = result.stderr.removesuffix("\n")
    assert sentence, "nothing was said"
    assert "\n" not in sentence, sentence
    assert sentence.endswith("."), sentence
    return sentence
