"""Reading what is written on a command line: numbers, days, months, moments, words, lists."""

import re
from datetime import date, datetime
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click

JAKARTA = ZoneInfo("Asia/Jakarta")
_YEARS = range(1000, 2201)  # beyond lies no law, only a slip of the pen
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}")


class Unclear(click.UsageError):
    """What was written cannot be read; says so in both languages."""

    def __init__(self, indonesian: str, english: str) -> None:
        super().__init__(indonesian)
        self.said = {"id": indonesian, "en": english}


class OneOf(click.ParamType):
    """One of a few words."""

    name = "kata"

    def __init__(self, *known: str) -> None:
        self.known = known

    def convert(self, value: Any, param: click.Parameter | None, ctx: Any) -> str:
        if value in self.known:
            return str(value)
        known = ", ".join(self.known)
        raise Unclear(
            f"{option_name(param)} «{value}» tidak dikenal; pilih salah satu: {known}.",
            f"{option_name(param)} «{value}» is unknown; choose one of: {known}.",
        )


class Whole(click.ParamType):
    """A whole number; whether it is possible is for the law to say."""

    name = "angka"

    def __init__(self, example: str) -> None:
        self.example = example

    def convert(self, value: Any, param: click.Parameter | None, ctx: Any) -> int:
        if isinstance(value, int):
            return value
        return whole(value, self.example, param)


class Day(click.ParamType):
    """A date as 2026-01-31."""

    name = "tanggal"

    def convert(self, value: Any, param: click.Parameter | None, ctx: Any) -> date:
        return value if isinstance(value, date) else day(value, param)


class Month(click.ParamType):
    """A month as 2026-01, or a date in it: its first day."""

    name = "bulan"

    def convert(self, value: Any, param: click.Parameter | None, ctx: Any) -> date:
        return value if isinstance(value, date) else month(value, param)


class Moment(click.ParamType):
    """A date with its time, 2026-05-01T14:30, by default in Jakarta; a date alone is 00:00."""

    name = "waktu"

    def convert(self, value: Any, param: click.Parameter | None, ctx: Any) -> datetime:
        if isinstance(value, datetime):
            return value
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            found = None
        if found is None or found.year not in _YEARS:
            _not_a("waktu", "time", value, "2026-05-01T14:30", param)
        if found.tzinfo is None:
            return found.replace(tzinfo=JAKARTA)
        return found.astimezone(JAKARTA)


class Listed(click.ParamType):
    """Several values, divided by commas or spaces, the option repeated or not: a list of text."""

    name = "daftar"

    def convert(self, value: Any, param: click.Parameter | None, ctx: Any) -> list[Any]:
        if isinstance(value, list):
            return value
        found = [self.item(each, param) for each in re.split(r"[,\s]+", value) if each]
        if not found:
            raise Unclear(
                f"{option_name(param)} tidak berisi apa pun; isilah atau hilangkan.",
                f"{option_name(param)} is empty; fill it in or leave it out.",
            )
        return found

    def item(self, text: str, param: click.Parameter | None) -> Any:
        return text.lower()


def whole(text: str, example: str, param: click.Parameter | None) -> int:
    """A number written with digits only; Unclear otherwise."""
    if not _NUMBER.fullmatch(text.strip()):
        raise Unclear(
            f"{option_name(param)} «{text}» bukan bilangan bulat; "
            f"tulis angkanya saja tanpa titik atau koma, misalnya {example}.",
            f"{option_name(param)} «{text}» is no whole number; "
            f"write digits only without points or commas, for example {example}.",
        )
    return int(text)


def day(text: str, param: click.Parameter | None) -> date:
    """A date as 2026-01-31; Unclear otherwise."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        _not_a("tanggal", "date", text, "2026-01-31", param)
    return found


def month(text: str, param: click.Parameter | None) -> date:
    """The first day of a month as 2026-01 or 2026-01-31; Unclear otherwise."""
    try:
        found = date.fromisoformat(f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        found = None
    if found is None or found.year not in _YEARS:
        _not_a("bulan", "month", text, "2026-01", param)
    return found.replace(day=1)


def today() -> date:
    """The day it is in Jakarta, where the law is kept."""
    return datetime.now(JAKARTA).date()


def not_for(option: str, indonesian: str, english: str) -> NoReturn:
    """Refuse an option that has no meaning in this question."""
    raise Unclear(
        f"{option} tidak berlaku untuk {indonesian}; hilangkan.",
        f"{option} has no meaning for {english}; leave it out.",
    )


def _not_a(
    indonesian: str, english: str, text: str, example: str, param: click.Parameter | None
) -> NoReturn:
    raise Unclear(
        f"{option_name(param)} «{text}» bukan {indonesian}; tulis misalnya {example}.",
        f"{option_name(param)} «{text}» is no {english}; write for example {example}.",
    )


def option_name(param: click.Parameter | None) -> str:
    """What the user calls an option or argument."""
    if param is None:
        return ""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name
