"""A PostgreSQL server of the tests' own, in a temporary folder, gone when they end.

`python -m tests.support.postgres COMMAND…` runs a command with PAYUNG_DATABASE naming it.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "jit": "off",
    "listen_addresses": "127.0.0.1",
    "max_wal_size": "2GB",
}
_START_SECONDS = 60


def binaries() -> Path | None:
    """Folder of the newest PostgreSQL server programs; None when there is no server."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


def _unprivileged_user() -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root: whom to run it as, or None to stay who we are."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def server() -> Iterator[str]:
    """Start a server on loopback; yields the URL of an empty database on it."""
    programs = binaries()
    if programs is None:
        raise RuntimeError("No PostgreSQL server here; `python -m tests.ground` installs one.")
    folder = Path(tempfile.mkdtemp(prefix="payung-postgres-"))
    user = _unprivileged_user()
    identity = {}
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
        identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    try:
        _make_cluster(programs, folder, identity)
        port = _free_port()
        settings = {**_SETTINGS, "port": port, "unix_socket_directories": folder}
        options = [f"--{name}={value}" for name, value in settings.items()]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [programs / "postgres", "-D", folder / "data", *options],
                stdout=log,
                stderr=log,
                cwd=folder,
                start_new_session=True,
                **identity,
            )
        try:
            _wait_until_ready(process, port, folder)
            yield f"postgresql://payung@127.0.0.1:{port}/payung"
        finally:
            process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            process.wait(timeout=_START_SECONDS)
    finally:
        shutil.rmtree(folder)


def _make_cluster(programs: Path, folder: Path, identity: dict[str, object]) -> None:
    options = ["--username=payung", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8"]
    made = subprocess.run(
        [programs / "initdb", "--pgdata", folder / "data", "--no-sync", *options],
        capture_output=True,
        text=True,
        cwd=folder,
        **identity,
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr}")


def _wait_until_ready(process: subprocess.Popen, port: int, folder: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    address = {"host": "127.0.0.1", "port": port, "user": "payung", "dbname": "postgres"}
    while True:
        try:
            with psycopg.connect(**address, autocommit=True) as connection:
                connection.execute("CREATE DATABASE payung")
            return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                log = (folder / "log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not start: {error}\n{log}") from error
            time.sleep(0.1)


def main() -> int:
    """Run the command given as arguments against a server; its exit status is ours."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with server() as url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "PAYUNG_DATABASE": url}).returncode


if __name__ == "__main__":
    sys.exit(main())
