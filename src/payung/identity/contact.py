"""Small readings of a person's row: sex, phone, e-mail, money, RT/RW."""

from __future__ import annotations

import re
from functools import lru_cache

from payung.identity.nik import is_empty

_SEXES = {
    "L": "l lk laki laki-laki laki2 lelaki pria male m cowok 1 l/k lk2",
    "P": "p pr perempuan wanita female f w cewek 2 prp",
}
_SEX_OF = {word: sex for sex, words in _SEXES.items() for word in words.split()}
_NOT_DIGIT = re.compile(r"[\s().\-–'+/]+")
# "WA 0812…", "0812… (istri)"
_PHONE_WORDS = re.compile(r"^\W*(?:no|hp|wa|telp|tlp)\b[\s.:]*|\([a-z ]+\)\s*$", re.IGNORECASE)
_MONEY = re.compile(
    r"(?:rp\.?|idr)?\s*([\d.,]+)\s*(juta|jt|ribu|rb|k)?\s*(?:,?-+|,-|/\s*(?:bulan|bln))*",
    re.IGNORECASE,
)
_TIMES = {"juta": 1_000_000, "jt": 1_000_000, "ribu": 1_000, "rb": 1_000, "k": 1_000}
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[A-Za-z]{2,}")
_NUMBER = re.compile(r"\d+")


@lru_cache(maxsize=1024)
def read_sex(text: str) -> str:
    """ "L", "P", or "" when the text says neither."""
    word = text.strip().lower().rstrip(".").replace(" - ", "-")
    return _SEX_OF.get(word) or _SEX_OF.get(word.replace(" ", ""), "")


def read_phone(text: str) -> str | None:
    """A phone number as dialled in Indonesia, "081234567890"; "" when blank, None if unreadable.

    +62, 62 and a lost leading zero are understood; of several numbers in one cell the first counts.
    """
    if len(text) in (11, 12, 13) and text[:2] == "08" and text.isascii() and text.isdigit():
        return text
    if is_empty(text) or text.strip() == "0":
        return ""
    for part in re.split(r"[,;&]|\s/\s|/(?=0)|\batau\b", text):
        digits = _NOT_DIGIT.sub("", _PHONE_WORDS.sub("", part))
        if not (digits.isascii() and digits.isdigit()):
            continue
        if digits.startswith("620"):
            digits = digits[2:]
        elif digits.startswith("62") and len(digits) > 9:
            digits = "0" + digits[2:]
        elif digits.startswith("8") or (digits[0] != "0" and 8 <= len(digits) <= 11):
            digits = "0" + digits
        mobile = digits.startswith("08") and 10 <= len(digits) <= 13
        landline = digits[0] == "0" and digits[1:2] in tuple("234567") and 9 <= len(digits) <= 12
        if (mobile or landline) and len(set(digits[2:])) > 1:
            return digits
    return None


def read_email(text: str) -> str | None:
    """The address in lower case; "" when blank, None when it is no address."""
    if is_empty(text):
        return ""
    match = _EMAIL.fullmatch(text.strip())
    return match[0].lower() if match else None


@lru_cache(maxsize=4096)
def read_money(text: str) -> int | None:
    """Whole rupiah: "Rp 1.500.000,00", "1,5 juta", "500 ribu", "2000000"; None if unreadable."""
    match = _MONEY.fullmatch(text.strip())
    if match is None or not any(sign.isdigit() for sign in match[1]):
        return None
    number = match[1].strip(".,")
    times = _TIMES.get((match[2] or "").lower(), 1)
    if times > 1:
        whole, _, part = number.replace(",", ".").partition(".")
        if "." in part or not whole.isdigit() or len(part) > 6:
            return None
        return int(whole) * times + (int(part) * times // 10 ** len(part) if part else 0)
    # a last group of one or two digits is a fraction of a rupiah; groups of three are thousands
    number = re.sub(r"[.,]\d{1,2}$", "", number)
    groups = re.split(r"[.,]", number)
    if not all(groups) or any(len(group) != 3 for group in groups[1:]):
        return None
    return int("".join(groups))


@lru_cache(maxsize=8192)
def read_rt_rw(text: str) -> str:
    """RT and RW as "001/005"; a text without one or two numbers comes back as it stands."""
    numbers = _NUMBER.findall(text)
    if len(numbers) in (1, 2) and all(len(number) <= 3 for number in numbers):
        return "/".join(number.zfill(3) for number in numbers)
    return text.strip()
