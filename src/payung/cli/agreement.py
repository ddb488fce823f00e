"""`payung agreement …`: MoU, PKS and SK."""

from datetime import date
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from payung.cli.office import Day, office_command
from payung.law import rupiah

if TYPE_CHECKING:
    from payung.apps.accounts.actor import Actor


@click.group()
def agreement() -> None:
    """Perjanjian: MoU, PKS, SK."""


@agreement.command("list")
@office_command
def list_(actor: "Actor") -> None:
    """Semua perjanjian kota ini."""
    from payung.apps.agreements.selectors import agreements

    table = Table("Jenis", "Nomor", "Mulai", "Berakhir", "Kuota", "Pagu", "Induk")
    for item in agreements(actor=actor):
        table.add_row(
            item.get_kind_display(),
            item.number,
            str(item.starts_on),
            str(item.ends_on),
            str(item.quota or "—"),
            rupiah(item.ceiling) if item.ceiling else "—",
            item.parent.number if item.parent else "—",
        )
    Console().print(table)


@agreement.command("sign")
@click.option("--kind", type=click.Choice(["mou", "pks", "sk"]), required=True)
@click.option("--number", required=True, help="Nomor surat.")
@click.option("--title", required=True, help="Judul.")
@click.option("--first", "first_slug", required=True, help="Kode singkat pihak pertama.")
@click.option("--second", "second_slug", required=True, help="Kode singkat pihak kedua.")
@click.option("--signed", type=Day(), required=True, help="Tanggal tanda tangan.")
@click.option("--from", "starts_on", type=Day(), required=True, help="Mulai berlaku.")
@click.option("--to", "ends_on", type=Day(), required=True, help="Berakhir.")
@click.option("--parent", "parent_number", help="Nomor perjanjian induk.")
@click.option("--quota", type=int, help="Kuota orang.")
@click.option("--ceiling", type=int, help="Pagu, rupiah.")
@office_command
def sign(
    actor: "Actor",
    kind: str,
    number: str,
    title: str,
    first_slug: str,
    second_slug: str,
    signed: date,
    starts_on: date,
    ends_on: date,
    parent_number: str | None,
    quota: int | None,
    ceiling: int | None,
) -> None:
    """Catat perjanjian yang sudah ditandatangani."""
    from payung.apps.accounts.selectors import organisation_by_slug
    from payung.apps.agreements import services
    from payung.apps.agreements.models import Kind
    from payung.apps.agreements.selectors import agreements
    from payung.apps.errors import DomainError

    parent = None
    if parent_number:
        parent = agreements(actor=actor).filter(number=parent_number).first()
        if parent is None:
            raise DomainError(f"Tidak ada perjanjian bernomor {parent_number}.")
    made = services.sign(
        actor=actor,
        kind=Kind(kind),
        number=number,
        title=title,
        first_party=organisation_by_slug(actor=actor, slug=first_slug),
        second_party=organisation_by_slug(actor=actor, slug=second_slug),
        signed_on=signed,
        starts_on=starts_on,
        ends_on=ends_on,
        parent=parent,
        quota=quota,
        ceiling=ceiling,
    )
    click.echo(f"Tercatat: {made}")
