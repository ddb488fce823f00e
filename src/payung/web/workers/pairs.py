"""Two who may be one person, field by field beside each other, with what speaks for and against."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from payung.apps.lists.models import Band, Match, Pair
from payung.apps.lists.services import is_guarded
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

    No `percent` where a guard holds: its sentence says so in place of a probability.
    """

    key: str
    field: str
    number: int
    name: str
    left: Side
    right: Side
    fields: list[Compared]
    why: str
    reasons: list[Reason]
    percent: str
    is_sure: bool
    url: str


def of_match(match: Match) -> Shown:
    """A list's row beside a worker."""
    row = match.row
    left = Side(
        f"Baris {row.number}", reverse("lists:row", args=[row.list_id, row.pk]), str(row.list)
    )
    return _shown("baris", match, row, match.worker, left, "workers:decide")


def of_pair(pair: Pair) -> Shown:
    """A worker beside a worker."""
    return _shown("pekerja", pair, pair.left, pair.right, _worker(pair.left), "workers:decide_pair")


def pair_url(pair: Pair) -> str:
    """The queue with that pair of workers alone."""
    return reverse("workers:duplicates", query={"jenis": "pekerja", "pasangan": str(pair.pk)})


def _shown(kind: str, asked: Match | Pair, one: Any, worker: Worker, left: Side, url: str) -> Shown:
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
        left,
        _worker(worker),
        fields,
        asked.why,
        reasons(asked.evidence),
        "" if is_guarded(asked) else f"{share:.1f}%".replace(".", ","),
        asked.band == Band.SAME,
        reverse(url, args=[asked.pk]),
    )


def _worker(worker: Worker) -> Side:
    note = f"sejak {tanggal_short(worker.created_at)}"
    return Side("Pekerja terdaftar", reverse("workers:detail", args=[worker.pk]), note)


def _value(person: Any, field: str) -> Any:
    return getattr(person, field) or ""


def _plain(person: Any, field: str) -> Any:
    return folded(_value(person, "region_id" if field == "region" else field))


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
