"""A second process for pure work, so that both cores are used: one makes, the other writes."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection
from typing import TypeVar

T = TypeVar("T")


class AsideError(RuntimeError):
    """The second process ended before its work did."""


def made_aside(make: Callable[[], Iterable[T]]) -> Iterator[T]:
    """What `make()` yields, made in a forked process while the caller uses the piece before.

    The process begins with all the caller has in memory, so nothing is read twice; it must not
    touch the database, whose connection is the caller's. Pieces are pickled: plain tuples are
    cheap. One piece waits at most, so memory stays bounded. What `make` raises is raised here.
    """
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_make, args=(make, receiver, sender), daemon=True)
    process.start()
    sender.close()
    try:
        while True:
            try:
                kind, piece = receiver.recv()
            except EOFError:
                process.join()
                raise AsideError(f"exit code {process.exitcode}") from None
            if kind == "end":
                return
            if kind == "error":
                raise piece
            yield piece
    finally:
        receiver.close()
        process.terminate()
        process.join()


def _make(make: Callable[[], Iterable[T]], receiver: Connection, sender: Connection) -> None:
    receiver.close()
    try:
        for piece in make():
            sender.send(("piece", piece))
        sender.send(("end", None))
    except BrokenPipeError:
        return
    except Exception as error:
        sender.send(("error", error))
