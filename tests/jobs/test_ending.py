"""`payung serve`, told to end, frees its address at once and says what it still waits for."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_SOON = 20.0  # seconds; what was waited for lasts longer
_PATIENT = 120  # seconds that a busy machine may take to begin or end a process


def until(holds, seconds=_PATIENT):
    """Wait for something to be so; how long it took."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < seconds, "it did not come"
        time.sleep(0.05)
    return time.monotonic() - began


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


def environment(home):
    """A home of its own, and PostgreSQL for none of it."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.jobs.slow.settings",
        "PAYUNG_DATABASE": "",
        "PAYUNG_HOME": str(home),
        "PYTHONPATH": str(_ROOT),
    }


@contextmanager
def serving(home):
    """A running `payung serve` and its port; what it says is in `home / "said"`."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with (home / "said").open("w") as said:
        process = subprocess.Popen(
            [Path(sys.executable).parent / "payung", "serve", "--bind", f"127.0.0.1:{port}"],
            env=environment(home),
            stderr=said,
            start_new_session=True,
        )
        try:
            until(lambda: listens(port))
            yield process, port
        finally:
            (home / "enough").touch()
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@pytest.fixture(scope="module")
def served_once(tmp_path_factory):
    """A home in which the site was begun for the first time, and ended without work."""
    home = tmp_path_factory.mktemp("home")
    with serving(home) as (process, _):
        process.terminate()
        assert process.wait(timeout=_PATIENT) == 0
    return home


@pytest.fixture
def home(served_once, tmp_path):
    """A home with its tables made, for one test."""
    shutil.copytree(served_once, tmp_path, dirs_exist_ok=True)
    (tmp_path / "enough").unlink()
    return tmp_path


def test_the_address_is_free_while_a_background_job_is_finished(home):
    subprocess.run(
        [sys.executable, "-m", "tests.jobs.slow.seed"], env=environment(home), check=True
    )
    with serving(home) as (process, port):
        until((home / "begun").exists)
        process.terminate()
        assert until(lambda: not listens(port)) < _SOON
        until(lambda: "Membaca daftar lambat.xlsx" in (home / "said").read_text())
        assert process.poll() is None
        assert not (home / "done").exists()
        (home / "enough").touch()
        assert process.wait(timeout=_PATIENT) == 0
        assert (home / "done").exists()
        assert "Traceback" not in (home / "said").read_text()


def test_the_address_is_free_while_a_visitor_is_answered(home):
    with serving(home) as (process, port):
        head = (
            "POST /akun/masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n"
            # with the cookie Django reads what was sent before it answers
            f"Cookie: csrftoken={'a' * 32}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n\r\nab"
        )
        with socket.create_connection(("127.0.0.1", port), timeout=_PATIENT) as visitor:
            visitor.sendall(head.encode())
            assert visitor.recv(1024).startswith(b"HTTP/1.1 100")  # the site has begun with it
            process.terminate()
            assert until(lambda: not listens(port)) < _SOON
            until(lambda: "yang sudah bertanya dijawab dahulu" in (home / "said").read_text())
            assert process.poll() is None
            visitor.sendall(b"c=d")
            assert visitor.recv(1024).startswith(b"HTTP/1.1 403")  # an answer, if only of CSRF
        assert process.wait(timeout=_PATIENT) == 0


def test_without_work_it_ends_at_once_and_says_nothing(served_once):
    said = (served_once / "said").read_text()
    assert "Menunggu" not in said and "dijawab dahulu" not in said
