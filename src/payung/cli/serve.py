"""`payung serve`: the site and its background worker. `payung daily`: what cron calls."""

import itertools
import os
import socket
import subprocess
import sys
import threading
from typing import Any

import click

from payung.cli.office import fail, prepare_database, start_django

_BEAT = 2.0  # seconds between two looks at the worker
_RECOVER_EVERY = 30  # beats
_SOON = 2.0  # seconds; what takes longer is told of
_IDLE_ENDS = 15.0  # seconds that a worker without work may take on a busy machine
_PATIENCE = 30  # seconds for what was begun


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Alamat dan porta.")
@click.option("--threads", default=8, show_default=True, help="Permintaan serentak.")
def serve(bind: str, threads: int) -> None:
    """Jalankan situs (gunicorn) dan pekerja latar dalam satu perintah."""
    refuse_taken(bind)
    start_django()
    from django.core.management import call_command

    prepare_database()
    call_command("collectstatic", verbosity=0, interactive=False)
    serve_site(bind, threads)


def refuse_taken(bind: str) -> None:
    """End with a sentence when somebody listens at this address already, or nobody can."""
    host, _, port = bind.rpartition(":")
    if bind.startswith("unix:") or not port.isdecimal():
        return
    try:
        socket.create_server((host.strip("[]"), int(port))).close()
    except (OSError, OverflowError):
        fail(
            f"Alamat {bind} sudah dipakai atau tidak dapat dibuka; hentikan program yang "
            "memakainya, atau pilih alamat lain dengan --bind."
        )


def serve_site(bind: str, threads: int) -> None:
    """The site and one background worker, until interrupted. Django is set up and migrated.

    Told to end, the site stops listening at once; answers begun and the background job in hand
    are finished first, half a minute each at most, and it is said what is waited for.
    """
    from django.db import connections

    from payung.apps.jobs import services

    services.recover()
    connections.close_all()  # not for the site's own process to inherit
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
        """Let it finish what it does, for half a minute at most; say what that is."""
        self._over.set()
        self.join()
        if self._process is None:
            return
        self._process.terminate()
        if _ends_within(self._process, _SOON):
            return
        if not _at_work() and _ends_within(self._process, _IDLE_ENDS):
            return
        click.echo(
            f"Situs sudah berhenti. Menunggu pekerjaan latar selesai, paling lama {_PATIENCE} "
            f"detik: {_at_work() or 'pekerjaan yang baru dimulai'}.",
            err=True,
        )
        if not _ends_within(self._process, _PATIENCE):
            self._process.kill()
            self._process.wait()
            click.echo(
                "Pekerjaan latar dihentikan; payung serve berikutnya mengulanginya dari awal.",
                err=True,
            )


def _ends_within(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _at_work() -> str:
    """The labels of the jobs that run."""
    from payung.apps.jobs.models import Job, State

    running = Job.objects.filter(state=State.RUNNING).values_list("label", flat=True)
    return "; ".join(running)


def run_site(bind: str, threads: int) -> None:
    """Serve until interrupted; the address is free as soon as it is told to end."""
    from django.core.wsgi import get_wsgi_application
    from gunicorn.app.base import BaseApplication
    from gunicorn.workers.gthread import ThreadWorker

    class Worker(ThreadWorker):  # type: ignore[misc]
        def set_accept_enabled(self, enabled: bool) -> None:
            super().set_accept_enabled(enabled)
            if self.alive:
                return
            for listener in self.sockets:
                listener.close()
            patience = threading.Timer(_SOON, self._say_who_is_waited_for)
            patience.daemon = True
            patience.start()

        def _say_who_is_waited_for(self) -> None:
            if self.nr_conns > len(self.keepalived_conns):
                click.echo(
                    "Situs berhenti menerima pengunjung; yang sudah bertanya dijawab dahulu, "
                    f"paling lama {_PATIENCE} detik.",
                    err=True,
                )

    class Site(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            self.cfg.set("bind", bind)
            self.cfg.set("threads", threads)
            self.cfg.set("workers", 1)
            self.cfg.set("worker_class", Worker)
            self.cfg.set("graceful_timeout", _PATIENCE)
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
