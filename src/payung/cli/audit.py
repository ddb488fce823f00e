"""`payung audit …`: the chain of events."""

from typing import TYPE_CHECKING

import click

from payung.cli.office import fail, office_command
from payung.identity.numbers import dotted

if TYPE_CHECKING:
    from payung.apps.accounts.actor import Actor


@click.group()
def audit() -> None:
    """Jejak audit."""


@audit.command("verify")
@office_command
def verify(actor: "Actor") -> None:
    """Periksa bahwa tidak satu pun peristiwa diubah atau dihapus."""
    from payung.apps.accounts.policy import require
    from payung.apps.audit.models import Event
    from payung.apps.audit.selectors import broken_link

    require(actor, "audit.view")
    broken = broken_link()
    if broken:
        fail(f"Rantai putus pada peristiwa nomor {broken.pk} ({broken.act}).")
    click.echo(f"Utuh: {dotted(Event.objects.count())} peristiwa.")
