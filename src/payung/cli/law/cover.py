"""`payung law cover`: for what a worker is covered on a day, by the months that were paid."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from payung.cli.law.asking import Question
from payung.cli.law.reading import Day, Listed, Unclear, day, month, today

if TYPE_CHECKING:
    from payung.cli.law.answering import Answer
    from payung.cli.law.screen import Screen
    from payung.law import Cover

_WORDS = {
    "full": ("penuh", "full"),
    "medical-only": ("perawatan saja", "medical care only"),
    "funeral-only": ("biaya pemakaman saja", "funeral costs only"),
    "none": ("tidak ada", "none"),
}
_STANDINGS = {
    "member": ("peserta", "member"),
    "lapsed": ("kepesertaan sudah berakhir", "membership has ended"),
    "not-registered": ("belum peserta", "not a member yet"),
}
_LONGEST = 1200


class PaidMonths(Listed):
    """2026-01..2026-06,2026-08; paid late: 2026-05=2026-08-10. Months with the day each was paid.

    A month without a day was paid in time, written `date.min`.
    """

    name = "bulan"

    def convert(self, value: Any, param: click.Parameter | None, ctx: Any) -> dict[date, date]:
        if isinstance(value, dict):
            return value
        if not value.strip():
            return {}
        found: dict[date, date] = {}
        for part in super().convert(re.sub(r"\s*\.\.\s*", "..", value), param, ctx):
            found.update(part)
        return found

    def item(self, text: str, param: click.Parameter | None) -> dict[date, date]:
        span, late, paid_on = text.partition("=")
        begin, dots, end = span.partition("..")
        first = month(begin or span, param)
        last = month(end or span, param) if dots else first
        if last < first:
            raise Unclear(
                f"Rentang «{span}» terbalik; tulis bulan yang lebih dahulu di depan.",
                f"The span «{span}» is reversed; write the earlier month first.",
            )
        when = day(paid_on, param) if late else date.min
        length = (last.year - first.year) * 12 + last.month - first.month + 1
        if length > _LONGEST:
            raise Unclear(
                f"Rentang «{span}» memuat {length} bulan; paling banyak {_LONGEST}.",
                f"The span «{span}» has {length} months; the most is {_LONGEST}.",
            )
        index = first.year * 12 + first.month - 1
        return {date(each // 12, each % 12 + 1, 1): when for each in range(index, index + length)}


@click.command(cls=Question)
@click.option(
    "--paid",
    type=PaidMonths(),
    required=True,
    metavar="2026-01..2026-06,2026-08",
    help="Bulan iuran yang dibayar; yang terlambat dengan harinya: 2026-05=2026-08-10.",
)
@click.option("--on", type=Day(), help="Hari yang ditanyakan; bawaan: hari ini.")
@click.option("--registered-on", type=Day(), help="Hari nomor peserta terbit, bila diketahui.")
def cover(paid: dict[date, date], on: date | None, registered_on: date | None) -> Answer:
    """Perlindungan pada suatu hari: untuk apa, sampai kapan.

    Contoh: payung law cover --paid 2026-01..2026-06,2026-08 --on 2026-09-20
    """
    from payung import law
    from payung.cli.law.answering import Answer, steps_data

    asked = on or today()
    found = law.cover(paid, asked, registered_on)
    data = {
        "on": asked.isoformat(),
        "standing": found.standing,
        "jkk": found.jkk,
        "jkm": found.jkm,
        "paid_months": found.paid_months,
        "consecutive_months": found.consecutive_months,
        "arrears_months": found.arrears_months,
        "unpaid_months": [f"{each:%Y-%m}" for each in found.unpaid_months],
        "full_jkm_from": found.full_jkm_from.isoformat() if found.full_jkm_from else None,
        "lapses_on": found.lapses_on.isoformat() if found.lapses_on else None,
        "steps": steps_data(found.steps),
    }
    return Answer(data, lambda screen: _show(screen, asked, found))


def _show(screen: Screen, on: date, found: Cover) -> None:
    from payung.law import long_date
    from payung.law.wording import month_names

    def when(day: date | None) -> str:
        return long_date(day, screen.language) if day else "–"

    rows = [
        (screen.say("Kedudukan", "Standing"), screen.say(*_STANDINGS[found.standing])),
        ("JKK", screen.say(*_WORDS[found.jkk])),
        ("JKM", screen.say(*_WORDS[found.jkm])),
        (screen.say("Bulan dibayar", "Months paid"), str(found.paid_months)),
        (screen.say("Berturut-turut", "Consecutive"), str(found.consecutive_months)),
        (screen.say("Tunggakan (bulan)", "Arrears (months)"), str(found.arrears_months)),
        (
            screen.say("Belum dibayar", "Unpaid"),
            month_names(found.unpaid_months, screen.language) or "–",
        ),
        (screen.say("JKM penuh sejak", "Full JKM from"), when(found.full_jkm_from)),
        (screen.say("Tanpa perlindungan sejak", "No cover from"), when(found.lapses_on)),
    ]
    screen.title(screen.say(f"Perlindungan pada {when(on)}", f"Cover on {when(on)}"))
    screen.table(["", ""], rows)
    screen.steps(found.steps)
