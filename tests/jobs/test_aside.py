"""Pure work in a second process."""

import os

import pytest

from payung.apps.jobs.aside import AsideError, made_aside


def test_pieces_come_in_order_from_another_process():
    found = list(made_aside(lambda: ((number, os.getpid()) for number in range(5))))
    assert [number for number, _ in found] == [0, 1, 2, 3, 4]
    assert {process for _, process in found}.isdisjoint({os.getpid()})


def test_what_the_work_raises_is_raised_here():
    def work():
        yield 1
        raise ValueError("baris 7")

    pieces = made_aside(work)
    assert next(pieces) == 1
    with pytest.raises(ValueError, match="baris 7"):
        next(pieces)


def test_a_process_that_dies_is_noticed():
    def work():
        yield 1
        os._exit(9)

    with pytest.raises(AsideError, match="9"):
        list(made_aside(work))


def test_a_caller_that_stops_early_leaves_no_process_behind():
    def work():
        while True:
            yield os.getpid()

    pieces = made_aside(work)
    process = next(pieces)
    pieces.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
