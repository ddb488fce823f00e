"""`payung list reviews`, `decide` and `take-back`: who may be one person, decided by somebody."""

import json
import re
from typing import TYPE_CHECKING, Any

import click

from payung.cli.office import fail, office_command
from payung.cli.questions import show
from payung.identity.numbers import dotted

if TYPE_CHECKING:
    from payung.apps.accounts.actor import Actor
    from payung.apps.lists.models import List, Match, Pair

_NUMBER = re.compile(r"[Pp]?([0-9]{1,18})")


@click.command("reviews")
@click.argument("number", type=int, required=False, metavar="[NOMOR]")
@click.option("--json", "as_json", is_flag=True, help="Tulis hasilnya sebagai JSON.")
@office_command
def reviews(actor: "Actor", number: int | None, as_json: bool) -> None:
    """Yang menunggu keputusan: baris dan pekerja, lalu dua pekerja (bernomor P…)."""
    from payung.apps.lists import selectors

    found = None if number is None else the_list(actor, number)
    rows = [_row(each) for each in selectors.reviews(actor=actor, list=found)]
    pairs = [_pair(each) for each in selectors.worker_reviews(actor=actor, list=found)]
    if as_json:
        click.echo(json.dumps([*rows, *pairs], ensure_ascii=False, indent=2))
        return
    if not rows and not pairs:
        click.echo("Tidak ada yang menunggu keputusan.")
        return
    _show("Baris daftar, lalu pekerja terdaftar yang mungkin orangnya", rows)
    _show("Dua pekerja yang mungkin satu orang", pairs)
    click.echo("Putuskan dengan: payung list decide NOMOR same (atau different)")


@click.command("decide")
@click.argument("key", metavar="NOMOR")
@click.argument("decision", type=click.Choice(["same", "different"]), metavar="same|different")
@click.option("--reason", default="", help="Alasan.")
@office_command
def decide(actor: "Actor", key: str, decision: str, reason: str) -> None:
    """Putuskan satu NOMOR dari `list reviews`: orang yang sama (same) atau berbeda (different)."""
    from payung.apps.lists import selectors, services
    from payung.apps.lists.models import Decision, Match, Pair

    number, is_pair = _read(key)
    said = {"actor": actor, "decision": Decision(decision), "reason": reason}
    if is_pair:
        pair = selectors.worker_reviews(actor=actor).filter(pk=number).first()
        if pair is None:
            fail(_why_not(actor, Pair, number, f"P{number}"))
        try:
            decided = services.decide_pair(pair=pair, **said)
        except services.OtherPairFirst as error:
            fail(f"{error} Pasangan itu bernomor P{error.pair.pk}.")
            return
        click.echo(f"{pair.left.name} dan {pair.right.name}: {_words(decided)}.")
        return
    match = selectors.reviews(actor=actor).filter(pk=number).first()
    if match is None:
        fail(_why_not(actor, Match, number, str(number)))
    row = services.decide(match=match, **said)
    click.echo(f"Baris {row.number}: {row.get_fate_display().lower()}.")


@click.command("take-back")
@click.argument("key", metavar="NOMOR")
@click.option("--reason", required=True, help="Mengapa keputusan itu ditarik.")
@office_command
def take_back(actor: "Actor", key: str, reason: str) -> None:
    """Tarik keputusan: NOMOR seperti P7 dua pekerja, seperti 12 baris dan pekerja."""
    from payung.apps.lists import selectors, services

    number, is_pair = _read(key)
    if not is_pair:
        match = selectors.row_decisions(actor=actor).filter(pk=number).first()
        if match is None:
            fail(f"Tidak ada keputusan nomor {number} dalam jangkauan Anda.")
            return
        row = services.take_back_row(actor=actor, match=match, reason=reason)
        click.echo(f"Ditarik: baris {row.number} dibandingkan dan ditanyakan lagi.")
        return
    pair = selectors.pairs(actor=actor).filter(pk=number).first()
    if pair is None:
        fail(f"Tidak ada pasangan pekerja nomor P{number} dalam jangkauan Anda.")
        return
    services.take_back(actor=actor, pair=pair, reason=reason)
    click.echo(f"Ditarik: P{number} menunggu keputusan lagi.")


def _why_not(actor: "Actor", question: "type[Match] | type[Pair]", number: int, called: str) -> str:
    from payung.apps.lists import selectors

    gone = selectors.answered(actor=actor, question=question, pk=number)
    return f"Nomor {called}: {gone or 'tidak ada pertanyaan dalam jangkauan Anda.'}"


def _read(key: str) -> tuple[int, bool]:
    """The number, and whether it is that of a pair of workers."""
    found = _NUMBER.fullmatch(key)
    if found is None:
        fail(f"«{key}» bukan nomor dari payung list reviews; tulis misalnya 12 atau P7.")
    return int(found[1]), key[0] in "Pp"


def _words(pair: "Pair") -> str:
    return pair.get_decision_display().lower()


def _row(match: "Match") -> dict[str, Any]:
    return {
        "number": str(match.pk),
        "probability": round(match.probability, 4),
        "list": match.row.list_id,
        "row": match.row.number,
        "left": _person(match.row, match.worker),
        "right": {"worker": match.worker_id, **_person(match.worker, match.row)},
        "why": match.why or "; ".join(one["text"] for one in match.evidence),
        "evidence": match.evidence,
    }


def _pair(pair: "Pair") -> dict[str, Any]:
    return {
        "number": f"P{pair.pk}",
        "probability": round(pair.probability, 4),
        "list": pair.list_id,
        "left": {"worker": pair.left_id, **_person(pair.left, pair.right)},
        "right": {"worker": pair.right_id, **_person(pair.right, pair.left)},
        "why": pair.why,
        "evidence": pair.evidence,
    }


def _person(one: Any, other: Any) -> dict[str, str]:
    from payung.identity import mask_nik

    return {"name": one.name, "nik": mask_nik(one.nik, other.nik)}


def _show(title: str, found: list[dict[str, Any]]) -> None:
    if not found:
        return
    click.echo(f"{title} ({dotted(len(found))})\n")
    for each in found:
        place = f"daftar {each['list']}" if each["list"] else "daftarnya sudah ditarik"
        if "row" in each:
            place += f" baris {each['row']}"
        show(f"{each['number']} · {place}", (each["left"], each["right"]), each["why"])
        click.echo()


def the_list(actor: "Actor", number: int) -> "List":
    """A list within the actor's reach, or one sentence and the end."""
    from payung.apps.lists import selectors

    found = selectors.lists(actor=actor).filter(pk=number).first()
    if found is None:
        fail(f"Tidak ada daftar nomor {number} dalam jangkauan Anda.")
    return found
