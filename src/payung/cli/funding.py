"""`payung fund …`: funds and their ledgers."""

from datetime import date
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from payung.cli.office import Day, Month, office_command
from payung.law import rupiah

if TYPE_CHECKING:
    from payung.apps.accounts.actor import Actor
    from payung.apps.funding.models import Fund

_KINDS = ["apbd", "apbdes", "dbhcht", "dbhsawit", "csr", "baznas", "sertakan", "self"]


@click.group()
def fund() -> None:
    """Dana dan bukunya."""


@fund.command("add")
@click.argument("name", metavar="NAMA")
@click.option("--kind", type=click.Choice(_KINDS), required=True, help="Sumber dana.")
@click.option("--organisation", "slug", required=True, help="Kode singkat pemilik dana.")
@click.option("--from", "first_month", type=Month(), required=True, help="Bulan pertama.")
@click.option("--to", "last_month", type=Month(), required=True, help="Bulan terakhir.")
@click.option("--agreement", "number", help="Nomor perjanjian yang mendasarinya.")
@click.option("--quota", type=click.IntRange(min=1), help="Kuota orang.")
@click.option("--category", "categories", multiple=True, help="Hanya kategori ini; boleh diulang.")
@click.option("--place", "places", multiple=True, help="Hanya wilayah ini (kode); boleh diulang.")
@click.option("--grant", "amount", type=click.IntRange(min=1), help="Langsung beri, rupiah.")
@office_command
def add(
    actor: "Actor",
    name: str,
    kind: str,
    slug: str,
    first_month: date,
    last_month: date,
    number: str | None,
    quota: int | None,
    categories: tuple[str, ...],
    places: tuple[str, ...],
    amount: int | None,
) -> None:
    """Buka dana baru."""
    from django.db import transaction

    from payung.apps.accounts.selectors import organisation_by_slug
    from payung.apps.agreements.selectors import agreements
    from payung.apps.db.months import today
    from payung.apps.errors import DomainError
    from payung.apps.funding import services
    from payung.apps.funding.models import FundKind

    agreement = None
    if number:
        agreement = agreements(actor=actor).filter(number=number).first()
        if agreement is None:
            raise DomainError(f"Tidak ada perjanjian bernomor {number}.")
    with transaction.atomic():
        made = services.create_fund(
            actor=actor,
            name=name,
            kind=FundKind(kind),
            organisation=organisation_by_slug(actor=actor, slug=slug),
            first_month=first_month,
            last_month=last_month,
            agreement=agreement,
            quota=quota,
            categories=categories,
            kelurahan_prefixes=places,
        )
        if amount:
            services.grant(actor=actor, fund=made, amount=amount, on=today())
    click.echo(f"Dana {made.pk} dibuka: {made.name}, {rupiah(made.free)} tersedia.")


@fund.command("grant")
@click.argument("number", type=int, metavar="DANA")
@click.argument("amount", type=int, metavar="RUPIAH")
@click.option("--on", type=Day(), help="Tanggal; bawaan: hari ini.")
@click.option("--note", default="", help="Keterangan, misalnya nomor DPA.")
@office_command
def grant(actor: "Actor", number: int, amount: int, on: date | None, note: str) -> None:
    """Tambahkan uang ke dana bernomor DANA."""
    from payung.apps.db.months import today
    from payung.apps.funding import services

    one = _fund(actor, number)
    services.grant(actor=actor, fund=one, amount=amount, on=on or today(), note=note)
    click.echo(f"{one.name}: {rupiah(one.granted)} diberikan, {rupiah(one.free)} tersedia.")


@fund.command("list")
@office_command
def list_(actor: "Actor") -> None:
    """Semua dana dengan jumlahnya."""
    from payung.apps.funding.selectors import funds

    table = Table(
        "Dana", "Nama", "Sumber", "Masa", "Diberikan", "Dicadangkan", "Dibelanjakan", "Bebas"
    )
    for item in funds(actor=actor):
        table.add_row(
            str(item.pk),
            item.name,
            item.get_kind_display(),
            f"{item.first_month:%Y-%m} – {item.last_month:%Y-%m}",
            *(rupiah(sum_) for sum_ in (item.granted, item.reserved, item.spent, item.free)),
        )
    Console().print(table)


@fund.command("ledger")
@click.argument("number", type=int, metavar="DANA")
@office_command
def ledger(actor: "Actor", number: int) -> None:
    """Buku satu dana, baris demi baris."""
    from payung.apps.funding.selectors import entries

    table = Table("Tanggal", "Jenis", "Jumlah", "Keterangan")
    for entry in entries(actor=actor, fund=_fund(actor, number)):
        table.add_row(
            str(entry.on), entry.get_kind_display(), rupiah(entry.amount), entry.note or "—"
        )
    Console().print(table)


def _fund(actor: "Actor", number: int) -> "Fund":
    from payung.apps.errors import DomainError
    from payung.apps.funding.selectors import funds

    found = funds(actor=actor).filter(pk=number).first()
    if found is None:
        raise DomainError(f"Tidak ada dana bernomor {number}. Lihat: payung fund list")
    return found
