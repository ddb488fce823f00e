"""`payung law at`: every rule in force on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from payung.cli.law.asking import Question
from payung.cli.law.reading import Day, Unclear, today

if TYPE_CHECKING:
    from payung.cli.law.answering import Answer
    from payung.cli.law.screen import Screen
    from payung.law import Dated, Parameter


@click.command(cls=Question)
@click.argument("day", metavar="TANGGAL", type=Day(), required=False)
@click.option("--rule", default="", help="Hanya aturan yang kodenya berawal begini: bpu.jkm.")
def at(day: date | None, rule: str) -> Answer:
    """Semua aturan yang berlaku pada suatu hari.

    Tanpa tanggal: hari ini.

    Contoh: payung law at 2026-11-21 --rule jkk.disability
    """
    from payung.cli.law.answering import Answer
    from payung.law import all_parameters, long_date

    asked = day or today()
    known = all_parameters()
    found = [(known[name], dated) for name, dated in known.at(asked).items()]
    if not found:
        first = min(each.values[0].since for each in known.by_id.values())
        raise Unclear(
            f"Payung tidak mengetahui aturan apa pun pada {long_date(asked)}; aturan yang tercatat "
            f"mulai {long_date(first)}.",
            f"Payung knows no rule at all on {long_date(asked, 'en')}; the rules on record begin "
            f"{long_date(first, 'en')}.",
        )
    found = [(each, dated) for each, dated in found if each.id.startswith(rule)]
    if not found:
        raise Unclear(
            f"Tidak ada aturan berkode «{rule}» pada {long_date(asked)}; lihat semuanya tanpa "
            "--rule.",
            f"There is no rule with the code «{rule}» on {long_date(asked, 'en')}; see all without "
            "--rule.",
        )
    data = {
        "date": asked.isoformat(),
        "parameters": [_data(each, dated) for each, dated in found],
    }
    return Answer(data, lambda screen: _show(screen, asked, found))


def _data(each: Parameter, dated: Dated) -> dict[str, Any]:
    data = {
        "id": each.id,
        "subject": each.subject,
        "subject_english": each.subject_english,
        "description": each.description,
        "english": each.english,
        "unit": each.unit,
        "value": dated.value,
        "from": dated.since.isoformat(),
        "to": dated.until.isoformat() if dated.until else None,
        "regulation": dated.source.regulation,
        "article": dated.source.article,
        "source": str(dated.source),
        "verified": dated.verified,
        "note": dated.note,
        "note_english": dated.note_english,
    }
    return data | ({"value_english": dated.english} if dated.english else {})


def _show(screen: Screen, on: date, found: list[tuple[Parameter, Dated]]) -> None:
    from payung.law import long_date

    when = long_date(on, screen.language)
    screen.title(screen.say(f"Berlaku pada {when}", f"In force on {when}"))
    by_subject = groupby(found, lambda pair: (pair[0].subject, pair[0].subject_english))
    for subject, members in by_subject:
        screen.line()
        screen.title(screen.say(*subject))
        for each, dated in members:
            _show_one(screen, each, dated)


def _show_one(screen: Screen, each: Parameter, dated: Dated) -> None:
    value = _value(screen, each, dated)
    name = screen.say(each.description, each.english)
    screen.line(f"{name}: {value}" if value else f"{name}:")
    if each.unit == "table":
        _show_rows(screen, each, dated)
    note = screen.say(dated.note, dated.note_english)
    since = screen.say(f"sejak {dated.since}", f"since {dated.since}")
    until = screen.say(f" sampai {dated.until}", f" until {dated.until}") if dated.until else ""
    source = screen.source(dated.source, dated.verified)
    screen.faint(f"  {each.id} · {since}{until} · {source}" + (f" · {note}" if note else ""))


def _value(screen: Screen, each: Parameter, dated: Dated) -> str:
    from payung.law import percent

    units = {
        "months": ("bulan", "months"),
        "years": ("tahun", "years"),
        "working-days": ("hari kerja", "working days"),
        "day-of-month": ("(tanggal dalam bulan)", "(day of the month)"),
    }
    match each.unit:
        case "table":
            return ""
        case "rupiah":
            return screen.rupiah(dated.integer)
        case "percent" | "rate":
            return percent(dated.value, screen.language)
        case "relief":
            return _cell(screen, dated.value)
        case "text":
            return screen.say(*dated.words)
        case unit if unit in units:
            return f"{dated.value} {screen.say(*units[unit])}"
        case _:
            return str(dated.value)


def _show_rows(screen: Screen, each: Parameter, dated: Dated) -> None:
    """Every row in a line of its own: what it is called, then its other columns by name."""
    from payung.law.parameters import as_source

    hidden = _other_language(screen, each.columns)
    for row in dated.rows:
        cells = {name: row[name] for name in each.columns if name in row and name not in hidden}
        names = [str(cells.pop(name)) for name in ("code", "name", "english") if name in cells]
        sure, source = cells.pop("verified", None), cells.pop("source", None)
        said = [f"{_label(name)} {_cell(screen, cells[name])}" for name in cells]
        if source is not None or sure is not None:
            own = dated.source if source is None else as_source(source, each.id)
            said.append(screen.source(own, dated.verified if sure is None else sure))
        screen.line("  - " + ": ".join(filter(None, (" · ".join(names), "; ".join(said)))))


def _label(column: str) -> str:
    return column.removesuffix("_english").replace("_", " ")


def _other_language(screen: Screen, columns: Sequence[str]) -> set[str]:
    """Columns that say in the other language what another column says in this one."""
    pairs = {"name": "english", "note": "note_english", "why": "why_english"}
    present = {ours: theirs for ours, theirs in pairs.items() if {ours, theirs} <= set(columns)}
    return set(present.values()) if screen.language == "id" else set(present)


def _cell(screen: Screen, value: Any) -> str:
    from payung.law import rupiah

    if isinstance(value, bool):
        return screen.say("ya", "yes") if value else screen.say("tidak", "no")
    if isinstance(value, int):
        return rupiah(value, screen.language).removeprefix("Rp")
    if isinstance(value, list):
        return ", ".join(_cell(screen, each) for each in value)
    if isinstance(value, dict):
        return "; ".join(f"{name} {_cell(screen, each)}" for name, each in value.items())
    return str(value)
