"""Reading questions about the law from a command line; one sentence when they cannot be read.

`payung.law` is imported only once there is something to ask: help and slips of the pen are quick.
"""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, Literal, NoReturn
from zoneinfo import ZoneInfo

import click

Language = Literal["id", "en"]
JAKARTA = ZoneInfo("Asia/Jakarta")
_YEARS = range(1000, 2201)  # beyond lies no law, only a slip of the pen
_NUMBER = re.compile(r"[+-]?[0-9]{1,40}")


class Refusal(click.ClickException):
    """One sentence on standard error, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=True)


class Unclear(click.UsageError):
    """What was written cannot be read; says so in both languages."""

    def __init__(self, indonesian: str, english: str) -> None:
        super().__init__(indonesian)
        self.said = {"id": indonesian, "en": english}


class Questions(click.Group):
    """The group: even a wrong name of a question is answered with one sentence."""

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        try:
            return super().make_context(*args, **more)
        except click.UsageError as error:
            raise _refusal(error, "id") from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args:
            raise self._unknown("")
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _refusal(error, "id") from None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands:
            raise self._unknown(args[0])
        return super().resolve_command(ctx, args)

    def _unknown(self, name: str) -> Unclear:
        known = ", ".join(self.commands)
        if name:
            return Unclear(
                f"Pertanyaan «{name}» tidak dikenal; pilih salah satu: {known}.",
                f"Question «{name}» is unknown; choose one of: {known}.",
            )
        return Unclear(
            f"Sebutkan pertanyaannya: {known}; penjelasannya pada payung law --help.",
            f"Name the question: {known}; explained by payung law --help.",
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


class Question(click.Command):
    """A question: its callback returns an `Answer`, shown as a table or, with --json, as data.

    A LawError and every slip on the command line become one sentence in the chosen language.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.params += [
            click.Option(["--json", "as_json"], is_flag=True, help="Keluarkan sebagai JSON."),
            click.Option(
                ["--language"],
                type=OneOf("id", "en"),
                default="id",
                help="Bahasa jawaban: id (bawaan) atau en.",
            ),
        ]

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> click.Context:
        language = _language_of(args)
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            raise _refusal(error, language) from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        lists = {
            name for each in self.params if isinstance(each.type, Listed) for name in each.opts
        }
        ctx.allow_extra_args = True
        if rest := super().parse_args(ctx, list(_gathered(args, lists))):
            raise Unclear(
                f"«{rest[0]}» berlebih; nilai ditulis setelah nama pilihannya.",
                f"«{rest[0]}» is superfluous; a value follows the name of its option.",
            )
        return rest

    def invoke(self, ctx: click.Context) -> None:
        from payung.cli.law.answering import Screen
        from payung.law import LawError

        as_json, language = ctx.params.pop("as_json"), ctx.params.pop("language")
        try:
            answer = super().invoke(ctx)
        except LawError as error:
            raise Refusal(error.say(language)) from None
        except Unclear as error:
            raise Refusal(error.said[language]) from None
        if as_json:
            click.echo(json.dumps(answer.data, ensure_ascii=False, indent=2))
        else:
            answer.show(Screen(language))


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
            f"{_named(param)} «{value}» tidak dikenal; pilih salah satu: {known}.",
            f"{_named(param)} «{value}» is unknown; choose one of: {known}.",
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
                f"{_named(param)} tidak berisi apa pun; isilah atau hilangkan.",
                f"{_named(param)} is empty; fill it in or leave it out.",
            )
        return found

    def item(self, text: str, param: click.Parameter | None) -> Any:
        return text.lower()


def whole(text: str, example: str, param: click.Parameter | None) -> int:
    """A number written with digits only; Unclear otherwise."""
    if not _NUMBER.fullmatch(text.strip()):
        raise Unclear(
            f"{_named(param)} «{text}» bukan bilangan bulat; "
            f"tulis angkanya saja tanpa titik atau koma, misalnya {example}.",
            f"{_named(param)} «{text}» is no whole number; "
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
        f"{_named(param)} «{text}» bukan {indonesian}; tulis misalnya {example}.",
        f"{_named(param)} «{text}» is no {english}; write for example {example}.",
    )


def _named(param: click.Parameter | None) -> str:
    if param is None:
        return ""
    return param.opts[0] if isinstance(param, click.Option) else param.human_readable_name


def _language_of(args: Sequence[str]) -> Language:
    """The language to refuse in, also when the command line cannot be read."""
    written = " ".join(args).replace("=", " ").split()
    asked = any(pair == ("--language", "en") for pair in pairwise(written))
    return "en" if asked else "id"


def _gathered(args: Sequence[str], lists: set[str]) -> Iterator[str]:
    """The arguments with everything said for an option that is a list behind its first name."""
    found: dict[str, list[str]] = {}
    waiting = list(args)
    while waiting:
        word = waiting.pop(0)
        name, equals, value = word.partition("=")
        if name not in lists:
            yield word
            continue
        values = found.setdefault(name, [])
        if equals:
            values.append(value)
        elif waiting:
            values.append(waiting.pop(0))
        while waiting and not waiting[0].startswith("-"):
            values.append(waiting.pop(0))
    for name, values in found.items():
        yield from [name, " ".join(values)] if values else [name]


def _refusal(error: click.UsageError, language: Language) -> Refusal:
    """The sentence of an error on the command line; click's own speak English only."""
    if not isinstance(error, Unclear):
        error = _in_words(error)
    return Refusal(error.said[language])


def _in_words(error: click.UsageError) -> Unclear:
    if isinstance(error, click.MissingParameter):
        name = _named(error.param)
        example = f"{name} {error.param.metavar}" if error.param else name
        return Unclear(
            f"{name} belum disebut; tulis misalnya {example}.",
            f"{name} is missing; write for example {example}.",
        )
    if isinstance(error, click.NoSuchOption):
        params = error.ctx.command.params if error.ctx else []
        known = [name for each in params for name in each.opts]
        near = get_close_matches(error.option_name, known, n=1)
        if near:
            return Unclear(
                f"Pilihan {error.option_name} tidak dikenal; mungkin maksudnya {near[0]}.",
                f"Option {error.option_name} is unknown; perhaps you mean {near[0]}.",
            )
        return Unclear(
            f"Pilihan {error.option_name} tidak dikenal; lihat --help.",
            f"Option {error.option_name} is unknown; see --help.",
        )
    if isinstance(error, click.BadOptionUsage):
        return Unclear(
            f"Pilihan {error.option_name} ditulis tanpa nilai yang semestinya; lihat --help.",
            f"Option {error.option_name} is written without its proper value; see --help.",
        )
    message = error.format_message()
    return Unclear(message, message)
