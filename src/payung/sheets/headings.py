"""Which field a heading names, by a dictionary of the words offices use."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import fuzz, process

from payung.identity.files import read_yaml

# the fields of a row, with the word a screen has for each
FIELD_WORDS = {
    "nik": "NIK",
    "name": "Nama",
    "birth_place": "Tempat lahir",
    "birth_date": "Tanggal lahir",
    "sex": "Jenis kelamin",
    "mother_name": "Nama ibu",
    "kk": "Nomor KK",
    "address": "Alamat",
    "rt_rw": "RT/RW",
    "kelurahan": "Kelurahan",
    "kecamatan": "Kecamatan",
    "phone": "Telepon",
    "email": "Surel",
    "occupation": "Pekerjaan",
    "income": "Penghasilan",
}
FIELDS = tuple(FIELD_WORDS)
# the column a list that was given back carries: read again, it is not the sender's
NOTE_HEADING = "Catatan Payung"

EXACT, WORDS, SPELLED = 100, 70, 55
_LONGEST_HEADING = 70
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SQUEEZED = 88.0
_ONE_SEX = {"l": "L", "lk": "L", "laki": "L", "laki laki": "L", "pria": "L"}
_ONE_SEX |= {"p": "P", "pr": "P", "perempuan": "P", "wanita": "P"}


class HeadingMatch(NamedTuple):
    """The field a heading names and how surely: 100 the same words, 70 among others, 55 misspelt.

    `known` is also true for headings such as "No" that are recognised but are no field.
    """

    field: str | None
    score: int = 0
    known: bool = False


NO_MATCH = HeadingMatch(None)


class _Dictionary(NamedTuple):
    fields: dict[str, str]
    whole: dict[str, str]
    longest_first: tuple[tuple[str, str], ...]
    other: frozenset[str]
    elsewhere: tuple[str, ...]


def heading_key(text: str) -> str:
    """Lower-case words of a heading with single spaces: "No. KTP" becomes "no ktp"."""
    return _NOT_WORD.sub(" ", text.lower()).strip()


@cache
def _dictionary() -> _Dictionary:
    text = files("payung.sheets").joinpath("data/headings.yaml").read_text(encoding="utf-8")
    data = read_yaml(text)
    fields, alone = _by_word(data["fields"]), _by_word(data["alone"])
    return _Dictionary(
        fields,
        fields | alone,
        tuple(sorted(fields.items(), key=lambda item: -len(item[0]))),
        frozenset(heading_key(word) for word in data["other"]),
        tuple(heading_key(word) for word in data["elsewhere"]),
    )


def _by_word(words_of: dict[str, list[str]]) -> dict[str, str]:
    return {heading_key(word): field for field, words in words_of.items() for word in words}


@lru_cache(maxsize=16384)
def match_heading(text: str) -> HeadingMatch:
    """The field a heading names; never raises, NO_MATCH when it names none."""
    if not text or len(text) > _LONGEST_HEADING:
        return NO_MATCH
    key = heading_key(text)
    dictionary = _dictionary()
    if key in dictionary.whole:
        return HeadingMatch(dictionary.whole[key], EXACT, known=True)
    joined = key.replace(" ", "")
    if len(joined) * 2 == len(key) + 1 and joined in dictionary.whole:
        # letters set apart for looks: "N I K"
        return HeadingMatch(dictionary.whole[joined], EXACT, known=True)
    if not key or key in dictionary.other:
        return HeadingMatch(None, known=bool(key))
    padded = f" {key} "
    if any(f" {word} " in padded for word in dictionary.elsewhere):
        return HeadingMatch(None, known=True)
    for word, field in dictionary.longest_first:
        if len(word) > 2 and f" {word} " in padded:
            return HeadingMatch(field, WORDS, known=True)
    if len(key) > 3:
        near = process.extractOne(
            key, dictionary.fields.keys(), scorer=fuzz.ratio, score_cutoff=_SQUEEZED
        )
        if near:
            return HeadingMatch(dictionary.fields[near[0]], SPELLED, known=True)
    return NO_MATCH


def told_together(parent: str, child: str) -> HeadingMatch:
    """The field two lines name only together: "Kelahiran" over "Tempat"; NO_MATCH for none."""
    below = heading_key(child)
    if "lahir" in heading_key(parent):
        if below in ("tempat", "tmp", "tmpt", "kota", "tpt"):
            return HeadingMatch("birth_place", EXACT, known=True)
        if below.split(" ")[0] in ("tanggal", "tgl"):
            return HeadingMatch("birth_date", EXACT, known=True)
    if below in _ONE_SEX and match_heading(parent).field == "sex":
        return HeadingMatch("sex", EXACT, known=True)
    return NO_MATCH


def ticked_sex(heading: str) -> str:
    """ "L" or "P" when a column is ticked for one sex: "L", "Jenis Kelamin P"; else ""."""
    key = heading_key(heading).replace("laki laki", "laki")
    words, last = key.rpartition(" ")[::2]
    if words and (match_heading(words).field != "sex" or words.split()[-1] in _ONE_SEX):
        return ""
    return _ONE_SEX.get(last, "")


def match_two_lines(parent: str, child: str) -> HeadingMatch:
    """The field of a column under a heading of two lines, such as "Lahir" over "Tempat"."""
    if not parent or not child:
        return match_heading(parent or child)
    together = told_together(parent, child)
    if together.field is not None:
        return together
    above = match_heading(parent)
    if above.known and above.field is None and above.score == 0:
        # "Ahli Waris" over "Nama" is not the worker's name
        whole = match_heading(f"{parent} {child}")
        return whole if whole.field is None else match_heading(child)
    own = match_heading(child)
    if own.field is not None or own.known:
        return own
    return above
