"""Names of people: how they are shown and the key by which they are compared.

The key folds what clerks write differently for the same name: titles and degrees, bin and binti,
the many short forms of Muhammad, the spelling before 1972 (oe, dj, tj, sj, ch, j for y) and
doubled letters. It is for comparing only and is never shown. Its rules stand in `rules/names.yaml`.
"""

from __future__ import annotations

import re
from functools import cache

from payung.identity.nik import is_empty
from payung.identity.rulebook import Rule, beginning, rulebook

_PLAIN = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]+)+")
_ODD_SIGN = re.compile(r"[^A-Za-zÀ-ÿ\s.,'’`\-()/]")
_NOT_LETTER = re.compile(r"[^a-z]+")


def clean_name(text: str) -> str:
    """The name with its spaces put right; nothing else is changed."""
    if is_empty(text):
        return ""
    return " ".join(text.split())


def has_title(name: str) -> bool:
    """Whether a title or degree stands in the name ("Hj.", "Drs.", "S.Pd")."""
    text = beginning().apply(name)
    if _rule("degrees-after-comma").matches(text) or _rule("degrees-with-dots").matches(text):
        return True
    return _has_bare_title(_NOT_LETTER.sub(" ", text.replace("'", "")).strip())


def is_plain(name: str) -> bool:
    """Whether a name is nothing but two or more words of letters, none of them a title."""
    return _PLAIN.fullmatch(name) is not None and not _has_bare_title(name.lower())


def _has_bare_title(words: str) -> bool:
    single = words.split(" ")
    if _title_words().isdisjoint(single):
        return False
    return _rule("titles").matches(words) or _rule("degrees-without-dots").matches(words)


@cache
def _title_words() -> frozenset[str]:
    return _rule("titles").words | _rule("degrees-without-dots").words


@cache
def _rule(code: str) -> Rule:
    return next(rule for rule in rulebook("name_key").rules if rule.code == code)


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text instead of showing it."""
    return text[:1] in ("=", "+", "@", "\t", "\r") or (text[:1] == "-" and len(text) > 1)


def has_odd_sign(name: str) -> bool:
    """Whether a name holds a digit or a sign that no name has."""
    return _ODD_SIGN.search(name) is not None


def name_key(name: str) -> str:
    """The key by which two names are compared: lower-case words with one space between.

    "Drs. H. Moch. Soejono, S.Pd" and "Muhammad Suyono" have the same key. "" for a blank name.
    """
    return rulebook("name_key").apply(name)


def name_head(key: str) -> str:
    """Up to four letters of a name key by which partners are found, "yusu" of "muhamad yusuf"."""
    return rulebook("name_head").apply(key)
