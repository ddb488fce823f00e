"""`payung coverage`: how far protection reaches in a month."""

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from payung.cli.office import Month, fail, office_command

if TYPE_CHECKING:
    from payung.apps.accounts.actor import Actor
    from payung.apps.coverage.selectors import Reached


@click.command()
@click.option("--month", type=Month(), help="Bulan; bawaan: bulan terakhir yang dibayar.")
@click.option("--json", "as_json", is_flag=True, help="Untuk mesin.")
@office_command
def coverage(actor: "Actor", month: date | None, as_json: bool) -> None:
    """Cakupan satu bulan per kecamatan dan per kategori."""
    from payung.apps.coverage import selectors

    if month is None:
        paid = selectors.months_paid(actor=actor)
        if not paid:
            fail("Belum ada bulan yang dibayar. Catat pembayaran dahulu: payung pay")
        month = paid[0]
    found = selectors.coverage(actor=actor, month=month)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "month": f"{found.month:%Y-%m}",
                    "screening": found.screening.pk if found.screening else None,
                    "total": _as_data(found.total),
                    "kecamatan": [_as_data(row) for row in found.kecamatan],
                    "kelurahan": [_as_data(row) for row in found.kelurahan],
                    "categories": [_as_data(row) for row in found.categories],
                },
                ensure_ascii=False,
            )
        )
        return
    for title, rows in (("Kecamatan", found.kecamatan), ("Kategori", found.categories)):
        table = Table(title, "Terdaftar", "Layak", "Terlindungi", "JKM penuh", "Cakupan")
        for row in [*rows, found.total]:
            name = row.name if row is not found.total else "Jumlah"
            numbers = (row.registered, row.eligible, row.covered, row.full_jkm)
            table.add_row(name, *map(str, numbers), f"{row.share:.0%}" if row.eligible else "–")
        Console().print(table)


def _as_data(row: "Reached") -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "registered": row.registered,
        "eligible": row.eligible,
        "covered": row.covered,
        "full_jkm": row.full_jkm,
        "share": round(row.share, 4),
    }
