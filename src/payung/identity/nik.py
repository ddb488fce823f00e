"""The NIK, sixteen digits of text: six of the place of first registration, the birth date as
DDMMYY with forty added to the day for women, and a serial from 0001.

A NIK carries no check digit, so only the impossible can be refused here. It is never a number:
spreadsheets keep fifteen digits of a number and turn the sixteenth into a zero.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

NikProblem = Literal["", "blank", "length", "letters", "placeholder", "damaged", "date", "serial"]

# Kepmendagri 300.2.2-2430/2025, provinces
_PROVINCES = (
    "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 51 52 53 61 62 63 64 65 71 72 73 74 75 76 "
    "81 82 91 92 93 94 95 96"
)
PROVINCES = frozenset(_PROVINCES.split())
# whole years a person on a list most likely has lived: from the first to before the second
WORKING = (15, 65)
# how much younger than its holder a family card is at least
KK_YOUNGER = 10
_NOTHING = "-|--|—|–|.|?|n/a|na|nihil|kosong|null|none|tidak ada|belum ada|tdk ada|belum punya|#n/a"
_EMPTY = frozenset(["", *_NOTHING.split("|")])
_LONGEST_NOTHING = 16
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?\s*[eE]\s*\+?\s*(\d{1,2})")
_SEPARATORS = re.compile(
    r"[\s.'\"’‘`´\-_/\u00ad\u200b-\u200f\u2010-\u2014\u2212\u202a-\u202e\u2060\ufeff]+"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85]+")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")
_LABEL = re.compile(r"^(?:nik|no\.?\s*ktp|ktp)\b[\s.:]*", re.IGNORECASE)
_COUNTING = ("1234567890123456", "0123456789012345", "1234567812345678", "9876543210987654")


def is_empty(text: str) -> bool:
    """Whether a cell says nothing: blank, a dash, "tidak ada" and the like."""
    return len(text) < _LONGEST_NOTHING and text.strip().lower() in _EMPTY


def mask_nik(text: str, beside: str = "") -> str:
    """The NIK as lists show it: region and serial kept, the birth date hidden.

    "3671034508820003" becomes "367103••••••0003"; anything not 16 digits long is hidden whole.
    `beside` is another NIK it is compared with: up to three hidden digits in which the two differ
    are shown, or two that differ could look the same to whoever decides by them.
    """
    if len(text) != 16:
        return "•" * len(text)
    differ = [at for at in range(6, 12) if len(beside) == 16 and text[at] != beside[at]][:3]
    hidden = "".join(text[at] if at in differ else "•" for at in range(6, 12))
    return text[:6] + hidden + text[12:]


@lru_cache(maxsize=65536)
def full_date(two_digit_year: int, month: int, day: int, on: date) -> date | None:
    """A date whose century is not stated, chosen so that the person is of working age on `on`.

    Both centuries are tried: first the one that makes the person 15 to 64 years old, then the
    earlier, then the later if it is not in the future. None when no century has the day.
    """
    found: list[date] = []
    for century in (1900, 2000):
        try:
            candidate = date(century + two_digit_year, month, day)
        except ValueError:
            continue
        if candidate <= on:
            found.append(candidate)
    if not found:
        return None
    for candidate in found:
        if WORKING[0] <= age_on(candidate, on) < WORKING[1]:
            return candidate
    if len(found) == 2 and age_on(found[0], on) >= 100:
        return found[1]
    return found[0]


def age_on(born: date, on: date) -> int:
    """Whole years lived on the day `on`; a person of 29 February completes a year on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@lru_cache(maxsize=131072)
