"""`payung region …`: official area codes."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from payung.cli.office import office_command
from payung.identity.numbers import dotted

if TYPE_CHECKING:
    from payung.apps.accounts.actor import Actor


@click.group()
def region() -> None:
    """Kode wilayah."""


@region.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", required=True, help="Dasar hukumnya, mis. Kepmendagri 300.2.2-2430/2025")
@office_command
def load(actor: "Actor", file: Path, edition: str) -> None:
    """Muat CSV resmi: kode bertitik dan nama pada dua kolom pertama."""
    from payung.apps.regions import services

    count = services.load(
        actor=actor, rows=services.parse_csv(file.read_text("utf-8-sig")), edition=edition
    )
    click.echo(f"{dotted(count)} wilayah termuat ({edition}).")
