"""`payung plan …`: making a plan, approving it, giving it out."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from payung.cli.office import Month, office_command, reasons
from payung.identity.numbers import dotted
from payung.law import rupiah

if TYPE_CHECKING:
    from payung.apps.accounts.actor import Actor
    from payung.apps.funding.models import Plan


@click.group()
def plan() -> None:
    """Rencana perlindungan: siapa, dana mana, bulan mana."""


@plan.command("make")
@click.argument("name", metavar="NAMA")
@click.option("--from", "first_month", type=Month(), required=True, help="Bulan pertama.")
@click.option("--to", "last_month", type=Month(), required=True, help="Bulan terakhir.")
@click.option("--fund", "numbers", type=int, multiple=True, help="Nomor dana; bawaan: semua.")
@click.option("--screening", "screening_number", type=int, help="Bawaan: yang terakhir.")
@click.option("--months", type=click.IntRange(min=1), help="Bulan per orang; bawaan: seluruhnya.")
@click.option("--least", type=click.IntRange(min=1), help="Bulan tersedikit bila dana menipis.")
@click.option("--doubtful", is_flag=True, help="Sertakan yang masih perlu dipastikan.")
@office_command
def make(
    actor: "Actor",
    name: str,
    first_month: date,
    last_month: date,
    numbers: tuple[int, ...],
    screening_number: int | None,
    months: int | None,
    least: int | None,
    doubtful: bool,
) -> None:
    """Susun rancangan dari hasil penyaringan dan dana."""
    from payung.apps.errors import DomainError
    from payung.apps.funding import plans
    from payung.apps.funding.selectors import funds
    from payung.apps.screening.selectors import screenings

    runs = screenings(actor=actor)
    screening = (runs.filter(pk=screening_number) if screening_number else runs).first()
    if screening is None:
        raise DomainError("Belum ada penyaringan. Jalankan: payung screen run --start 2026-01")
    chosen = funds(actor=actor)
    if numbers:
        chosen = chosen.filter(pk__in=numbers)
        if unknown := set(numbers) - set(chosen.values_list("pk", flat=True)):
            raise DomainError(f"Tidak ada dana bernomor {', '.join(map(str, sorted(unknown)))}.")
    made = plans.make(
        actor=actor,
        name=name,
        screening=screening,
        first_month=first_month,
        last_month=last_month,
        funds=list(chosen),
        rules=plans.Rules(months_target=months, months_min=least, include_doubtful=doubtful),
    )
    _print(actor, made)


@plan.command("list")
@office_command
def list_(actor: "Actor") -> None:
    """Semua rencana."""
    from payung.apps.funding.selectors import plans

    table = Table("Rencana", "Nama", "Masa", "Status", "Pekerja", "Jumlah")
    for item in plans(actor=actor):
        table.add_row(
            str(item.pk),
            item.name,
            f"{item.first_month:%Y-%m} – {item.last_month:%Y-%m}",
            item.get_state_display(),
            str(item.result["workers"]),
            rupiah(item.result["amount"]),
        )
    Console().print(table)


@plan.command("show")
@click.argument("number", type=int, metavar="RENCANA")
@office_command
def show(actor: "Actor", number: int) -> None:
    """Jumlah per dana dan per kecamatan, peringatan dan yang tidak tertampung."""
    _print(actor, _plan(actor, number))


@plan.command("approve")
@click.argument("number", type=int, metavar="RENCANA")
@office_command
def approve(actor: "Actor", number: int) -> None:
    """Setujui rancangan orang lain; dananya dicadangkan."""
    from payung.apps.funding import decisions

    made = decisions.approve(actor=actor, plan=_plan(actor, number))
    click.echo(f"Disetujui: {made.name}, {rupiah(made.result['amount'])} dicadangkan.")


@plan.command("cancel")
@click.argument("number", type=int, metavar="RENCANA")
@click.option("--reason", default="", help="Alasan.")
@office_command
def cancel(actor: "Actor", number: int, reason: str) -> None:
    """Batalkan; yang dicadangkan dilepas kembali."""
    from payung.apps.funding import decisions

    made = decisions.cancel(actor=actor, plan=_plan(actor, number), reason=reason)
    click.echo(f"Dibatalkan: {made.name}.")


@plan.command("release")
@click.argument("number", type=int, metavar="RENCANA")
@click.option("--reason", default="", help="Alasan.")
@office_command
def release(actor: "Actor", number: int, reason: str) -> None:
    """Lepas cadangan bagi yang belum masuk gelombang mana pun; mereka keluar dari rencana."""
    from payung.apps.enrolment.releasing import release_unused

    freed = release_unused(actor=actor, plan=_plan(actor, number), reason=reason)
    if freed.people:
        click.echo(
            f"Dilepas: {rupiah(freed.amount)}, {dotted(freed.people)} orang keluar dari rencana."
        )
    else:
        click.echo("Tidak ada cadangan yang perlu dilepas.")


@plan.command("export")
@click.argument("number", type=int, metavar="RENCANA")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@office_command
def export(actor: "Actor", number: int, file: Path) -> None:
    """Tulis lampiran SK sebagai .xlsx."""
    from payung.apps.funding import annex

    file.write_bytes(annex.export(actor=actor, plan=_plan(actor, number)))
    click.echo(f"Tertulis: {file}")


def _plan(actor: "Actor", number: int) -> "Plan":
    from payung.apps.errors import DomainError
    from payung.apps.funding.selectors import plans

    found = plans(actor=actor).filter(pk=number).first()
    if found is None:
        raise DomainError(f"Tidak ada rencana bernomor {number}. Lihat: payung plan list")
    return found


def _print(actor: "Actor", made: "Plan") -> None:
    from payung.apps.funding.models import FundKind
    from payung.apps.funding.selectors import left_out_reasons, shares_by_kecamatan
    from payung.apps.workers.models import Sector

    result = made.result
    click.echo(
        f"Rencana {made.pk} ({made.get_state_display()}): {made.name}, {made.first_month:%Y-%m} "
        f"sampai {made.last_month:%Y-%m}. {dotted(result['workers'])} pekerja, "
        f"{dotted(result['months'])} bulan, {rupiah(result['amount'])}."
    )
    by_fund = Table("Dana", "Pekerja", "Bulan", "Jumlah", "Sisa")
    for total in result["funds"]:
        by_fund.add_row(
            total["name"],
            dotted(total["workers"]),
            dotted(total["months"]),
            rupiah(total["amount"]),
            rupiah(total["left"]),
        )
    by_place = Table("Kecamatan", "Pekerja", "Bulan", "Jumlah")
    for share in shares_by_kecamatan(actor=actor, plan=made):
        by_place.add_row(
            share.label, dotted(share.workers), dotted(share.months), rupiah(share.amount)
        )
    Console().print(by_fund, by_place)
    for price in made.rules["prices"]:
        click.echo(
            f"{price['first_month'][:7]} sampai {price['last_month'][:7]}, "
            f"{FundKind(price['kind']).label}, sektor {Sector(price['sector']).label.lower()}: "
            f"{rupiah(price['amount'])} sebulan"
        )
        for reason in reasons(price["steps"]):
            click.echo(f"  {reason}")
    for reason, count in left_out_reasons(actor=actor, plan=made):
        click.echo(f"Tidak tertampung: {dotted(count)} pekerja, {reason}.")
    for warning in result["warnings"]:
        click.echo(f"Perhatian: {warning['text']}")
