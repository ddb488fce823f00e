"""`payung serve`, told to end, frees its address at once and says what it still waits for."""

import os
import signal
import socket
import subprocess
import sys
import time
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


@pytest.fixture
def environment(tmp_path):
    """A home of its own, and PostgreSQL for none of it."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.jobs.slow.settings",
        "PAYUNG_DATABASE": "",
        "PAYUNG_HOME": str(tmp_path),
        "PYTHONPATH": str(_ROOT),
    }


@pytest.fixture
def serving(environment, tmp_path):
    """serving() is a running `payung serve` and its port."""
    started = []

    def made():
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        said = (tmp_path / "said").open("w")
        process = subprocess.Popen(
            [Path(sys.executable).parent / "payung", "serve", "--bind", f"127.0.0.1:{port}"],
            env=environment,
            stderr=said,
            start_new_session=True,
        )
        started.append((process, said))
        until(lambda: listens(port))
        return process, port

    yield made
    for process, said in started:
        (tmp_path / "enough").touch()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        said.close()


def test_the_address_is_free_while_a_background_job_is_finished(environment, serving, tmp_path):
    subprocess.run([sys.executable, "-m", "tests.jobs.slow.seed"], env=environment, check=True)
    process, port = serving()
    until((tmp_path / "begun").exists)
    process.terminate()
    assert until(lambda: not listens(port)) < _SOON
    until(lambda: "Membaca daftar lambat.xlsx" in (tmp_path / "said").read_text())
    assert process.poll() is None
    assert not (tmp_path / "done").exists()
    (tmp_path / "enough").touch()
    assert process.wait(timeout=_PATIENT) == 0
    assert (tmp_path / "done").exists()
    assert "Traceback" not in (tmp_path / "said").read_text()


def test_the_address_is_free_while_a_visitor_is_answered(serving, tmp_path):
    process, port = serving()
    head = (
        "POST /akun/masuk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n\r\nab"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=_PATIENT) as visitor:
        visitor.sendall(head.encode())
        assert visitor.recv(1024).startswith(b"HTTP/1.1 100")  # the site has begun with it
        process.terminate()
        assert until(lambda: not listens(port)) < _SOON
        until(lambda: "yang sudah bertanya dijawab dahulu" in (tmp_path / "said").read_text())
        assert process.poll() is None
        visitor.sendall(b"c=d")
        assert visitor.recv(1024).startswith(b"HTTP/1.1 403")  # an answer, if only of CSRF
    assert process.wait(timeout=_PATIENT) == 0


def test_without_work_it_ends_at_once_and_says_nothing(serving, tmp_path):
    process, _ = serving()
    process.terminate()
    assert process.wait(timeout=_PATIENT) == 0
    said = (tmp_path / "said").read_text()
    assert "Menunggu" not in said and "dijawab dahulu" not in said
