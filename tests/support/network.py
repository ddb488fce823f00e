"""No test reaches past this machine: a connection elsewhere fails the test that tries it."""

import ipaddress
import sys

import pytest


def _is_local(host: object) -> bool:
    if not isinstance(host, str | bytes) or not host:
        return True  # a unix socket, or an unspecified address
    name = host.decode() if isinstance(host, bytes) else host
    try:
        return ipaddress.ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return name == "localhost"


def _refuse_outside(event: str, arguments: tuple) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if not _is_local(host):
        # Not an Exception: code that tries a connection "just in case" must not swallow it.
        pytest.fail(f"This test looked for another machine: {event} {host!r}", pytrace=True)


def pytest_configure() -> None:
    sys.addaudithook(_refuse_outside)
