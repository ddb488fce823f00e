"""Small readings of a person's row: sex, phone, e-mail, money, address, RT/RW."""

from __future__ import annotations

import re
from functools import lru_cache

from payung.identity.nik import is_empty
from payung.identity.rulebook import rulebook

_SEXES = {
    "L": "l lk laki laki-laki laki2 lelaki pria male m cowok 1 l/k lk2",
    "P": "p pr perempuan wanita female f w cewek 2 prp",
}
_SEX_OF = {word: sex for sex, words in _SEXES.items() for word in words.split()}
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
    if is_empty(text) or text.strip() == "0":
        return ""
    return phone_key(text) or None


def phone_key(text: str) -> str:
    """The number by which phones are compared, "081234567890"; "" when there is none."""
    return rulebook("phone_key").apply(text)


def address_key(text: str) -> str:
    """An address as it is compared: "JL. MELATI NO.12 RT 001/005" is "jl melati 12 rt1 rw5"."""
    return rulebook("address_key").apply(text)


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
