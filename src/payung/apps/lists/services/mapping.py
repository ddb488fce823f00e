"""Correcting what the columns of a sheet mean; all rows are then read anew."""

from collections import Counter
from collections.abc import Iterator, Mapping

from django.db import transaction

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.db import bulk
from payung.apps.errors import DomainError
from payung.apps.jobs.progress import Progress, Silent
from payung.apps.jobs.services import start
from payung.apps.lists.models import ColumnMemory, List, Row, Severity, Sheet, State
from payung.apps.lists.services.reach import held
from payung.apps.lists.services.reading import (
    CHUNK,
    column_data,
    columns_of,
    judge_of,
    prepare,
    write,
)
from payung.sheets import FIELDS, Seen
from payung.sheets.columns import SHARED
from payung.sheets.columns import remap as remap_columns

AT_ONCE = 3_000  # rows; a longer list is read anew in the background


@transaction.atomic
def set_mapping(
    *,
    actor: Actor,
    sheet: Sheet,
    mapping: Mapping[str, str | None],
    progress: Progress | None = None,
    in_background: bool | None = None,
) -> Sheet:
    """Say what columns of a sheet mean: heading → field, None or "" for "not used".

    The meanings are remembered for the sender's later lists. All rows of the list are judged
    anew from what was sent and corrected: at once, or for a long list in the background (its
    state is READING meanwhile, `sheet.list.job` tells how far it is).
    Raises DomainError for an unknown heading or field, one field twice, or an accepted list.
    """
    require(actor, "lists.correct")
    found = held(actor, sheet.list)
    if found.state != State.READ:
        raise DomainError(
            "Arti kolom hanya dapat diubah pada daftar yang sudah dibaca dan belum diterima."
        )
    before = {each.heading: each.field for each in columns_of(sheet)}
    wanted = _checked(before, mapping)
    columns = remap_columns(columns_of(sheet), wanted)
    sheet.columns = column_data(columns)
    sheet.save(update_fields=["columns"])
    ColumnMemory.objects.bulk_create(
        [
            ColumnMemory(sender_id=found.sender_id, heading=heading[:160], field=field or "")
            for heading, field in wanted.items()
        ],
        update_conflicts=True,
        unique_fields=["sender", "heading"],
        update_fields=["field"],
    )
    after = {each.heading: each.field for each in columns}
    changed = [heading for heading in after if after[heading] != before[heading]]
    record(
        actor=actor,
        act="list.mapped",
        noun="list",
        object_id=found.pk,
        before={heading: before[heading] for heading in changed},
        after={heading: after[heading] for heading in changed},
    )
    if not changed:
        return sheet
    if found.rows > AT_ONCE if in_background is None else in_background:
        found.state = State.READING
        found.job = start(
            actor=actor,
            kind="lists.map",
            label=f"Membaca ulang daftar {found.filename}"[:160],
            params={"list": found.pk},
            url=f"/daftar/{found.pk}/",
        )
        found.save(update_fields=["state", "job"])
    else:
        remap(list=found, progress=progress)
    sheet.list = found
    return sheet


@transaction.atomic
def remap(*, list: List, progress: Progress | None = None) -> dict[str, int]:
    """Judge every row of the list anew from its cells and corrections, as its columns now say.

    Part of `set_mapping`, which records it. Returns the counts. Rows keep their ids.
    """
    progress = progress or Silent()
    counts: Counter[int] = Counter()
    seen: dict[str, Seen] = {}
    done = 0
    bulk.execute("DELETE FROM lists_finding WHERE list_id = %s", [list.pk])
    for sheet in Sheet.objects.filter(list=list).order_by("position"):
        judge = judge_of(list, sheet.name, columns_of(sheet), seen=seen)
        for chunk in _chunks(sheet):
            judged = [
                (row_id, prepare(judge.judge(number, cells, corrections)))
                for row_id, number, cells, corrections in chunk
            ]
            bulk.execute(
                "DELETE FROM lists_row WHERE sheet_id = %s AND number BETWEEN %s AND %s",
                [sheet.pk, chunk[0][1], chunk[-1][1]],
            )
            kept = {row_id: corrections for row_id, _, _, corrections in chunk if corrections}
            counts += write(list, sheet.pk, judged, kept)
            done += len(chunk)
            progress.tell(done, list.rows, "Memeriksa ulang baris")
    numbers = {
        "clean": counts[Severity.CLEAN],
        "warned": counts[Severity.WARN],
        "rejected": counts[Severity.REJECT],
    }
    List.objects.filter(pk=list.pk).update(state=State.READ, **numbers)
    list.refresh_from_db()
    return numbers


def _chunks(sheet: Sheet) -> Iterator[list[tuple[int, int, list[str], dict[str, str]]]]:
    rows = Row.objects.filter(sheet=sheet).order_by("number")
    last = 0
    while chunk := [
        *rows.filter(number__gt=last).values_list("id", "number", "cells", "corrections")[:CHUNK]
    ]:
        yield chunk
        last = chunk[-1][1]


def _checked(
    columns: Mapping[str, str | None], mapping: Mapping[str, str | None]
) -> dict[str, str | None]:
    wanted = {heading: field or None for heading, field in mapping.items()}
    for heading, field in wanted.items():
        if heading not in columns:
            known = ", ".join(f"«{each}»" for each in columns)
            raise DomainError(f"Tidak ada kolom «{heading}» di lembar ini. Yang ada: {known}.")
        if field is not None and field not in FIELDS:
            raise DomainError(
                f"Isian «{field}» tidak dikenal. Pilih salah satu: {', '.join(FIELDS)}."
            )
    given = [field for field in wanted.values() if field not in (None, *SHARED)]
    for field in given:
        if given.count(field) > 1:
            raise DomainError(f"Isian «{field}» hanya boleh diberikan pada satu kolom.")
    return wanted
