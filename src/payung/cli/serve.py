"""`payung serve`: the site and its background worker. `payung daily`: what cron calls."""

import itertools
import os
import subprocess
import sys
import threading
from typing import Any

import click

from payung.cli.office import start_django

_BEAT = 2.0  # seconds between two looks at the worker
_RECOVER_EVERY = 30  # beats


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
    master = os.getpid()
    worker = BackgroundWorker()
    worker.start()
    try:
        run_site(bind, threads)
    finally:
        # gunicorn's children leave through here as well; the worker is not theirs to stop
        if os.getpid() == master:
            worker.stop()


class BackgroundWorker(threading.Thread):
    """Keeps one `db_worker` process running, and takes up jobs whose worker died."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name="background-worker")
        self._over = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        from django.db import close_old_connections

        from payung.apps.jobs import services

        for beat in itertools.count(1):
            if self._process is None or self._process.poll() is not None:
                self._process = subprocess.Popen(
                    [
                        sys.executable,
                        "-m",
                        "django",
                        "db_worker",
                        "--interval",
                        "0.5",
                        "--no-reload",
                    ]
                )
            if beat % _RECOVER_EVERY == 0:
                services.recover()
                close_old_connections()
            if self._over.wait(_BEAT):
                return

    def stop(self) -> None:
        """Let it finish what it does, for half a minute at most."""
        self._over.set()
        self.join()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=30)


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
