"""Answers of the law as people read them: amounts to the right, every source beneath."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table
from rich.text import Text

from payung.law import Source, Step, Words, rupiah
from payung.law.wording import Language


class Entry(NamedTuple):
    """One thing an answer says: `mark` before it, `amount` to the right, `details` beneath."""

    text: str
    source: Source
    verified: bool
    details: tuple[str, ...] = ()
    mark: str = ""
    amount: str = ""


class Screen:
    """Writes an answer in one language; amounts to the right, uncertain sources marked."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._console = Console(highlight=False, markup=False)

    def say(self, indonesian: str, english: str) -> str:
        return Words(indonesian, english).say(self.language)

    def rupiah(self, amount: int | None) -> str:
        """An amount; None is what the law pays at its actual cost."""
        if amount is None:
            return self.say("biaya nyata", "actual cost")
        return rupiah(amount, self.language)

    def source(self, source: Source, verified: bool) -> str:
        """Regulation and article, marked where we have not seen them."""
        mark = self.say("belum terverifikasi", "not verified")
        return str(source) if verified else f"{source} «{mark}»"

    def line(self, text: str = "") -> None:
        self._console.print(Text(text))

    def title(self, text: str) -> None:
        self._console.print(Text(text, style="bold"))

    def faint(self, text: str) -> None:
        self._console.print(Text(text, style="dim"))

    def entries(self, entries: Iterable[Entry]) -> None:
        """A list with amounts; beneath each entry its details and its source."""
        table = _table(show_header=False)
        table.add_column(justify="right", no_wrap=True)
        table.add_column(overflow="fold", ratio=1)
        table.add_column(justify="right", no_wrap=True)
        for each in entries:
            said = Text("\n".join((each.text, *filter(None, each.details))))
            said.append(f"\n{self.source(each.source, each.verified)}", style="dim")
            table.add_row(Text(each.mark), said, Text(each.amount))
        self._console.print(table)

    def table(
        self, heads: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[str] = ()
    ) -> None:
        """A table; `right` are the heads of its amounts. Without heads none are shown."""
        table = _table(show_header=any(heads), header_style="dim")
        for head in heads:
            amount = head in right
            table.add_column(head, justify="right" if amount else "left", no_wrap=amount)
        for row in rows:
            table.add_row(*(Text(cell) for cell in row))
        self._console.print(table)

    def steps(self, steps: Sequence[Step]) -> None:
        """Why: every step with its article, numbered."""
        if not steps:
            return
        self.line()
        self.title(self.say("Alasannya", "Why"))
        self.entries(
            Entry(step.say(self.language), step.source, step.verified, mark=f"{number}.")
            for number, step in enumerate(steps, start=1)
        )


def _table(**more: Any) -> Table:
    return Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, **more)
