"""`payung init`: the real first run."""

from collections.abc import Callable
from pathlib import Path

import click

from payung.cli.accounts import print_link
from payung.cli.office import fail, prepare_database, start_django


@click.command()
@click.option("--region", "region_code", help="Kode kota/kabupaten, mis. 36.71.")
@click.option("--office", "office_name", help="Nama dinas pengampu.")
@click.option("--name", help="Nama administrator pertama.")
@click.option("--email", help="Surel administrator pertama.")
@click.option(
    "--codes",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV kode wilayah resmi (kode, nama); bawaan: tabel kecil tiga wilayah.",
)
@click.option("--edition", help="Dasar hukum CSV itu.")
@click.option("--url", default="http://127.0.0.1:8000", show_default=True, help="Alamat situs.")
@click.option("--new-link", "new_link", metavar="SUREL", help="Tautan masuk baru untuk seseorang.")
def init(
    region_code: str | None,
    office_name: str | None,
    name: str | None,
    email: str | None,
    codes: Path | None,
    edition: str | None,
    url: str,
    new_link: str | None,
) -> None:
    """Siapkan basis data, wilayah, dinas pengampu dan administrator pertama."""
    start_django()
    from django.core.management import call_command

    from payung.apps.accounts import first_run
    from payung.apps.accounts.models import User
    from payung.apps.errors import DomainError

    prepare_database()
    call_command("collectstatic", verbosity=0, interactive=False)
    try:
        if new_link:
            user = User.objects.filter(email__iexact=new_link, is_active=True).first()
            if user is None:
                raise DomainError(f"Tidak ada pengguna aktif dengan surel {new_link}.")
            print_link(user, url)
            return
        if first_run.is_done():
            raise DomainError(
                "Payung sudah disiapkan di sini. Untuk tautan masuk baru: "
                "payung init --new-link SUREL"
            )
        _load_codes(codes, edition)
        region_code = region_code or _asked("Kode kota/kabupaten (mis. 36.71)", first_run.city)
        office_name = office_name or click.prompt("Nama dinas pengampu")
        name = name or click.prompt("Nama administrator pertama")
        email = email or _asked("Surel administrator pertama", first_run.address)
        membership = first_run.found(
            region_code=str(region_code),
            office_name=str(office_name),
            name=str(name),
            email=str(email),
        )
    except DomainError as error:
        fail(str(error))
    click.echo(f"{membership.organisation.name} siap. Jalankan situsnya: payung serve")
    print_link(membership.user, url)


def _asked(question: str, checked: Callable[[str], object]) -> str:
    """What was answered, asked again until `checked` has no objection."""
    from payung.apps.errors import DomainError

    while True:
        said = str(click.prompt(question)).strip()
        try:
            checked(said)
        except DomainError as error:
            click.echo(str(error), err=True)
        else:
            return said


def _load_codes(codes: Path | None, edition: str | None) -> int:
    from payung.apps.errors import DomainError
    from payung.apps.regions import services

    if codes is None:
        return services.load_packaged(actor=None)
    if not edition:
        raise DomainError("Sebutkan dasar hukum tabel itu: --edition 'Kepmendagri …'")
    rows = services.parse_csv(codes.read_text("utf-8-sig"))
    return services.load(actor=None, rows=rows, edition=edition)
