"""`payung reference …` and `payung screen …`: references and the registry judged by them."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from payung.cli.office import Day, Month, fail, office_command
from payung.cli.questions import show as question
from payung.identity.numbers import dotted

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from payung.apps.accounts.actor import Actor
    from payung.apps.screening.models import Check, Screening

_KINDS = click.Choice(["bpjs_active", "deaths", "asn", "dtsen"])


@click.group()
def reference() -> None:
    """Daftar acuan: peserta aktif BPJS, kematian, ASN, desil DTSEN."""


@reference.command("load")
@click.argument("kind", type=_KINDS, metavar="JENIS")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as-of", "as_of", type=Day(), required=True, help="Tanggal keadaan data itu.")
@click.option("--source", "source_slug", help="Kode singkat organisasi yang mengirimnya.")
@office_command
def load(actor: "Actor", kind: str, file: Path, as_of: date, source_slug: str | None) -> None:
    """Muat berkas acuan. JENIS: bpjs_active, deaths, asn atau dtsen."""
    from payung.apps.accounts.selectors import organisation_by_slug
    from payung.apps.screening import services
    from payung.apps.screening.models import ReferenceKind

    source = organisation_by_slug(actor=actor, slug=source_slug) if source_slug else None
    made = services.load_reference(
        actor=actor, kind=ReferenceKind(kind), path=file, as_of=as_of, source=source
    )
    click.echo(
        f"Acuan {made.pk} dimuat: {made}, {dotted(made.rows)} orang, {dotted(made.unreadable)} "
        f"baris tak terbaca, {dotted(made.passed_over)} tidak berlaku."
    )


@reference.command("list")
@office_command
def list_(actor: "Actor") -> None:
    """Semua acuan, yang terbaru lebih dahulu."""
    from payung.apps.screening.selectors import references

    table = Table("Acuan", "Jenis", "Keadaan per", "Orang", "Tak terbaca", "Berkas")
    for item in references(actor=actor):
        table.add_row(
            str(item.pk),
            item.get_kind_display(),
            str(item.as_of),
            str(item.rows),
            str(item.unreadable),
            item.filename,
        )
    Console().print(table)


@click.group()
def screen() -> None:
    """Penyaringan: siapa layak dilindungi mulai suatu bulan."""


@screen.command("run")
@click.option("--start", type=Month(), required=True, help="Bulan perlindungan mulai.")
@click.option("--region", "region_code", help="Kode wilayah; bawaan: kota organisasi Anda.")
@click.option("--record-deaths", is_flag=True, help="Catat kematian yang pasti di registri.")
@office_command
def run(actor: "Actor", start: date, region_code: str | None, record_deaths: bool) -> None:
    """Saring semua pekerja hidup terhadap acuan terbaru."""
    from payung.apps.errors import DomainError
    from payung.apps.regions.models import Region
    from payung.apps.screening import services

    region = Region.objects.filter(pk=region_code or actor.city_code).first()
    if region is None:
        raise DomainError(f"Kode wilayah {region_code} tidak dikenal.")
    made = services.run(actor=actor, region=region, on=start)
    _print(actor, made)
    if record_deaths:
        count = services.confirm_deaths(actor=actor, screening=made)
        click.echo(f"{dotted(count)} kematian dicatat di registri.")


@screen.command("show")
@click.argument("number", type=int, required=False, metavar="[NOMOR]")
@office_command
def show(actor: "Actor", number: int | None) -> None:
    """Hasil satu penyaringan; bawaan: yang terakhir."""
    from payung.apps.errors import DomainError
    from payung.apps.screening.selectors import screenings

    found = screenings(actor=actor)
    made = (found.filter(pk=number) if number else found).first()
    if made is None:
        raise DomainError(
            f"Tidak ada penyaringan {number}."
            if number
            else "Belum ada penyaringan. Jalankan: payung screen run --start 2026-01"
        )
    _print(actor, made)


@screen.command("doubts")
@click.option("--json", "as_json", is_flag=True, help="Tulis hasilnya sebagai JSON.")
@office_command
def doubts(actor: "Actor", as_json: bool) -> None:
    """Yang perlu dipastikan pada penyaringan terakhir: pekerja dan orang di acuan."""
    from payung.identity import mask_nik

    asked = [
        {
            "number": each.pk,
            "code": each.code,
            "finding": each.get_code_display(),
            "probability": round(each.probability or 0, 4),
            "worker": {"name": each.worker.name, "nik": mask_nik(each.worker.nik, each.entry.nik)},
            "entry": {"name": each.entry.name, "nik": mask_nik(each.entry.nik, each.worker.nik)},
            "why": each.why,
            "evidence": each.evidence,
        }
        for each in _asked(actor)
    ]
    if as_json:
        click.echo(json.dumps(asked, ensure_ascii=False, indent=2))
        return
    if not asked:
        click.echo("Tidak ada yang perlu dipastikan.")
        return
    click.echo(f"Pekerja, lalu orang di acuan yang mungkin dia ({dotted(len(asked))})\n")
    for each in asked:
        heading = f"{each['number']} · {each['finding']}"
        question(heading, (each["worker"], each["entry"]), each["why"])
        click.echo()
    click.echo("Putuskan dengan: payung screen decide NOMOR same (atau different)")


@screen.command("decide")
@click.argument("number", type=int, metavar="NOMOR")
@click.argument("decision", type=click.Choice(["same", "different"]), metavar="same|different")
@office_command
def decide(actor: "Actor", number: int, decision: str) -> None:
    """Putuskan satu NOMOR dari `screen doubts`: orang yang sama (same) atau lain (different)."""
    from payung.apps.screening import services

    check = _asked(actor).filter(pk=number).first()
    if check is None:
        fail(f"Tidak ada yang perlu dipastikan dengan nomor {number} pada penyaringan terakhir.")
    services.decide(actor=actor, check=check, same_person=decision == "same")
    said = "orang yang sama; pekerja ini gugur" if decision == "same" else "orang lain"
    click.echo(f"{check.worker.name}: {said}.")


@screen.command("take-back")
@click.argument("number", type=int, metavar="NOMOR")
@click.option("--reason", required=True, help="Mengapa keputusan itu ditarik.")
@office_command
def take_back(actor: "Actor", number: int, reason: str) -> None:
    """Tarik keputusan tentang NOMOR pada penyaringan terakhir; ditanyakan lagi."""
    from payung.apps.screening import services
    from payung.apps.screening.selectors import checks, screenings

    newest = screenings(actor=actor).first()
    found = newest and checks(actor=actor, screening=newest).filter(pk=number).first()
    if not found:
        fail(f"Tidak ada hasil nomor {number} pada penyaringan terakhir.")
        return
    services.take_back(actor=actor, check=found, reason=reason)
    click.echo(f"Ditarik: {found.worker.name} perlu dipastikan lagi.")


def _asked(actor: "Actor") -> "QuerySet[Check]":
    """What waits for a decision in the newest run, the likeliest first."""
    from payung.apps.screening.models import Check, Code
    from payung.apps.screening.selectors import checks, screenings

    newest = screenings(actor=actor).first()
    if newest is None:
        return Check.objects.none()
    found = checks(actor=actor, screening=newest).filter(doubtful=True, entry__isnull=False)
    return found.exclude(code=Code.DECILE).order_by("-probability", "id")


def _print(actor: "Actor", made: "Screening") -> None:
    from payung.apps.screening.selectors import counts_by_code

    click.echo(
        f"{made} untuk {made.region.name} mulai {made.on:%Y-%m}: {dotted(made.workers)} pekerja, "
        f"{dotted(made.eligible)} layak, {dotted(made.doubtful)} di antaranya perlu dipastikan."
    )
    table = Table("Hasil", "Menggugurkan", "Perlu dipastikan", "Semua")
    for count in counts_by_code(screening=made):
        numbers = (count.excluded, count.doubtful, count.total)
        table.add_row(count.code.label, *map(dotted, numbers))
    if table.row_count:
        Console().print(table)
    used = ", ".join(str(item) for item in made.references.all())
    click.echo(f"Acuan: {used or 'tidak ada; hanya usia yang diperiksa'}.")
