"""Reading a list: every row as sent, its reading and its findings, in chunks."""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from payung.apps.accounts.actor import Actor
from payung.apps.audit.services import record
from payung.apps.db import bulk
from payung.apps.errors import DomainError
from payung.apps.jobs.aside import made_aside
from payung.apps.jobs.progress import Progress, Silent
from payung.apps.lists.models import ColumnMemory, Fate, Finding, List, Row, Severity, Sheet, State
from payung.apps.regions.models import Region
from payung.apps.workers.models import PERSON_COLUMNS
from payung.identity import Occupations, Places
from payung.law import AgeLimits, LawError, age_limits
from payung.linkage import match_key
from payung.sheets import Book, Column, Judge, JudgedRow, Seen, Table, UnreadableFile, open_book
from payung.sheets import Finding as Judged

CHUNK = 2_500
_WORTH_A_PROCESS = 10_000  # rows; below, a second process costs more than it saves
Prepared = tuple[int, list[str], tuple[Any, ...], int, list[tuple[Any, ...]]]
_ROW_FIELDS = [
    "id",
    "list",
    "sheet",
    "number",
    "cells",
    "corrections",
    *PERSON_COLUMNS,
    "kelurahan_text",
    "kecamatan_text",
    "region",
    "severity",
    "fate",
]
_FINDING_FIELDS = ["row", "list", "code", "severity", "field", "column", "message"]
_GRADES = {"warn": Severity.WARN.value, "reject": Severity.REJECT.value}
_LARGEST = 2**63 - 1


def stored_path(found: List) -> Path:
    """Where the file lies as it was received."""
    return Path(settings.MEDIA_ROOT) / "lists" / found.sha256


def opened(path: Path, filename: str) -> Book:
    """The file's lists; an unreadable file raises its sentence as a DomainError."""
    try:
        with _no_collecting():
            return open_book(path, filename)
    except UnreadableFile as error:
        raise DomainError(str(error)) from error


def read(
    *,
    actor: Actor | None,
    list: List,
    book: Book | None = None,
    progress: Progress | None = None,
) -> List:
    """Read the list's stored file into rows and findings, and set its counts.

    book: the file when it is open already. Written in short transactions, so that others can
    work meanwhile. Safe to run again: what an interrupted reading left is removed first. Raises
    DomainError (and marks the list failed) when the file cannot be read.
    """
    progress = progress or Silent()
    _begin(list)
    try:
        book = book or opened(stored_path(list), list.filename)
    except DomainError as error:
        List.objects.filter(pk=list.pk).update(state=State.FAILED, error=str(error))
        raise
    counts: Counter[int] = Counter()
    with _no_collecting():
        for counted in _tables(list, book, progress):
            counts += counted
    return _finish(actor, list, counts, [tuple(each) for each in book.skipped])


def _tables(list: List, book: Book, progress: Progress) -> Iterator[Counter[int]]:
    """Write all rows of the book, a chunk to a transaction; the counts of each chunk."""
    total, done = len(book), 0
    seen: dict[str, Seen] = {}
    memory = column_memory(list)
    sheets, work = [], []
    for position, found in enumerate(book.tables):
        table = with_memory(found, memory)
        sheets.append(_sheet(list, position, table))
        work.append((table, judge_of(list, sheets[-1].name, table.columns, seen=seen)))

    def judged() -> Iterator[tuple[int, Sequence[Prepared]]]:
        for position, (table, judge) in enumerate(work):
            rows = (prepare(judge.judge(n, storable(cells))) for n, cells in table.rows)
            while chunk := [*islice(rows, CHUNK)]:
                yield position, chunk

    for position, chunk in made_aside(judged) if total >= _WORTH_A_PROCESS else judged():
        with transaction.atomic():
            _still_reading(list)
            ids = bulk.reserve(Row, len(chunk))
            counts = write(list, sheets[position].pk, zip(ids, chunk, strict=True))
        yield counts
        done += len(chunk)
        progress.tell(done, total, "Membaca dan memeriksa baris")


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Rows hold no cycles; the collector would walk all of them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def clear(list: List) -> None:
    """Remove the list's rows, findings and sheets, in one transaction."""
    with transaction.atomic():
        for table in ("lists_finding", "lists_row", "lists_sheet"):
            bulk.execute(f"DELETE FROM {table} WHERE list_id = %s", [list.pk])  # noqa: S608


def column_memory(list: List) -> dict[str, str | None]:
    """What the sender's headings mean as somebody once corrected them; None: not used."""
    remembered = ColumnMemory.objects.filter(sender_id=list.sender_id)
    return {heading: field or None for heading, field in remembered.values_list("heading", "field")}


def with_memory(table: Table, memory: Mapping[str, str | None]) -> Table:
    """The table with the columns its sender once corrected."""
    known = {
        column.heading: memory[column.heading[:160]]
        for column in table.columns
        if column.heading[:160] in memory
    }
    return table.with_mapping(known) if known else table


def ages_on(start: date) -> AgeLimits:
    """The ages the law lets register from `start`; DomainError for a day before its rules."""
    try:
        return age_limits(start)
    except LawError as error:
        raise DomainError(str(error)) from error


