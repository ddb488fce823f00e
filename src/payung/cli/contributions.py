"""`payung invoice …` and `payung pay`: what is due each month, and what was paid."""

from datetime import date
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from payung.cli.office import Day, Month, office_command, reasons
from payung.identity.numbers import dotted
from payung.law import rupiah

if TYPE_CHECKING:
    from payung.apps.accounts.actor import Actor
    from payung.apps.contributions.models import Invoice


def _found(actor: "Actor", number: str) -> "Invoice":
    from payung.apps.contributions.selectors import invoices
    from payung.apps.errors import DomainError

    found = invoices(actor=actor).filter(number=number).first()
    if found is None:
        raise DomainError(f"Tidak ada tagihan bernomor {number}. Lihat: payung invoice list")
    return found


@click.group()
def invoice() -> None:
    """Tagihan iuran bulanan."""


@invoice.command("make")
@click.argument("month", type=Month())
@office_command
def make(actor: "Actor", month: date) -> None:
    """Tagihkan iuran satu bulan, satu tagihan per dana."""
    from payung.apps.contributions.services import issue
    from payung.apps.regions.models import Region

    region = Region.objects.get(pk=actor.city_code)
    for made in issue(actor=actor, region=region, month=month):
        click.echo(f"{made.number}  {dotted(made.workers)} orang  {rupiah(made.amount)}")


@invoice.command("list")
@click.option("--month", type=Month(), help="Hanya bulan ini.")
@office_command
def list_(actor: "Actor", month: date | None) -> None:
    """Tagihan, bulan terbaru dahulu."""
    from payung.apps.contributions.selectors import invoices

    found = invoices(actor=actor)
    if month:
        found = found.filter(month=month)
    table = Table("Nomor", "Dana", "Bulan", "Jatuh tempo", "Orang", "Jumlah", "Dibayar", "Status")
    for item in found:
        table.add_row(
            item.number,
            item.fund.name,
            f"{item.month:%Y-%m}",
            str(item.due_on),
            dotted(item.workers),
            rupiah(item.amount),
            rupiah(item.paid),
            item.get_state_display(),
        )
    Console().print(table)


@invoice.command("show")
@click.argument("number")
@office_command
def show(actor: "Actor", number: str) -> None:
    """Satu tagihan: dasar hukum tarifnya dan pembayarannya."""
    from payung.apps.contributions.selectors import payments

    found = _found(actor, number)
    click.echo(
        f"{found.number}  {found.fund.name}  {found.get_state_display()}  "
        f"{dotted(found.workers)} orang  {rupiah(found.paid)} dari {rupiah(found.amount)}"
    )
    for price in found.law:
        click.echo(f"Sektor {price['sector']}: {rupiah(price['amount'])} sebulan")
        for reason in reasons(price["steps"]):
            click.echo(f"  {reason}")
    for payment in payments(actor=actor, invoice=found):
        late = ", terlambat" if payment.is_late else ""
        click.echo(
            f"Bayar {payment.paid_on}{late}: {rupiah(payment.amount)}, {dotted(payment.workers)} "
            f"orang, bukti {payment.reference}"
        )


@click.command()
@click.argument("number")
@click.option("--amount", type=int, help="Rupiah; bawaan: seluruh sisa tagihan.")
@click.option("--on", "paid_on", type=Day(), required=True, help="Tanggal pada bukti bayar.")
@click.option("--reference", required=True, help="Nomor bukti bayar.")
@office_command
def pay(actor: "Actor", number: str, amount: int | None, paid_on: date, reference: str) -> None:
    """Catat pembayaran atas tagihan NOMOR."""
    from payung.apps.contributions.services import pay as record_payment

    found = _found(actor, number)
    made = record_payment(
        actor=actor,
        invoice=found,
        amount=found.unpaid if amount is None else amount,
        paid_on=paid_on,
        reference=reference,
    )
    found.refresh_from_db()
    people = made.paid_months.values("worker").distinct().count()
    done = f"{rupiah(made.amount)} dicatat untuk {dotted(people)} orang"
    click.echo(f"{done}; {found.get_state_display()}.")
