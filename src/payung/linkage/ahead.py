"""Pages of a file asked for before they are needed, so that the disk brings many at once.

A page of a mapped file that is not in memory is waited for when it is touched, and by itself; how
many beside it come with it is the system's guess, up to megabytes. Whoever knows better says so.
Nothing depends on it but time: a system without it reads the same.
"""

import mmap
import os
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]

_PAGE = 4096
_GAP = 3  # pages, which are read about as soon as a second place is found
_STEP = 32  # pages; the system takes no more at once
_ASKED = hasattr(os, "posix_fadvise")


def mapped(file: int) -> mmap.mmap:
    """A file, mapped to read here and there: the disk brings what is touched or was `asked` for,
    and nothing beside it."""
    found = mmap.mmap(file, 0, prot=mmap.PROT_READ)
    if _ASKED:
        found.madvise(mmap.MADV_RANDOM)
    return found


def asked(file: int, first: Places, last: Places) -> None:
    """Ask for the bytes of an open file from each of `first`, which are sorted, to each of `last`,
    as sorted and not among them; this does not wait for them."""
    if not _ASKED or not len(first):
        return
    begin, end = first // _PAGE, -(-last // _PAGE)
    apart = np.flatnonzero(begin[1:] > end[:-1] + _GAP)
    begin, end = begin[np.append(0, apart + 1)], end[np.append(apart, len(end) - 1)]
    for one, other in zip(begin.tolist(), end.tolist(), strict=True):
        for at in range(one, other, _STEP):
            many = min(_STEP, other - at) * _PAGE
            os.posix_fadvise(file, at * _PAGE, many, os.POSIX_FADV_WILLNEED)


def whole(paths: Iterable[Path]) -> threading.Thread:
    """Ask for whole files, one after the other, beside whatever follows; it ends by itself."""

    def ask() -> None:
        for path in paths:
            # who needs a file that is gone says so
            with suppress(OSError), path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                asked(file.fileno(), np.array([0]), np.array([size]))

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    return asking
