"""Rows of an index read by their numbers, and what the disk is asked for."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from payung.linkage import ahead, rowfile

Asked = Callable[[], set[int]]

_ROWS = 3000
_PAGE = 4096


def _text(before: str, every: int) -> list[str | None]:
    return [None if at % every == 0 else f"{before} {at}" for at in range(_ROWS)]


ROWS = pl.DataFrame(
    {
        "id": [f"r{at}" for at in range(_ROWS)],
        "name": _text("Ni Luh Þórunn", 7),
        "born": [None if at % 5 == 0 else date(1980, 1, 1) + timedelta(at) for at in range(_ROWS)],
        "note": ["" if at % 3 else "x" * 500 for at in range(_ROWS)],
        "weak": [at % 11 == 0 for at in range(_ROWS)],
        "nothing": pl.Series([None] * _ROWS, dtype=pl.String),
    }
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("rows") / "rows.arrow"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rowfile, "BATCH_ROWS", 1024)
        writer = rowfile.RowWriter(path)
        for piece in (ROWS[:10], ROWS[10:2500], ROWS[2500:]):
            writer.add(piece)
        writer.close()
    return path


@pytest.fixture(autouse=True)
def _batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rowfile, "BATCH_ROWS", 1024)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """The pages that the disk was asked for."""
    told: list[tuple[int, int]] = []

    def noted(file: int, at: int, size: int, advice: int) -> None:
        assert advice == os.POSIX_FADV_WILLNEED
        told.append((at, size))

    monkeypatch.setattr(os, "posix_fadvise", noted)
    return lambda: {
        page for at, size in told for page in range(at // _PAGE, -(-(at + size) // _PAGE))
    }


@pytest.mark.parametrize(
    "numbers",
    [[], [0], [_ROWS - 1], [0, 1, 1023, 1024, 2047, 2048, _ROWS - 1], range(0, _ROWS, 13)],
)
def test_rows_are_read_by_their_numbers(file: Path, numbers: list[int]) -> None:
    at = pl.Series(numbers, dtype=pl.UInt32)
    found = rowfile.read(file, at.to_numpy(), ROWS.columns)
    assert_frame_equal(found, ROWS[at])
    some = ("weak", "note", "born", "id")
    assert_frame_equal(rowfile.read(file, at.to_numpy(), some), ROWS[at].select(some))


def test_all_rows_are_read_in_order(file: Path) -> None:
    assert_frame_equal(pl.concat(rowfile.pieces(file, ROWS.columns)), ROWS)


def test_a_number_behind_the_last_row_is_refused(file: Path) -> None:
    with pytest.raises(ValueError, match="fewer rows"):
        rowfile.read(file, pl.Series([3, _ROWS], dtype=pl.UInt32).to_numpy(), ("id",))


def test_a_row_asks_the_disk_for_two_places_and_little_more(file: Path, asked: Asked) -> None:
    rowfile.read(file, pl.Series([1500], dtype=pl.UInt32).to_numpy(), ROWS.columns)
    # where its texts begin and the texts; of its date and marks the bytes and the bits of nulls
    assert 2 <= len(asked()) <= 8
    assert file.stat().st_size > 80 * _PAGE


def test_places_near_each_other_are_asked_for_at_once(asked: Asked) -> None:
    with Path(__file__).open("rb") as file:
        ahead.asked(
            file.fileno(),
            np.array([0, 2 * _PAGE, 100 * _PAGE + 5]),
            np.array([1, 2 * _PAGE, 140 * _PAGE]),
        )
    assert asked() == {0, 1, *range(100, 140)}
