"""Dates as Indonesian offices write them: day first, months by name or number, spreadsheet
serials, and place and date in one cell."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from payung.identity.nik import full_date, is_empty

_MONTH_NAMES = {
    1: "jan januari january jn",
    2: "feb peb februari pebruari february febuari pebuari",
    3: "mar mrt maret march",
    4: "apr april",
    5: "mei may",
    6: "jun juni june",
    7: "jul juli july",
    8: "agu ags agt agst agus agust agustus aug august",
    9: "sep sept spt september",
    10: "okt oct oktober october",
    11: "nov nop november nopember",
    12: "des dec desember december",
}
MONTHS = {name: number for number, names in _MONTH_NAMES.items() for name in names.split()}

_SPACES = re.compile(r"\s+")
_TIME = re.compile(r"[ T]\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?$")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-/.,\s]\s*(\d{1,2})\s*[-/.,\s]\s*(\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})[\s\-/.,]*([A-Za-z]{3,9})[\s\-/.,']*(\d{4}|\d{2})")
_NAMED_FIRST = re.compile(r"([A-Za-z]{3,9})[\s\-/.]+(\d{1,2})[\s,\-/.]+(\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_DIGITS = re.compile(r"\d{8}|\d{6}")
_WITH_PLACE = re.compile(r"([^\W\d][^\d]*?)\s*[,;/|:.\-\s]\s*(\d.*)", re.DOTALL)
_EPOCH = date(1899, 12, 30)  # Lotus counted a 29 February 1900; every later serial is off by it


class DateReading(NamedTuple):
    """What a cell says of a date. `value` is None when it cannot be read as a day."""

    value: date | None
    two_digit_year: bool = False
    # the month came first, as only a day above 12 can show
    month_first: bool = False
    place: str = ""
    blank: bool = False


UNREADABLE = DateReading(None)


@lru_cache(maxsize=131072)
def read_date(text: str, on: date) -> DateReading:
    """Read a birth date, day before month; `on` is the day that decides a two-digit century.

    Reads 12/01/1980, 12-01-80, 12.01.1980, 12 Januari 1980, 12 Jan 1980, 1980-01-12, 19800112,
    12011980, spreadsheet serials such as 29232, and "Tangerang, 12-01-1980". Never raises.
    """
    if is_empty(text):
        return DateReading(None, blank=True)
    cleaned = _TIME.sub("", _SPACES.sub(" ", text.strip().strip("'\""))).strip()
    reading = _read(cleaned, on)
    if reading.value is None:
        match = _WITH_PLACE.fullmatch(cleaned)
        if match:
            place = match[1].strip(" ,;/|:.-")
            # "Jan 12 1980" has its month in front and was read above; a lone month is no place
            if place.lower() not in MONTHS:
                return _read(match[2].strip(), on)._replace(place=place)
    return reading


def _read(text: str, on: date) -> DateReading:
    match = _DAY_FIRST.fullmatch(text)
    if match:
        return _numeric(int(match[1]), int(match[2]), match[3], on)
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        year, month, day = int(match[1]), int(match[2]), int(match[3])
        value = _day(year, month, day)
        if value is None:
            return DateReading(_day(year, day, month), month_first=True)
        return DateReading(value)
    match = _NAMED.fullmatch(text)
    if match and match[2].lower() in MONTHS:
        return _whole(int(match[1]), MONTHS[match[2].lower()], match[3], on)
    match = _NAMED_FIRST.fullmatch(text)
    if match and match[1].lower() in MONTHS:
        return _whole(int(match[2]), MONTHS[match[1].lower()], match[3], on)
    match = _SERIAL.fullmatch(text)
    if match:
        return DateReading(_EPOCH + timedelta(days=int(match[1])))
    if _DIGITS.fullmatch(text):
        if len(text) == 8:
            value = _day(int(text[:4]), int(text[4:6]), int(text[6:]))
            if value is not None and value <= on:
                return DateReading(value)
            return DateReading(_day(int(text[4:]), int(text[2:4]), int(text[:2])))
        return _numeric(int(text[:2]), int(text[2:4]), text[4:], on)
    return UNREADABLE


def _numeric(day: int, month: int, year: str, on: date) -> DateReading:
    if month > 12 >= day:
        return _whole(month, day, year, on)._replace(month_first=True)
    return _whole(day, month, year, on)


def _whole(day: int, month: int, year: str, on: date) -> DateReading:
    if len(year) == 2:
        return DateReading(full_date(int(year), month, day, on), two_digit_year=True)
    return DateReading(_day(int(year), month, day))


def _day(year: int, month: int, day: int) -> date | None:
    if year < 1900:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
