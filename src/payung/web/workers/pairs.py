"""Two who may be one person, field by field beside each other, with what speaks for and against."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from payung.apps.lists.models import Band, Match, Pair, Row
from payung.apps.lists.services import is_guarded
from payung.apps.regions.models import Level
from payung.apps.workers.models import Worker
from payung.apps.workers.selectors import COMPARED, folded
from payung.identity import Occupations, mask_nik
from payung.web.shell.evidence import Reason, reasons
from payung.web.shell.formats import phone, rupiah, tanggal_short


@dataclass(frozen=True)
class Compared:
    """One field of a pair: what one says, what the other, and whether they agree."""

    label: str
    left: str
    right: str
    is_known: bool
    is_same: bool


@dataclass(frozen=True)
class Side:
    """One of the two: its heading, where it is found, what stands under the heading."""

    title: str
    url: str
    note: str


@dataclass(frozen=True)
class Shown:
    """A pair as the queue shows it; `field` and `number` are what its tick box sends.

    No `percent` where a guard holds or `hint` says what to look at: not the probability decides.
    """

    key: str
    field: str
    number: int
    name: str
    left: Side
    right: Side
    fields: list[Compared]
    hint: str
    why: str
    reasons: list[Reason]
    percent: str
    is_sure: bool
    url: str


def of_match(match: Match, brought: Mapping[int, Row]) -> Shown:
    """A list's row beside a worker; `brought` as in `brought_by`."""
    row = match.row
    left = Side(
        f"Baris {row.number}", reverse("lists:row", args=[row.list_id, row.pk]), str(row.list)
    )
    right, hint = _worker(match.worker, brought), _hint(match)
    return _shown("baris", match, (row, match.worker), (left, right), "workers:decide", hint)


def of_pair(pair: Pair, brought: Mapping[int, Row]) -> Shown:
    """A worker beside a worker."""
    people = (pair.left, pair.right)
    sides = (_worker(pair.left, brought), _worker(pair.right, brought))
    return _shown("pekerja", pair, people, sides, "workers:decide_pair")


def pair_url(pair: Pair) -> str:
    """The queue with that pair of workers alone."""
    return reverse("workers:duplicates", query={"jenis": "pekerja", "pasangan": str(pair.pk)})


def _shown(
    kind: str,
    asked: Match | Pair,
    people: tuple[Any, Worker],
    sides: tuple[Side, Side],
    url: str,
    hint: str = "",
) -> Shown:
    one, worker = people
    fields = []
    for field, label in COMPARED.items():
        ours, theirs = _value(one, field), _value(worker, field)
        if ours or theirs:
            same = _plain(one, field) == _plain(worker, field)
            texts = (_text(field, ours, theirs), _text(field, theirs, ours))
            fields.append(Compared(label, *texts, bool(ours and theirs), same))
    share = min(asked.probability * 100, 99.9)
    return Shown(
        f"{kind}-{asked.pk}",
        kind,
        asked.pk,
        one.name,
        *sides,
        fields,
        hint,
        asked.why,
        reasons(asked.evidence),
        "" if hint or is_guarded(asked) else f"{share:.1f}%".replace(".", ","),
        asked.band == Band.SAME,
        reverse(url, args=[asked.pk]),
    )


def _hint(match: Match) -> str:
    """What to look at where one NIK stands under two names."""
    names = {each["level"] for each in match.evidence if each["field"] == "name"}
    differ = names and not any(level.startswith("equal") for level in names)
    if match.row.nik != match.worker.nik or match.worker.died_on or not differ:
        return ""
    return "NIK sama, nama tidak. Cocokkan dengan KTP: namanya salah tulis, atau NIK-nya?"


def _worker(worker: Worker, brought: Mapping[int, Row]) -> Side:
    note = f"sejak {tanggal_short(worker.created_at)}"
    if row := brought.get(worker.pk):
        note = f"dari baris {row.number}, {row.list}"
    return Side("Pekerja terdaftar", reverse("workers:detail", args=[worker.pk]), note)


def _value(person: Any, field: str) -> Any:
    value = getattr(person, field)
    if field == "region" and value and value.level != Level.KELURAHAN:
        return ""  # the city stands for a kelurahan nobody knows
    return value or ""


def _plain(person: Any, field: str) -> Any:
    value = _value(person, field)
    return folded(value.pk if field == "region" and value else value)


def _text(field: str, value: Any, other: Any) -> str:
    if not value:
        return ""
    if field in {"nik", "kk"}:
        return mask_nik(value, other)
    if field == "birth_date":
        return tanggal_short(value)
    if field == "income":
        return rupiah(value)
    if field == "phone":
        return phone(value)
    if field == "occupation":
        known = Occupations.packaged().by_code.get(value)
        return known.name if known else value
    return str(value)
