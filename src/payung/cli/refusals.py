"""Why a command has no answer: one sentence, with --json one JSON object, and exit status 2."""

import json
from typing import Any, NoReturn

import click

_AS_JSON = "payung.as_json"


def refuse(sentence: str, as_json: bool) -> NoReturn:
    """Say in a sentence why there is no answer, on standard error or as JSON, and leave."""
    if as_json:
        click.echo(json.dumps({"error": sentence}, ensure_ascii=False))
    else:
        click.echo(f"Tidak ada jawaban: {sentence}", err=True)
    raise SystemExit(2)


class _Refusing(click.Command):
    """With --json also what cannot be read of a command line is refused as JSON."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> click.Context:
        # before all that are no options
        as_json = "--json" in (args[: args.index("--")] if "--" in args else args)
        try:
            context = super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            if as_json:
                refuse(error.format_message(), as_json)
            raise
        context.meta[_AS_JSON] = as_json
        return context

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            if ctx.meta[_AS_JSON]:
                refuse(error.format_message(), as_json=True)
            raise


class JsonCommand(_Refusing):
    """A command with --json."""


class JsonGroup(_Refusing, click.Group):
    """A group of commands with --json."""

    command_class = JsonCommand
