"""`payung organisation …` and `payung member …`: who works with Payung, and as what."""

from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from payung.cli.office import office_command

if TYPE_CHECKING:
    from payung.apps.accounts.actor import Actor
    from payung.apps.accounts.models import User

KINDS = ["office", "branch", "company", "association", "fund_body", "inspectorate", "lead"]
ROLES = ["operator", "verifier", "approver", "branch_officer", "sponsor", "auditor",
         "administrator"]  # fmt: skip


def print_link(user: "User", url: str) -> None:
    """The one-time link with which the person sets a password."""
    from django.urls import reverse

    from payung.apps.accounts.services import one_time_link

    link = one_time_link(user)
    path = reverse("start", args=[link.uid, link.token])
    click.echo(f"Tautan sekali pakai untuk {user.email} (berlaku 3 hari):")
    click.echo(f"  {url.rstrip('/')}{path}")


@click.group()
def organisation() -> None:
    """Organisasi yang bekerja dengan Payung: dinas, cabang BPJS, perusahaan, wadah."""


@organisation.command("list")
@click.option(
    "--kind", type=click.Choice([*KINDS, "city", "kecamatan", "kelurahan"]), help="Jenis."
)
@office_command
def list_organisations(actor: "Actor", kind: str | None) -> None:
    """Organisasi dan kode singkatnya, yang dipakai perintah lain."""
    from payung.apps.accounts.selectors import organisations

    found = organisations(actor=actor)
    found = found.filter(kind=kind) if kind else found.exclude(kind__in=["kecamatan", "kelurahan"])
    table = Table("Kode singkat", "Nama", "Jenis")
    for item in found:
        table.add_row(item.slug, item.name, item.get_kind_display())
    Console().print(table)
    if not kind:
        click.echo("Kecamatan dan kelurahan: tambahkan --kind kecamatan atau --kind kelurahan.")


@organisation.command("add")
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    required=True,
    help="office: perangkat daerah; branch: cabang BPJS; company: perusahaan; association: wadah; "
    "fund_body: lembaga dana; inspectorate: inspektorat; lead: dinas pengampu lain.",
)
@click.option("--name", required=True, help="Nama lengkap.")
@click.option("--slug", default="", help="Kode singkat; bawaan: dibuat dari nama.")
@office_command
def add_organisation(actor: "Actor", kind: str, name: str, slug: str) -> None:
    """Daftarkan organisasi di kota ini."""
    from payung.apps.accounts import services
    from payung.apps.accounts.models import Kind

    made = services.create_organisation(
        actor=actor, kind=Kind(kind), name=name, slug=slug, region=actor.organisation.region
    )
    click.echo(f"Tercatat: {made.name}, kode singkat {made.slug}.")


@click.group()
def member() -> None:
    """Orang yang bekerja dengan Payung dan perannya."""


@member.command("list")
@office_command
def list_members(actor: "Actor") -> None:
    """Semua orang, organisasi dan perannya."""
    from payung.apps.accounts.selectors import members

    table = Table("Surel", "Nama", "Peran", "Organisasi", "Keadaan")
    for item in members(actor=actor):
        table.add_row(
            item.user.email,
            item.user.name,
            item.get_role_display(),
            item.organisation.name,
            "aktif" if item.is_active else "nonaktif",
        )
    Console().print(table)


@member.command("add")
@click.option("--email", "address", required=True, help="Surel orangnya.")
@click.option("--name", required=True, help="Nama lengkap.")
@click.option("--organisation", "slug", required=True, help="Kode singkat organisasinya.")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    required=True,
    help="operator: petugas data; verifier: verifikator; approver: penyetuju; branch_officer: "
    "petugas BPJS; sponsor: penyandang dana; auditor; administrator.",
)
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Alamat situs.")
@office_command
def add_member(actor: "Actor", address: str, name: str, slug: str, role: str, url: str) -> None:
    """Beri seseorang peran; orang baru mendapat tautan sekali pakai."""
    from payung.apps.accounts import services
    from payung.apps.accounts.models import Role
    from payung.apps.accounts.selectors import organisation_by_slug

    made = services.add_member(
        actor=actor,
        email=address,
        name=name,
        organisation=organisation_by_slug(actor=actor, slug=slug),
        role=Role(role),
    )
    click.echo(f"{made.user.name} kini {made.get_role_display()} di {made.organisation.name}.")
    if not made.user.has_usable_password():
        print_link(made.user, url)
