"""Names of people: how they are shown and the key by which they are compared.

The key folds what clerks write differently for the same name: titles and degrees, bin and binti,
the many short forms of Muhammad, the spelling before 1972 (oe, dj, tj, sj, nj, ch, j for y) and
doubled letters. It is for comparing only and is never shown.
"""

from __future__ import annotations

import re
from functools import lru_cache

from payung.identity.nik import is_empty

_TITLES = (
    "h hj hja haji hajah hajjah drs dra ir dr drg prof kh kyai kiai ust ustad ustadz ustaz "
    "ustadzah ustazah ustdz ustdzh ustzh ustz bpk bapak ibu sdr sdri sdra tn ny nn "
    "almarhum alm almh"
)
_BEFORE = frozenset(_TITLES.split())
_MUHAMMADS = (
    "m muh moh mhd mohd md muhd moch much mochd muchd muhamad muhammad mohamad mohammad mohamed "
    "muhamed mochamad mochammad muchamad muchammad mukhamad mukhammad mohammed muhammed"
)
_MUHAMMAD = frozenset(_MUHAMMADS.split())
_SHORT = {"abd": "abdul", "abdl": "abdul", "st": "siti", "sti": "siti", "ach": "ahmad"}
_SHORT |= {"achmad": "ahmad", "akhmad": "ahmad", "ahmd": "ahmad", "achmat": "ahmad"}
_LINKS = frozenset(("bin", "binti", "bt", "bn", "binte", "ibnu"))
_DEGREE = re.compile(
    r"(?<![A-Za-z])(?:"
    r"S\.\s?(?:Pd|Kom|Ag|Sos|Si|Kep|Farm|Hum|Psi|Ak|Pt|Gz|Sn|Th|Kes|Ked|Hut|Tr|IP|KM|Sy|Ik)\b"
    r"(?:\.?\s?I\b)?|S\.(?:E|H|T|P|S|M)\b(?:\.?[IPK]\b)?"
    r"|M\.\s?(?:Pd|Si|Kom|Kes|Hum|Ag|Sos|Ak)\b(?:\.?\s?I\b)?|M\.(?:M|H|T|A|E)\b"
    r"|A\.\s?Md\b(?:\.?\s?(?:Keb|Kep|Kom|Pd)\b)?|Ph\.?D\b|Lc\b|SKM\b|S\.?ST\b|Amd\b"
    r")\.?"
)
_AFTER_COMMA = re.compile(r",\s*(?:[A-Z][A-Za-z]{0,4}\.?\s?){1,4}\.?\s*$")
_SPACES = re.compile(r"\s+")
_FIRST_WORD = re.compile(r"([A-Za-z]+)(?:\.\s*|\s+)\S")
_PLAIN = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]+)+")
_APOSTROPHE = re.compile("['’`‘]")
_WORD = re.compile(r"[a-z]+")
_ODD_SIGN = re.compile(r"[^A-Za-zÀ-ÿ\s.,'’`\-()/]")
_OLD_SPELLING = (
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("sj", "sy"),
    ("nj", "ny"),
    ("ch", "kh"),
    ("j", "y"),
    ("ie", "i"),
    ("dh", "d"),
    ("th", "t"),
)
_DOUBLE = re.compile(r"(.)\1+")


def clean_name(text: str) -> str:
    """The name with its spaces put right; nothing else is changed."""
    if is_empty(text):
        return ""
    return " ".join(text.split())


def has_title(name: str) -> bool:
    """Whether a title or degree stands in the name ("Hj.", "Drs.", "S.Pd")."""
    first = _FIRST_WORD.match(name)
    if first and first[1].lower() in _BEFORE:
        return True
    return ("." in name or "," in name or "SKM" in name) and bool(
        _DEGREE.search(name) or _AFTER_COMMA.search(name)
    )


def is_plain(name: str) -> bool:
    """Whether a name is nothing but two or more words of letters, none of them a title."""
    if _PLAIN.fullmatch(name) is None:
        return False
    words = name.lower().split(" ", 1)
    return words[0] not in _BEFORE and "SKM" not in name


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run the text instead of showing it."""
    return text[:1] in ("=", "+", "@", "\t", "\r") or (text[:1] == "-" and len(text) > 1)


def has_odd_sign(name: str) -> bool:
    """Whether a name holds a digit or a sign that no name has."""
    return _ODD_SIGN.search(name) is not None


@lru_cache(maxsize=131072)
def _fold(word: str) -> str:
    if word in _MUHAMMAD and word != "m":
        return "muhamad"
    word = _SHORT.get(word, word)
    for old, new in _OLD_SPELLING:
        word = word.replace(old, new)
    return _DOUBLE.sub(r"\1", word)


def name_key(name: str) -> str:
    """The key by which two names are compared: lower-case words with one space between.

    "Drs. H. Moch. Soejono, S.Pd" and "Muhammad Suyono" have the same key. "" for a blank name.
    """
    if name.isascii() and name.replace(" ", "").isalpha() and "SKM" not in name:
        words = name.lower().split()
    else:
        name = _DEGREE.sub(" ", _AFTER_COMMA.sub("", name))
        words = _WORD.findall(_APOSTROPHE.sub("", name.lower()))
    start = 0
    while start < len(words) - 1 and words[start] in _BEFORE:
        start += 1
    words = words[start:]
    key: list[str] = []
    for place, word in enumerate(words):
        if word in _LINKS and 0 < place < len(words) - 1:
            continue
        if place == 0 and word == "m" and len(words) > 1:
            word = "muhamad"
        key.append(_fold(word))
    return " ".join(key)
