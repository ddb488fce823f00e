"""What terminal commands on the office's records share: Django, who acts, errors as sentences."""

import functools
import os
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import click


def start_django() -> None:
    """Make the records available; safe to call again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "payung.settings.base")
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def prepare_database() -> None:
    """Bring the database to this version: its tables, and the keys of names kept in them.

    Django is started. It is said on standard error when keys were made anew.
    """
    from django.core.management import call_command

    from payung.apps.workers import keys
    from payung.identity.numbers import dotted

    call_command("migrate", verbosity=0)
    changed = sum(keys.renew().values())
    if changed:
        click.echo(
            f"Aturan nama berubah: kunci pencocokan {dotted(changed)} catatan dibuat ulang.",
            err=True,
        )


def fail(sentence: str) -> None:
    """One clear sentence on standard error, exit status 2."""
    click.echo(sentence, err=True)
    sys.exit(2)


def office_command(command: Callable[..., Any]) -> Callable[..., Any]:
    """Decorate a click callback: adds --as EMAIL, starts Django, passes `actor` first.

    A DomainError or NotAllowed becomes its sentence on standard error with exit status 2.
    """

    @click.option(
        "--as",
        "email",
        envvar="PAYUNG_AS",
        help="Surel orang yang bertindak; bawaan: satu-satunya administrator.",
    )
    @functools.wraps(command)
    def wrapped(*args: Any, email: str | None, **kwargs: Any) -> Any:
        start_django()
        from django.db import OperationalError, ProgrammingError

        from payung.apps.accounts.selectors import terminal_actor
        from payung.apps.errors import DomainError

        try:
            return command(terminal_actor(email=email), *args, **kwargs)
        except DomainError as error:
            fail(str(error))
        except (OperationalError, ProgrammingError) as error:
            if "no such table" in str(error) or "does not exist" in str(error):
                fail("Basis data belum disiapkan. Jalankan: payung init")
            raise

    return wrapped


class Month(click.ParamType):
    """A month as 2026-01 (or a date in it): its first day."""

    name = "bulan"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            year, month = str(value).split("-")[:2]
            return date(int(year), int(month), 1)
        except ValueError:
            self.fail(f"«{value}» bukan bulan; tulis misalnya 2026-01.", param, ctx)


class Day(click.ParamType):
    """A date as 2026-01-31."""

    name = "tanggal"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"«{value}» bukan tanggal; tulis misalnya 2026-01-31.", param, ctx)


def reasons(kept: list[dict[str, Any]]) -> list[str]:
    """One line per step of the law that a record keeps: its sentence, article and certainty."""
    from payung.law import steps_from_data

    return [
        f"{step.text} ({step.source}{'' if step.verified else ', belum terverifikasi'})"
        for step in steps_from_data(kept)
    ]
