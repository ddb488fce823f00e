"""`payung batch …`: the files that go to BPJS and the answers that come back."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from payung.cli.office import Month, office_command
from payung.identity.numbers import dotted

if TYPE_CHECKING:
    from payung.apps.accounts.actor import Actor
    from payung.apps.enrolment.models import Batch


@click.group()
def batch() -> None:
    """Berkas pendaftaran ke BPJS dan jawabannya."""


def _found(actor: "Actor", number: str) -> "Batch":
    from payung.apps.enrolment.selectors import batches
    from payung.apps.errors import DomainError

    found = batches(actor=actor).filter(number=number).first()
    if found is None:
        raise DomainError(f"Tidak ada gelombang bernomor {number}. Lihat: payung batch list")
    return found


@batch.command("make")
@click.argument("plan_id", type=int)
@click.option("--start", type=Month(), required=True, help="Bulan mulai, misalnya 2026-01.")
@click.option("--branch", help="Kode singkat cabang, bila ada beberapa.")
@office_command
def make(actor: "Actor", plan_id: int, start: date, branch: str | None) -> None:
    """Masukkan jatah RENCANA yang mulai bulan itu ke dalam gelombang per dana."""
    from payung.apps.accounts.models import Kind
    from payung.apps.accounts.selectors import organisations
    from payung.apps.enrolment import services
    from payung.apps.enrolment.candidates import Candidates
    from payung.apps.errors import DomainError
    from payung.apps.funding.selectors import plans

    plan = plans(actor=actor).filter(pk=plan_id).first()
    if plan is None:
        raise DomainError(f"Tidak ada rencana bernomor {plan_id}. Lihat: payung plan list")
    office = None
    if branch:
        office = organisations(actor=actor).filter(kind=Kind.BRANCH, slug=branch).first()
        if office is None:
            raise DomainError(f"Tidak ada cabang BPJS dengan kode singkat {branch}.")
    made = services.make_batches(actor=actor, plan=plan, start_month=start, branch=office)
    for item in made.batches:
        click.echo(f"{item.number}  {item.fund.name}  {dotted(item.lines_count)} orang")
    for _, reason, count in Candidates([], made.refused).reasons:
        click.echo(f"  tidak ikut: {dotted(count)} orang, {reason}")


@batch.command("list")
@office_command
def list_(actor: "Actor") -> None:
    """Semua gelombang, terbaru dahulu."""
    from payung.apps.enrolment.selectors import batches

    table = Table("Nomor", "Dana", "Mulai", "Status", "Orang", "Diterima", "Ditolak")
    for item in batches(actor=actor):
        table.add_row(
            item.number,
            item.fund.name,
            f"{item.start_month:%Y-%m}",
            item.get_state_display(),
            *map(str, (item.lines_count, item.accepted, item.rejected)),
        )
    Console().print(table)


@batch.command("export")
@click.argument("number")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@click.option("--sent", is_flag=True, help="Tandai sekaligus bahwa berkas sudah terkirim.")
@office_command
def export(actor: "Actor", number: str, out: Path, sent: bool) -> None:
    """Tulis berkas unggahan gelombang NOMOR ke berkas itu."""
    from payung.apps.enrolment import services

    found = _found(actor, number)
    out.write_bytes(services.export(actor=actor, batch=found))
    click.echo(f"{dotted(found.lines_count)} orang ditulis ke {out}")
    if sent:
        services.mark_sent(actor=actor, batch=_found(actor, number))
        click.echo(f"Gelombang {number} ditandai terkirim.")


@batch.command("answer")
@click.argument("number")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--check", is_flag=True, help="Periksa saja, jangan catat.")
@office_command
def answer(actor: "Actor", number: str, file: Path, check: bool) -> None:
    """Catat jawaban cabang dalam BERKAS atas gelombang NOMOR: semuanya atau tidak sama sekali."""
    from payung.apps.enrolment import selectors, services
    from payung.apps.enrolment.answers import AnswerProblems

    found = _found(actor, number)
    if check:
        reading = selectors.answer_preview(actor=actor, batch=found, path=file)
    else:
        try:
            reading = services.read_answer(actor=actor, batch=found, path=file, filename=file.name)
        except AnswerProblems as error:
            for problem in error.problems:
                click.echo(problem.message, err=True)
            raise
    for problem in reading.problems:
        click.echo(problem.message, err=True)
    verb = "akan dicatat" if check else "dicatat"
    click.echo(f"{dotted(reading.accepted)} diterima, {dotted(reading.rejected)} ditolak {verb}.")


@batch.command("show")
@click.argument("number")
@office_command
def show(actor: "Actor", number: str) -> None:
    """Satu gelombang: keadaannya dan penolakan menurut kode."""
    from payung.apps.enrolment.selectors import counts, reject_codes

    found = _found(actor, number)
    counted = counts(actor=actor, batch=found)
    click.echo(f"{found.number}  {found.fund.name}  {found.get_state_display()}")
    click.echo(
        f"{dotted(counted['accepted'])} diterima, {dotted(counted['rejected'])} ditolak, "
        f"{dotted(counted['waiting'])} menunggu"
    )
    for row in reject_codes(actor=actor, batch=found):
        click.echo(f"  {row['reject_code'] or '—'}  {row['reject_reason']}: {dotted(row['count'])}")
