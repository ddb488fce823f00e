"""Giving a list back as it was sent and corrected here, with its problems marked."""

from collections import defaultdict
from pathlib import Path

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.errors import DomainError
from payung.apps.lists.models import Finding, List, Row, Severity, State
from payung.apps.lists.services.reading import columns_of, stored_path
from payung.sheets import Finding as Judged
from payung.sheets import UnreadableFile, write_annotated

_GRADES = {Severity.WARN: "warn", Severity.REJECT: "reject"}


def write_back(*, actor: Actor, list: List, path: Path) -> Path:
    """Write the list as .xlsx with problem cells coloured and a sentence in the last column.

    Cells are as sent, but for those corrected here: sent again, the list keeps the corrections.
    Findings are those that remain.
    Raises DomainError when the list has not been read, or its file cannot be.
    """
    require(actor, "lists.view")
    if list.state in {State.READING, State.FAILED, State.WITHDRAWN}:
        raise DomainError(
            "Daftar ini belum dibaca atau sudah ditarik; tidak ada yang dikembalikan."
        )
    checks: dict[str, list[Judged]] = defaultdict(_nothing)
    findings = (
        Finding.objects.filter(list=list)
        .order_by("row__sheet__position", "row__number", "id")
        .values_list(
            "row__sheet__name", "row__number", "code", "severity", "field", "column", "message"
        )
    )
    for sheet, number, code, severity, field, column, message in findings.iterator():
        grade = _GRADES[Severity(severity)]
        checks[sheet].append(Judged(code, grade, field, column, "", message, number))
    try:
        write_annotated(stored_path(list), checks, path, _corrected(list))
    except UnreadableFile as error:
        raise DomainError(str(error)) from error
    return path


def _corrected(list: List) -> dict[str, dict[int, dict[int, str]]]:
    """Sheet → row → column → text, of the fields that have a column."""
    corrected: dict[str, dict[int, dict[int, str]]] = defaultdict(dict)
    rows = Row.objects.filter(list=list).exclude(corrections={}).select_related("sheet")
    for row in rows.iterator():
        columns = {column.field: column.index for column in columns_of(row.sheet) if column.field}
        corrected[row.sheet.name][row.number] = {
            columns[field]: text for field, text in row.corrections.items() if field in columns
        }
    return corrected


def _nothing() -> list[Judged]:
    return []
