"""Open questions about two people, on a terminal of any width."""

import shutil
import textwrap
from collections.abc import Iterable, Mapping

import click

_MARGIN = "  "


def show(heading: str, people: Iterable[Mapping[str, str]], why: str) -> None:
    """One question: its number and place, each person on a line of their own, the reasons.

    NIKs stand beneath each other and whole: in a table of 80 columns the digits in question would
    be cut off.
    """
    click.echo(click.style(heading, bold=True))
    sides = [[each["name"], *filter(None, [each["nik"]])] for each in people]
    widest = max(len(side[0]) for side in sides)
    for name, *nik in sides:
        click.echo(_MARGIN + _MARGIN.join([name.ljust(widest), *nik]).rstrip())
    width = min(shutil.get_terminal_size().columns, 100)
    click.echo(textwrap.fill(why, width, initial_indent=_MARGIN, subsequent_indent=_MARGIN))
