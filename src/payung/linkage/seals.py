"""Whether files are those that were written: a size and a look here and there, or all of them.

A file cut short, or another in its place, is found by the look, which costs the same for a file of
any size; a single bit that flipped only by reading the file whole. Sums are CRC-32: they tell
accidents, at three gigabytes a second, and no intent.
"""

import zlib
from pathlib import Path
from typing import NamedTuple

_LOOKS = 8
_LOOK = 4096  # bytes
_PIECE = 1 << 20


class Seal(NamedTuple):
    """What is remembered of a file: how many bytes it has, and the sums of some and of all."""

    size: int
    some: int
    all: int


def seal(path: Path) -> Seal:
    """The seal of a file as it is now. Raises OSError."""
    return Seal(path.stat().st_size, _of_some(path), _of_all(path))


def seems_whole(path: Path, told: Seal) -> bool:
    """Whether size and some of the bytes are as they were."""
    try:
        return path.stat().st_size == told.size and _of_some(path) == told.some
    except OSError:
        return False


def is_whole(path: Path, told: Seal) -> bool:
    """Whether every byte is as it was."""
    try:
        return path.stat().st_size == told.size and _of_all(path) == told.all
    except OSError:
        return False


def _of_some(path: Path) -> int:
    """Of the first bytes, of the last, among which Parquet and Arrow describe all others, and of
    some between."""
    found = 0
    with path.open("rb", buffering=0) as file:
        last = max(0, path.stat().st_size - _LOOK)
        for look in range(_LOOKS):
            file.seek(last * look // (_LOOKS - 1))
            found = zlib.crc32(file.read(_LOOK), found)
    return found


def _of_all(path: Path) -> int:
    found = 0
    with path.open("rb", buffering=0) as file:
        while piece := file.read(_PIECE):
            found = zlib.crc32(piece, found)
    return found
