"""What the calculator says itself: `words.yaml`, in the format of the law's own sentences."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from payung.law import Language, rupiah
from payung.law.sentences import Sentence, parse_sentences


def say(key: str, language: Language, **values: Any) -> str:
    """Words by key with their values; KeyError for an unknown key or a missing value."""
    return _words()[key].say(values, language)


@cache
def speak(language: Language) -> Mapping[str, str]:
    """Every word that needs no values in one language, for templates: `{{ t.count }}`."""
    plain = {key: each.say({}, language) for key, each in _words().items() if not each.names}
    return MappingProxyType(plain)


@cache
def _words() -> Mapping[str, Sentence]:
    text = (files("payung.web.law") / "words.yaml").read_text("utf-8")
    return {each.code: each for each in parse_sentences(text, "words.yaml")}


def typed(amount: int, language: Language) -> str:
    """An amount as people type it: `1000000` → `1.000.000`."""
    return rupiah(amount, language).removeprefix("Rp")


def capital(name: str) -> str:
    """With a capital letter at its beginning; the rest as it is, unlike `str.capitalize`."""
    return name[:1].upper() + name[1:]
