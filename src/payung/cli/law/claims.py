"""`payung law documents` and `payung law deadlines`: how a claim is made, and by when."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from payung.cli.law.asking import Question
from payung.cli.law.reading import Day, Moment, today

if TYPE_CHECKING:
    from payung.cli.law.answering import Answer
    from payung.cli.law.screen import Screen
    from payung.law import Deadline, Document

# the cases of `payung law benefit` are claims of these kinds, with these outcomes
_CASES = {
    "death": ("jkm", "death"),
    "work-death": ("jkk", "death"),
    "work-disability": ("jkk", "disability"),
    "temporary-disability": ("jkk", "recovered"),
}
_MOMENTS = {
    "stage_one": "Saat laporan tahap I diterima.",
    "concluded": "Saat BPJS menyimpulkan.",
    "asked": "Saat BPJS meminta kabar.",
    "outcome": "Saat dinyatakan sembuh, cacat atau meninggal.",
    "submitted": "Saat berkas diajukan.",
    "complete": "Saat berkas lengkap dan benar.",
    "checked": "Saat pemeriksaan lapangan selesai.",
}


@click.command(cls=Question)
@click.option(
    "--case",
    "--kind",
    "case",
    required=True,
    metavar="jkm",
    help="jkm, jkk atau scholarship; juga death, work-death, work-disability, "
    "temporary-disability.",
)
@click.option(
    "--outcome",
    help="jkm: death, will, court; jkk: recovered, disability, death, sudden-death; "
    "scholarship: first, training, yearly. Bawaan: yang pertama.",
)
@click.option("--on", type=Day(), help="Hari kejadian; bawaan: hari ini.")
def documents(case: str, outcome: str | None, on: date | None) -> Answer:
    """Dokumen yang diperlukan suatu klaim.

    Contoh: payung law documents --case jkm --outcome will
    """
    from payung import law
    from payung.cli.law.answering import Answer

    asked = on or today()
    kind, usual = _CASES.get(case, (case, None))
    known = law.claim_outcomes(kind, asked)
    chosen = outcome or usual or known[0]
    papers = law.claim_documents(kind, chosen, asked)
    data = {
        "case": case,
        "kind": kind,
        "outcome": chosen,
        "outcomes": list(known),
        "on": asked.isoformat(),
        "documents": [_document_data(each) for each in papers],
    }
    title = law.outcome_words(chosen)
    return Answer(
        data,
        lambda screen: _show_documents(screen, f"{kind.upper()}, {screen.say(*title)}", papers),
    )


def _moments(command: Any) -> Any:
    for name, help_ in reversed(_MOMENTS.items()):
        option = click.option(f"--{name.replace('_', '-')}", type=Moment(), help=help_)
        command = option(command)
    return command


@click.command(cls=Question)
@click.option("--kind", "--case", "kind", required=True, metavar="jkm", help="jkm atau jkk.")
@click.option(
    "--event",
    type=Moment(),
    required=True,
    metavar="2026-05-01T14:30",
    help="Saat kejadian atau diagnosis; tanpa jam dihitung dari pukul 00.00.",
)
@_moments
def deadlines(kind: str, event: datetime, **moments: datetime | None) -> Answer:
    """Tenggat suatu klaim: siapa harus apa sampai kapan.

    Contoh: payung law deadlines --kind jkk --event 2026-05-01T14:30 --stage-one 2026-05-02
    """
    from payung import law
    from payung.cli.law.answering import Answer, steps_data

    known = {name.replace("_", "-"): at for name, at in moments.items() if at is not None}
    asked, _ = _CASES.get(kind, (kind, None))
    found = law.claim_deadlines(asked, event, moments=known)
    data = {
        "kind": asked,
        "event": event.isoformat(timespec="minutes"),
        "moments": {name: at.isoformat(timespec="minutes") for name, at in known.items()},
        "deadlines": [
            {
                "code": each.code,
                "name": each.name,
                "english": each.english,
                "who": each.who,
                "due": each.due.isoformat(timespec="minutes") if each.due else None,
                "starts": each.starts,
                "length": each.length,
                "unit": each.unit,
                "source": str(each.source),
                "verified": each.verified,
                "steps": steps_data(each.steps),
            }
            for each in found
        ],
    }
    return Answer(data, lambda screen: _show_deadlines(screen, event, found))


def _document_data(paper: Document) -> dict[str, Any]:
    return {
        "code": paper.code,
        "name": paper.name,
        "english": paper.english,
        "required": paper.required,
        "form": paper.form,
        "issuer": paper.issuer.id,
        "issuer_english": paper.issuer.en,
        "note": paper.note,
        "note_english": paper.note_english,
        "source": str(paper.source),
        "verified": paper.verified,
    }


def _show_documents(screen: Screen, title: str, papers: tuple[Document, ...]) -> None:
    from payung.cli.law.screen import Entry

    screen.title(screen.say(f"Dokumen klaim {title}", f"Documents for a claim: {title}"))
    entries = []
    for number, paper in enumerate(papers, start=1):
        when = "" if paper.required else screen.say(" (bila ada)", " (if any)")
        form, issuer = screen.say(*paper.form_words), screen.say(*paper.issuer)
        entries.append(
            Entry(
                screen.say(paper.name, paper.english) + when,
                paper.source,
                paper.verified,
                details=(
                    screen.say(f"{form}, dari {issuer}", f"{form}, from {issuer}"),
                    screen.say(paper.note, paper.note_english),
                ),
                mark=f"{number}.",
            )
        )
    screen.entries(entries)


def _show_deadlines(screen: Screen, event: datetime, found: tuple[Deadline, ...]) -> None:
    from payung.cli.law.screen import Entry

    said = f"{_day(screen, event)} {event:%H:%M}"
    screen.title(
        screen.say(f"Tenggat klaim, kejadian {said}", f"Deadlines of a claim, event of {said}")
    )
    entries = []
    for each in found:
        due = "–"
        if each.due is not None:
            due = _day(screen, each.due)
            if each.unit == "hours":
                due += f" {each.due:%H:%M}"
        rule = each.steps[0].say(screen.language)
        entries.append(Entry(rule, each.source, each.verified, amount=due))
    screen.entries(entries)
    counted = {step.text: step for each in found for step in each.steps[1:]}
    screen.steps(tuple(counted.values()))


def _day(screen: Screen, at: datetime) -> str:
    from payung.law import long_date

    return long_date(at.date(), screen.language)
