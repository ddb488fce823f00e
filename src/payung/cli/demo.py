"""`payung demo`: a made-up city lives through a year, then its site is served."""

import gc
import os
import shutil
import time
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

_STEPS = 44  # what Year.steps yields, for the bar


@click.command()
@click.option("--serve/--no-serve", default=True, help="Buka situsnya setelah laporan.")
@click.option("--bind", default="127.0.0.1:8000", show_default=True)
@click.option("--rows", default=20_000, show_default=True, help="Baris pada semua daftar.")
@click.option("--fresh", is_flag=True, help="Buang kota rekaan yang ada dan mulai lagi.")
def demo(serve: bool, bind: str, rows: int, fresh: bool) -> None:
    """Jalankan setahun kota rekaan, cetak laporannya, lalu buka situsnya."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "payung.settings.demo"
    if serve:
        from payung.cli.serve import refuse_taken

        refuse_taken(bind)
    console = Console()
    marker = _prepare(fresh)
    if marker.exists():
        console.print("Kota rekaan sudah ada; dipakai lagi (--fresh untuk membuatnya baru).")
    else:
        _live(console, marker, rows)
    from payung.demo.report import print_accounts, print_report

    print_report(console, marker.read_text())
    if serve:
        from payung.cli.serve import serve_site

        print_accounts(console, f"http://{bind}")
        serve_site(bind, threads=8)


def _prepare(fresh: bool) -> Path:
    """The demo's folder and database, empty unless its year was lived to the end."""
    from payung.cli.office import prepare_database, start_django

    start_django()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    home = Path(settings.HOME)
    marker = home / "year-is-over"
    if fresh or not marker.exists():
        marker.unlink(missing_ok=True)
        connection.close()
        for thing in [*home.glob("*.sqlite3*"), home / "files", home / "city", home / "cache"]:
            if thing.is_dir():
                shutil.rmtree(thing)
            else:
                thing.unlink(missing_ok=True)
    if not marker.exists() and connection.vendor == "postgresql":
        call_command("migrate", verbosity=0)
        call_command("flush", verbosity=0, interactive=False)
    prepare_database()
    call_command("collectstatic", verbosity=0, interactive=False)
    return marker


def _live(console: Console, marker: Path, rows: int) -> None:
    from payung.demo.year import Year

    year = Year(folder=marker.parent / "city", rows=rows)
    began = time.monotonic()
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
    )
    # The city lies in memory all year: each look for garbage would go through all of it.
    gc.disable()
    try:
        with Progress(*columns, console=console) as bar:
            task = bar.add_task("Tahun 2026", total=_STEPS)
            for step in year.steps():
                bar.update(task, description=step, advance=1)
            bar.update(task, completed=_STEPS)
    finally:
        gc.enable()
    marker.write_text(f"{time.monotonic() - began:.1f}")
