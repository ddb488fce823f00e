"""Questions about the law on a command line; one sentence when they cannot be answered.

`payung.law` is imported only once there is something to ask: help and slips of the pen are quick.
"""

import json
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, Literal

import click

from payung.cli.law.reading import Listed, OneOf, Unclear, option_name

Language = Literal["id", "en"]


class Refusal(click.ClickException):
    """One sentence on standard error, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(self.message, file=file, err=True)


class Questions(click.Group):
    """The group: even a wrong name of a question is answered with one sentence."""

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        try:
            return super().make_context(*args, **more)
        except click.UsageError as error:
            raise _refusal(error, "id") from None

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not any(each != "--" for each in args):
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
            return
        from payung.cli.law.screen import Screen

        answer.show(Screen(language))


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
        name = option_name(error.param)
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
