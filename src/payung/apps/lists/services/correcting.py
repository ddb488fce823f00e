"""Correcting one row; its cells stay as sent."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Count

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.db import bulk
from payung.apps.errors import DomainError
from payung.apps.lists.models import Decision, Fate, Finding, List, Row, Severity, Sheet, State
from payung.apps.lists.services.reach import held
from payung.apps.lists.services.reading import (
    READING_FIELDS,
    columns_of,
    finding_of,
    judge_of,
    reading_of,
    severity_of,
    storable,
)
from payung.identity import mask_nik
from payung.sheets import FIELDS, Judge, Seen

_MASKED = {"nik", "kk"}
_OPEN = {Fate.WAITING, Fate.REVIEW, Fate.REJECTED}


@transaction.atomic
def correct(*, actor: Actor, row: Row, values: Mapping[str, str | None], reason: str = "") -> Row:
    """Correct fields of a row as text, as one would write them in the file.

    A value of None takes the earlier correction of that field back. The row, and rows of the
    list that share its NIK, are judged anew; a row already in the registry is refused.
    Raises DomainError for an unknown field, a row that is in, a list not open to corrections.
    """
    require(actor, "lists.correct")
    found = held(actor, row.list)
    if found.state not in {State.READ, State.ACCEPTED}:
        raise DomainError("Daftar ini sedang diproses atau sudah ditarik; perbaiki nanti.")
    row = Row.objects.select_for_update(of=("self",)).select_related("sheet").get(pk=row.pk)
    if row.fate not in _OPEN:
        raise DomainError(
            "Baris ini sudah masuk ke daftar pekerja. Perbaiki datanya pada halaman pekerjanya."
        )
    for field in values:
        if field not in FIELDS:
            raise DomainError(
                f"Isian «{field}» tidak dikenal. Pilih salah satu: {', '.join(FIELDS)}."
            )
    before, old_nik = _said(row, values), row.nik
    for field, text in values.items():
        if text is None:
            row.corrections.pop(field, None)
        else:
            row.corrections[field] = storable([text.strip()])[0]
    row.matches.filter(decision=Decision.OPEN).delete()
    _judge_anew(found, row, old_nik)
    _count(found)
    row.refresh_from_db()
    record(
        actor=actor,
        act="row.corrected",
        noun="list",
        object_id=found.pk,
        rows=[row.pk],
        before=before,
        after=_said(row, values),
        reason=reason,
    )
    return row


def _judge_anew(found: List, row: Row, old_nik: str) -> None:
    """Judge the row and those that share its old or new NIK, in the order of the list.

    Rows already in the registry are not touched, but their NIK counts as seen first.
    """
    sheets = {sheet.pk: sheet for sheet in Sheet.objects.filter(list=found)}
    seen: dict[str, Seen] = {}
    judges: dict[int, Judge] = {}

    def judge(sheet: Sheet) -> Judge:
        if sheet.pk not in judges:
            judges[sheet.pk] = judge_of(found, sheet.name, columns_of(sheet), seen=seen)
        return judges[sheet.pk]

    # the new NIK is known only by reading the row
    new_nik = judge(sheets[row.sheet_id]).judge(row.number, row.cells, row.corrections).values.nik
    niks = {nik for nik in (old_nik, new_nik) if nik}
    sharing = Row.objects.filter(list=found, nik__in=niks).exclude(pk=row.pk)
    seen.clear()
    for other in sharing.exclude(fate__in=_OPEN).select_related("sheet"):
        judge(sheets[other.sheet_id]).seed([(other.nik, other.number, other.name_key)])
    rows = [row, *sharing.filter(fate__in=_OPEN)]
    rows.sort(key=lambda each: (sheets[each.sheet_id].position, each.number))
    findings: list[tuple[Any, ...]] = []
    for each in rows:
        judged = judge(sheets[each.sheet_id]).judge(each.number, each.cells, each.corrections)
        for field, value in zip(READING_FIELDS, reading_of(judged), strict=True):
            setattr(each, field, value)
        each.severity = severity_of(judged)
        if each.pk == row.pk or (each.fate == Fate.REJECTED and each.severity < Severity.REJECT):
            each.fate = Fate.WAITING
        findings += ((each.pk, found.pk, *finding_of(finding)) for finding in judged.findings)
    Finding.objects.filter(row__in=[each.pk for each in rows]).delete()
    Row.objects.bulk_update(
        rows,
        [name.removesuffix("_id") for name in READING_FIELDS] + ["corrections", "severity", "fate"],
        batch_size=500,
    )
    bulk.insert(
        Finding, ["row", "list", "code", "severity", "field", "column", "message"], findings
    )


def _count(found: List) -> None:
    counted = dict(
        Row.objects.filter(list=found)
        .order_by()
        .values_list("severity")
        .annotate(count=Count("id"))
    )
    List.objects.filter(pk=found.pk).update(
        clean=counted.get(Severity.CLEAN, 0),
        warned=counted.get(Severity.WARN, 0),
        rejected=counted.get(Severity.REJECT, 0),
    )


def _said(row: Row, values: Mapping[str, Any]) -> dict[str, str]:
    """What the row says now in these fields, without a whole NIK."""
    columns = {column.field: column.index for column in columns_of(row.sheet) if column.field}
    said = {}
    for field in values:
        text = row.corrections.get(field)
        if text is None:
            at = columns.get(field)
            text = row.cells[at] if at is not None and at < len(row.cells) else ""
        said[field] = mask_nik(text) if field in _MASKED else text
    return said
