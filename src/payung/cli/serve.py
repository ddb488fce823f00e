"""`payung serve`: the site and its background worker. `payung daily`: what cron calls."""

import subprocess
import sys
from typing import Any

import click

from payung.cli.office import start_django


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Alamat dan porta.")
@click.option("--threads", default=8, show_default=True, help="Permintaan serentak.")
def serve(bind: str, threads: int) -> None:
    """Jalankan situs (gunicorn) dan pekerja latar dalam satu perintah."""
    start_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    serve_site(bind, threads)


def serve_site(bind: str, threads: int) -> None:
    """The site and one background worker, until interrupted. Django is set up and migrated."""
    from payung.apps.jobs import services

    services.recover()
    worker = subprocess.Popen(
        [sys.executable, "-m", "django", "db_worker", "--interval", "0.5", "--no-reload"]
    )
    try:
        run_site(bind, threads)
    finally:
        worker.terminate()
        worker.wait(timeout=30)


def run_site(bind: str, threads: int) -> None:
    """Serve until interrupted."""
    from django.core.wsgi import get_wsgi_application
    from gunicorn.app.base import BaseApplication

    class Site(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            self.cfg.set("bind", bind)
            self.cfg.set("threads", threads)
            self.cfg.set("workers", 1)
            self.cfg.set("timeout", 120)
            self.cfg.set("loglevel", "warning")
            self.cfg.set("worker_tmp_dir", None)
            self.cfg.set("control_socket_disable", True)

        def load(self) -> Any:
            return get_wsgi_application()

    sys.argv = sys.argv[:1]
    Site().run()


@click.command()
def daily() -> None:
    """Pulihkan pekerjaan yang terhenti dan rapikan antrean; panggil dari cron setiap hari."""
    start_django()
    from django.core.management import call_command

    from payung.apps.jobs import services

    recovered = services.recover()
    call_command("clearsessions")
    call_command("prune_db_task_results", verbosity=0)
    click.echo(f"Pekerjaan dipulihkan: {recovered}.")