def birth_parts(digits: str) -> tuple[int, int, int] | None:
    """Day, month and year of DDMMYY, the forty of women taken off; None for no day at all."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    day = day - 40 if day > 40 else day
    for century in (1900, 2000):
        try:
            date(century + year, month, day)
        except ValueError:
            continue
        return day, month, year
    return None


@lru_cache(maxsize=131072)
def birth_date(digits: str, on: date) -> date | None:
    """The birth date DDMMYY says, its century chosen by working age on the day `on`."""
    parts = birth_parts(digits)
    return full_date(parts[2], parts[1], parts[0], on) if parts else None


@lru_cache(maxsize=131072)
def issue_date(digits: str, on: date) -> date | None:
    """The day of issue if DDMMYY can be one of a family card: of this century, up to `on`."""
    parts = None if digits[0] >= "4" else birth_parts(digits)
    try:
        issued = date(2000 + parts[2], parts[1], parts[0]) if parts else None
    except ValueError:
        return None
    return issued if issued and issued <= on else None


def looks_like_kk(digits: str, on: date, born: date | None = None) -> bool:
    """Whether sixteen digits are rather the number of a family card, typed in place of the NIK.

    Both have one form; in the number of a card (KK) the day of issue stands where a NIK has the
    birth date, and never has forty added. So a day of this century speaks for a card when its
    holder, `born` as written, was KK_YOUNGER years old by then, or, `born` unknown, when a person
    of that day would not yet be of working age on `on`.
    """
    issued = issue_date(digits[6:12], on)
    if issued is None:
        return False
    if born is None:
        return age_on(issued, on) < WORKING[0]
    return issued.year - born.year >= KK_YOUNGER


class Nik(NamedTuple):
    """A NIK as read from a cell. `problem` is "" when nothing in it is impossible."""

    text: str
    problem: NikProblem = ""
    # a number with sixteen digits, none of them visibly lost: right as far as one can see
    from_number: bool = False

    @classmethod
    def read(cls, text: str) -> Nik:
        """Read any text as a NIK; never raises. `text` of the result holds digits when it can."""
        if len(text) != 16 or not (text.isascii() and text.isdigit()):
            return _read_odd(text)
        return cls(text, _judge(text))

    @property
    def ok(self) -> bool:
        return self.problem == ""

    @property
    def masked(self) -> str:
        return mask_nik(self.text)

    @property
    def region(self) -> str:
        """Kecamatan of first registration, "36.71.03"; it never changes when a person moves."""
        return f"{self.text[:2]}.{self.text[2:4]}.{self.text[4:6]}"

    @property
    def known_province(self) -> bool:
        return self.text[:2] in PROVINCES

    @property
    def sex(self) -> str:
        """ "L" or "P" as the day of birth says."""
        return "P" if self.text[6] >= "4" else "L"

    @property
    def birth_parts(self) -> tuple[int, int, int]:
        """Day, month and two-digit year of birth; zeros when the NIK has no possible date."""
        return birth_parts(self.text[6:12]) or (0, 0, 0)

    def birth_date(self, on: date) -> date | None:
        """The birth date, its century chosen by working age on the day `on`."""
        if self.problem in ("", "serial"):
            return birth_date(self.text[6:12], on)
        return None


def _judge(digits: str) -> NikProblem:
    if digits == digits[0] * 16 or digits in _COUNTING or digits.endswith("0000000000"):
        return "placeholder"
    if birth_parts(digits[6:12]) is None:
        return "date"
    if digits[12:] == "0000":
        return "serial"
    return ""


def _read_odd(text: str) -> Nik:
    text = _INVISIBLE.sub("", _CONTROL.sub(" ", text))
    if is_empty(text):
        return Nik("", "blank")
    cleaned = _LABEL.sub("", text.strip())
    scientific = _SCIENTIFIC.fullmatch(cleaned.strip("'\" "))
    if scientific:
        digits = scientific[1] + (scientific[2] or "")
        # of numbers above 2**53, which begin with 9, only every second is kept
        kept = len(digits) == 16 and digits[0] < "9" and digits[-1] != "0"
        if scientific[3] == "15" and kept:
            return Nik(digits, _judge(digits), from_number=True)
        return Nik("", "damaged")
    digits = _SEPARATORS.sub("", cleaned)
    if not digits:
        return Nik("", "blank")
    if not (digits.isascii() and digits.isdigit()):
        if set(digits.lower()) <= set("x*#?0"):
            return Nik(digits, "placeholder")
        return Nik(digits, "letters")
    if len(digits) == 16:
        return Nik(digits, _judge(digits))
    if set(digits) == {"0"}:
        return Nik(digits, "placeholder")
    return Nik(digits, "length")