def judge_of(list: List, sheet: str, columns: Sequence[Column], *, seen: dict[str, Seen]) -> Judge:
    """A judge of one sheet, who knows the kelurahan of the list's city."""
    places = Region.objects.filter(code__startswith=list.region_id)
    return Judge(
        columns,
        start=list.start_month,
        ages=ages_on(list.start_month),
        places=Places(places.values_list("code", "name", "level")),
        occupations=Occupations.packaged(),
        seen=seen,
        sheet=sheet,
    )


def storable(cells: list[str]) -> list[str]:
    """The cells without the two signs no database keeps: NUL and half a surrogate pair."""
    if "".join(cells).isprintable():
        return cells
    return [cell.replace("\x00", "").encode("utf-8", "ignore").decode() for cell in cells]


def write(
    list: List,
    sheet_id: int,
    rows: Iterable[tuple[int, Prepared]],
    corrections: Mapping[int, dict[str, str]] | None = None,
) -> Counter[int]:
    """Insert judged rows under the given ids, with their findings; counts per severity.

    corrections: by row id, kept beside the cells.
    """
    made, findings, counts = [], [], Counter[int]()
    list_id, corrections = list.pk, corrections or {}
    for row_id, (number, cells, reading, severity, found) in rows:
        counts[severity] += 1
        made.append(
            (
                row_id,
                list_id,
                sheet_id,
                number,
                cells,
                corrections.get(row_id, {}),
                *reading,
                severity,
                Fate.WAITING.value,
            )
        )
        findings += ((row_id, list_id, *each) for each in found)
    bulk.insert(Row, _ROW_FIELDS, made)
    bulk.insert(Finding, _FINDING_FIELDS, findings)
    return counts


def severity_of(judged: JudgedRow) -> int:
    return max((_GRADES[each.severity] for each in judged.findings), default=0)


def prepare(judged: JudgedRow) -> Prepared:
    """The judged row as its columns take it: number, cells, reading, severity, findings."""
    return (
        judged.number,
        judged.cells,
        reading_of(judged),
        severity_of(judged),
        [finding_of(each) for each in judged.findings],
    )


def finding_of(found: Judged) -> tuple[Any, ...]:
    """A finding in the order of its columns, after its row and list."""
    return found.code, _GRADES[found.severity], found.field, found.column[:160], found.message


# what `reading_of` gives, in its order
READING_FIELDS = [*PERSON_COLUMNS, "kelurahan_text", "kecamatan_text", "region_id"]


def reading_of(judged: JudgedRow) -> tuple[Any, ...]:
    """The row's values in the order of READING_FIELDS, no longer than their columns."""
    v = judged.values
    name_key = v.name_key[:200]
    return (
        v.nik[:32],
        v.name[:200],
        name_key,
        match_key(name_key, v.birth_date),
        v.birth_place[:120],
        v.birth_date,
        v.sex,
        v.mother_name[:200],
        v.kk[:32],
        v.address[:300],
        v.rt_rw[:20],
        v.phone[:32],
        v.email[:254],
        v.occupation,
        v.occupation_text[:120],
        v.sector or "other",
        v.income if v.income is None or v.income <= _LARGEST else None,
        v.kelurahan_text[:120],
        v.kecamatan_text[:120],
        v.kelurahan or None,
    )


def column_data(columns: Iterable[Column]) -> list[dict[str, Any]]:
    """Columns as a sheet keeps them."""
    return [
        {
            "index": column.index,
            "heading": column.heading,
            "field": column.field,
            "certain": column.certain,
            "samples": [*column.samples],
            "rounded": column.rounded,
            "cards": column.cards,
        }
        for column in columns
    ]


def columns_of(sheet: Sheet) -> list[Column]:
    """The columns a sheet keeps."""
    return [Column(**{**data, "samples": tuple(data["samples"])}) for data in sheet.columns]


def _begin(list: List) -> None:
    with transaction.atomic():
        found = List.objects.select_for_update().get(pk=list.pk)
        if found.state not in {State.READING, State.FAILED}:
            raise DomainError("Daftar ini sudah dibaca.")
        clear(found)
        List.objects.filter(pk=found.pk).update(state=State.READING, error="")


def _still_reading(list: List) -> None:
    """Stop when the list was withdrawn meanwhile; held until the chunk is written."""
    state = List.objects.select_for_update().values_list("state", flat=True).get(pk=list.pk)
    if state != State.READING:
        raise DomainError("Daftar ini ditarik selagi dibaca; pembacaannya dihentikan.")


def _sheet(list: List, position: int, table: Table) -> Sheet:
    columns = column_data(table.columns)
    for column in columns:
        column["heading"], *column["samples"] = storable([column["heading"], *column["samples"]])
    return Sheet.objects.create(
        list=list,
        position=position,
        name=storable([table.sheet])[0][:120],
        header_row=table.header_row,
        columns=columns,
        rows=len(table),
    )


@transaction.atomic
def _finish(
    actor: Actor | None, list: List, counts: Counter[int], skipped: list[tuple[str, str]]
) -> List:
    numbers = {
        "rows": counts.total(),
        "clean": counts[Severity.CLEAN],
        "warned": counts[Severity.WARN],
        "rejected": counts[Severity.REJECT],
    }
    _still_reading(list)
    List.objects.filter(pk=list.pk).update(state=State.READ, error="", skipped=skipped, **numbers)
    record(actor=actor, act="list.read", noun="list", object_id=list.pk, after=numbers)
    list.refresh_from_db()
    return list
