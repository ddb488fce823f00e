"""Serving begins only where nobody serves yet."""

import socket

import pytest
from click.testing import CliRunner

from payung.cli.main import main


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_an_address_in_use_is_told_before_anything_else_is_done(command):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        done = CliRunner().invoke(main, [command, "--bind", bind])
    assert done.exit_code == 2
    assert done.stderr.startswith(f"Alamat {bind} sudah dipakai")
    assert done.stdout == ""


def test_a_host_that_is_not_this_machine_is_told():
    done = CliRunner().invoke(main, ["serve", "--bind", "192.0.2.1:8000"])
    assert done.exit_code == 2
    assert "tidak dapat dibuka" in done.stderr
