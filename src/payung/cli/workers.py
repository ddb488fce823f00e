"""`payung worker …`: finding workers."""

import json
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table

from payung.cli.office import fail, office_command

if TYPE_CHECKING:
    from payung.apps.accounts.actor import Actor
    from payung.apps.workers.models import Worker

_SHOWN = 50

_LABELS = {
    "id": "nomor",
    "name": "nama",
    "nik": "NIK",
    "birth_date": "lahir",
    "region": "wilayah",
    "occupation": "pekerjaan",
    "kpj": "KPJ",
    "mother_name": "nama ibu",
    "address": "alamat",
    "phone": "telepon",
}


@click.group()
def worker() -> None:
    """Cari pekerja; tarik catatan kematian yang keliru."""


@worker.command("find")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Tulis hasilnya sebagai JSON.")
@office_command
def find(actor: "Actor", text: str, as_json: bool) -> None:
    """Cari dengan nama, NIK atau KPJ, atau awal atau akhir NIK."""
    from payung.apps.accounts.policy import require
    from payung.apps.workers import selectors

    require(actor, "workers.view")
    found = selectors.workers(actor=actor, text=text)
    shown = [*found[:_SHOWN]]
    if as_json:
        click.echo(json.dumps([_short(each) for each in shown], ensure_ascii=False, indent=2))
        return
    if not shown:
        click.echo("Tidak ada pekerja yang cocok. Coba sebagian nama, atau awal atau akhir NIK.")
        return
    table = Table("ID", "Nama", "NIK", "Lahir", "Wilayah", "Pekerjaan", "KPJ")
    for each in shown:
        told = _short(each)
        table.add_row(*(str(told[key] or "—") for key in told))
    Console().print(table)
    rest = found.count() - len(shown)
    if rest > 0:
        click.echo(f"dan {rest} lagi; persempit pencariannya.")


@worker.command("show")
@click.argument("number", type=int)
@click.option("--json", "as_json", is_flag=True, help="Tulis hasilnya sebagai JSON.")
@office_command
def show(actor: "Actor", number: int, as_json: bool) -> None:
    """Satu pekerja dengan bulan iuran terbayar dan semua asal datanya. Pembukaan ini dicatat."""
    from payung.apps.accounts.policy import require
    from payung.apps.audit.services import record_access
    from payung.apps.contributions.selectors import paid_months
    from payung.apps.workers import selectors
    from payung.apps.workers.sources import sources_of

    require(actor, "workers.view")
    found = selectors.detail(actor=actor).filter(pk=number).first()
    if found is None:
        fail(f"Tidak ada pekerja nomor {number} dalam jangkauan Anda.")
    record_access(actor=actor, noun="worker", object_id=found.pk)
    told = {**_short(found), "nik": found.nik, "mother_name": found.mother_name}
    told |= {"address": found.address, "phone": found.phone}
    sources = [
        {
            "kind": source.kind,
            "organisation": source.organisation.name,
            "received_at": source.received_at.isoformat(),
            "values": source.values,
        }
        for source in sources_of(found)
    ]
    differences = selectors.differences(found)
    others = [
        {"field": each.field, "own": each.own, "said": each.said, "source": each.source.kind}
        for each in differences
    ]
    months = paid_months(found)
    if as_json:
        told |= {"sources": sources, "differences": others}
        told["paid_months"] = [f"{month:%Y-%m}" for month in months]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for key, value in told.items():
        click.echo(f"{_LABELS[key]:12} {value or '—'}")
    paid = ", ".join(f"{month:%Y-%m}" for month in months)
    click.echo(f"{'terbayar':12} {paid or 'belum ada bulan iuran'}")
    for source in sources:
        click.echo(f"asal         {source['organisation']} · {source['received_at'][:10]}")
    for each in differences:
        click.echo(f"berbeda      {each.label}: {each.said}")


@worker.command("withdraw-death")
@click.argument("number", type=int, metavar="NOMOR")
@click.option("--reason", required=True, help="Mengapa ditarik.")
@office_command
def withdraw_death(actor: "Actor", number: int, reason: str) -> None:
    """Tarik catatan kematian yang keliru; klaim yang baru disiapkan ikut ditutup."""
    from payung.apps.claims import deaths
    from payung.apps.workers import selectors

    found = selectors.workers(actor=actor).filter(pk=number).first()
    if found is None:
        fail(f"Tidak ada pekerja nomor {number} dalam jangkauan Anda.")
    deaths.withdraw(actor=actor, worker=found, reason=reason)
    click.echo(f"Ditarik: pekerja {number} tidak lagi tercatat meninggal.")


def _short(found: "Worker") -> dict[str, Any]:
    from payung.identity import mask_nik

    return {
        "id": found.pk,
        "name": found.name,
        "nik": mask_nik(found.nik),
        "birth_date": found.birth_date.isoformat() if found.birth_date else None,
        "region": found.region.name,
        "occupation": found.occupation_text,
        "kpj": found.kpj,
    }
