"""`payung claim …`: from a death or an accident to the money."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from payung.cli.office import Day, office_command, reasons
from payung.law import rupiah

if TYPE_CHECKING:
    from payung.apps.accounts.actor import Actor
    from payung.apps.claims.models import Claim

_KINDS = ["jkm", "jkk", "jkk_death"]


@click.group()
def claim() -> None:
    """Klaim JKM dan JKK."""


@claim.command("open")
@click.option("--worker", "worker_id", type=int, required=True, help="Nomor pekerja.")
@click.option("--kind", type=click.Choice(_KINDS), required=True)
@click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M"]),
    required=True,
    help="Waktu kejadian.",
)
@click.option("--reporter", required=True, help="Nama pelapor.")
@click.option("--phone", default="", help="Telepon pelapor.")
@click.option("--place", default="")
@click.option("--story", default="", help="Kronologi singkat.")
@click.option("--months-unable", type=int, help="Bulan tidak mampu bekerja (JKK).")
@click.option("--sudden", is_flag=True, help="Meninggal mendadak saat bekerja (jkk_death).")
@click.option("--child", "children", type=int, multiple=True, help="Umur anak untuk beasiswa.")
@office_command
def open_(
    actor: "Actor",
    worker_id: int,
    kind: str,
    at: datetime,
    reporter: str,
    phone: str,
    place: str,
    story: str,
    months_unable: int | None,
    sudden: bool,
    children: tuple[int, ...],
) -> None:
    """Buka klaim; tampilkan manfaat, dokumen dan tenggatnya."""
    from django.utils import timezone

    from payung.apps.claims import services
    from payung.apps.claims.models import ClaimKind
    from payung.apps.errors import DomainError
    from payung.apps.workers.models import Worker

    worker = Worker.objects.visible_to(actor).filter(pk=worker_id).first()
    if worker is None:
        raise DomainError(f"Tidak ada pekerja nomor {worker_id} dalam wilayah Anda.")
    made = services.open_claim(
        actor=actor,
        worker=worker,
        kind=ClaimKind(kind),
        event_at=timezone.make_aware(at),
        reporter_name=reporter,
        reporter_phone=phone,
        place=place,
        story=story,
        months_unable=months_unable,
        sudden=sudden,
        children=children,
    )
    _show(made)


@claim.command("list")
@office_command
def list_(actor: "Actor") -> None:
    """Semua klaim."""
    from django.utils.timezone import localtime

    from payung.apps.claims.selectors import claims

    table = Table("Nomor", "Jenis", "Kejadian", "Status", "Manfaat", "Dibayar")
    for item in claims(actor=actor):
        table.add_row(
            item.number,
            item.get_kind_display(),
            f"{localtime(item.event_at):%Y-%m-%d}",
            item.get_state_display(),
            rupiah(item.benefit_total),
            rupiah(item.paid_amount) if item.paid_amount is not None else "—",
        )
    Console().print(table)


@claim.command("show")
@click.argument("number")
@office_command
def show(actor: "Actor", number: str) -> None:
    """Manfaat, dokumen, tenggat dan ahli waris satu klaim."""
    _show(_find(actor, number))


@claim.command("heir")
@click.argument("number")
@click.option("--name", required=True)
@click.option("--relation", required=True, help="Kode hubungan; kode keliru menampilkan daftar.")
@click.option("--phone", default="")
@office_command
def heir(actor: "Actor", number: str, name: str, relation: str, phone: str) -> None:
    """Tambahkan ahli waris."""
    from payung import law
    from payung.apps.claims import services
    from payung.apps.errors import DomainError

    known = {rank.code: rank.name for rank in law.heirs_order()}
    if relation not in known:
        codes = "; ".join(f"{code} ({name})" for code, name in known.items())
        raise DomainError(f"Hubungan «{relation}» tidak dikenal; pilih: {codes}.")
    services.add_heir(
        actor=actor, claim=_find(actor, number), name=name, relation=relation, phone=phone
    )
    click.echo("Ahli waris dicatat.")


@claim.command("document")
@click.argument("number")
@click.argument("codes", nargs=-1, required=True)
@click.option("--state", type=click.Choice(["missing", "received", "verified"]), default="received")
@office_command
def document(actor: "Actor", number: str, codes: tuple[str, ...], state: str) -> None:
    """Catat dokumen yang diterima (kode dari `claim show`)."""
    from payung.apps.claims import services
    from payung.apps.claims.models import DocumentState
    from payung.apps.errors import DomainError

    found = _find(actor, number)
    papers = {paper.code: paper for paper in found.documents.all()}
    if unknown := [code for code in codes if code not in papers]:
        raise DomainError(
            f"Kode dokumen tidak dikenal: {', '.join(unknown)}. Pilih: {', '.join(papers)}."
        )
    for code in codes:
        services.set_document(
            actor=actor, claim=found, document=papers[code], state=DocumentState(state)
        )
    click.echo(f"{len(codes)} dokumen dicatat.")


@claim.command("outcome")
@click.argument("number")
@click.option("--on", type=Day(), required=True, help="Tanggal dinyatakan sembuh atau cacat.")
@click.option("--months-unable", type=int, help="Bulan tidak mampu bekerja sampai hari itu.")
@click.option("--disability", multiple=True, help="Kode cacat: total, thumb-right, hand-left@40.")
@click.option("--left-handed", is_flag=True, help="Kidal: persentase kanan dan kiri ditukar.")
@click.option("--child", "children", type=int, multiple=True, help="Umur anak untuk beasiswa.")
@office_command
def outcome(
    actor: "Actor",
    number: str,
    on: date,
    months_unable: int | None,
    disability: tuple[str, ...],
    left_handed: bool,
    children: tuple[int, ...],
) -> None:
    """Catat hasil pemeriksaan dokter; yang tidak disebut tetap seperti tercatat."""
    from payung.apps.claims.outcomes import note_outcome

    noted = note_outcome(
        actor=actor,
        claim=_find(actor, number),
        on=on,
        months_unable=months_unable,
        disability=disability or None,
        left_handed=left_handed or None,
        children=children or None,
    )
    _show(noted)


@claim.command("file")
@click.argument("number")
@click.option("--on", type=Day(), required=True, help="Tanggal diajukan.")
@office_command
def file(actor: "Actor", number: str, on: date) -> None:
    """Catat bahwa berkas lengkap sudah diajukan ke BPJS."""
    from payung.apps.claims import services

    services.file(actor=actor, claim=_find(actor, number), on=on)
    click.echo("Klaim diajukan.")


@claim.command("paid")
@click.argument("number")
@click.option("--on", type=Day(), required=True, help="Tanggal dibayar.")
@click.option("--amount", type=int, required=True, help="Rupiah.")
@click.option("--note", default="")
@office_command
def paid(actor: "Actor", number: str, on: date, amount: int, note: str) -> None:
    """Catat bahwa BPJS sudah membayar."""
    from payung.apps.claims import services

    services.record_payment(
        actor=actor, claim=_find(actor, number), paid_on=on, amount=amount, note=note
    )
    click.echo(f"Tercatat dibayar {rupiah(amount)}.")


def _find(actor: "Actor", number: str) -> "Claim":
    from payung.apps.claims.selectors import claims
    from payung.apps.errors import DomainError

    found = claims(actor=actor).filter(number=number).first()
    if found is None:
        raise DomainError(f"Tidak ada klaim bernomor {number} dalam wilayah Anda.")
    return found


def _show(found: "Claim") -> None:
    from django.utils.timezone import localtime

    from payung import law

    console = Console()
    console.print(
        f"[bold]{found.number}[/bold] · {found.get_kind_display()} · {found.get_state_display()}"
    )
    benefits = Table("Manfaat", "Jumlah", "Dasar")
    for line in found.benefits.all():
        amount = "sesuai kebutuhan" if line.amount is None else rupiah(line.amount)
        later = " (setelah tunggakan)" if line.later else ""
        doubt = "" if line.verified_source else " · belum terverifikasi"
        benefits.add_row(line.name, amount + later, line.source + doubt)
    benefits.add_row("[bold]Jumlah", f"[bold]{rupiah(found.benefit_total)}", "")
    console.print(benefits)
    for reason in reasons(found.steps):
        click.echo(f"  {reason}")
    papers = Table("Kode", "Dokumen", "Status", "Dasar")
    for paper in found.documents.all():
        doubt = "" if paper.verified_source else " · belum terverifikasi"
        papers.add_row(paper.code, paper.name, paper.get_state_display(), paper.source + doubt)
    console.print(papers)
    deadlines = Table("Tenggat", "Pihak", "Paling lambat", "Dipenuhi")
    for item in found.deadlines.all():
        due = (
            f"{localtime(item.due_at):%Y-%m-%d %H:%M}"
            if item.due_at
            else "menunggu tahap sebelumnya"
        )
        deadlines.add_row(item.name, item.who, due, str(item.met_on or "—"))
    console.print(deadlines)
    ranks = {rank.code: rank.name for rank in law.heirs_order(localtime(found.event_at).date())}
    for person in found.heirs.all():
        relation = ranks.get(person.relation, person.relation)
        console.print(f"Ahli waris {person.order}: {person.name} ({relation})")
