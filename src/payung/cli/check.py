"""`payung check`: what is wrong with a list, without a database."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from payung.identity import Occupations, Places, UnknownRegionError
from payung.identity.numbers import dotted
from payung.law import AgeLimits, LawError, age_limits
from payung.sheets import (
    ALL_CARDS,
    Finding,
    Judge,
    Seen,
    Table,
    UnreadableFile,
    escape_formula,
    open_book,
    write_annotated,
)

_SEVERITIES = {"reject": ("tolak", "red"), "warn": ("periksa", "yellow")}


def first_of_next_month(today: date) -> date:
    """The first day of the month after `today`, when new cover usually begins."""
    if today.month == 12:
        return date(today.year + 1, 1, 1)
    return date(today.year, today.month + 1, 1)


class _Day(click.ParamType):
    name = "tanggal"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(f"{value}-01" if len(value) == 7 else value)
        except ValueError:
            self.fail(f"“{value}” bukan tanggal; tulis seperti 2026-12-01.", param, ctx)


@click.command()
@click.argument(
    "files", metavar="BERKAS…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "--start",
    type=_Day(),
    help="Awal perlindungan, misalnya 2026-12-01 (bila tidak disebut: tanggal 1 bulan depan).",
)
@click.option(
    "--region",
    default="36.71",
    show_default=True,
    help="Kode kabupaten/kota yang kelurahannya dikenal.",
)
@click.option("--json", "as_json", is_flag=True, help="Keluarkan hasil sebagai JSON.")
@click.option(
    "--annotated",
    type=click.Path(path_type=Path),
    metavar="KELUAR.xlsx",
    help="Tulis daftar kembali dengan sel bermasalah diwarnai (untuk satu berkas).",
)
def check(
    files: tuple[Path, ...],
    start: date | None,
    region: str,
    as_json: bool,
    annotated: Path | None,
) -> None:
    """Periksa daftar pekerja (.xlsx .xls .ods .csv) tanpa basis data.

    Sebuah berkas yang tidak bisa dibaca tidak menghentikan yang lain; status keluarnya lalu 2.
    """
    if start is None:
        start = first_of_next_month(datetime.now(ZoneInfo("Asia/Jakarta")).date())
    if annotated is not None:
        _check_output(files, annotated)
    try:
        places = Places.of_region(region)
    except UnknownRegionError as error:
        raise click.BadParameter(str(error), param_hint="--region") from None
    try:
        ages = age_limits(start)
    except LawError as error:
        raise click.BadParameter(str(error), param_hint="--start") from None
    occupations = Occupations.packaged()
    console = Console(highlight=False)
    reports = []
    for path in files:
        report = _report(path, start, ages, places, occupations, annotated)
        reports.append(report)
        if not as_json:
            _show(console, report)
    if as_json:
        click.echo(json.dumps(reports, ensure_ascii=False, indent=2))
    elif annotated is not None and "error" not in reports[0]:
        console.print(f"Daftar dengan catatan ditulis ke {annotated}", markup=False)
    if any("error" in report for report in reports):
        raise SystemExit(2)


def _check_output(files: tuple[Path, ...], out: Path) -> None:
    hint = "--annotated"
    if len(files) > 1:
        raise click.BadParameter("hanya untuk satu berkas; sebutkan satu FILE.", param_hint=hint)
    if out.suffix.lower() != ".xlsx":
        raise click.BadParameter("nama berkas hasil harus berakhir .xlsx.", param_hint=hint)
    if out.exists() and files[0].exists() and out.samefile(files[0]):
        raise click.BadParameter(
            "akan menimpa daftar aslinya; sebutkan nama berkas lain.", param_hint=hint
        )
    if not out.parent.is_dir():
        raise click.BadParameter("folder tujuannya tidak ada; buat dahulu.", param_hint=hint)


def _report(
    path: Path,
    start: date,
    ages: AgeLimits,
    places: Places,
    occupations: Occupations,
    annotated: Path | None,
) -> dict[str, Any]:
    try:
        book = open_book(path)
        seen: dict[str, Seen] = {}
        findings: dict[str, list[Finding]] = {}
        sheets = []
        for table in book.tables:
            judge = Judge(
                table.columns,
                start=start,
                ages=ages,
                places=places,
                occupations=occupations,
                seen=seen,
                sheet=table.sheet,
            )
            sheets.append(_sheet_report(table, judge, findings.setdefault(table.sheet, [])))
        if annotated is not None:
            write_annotated(path, findings, annotated)
    except UnreadableFile as error:
        return {"file": str(path), "error": str(error)}
    except OSError:
        sentence = f"Hasil tidak bisa ditulis ke {annotated}; periksa folder dan izin menulisnya."
        return {"file": str(path), "error": sentence}
    report: dict[str, Any] = {"file": str(path), "sheets": sheets}
    if book.skipped:
        report["skipped"] = [{"sheet": sheet, "reason": why} for sheet, why in book.skipped]
    return report


def _sheet_report(table: Table, judge: Judge, findings: list[Finding]) -> dict[str, Any]:
    fate_of: dict[int, str] = {}
    for number, cells in table.rows:
        judged = judge.judge(number, cells)
        fate_of[number] = judged.fate
        findings += judged.findings
    for late in judge.late:
        if fate_of[late.row] == "clean":
            fate_of[late.row] = "warned"
    findings += judge.late
    findings.sort(key=lambda finding: finding.row)
    fates = Counter(fate_of.values())
    return {
        "sheet": table.sheet,
        "header_row": table.header_row,
        "columns": table.mapping,
        "unmapped": table.unmapped,
        "rows": len(table),
        "clean": fates["clean"],
        "warned": fates["warned"],
        "rejected": fates["rejected"],
        "findings": [
            {
                "row": finding.row,
                "column": finding.column,
                "field": finding.field,
                "code": finding.code,
                "severity": finding.severity,
                "message": finding.message,
            }
            for finding in findings
        ],
    }


def _show(console: Console, report: dict[str, Any]) -> None:
    console.print(Text(report["file"], style="bold"))
    if "error" in report:
        console.print(Text(f"  Tidak terbaca: {report['error']}", style="red"))
        return
    for sheet in report["sheets"]:
        console.print(
            Text(f"  Lembar {sheet['sheet']}, judul kolom di baris {sheet['header_row']}")
        )
        mapping = ", ".join(f"{heading} → {field}" for heading, field in sheet["columns"].items())
        console.print(Text(f"  Kolom: {escape_formula(mapping)}"))
        if sheet["unmapped"]:
            console.print(Text(f"  Disimpan apa adanya: {', '.join(sheet['unmapped'])}"))
        console.print(
            Text.assemble(
                f"  {dotted(sheet['rows'])} baris: ",
                (f"{dotted(sheet['clean'])} bersih", "green"),
                ", ",
                (f"{dotted(sheet['warned'])} perlu diperiksa", "yellow"),
                ", ",
                (f"{dotted(sheet['rejected'])} ditolak", "red"),
            )
        )
        findings = [each for each in sheet["findings"] if each["message"] != ALL_CARDS]
        if len(findings) < len(sheet["findings"]):
            console.print(Text(f"  {ALL_CARDS}", style="red"))
        if findings:
            console.print(_grid(findings))
    for skipped in report.get("skipped", ()):
        console.print(Text(f"  Lembar {skipped['sheet']} dilewati: {skipped['reason']}."))


def _grid(findings: list[dict[str, Any]]) -> Grid:
    grid = Grid(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    grid.add_column("  Baris", justify="right")
    grid.add_column("Kolom")
    grid.add_column("Kode", no_wrap=True)
    grid.add_column("Masalah", ratio=1)
    for finding in findings:
        word, colour = _SEVERITIES[finding["severity"]]
        grid.add_row(
            str(finding["row"]),
            Text(finding["column"]),
            Text(finding["code"], style=colour),
            Text(f"{word}: {finding['message']}"),
        )
    return grid


if __name__ == "__main__":
    check()
