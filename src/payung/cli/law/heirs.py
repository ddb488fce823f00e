"""`payung law heirs`: who receives the benefits of a death."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from payung.cli.law.asking import Question
from payung.cli.law.reading import Day, Listed, Unclear, today

if TYPE_CHECKING:
    from payung.cli.law.answering import Answer
    from payung.cli.law.screen import Screen
    from payung.law import Heirs

_NOBODY = "none"


@click.command(cls=Question)
@click.option("--on", type=Day(), help="Hari meninggal; bawaan: hari ini.")
@click.option(
    "--living",
    type=Listed(),
    required=True,
    metavar="spouse,child",
    help="Siapa yang masih ada: spouse, child, parent, grandchild, grandparent, sibling, "
    "parent-in-law, will (wasiat), court-ruling (penetapan pengadilan); atau none.",
)
def heirs(on: date | None, living: list[str]) -> Answer:
    """Ahli waris: siapa yang menerima santunan kematian, menurut urutan hukum.

    Contoh: payung law heirs --on 2026-05-01 --living child,parent
    """
    from payung import law
    from payung.cli.law.answering import Answer, steps_data

    if _NOBODY in living and len(living) > 1:
        raise Unclear(
            "--living none berarti tidak ada seorang pun; jangan disebut bersama yang lain.",
            "--living none means nobody at all; do not name it with others.",
        )
    asked = on or today()
    there = list(dict.fromkeys(each for each in living if each != _NOBODY))
    found = law.heirs(asked, there)
    data = {
        "on": asked.isoformat(),
        "living": there,
        "rank": _rank_data(found),
        "payees": [
            {
                "code": each.code,
                "name": each.name,
                "english": each.english,
                "benefits": list(each.benefits),
            }
            for each in found.payees
        ],
        "steps": steps_data(found.steps),
    }
    return Answer(data, lambda screen: _show(screen, asked, found))


def _rank_data(found: Heirs) -> dict[str, Any] | None:
    rank = found.rank
    if rank is None:
        return None
    return {
        "code": rank.code,
        "order": rank.order,
        "name": rank.name,
        "english": rank.english,
        "source": str(rank.source),
        "verified": rank.verified,
    }


def _show(screen: Screen, on: date, found: Heirs) -> None:
    from payung.law import long_date

    when = long_date(on, screen.language)
    screen.title(
        screen.say(f"Yang berhak atas santunan, meninggal {when}", f"Owed for a death on {when}")
    )
    screen.table(
        ["", ""],
        [
            (
                screen.say(each.name, each.english),
                "; ".join(screen.say(*named) for named in each.benefit_words),
            )
            for each in found.payees
        ],
    )
    screen.steps(found.steps)
