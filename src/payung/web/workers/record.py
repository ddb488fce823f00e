"""All that is known of one worker, from every stage, as far as the reader may see it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from payung.apps.accounts.actor import Actor
from payung.apps.audit import selectors as audit
from payung.apps.claims import selectors as claims
from payung.apps.contributions import selectors as contributions
from payung.apps.contributions.selectors import MonthCell
from payung.apps.contributions.standing import Standing
from payung.apps.enrolment import selectors as enrolment
from payung.apps.funding import selectors as funding
from payung.apps.funding.models import Allocation
from payung.apps.lists import selectors as lists
from payung.apps.screening import selectors as screening
from payung.apps.screening.models import Check, Code
from payung.apps.workers import selectors
from payung.apps.workers.models import Source, Worker
from payung.apps.workers.selectors import COMPARED, differences
from payung.apps.workers.sources import sources_of
from payung.identity import Occupations, age_on, mask_nik
from payung.law.wording import MONTH_NAMES
from payung.web.shell.formats import number, rupiah, tanggal_short
from payung.web.shell.history import Item

_NUMBERS = {"nik", "kk"}
_KINDS = {
    "list-row": "Daftar",
    "kpj": "Jawaban BPJS",
    "correction": "Perbaikan",
    "death": "Laporan kematian",
    "death-withdrawn": "Penarikan catatan kematian",
    "death-list": "Daftar kematian",
}
_JKK = {
    "full": ("JKK penuh", "good"),
    "medical-only": ("JKK biaya pengobatan saja", "warn"),
    "none": ("Tanpa JKK", "bad"),
}
_JKM = {
    "full": ("JKM penuh", "good"),
    "funeral-only": ("JKM biaya pemakaman saja", "warn"),
    "none": ("Tanpa JKM", "bad"),
}


@dataclass(frozen=True)
class Said:
    """One source and its values; those that differ from the worker's own are marked."""

    source: Source
    kind: str
    url: str
    values: list[tuple[str, str, bool]]
    differs: int


def everything(*, actor: Actor, worker: Worker, on: date) -> dict[str, Any]:
    """The context of a worker's page; `worker` comes from a scoped selector with its standing."""
    cells = contributions.grid(worker)
    # what was kept under the other records of this person is shown here too, never moved
    aliases = list(selectors.detail(actor=actor).filter(same_as=worker))
    records = [worker, *aliases]
    rows = [row for each in records for row in lists.rows_of_worker(actor=actor, worker_id=each.pk)]
    urls = {row.pk: f"/daftar/{row.list_id}/baris/{row.pk}/" for row in rows}
    cover = contributions.cover_on(worker, worker.died_on or on)
    claimed = claims.claims(actor=actor).filter(worker__in=records)
    pairs = list(lists.pairs_of_worker(actor=actor, worker=worker))
    events = audit.events_of(actor=actor, noun="worker", object_id=worker.pk)
    for pair in pairs:  # who was one with whom, and why no longer
        events |= audit.events_of(actor=actor, noun="pair", object_id=pair.pk)
    return {
        "worker": worker,
        "standing": Standing(worker.standing),
        "age": age_on(worker.birth_date, worker.died_on or on) if worker.birth_date else None,
        "occupation": occupation_of(worker),
        "aliases": aliases,
        "pairs": [(pair, pair.right if pair.left_id == worker.pk else pair.left) for pair in pairs],
        "said": [each for record in records for each in _said(record, urls)],
        "rows": rows,
        "decile": Code.DECILE,
        "checks": Check.objects.filter(
            worker__in=records, screening__in=screening.screenings(actor=actor)
        ).select_related("screening", "entry__reference"),
        "allocations": Allocation.objects.filter(
            worker__in=records, plan__in=funding.plans(actor=actor)
        ).select_related("plan", "fund"),
        "lines": enrolment.lines(actor=actor)
        .filter(worker__in=records)
        .select_related("batch", "batch__fund")
        .order_by("-batch"),
        "years": _years(cells),
        "month_names": [name[:3] for name in MONTH_NAMES],
        "funds": _funds(cells),
        "cover": cover,
        "cover_words": [_JKK[cover.jkk], _JKM[cover.jkm]],
        "claims": claimed,
        "death_claim": claims.of_deaths(claimed).first(),
        "events": events[:30],
        "accesses": [
            Item(access.at, str(access.user), str(access.organisation))
            for access in audit.accesses_of(actor=actor, noun="worker", object_id=worker.pk)[:10]
        ],
        "months_note": f"{number(sum(cell.is_paid for cell in cells))} bulan dibayar",
        "sources_note": f"{number(sum(len(each.sources.all()) for each in records))} sumber",
    }


def occupation_of(worker: Worker) -> str:
    """The occupation by its usual name; as a list wrote it when it is not known."""
    known = Occupations.packaged().by_code.get(worker.occupation)
    return known.name if known else worker.occupation_text


def _said(worker: Worker, row_urls: dict[int, str]) -> list[Said]:
    other = {(each.source.pk, each.field) for each in differences(worker)}
    found = []
    for source in sources_of(worker):
        values = [
            (label, _shown(field, value, source), (source.pk, field) in other)
            for field, label in COMPARED.items()
            if (value := source.values.get(field)) not in (None, "")
        ]
        if kpj := source.values.get("kpj"):
            values.append(("KPJ", kpj, False))
        if died_on := source.values.get("died_on"):
            values.append(("Meninggal", _day(died_on), False))
        url = row_urls.get(source.source_id, "") if source.kind == "list-row" else ""
        kind = _KINDS.get(source.kind, source.kind)
        found.append(Said(source, kind, url, values, sum(value[2] for value in values)))
    return found


def _shown(field: str, value: Any, source: Source) -> str:
    if field in _NUMBERS:
        return mask_nik(str(value))
    if field == "birth_date":
        return _day(value)
    if field == "income":
        return rupiah(value)
    if field == "region":
        return source.values.get("kelurahan") or str(value)
    if field == "occupation":
        known = Occupations.packaged().by_code.get(value)
        return known.name if known else str(value)
    return str(value)


def _day(text: str) -> str:
    return tanggal_short(date.fromisoformat(text))


def _years(cells: list[MonthCell]) -> list[tuple[int, list[MonthCell | None]]]:
    """Each year with its twelve months; a month outside the programme is None."""
    by_month = {cell.month: cell for cell in cells}
    return [
        (year, [by_month.get(date(year, month, 1)) for month in range(1, 13)])
        for year in sorted({month.year for month in by_month}, reverse=True)
    ]


def _funds(cells: list[MonthCell]) -> list[tuple[str, str, str]]:
    """What each fund paid: its name, how many months, rupiah."""
    sums: dict[str, tuple[int, int]] = {}
    for cell in cells:
        if cell.is_paid:
            months, amount = sums.get(cell.fund, (0, 0))
            sums[cell.fund] = months + 1, amount + cell.amount
    return [(fund, number(months), rupiah(amount)) for fund, (months, amount) in sums.items()]
