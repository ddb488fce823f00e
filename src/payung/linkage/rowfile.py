"""Rows in a file from which any few are read by their numbers, where they lie.

The file is Arrow's own, uncompressed, in batches of BATCH_ROWS. All texts of a row are one list, so
that they lie side by side, and where they begin is written beside them, side by side too: a row
costs the disk two places, not one for every column. A batch is mapped only while its rows are
copied, so reading holds no more than what it gives.
"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from payung.linkage import ahead

Numbers = npt.NDArray[np.uint32]
Places = npt.NDArray[np.int64]
BATCH_ROWS = 131_072  # by which rows are found again: another number is another `manifest.FORMAT`
_TEXTS = "texts"  # the column of lists; the schema says under the same name whose texts they are


# from where to where in a buffer something is about to be read
_Asked = Callable[["pa.Buffer | None", Places, Places], None]


class RowWriter:
    """Writes rows of one schema, any number at a time; `close` when all are added."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._waiting: list[pl.DataFrame] = []
        self._file: pa.ipc.RecordBatchFileWriter | None = None

    def add(self, rows: pl.DataFrame) -> None:
        """Rows that follow those before."""
        self._waiting.append(rows)
        self._write(BATCH_ROWS)

    def close(self) -> None:
        """All rows are in the file when this returns."""
        self._write(1)
        if self._file is not None:
            self._file.close()

    def _write(self, least: int) -> None:
        if sum(each.height for each in self._waiting) < least:
            return
        rows = pl.concat(self._waiting)
        whole = rows.height // BATCH_ROWS * BATCH_ROWS if least > 1 else rows.height
        for at in range(0, whole, BATCH_ROWS):
            batch = _batch(rows[at : min(at + BATCH_ROWS, whole)])
            if self._file is None:
                self._file = pa.ipc.new_file(self._path, batch.schema)
            self._file.write_batch(batch)
        self._waiting = [rows[whole:]]


def _batch(rows: pl.DataFrame) -> pa.RecordBatch:
    texts = [name for name, dtype in rows.schema.items() if dtype == pl.String]
    listed = rows.select(pl.concat_arr(texts).alias(_TEXTS), pl.exclude(texts))
    table = listed.to_arrow(compat_level=pl.CompatLevel.oldest())
    # texts of one batch need no long offsets
    short = pa.field(_TEXTS, pa.list_(pa.string(), len(texts)))
    schema = table.schema.set(0, short).with_metadata({_TEXTS: ",".join(texts)})
    (batch,) = table.cast(schema).combine_chunks().to_batches()
    return batch


def read(path: Path, numbers: Numbers, columns: Sequence[str]) -> pl.DataFrame:
    """The rows of these numbers, which are sorted, in their order.

    Raises OSError, ValueError, LookupError or pa.ArrowException when the file is not what was
    written.
    """
    bounds = np.searchsorted(numbers, np.arange(_batches(path) + 1) * BATCH_ROWS)
    if bounds[-1] < len(numbers):
        raise ValueError("fewer rows than were written")

    def taken(at: int) -> pa.RecordBatch:
        own = numbers[bounds[at] : bounds[at + 1]].astype(np.int64) - at * BATCH_ROWS
        return _taken(path, at, own, columns)

    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        # one of no rows at least tells the columns
        wanted = np.flatnonzero(np.diff(bounds)).tolist() or [0]
        return pl.DataFrame(pa.Table.from_batches(list(pool.map(taken, wanted))))


def pieces(path: Path, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
    """All rows in order, a batch at a time; raises as `read`."""
    for at in range(_batches(path)):
        yield pl.DataFrame(pa.Table.from_batches([_taken(path, at, None, columns)]))


def _batches(path: Path) -> int:
    with path.open("rb") as file:
        return _opened(file)[0].num_record_batches  # type: ignore[no-any-return]


def _opened(file: BinaryIO) -> tuple[pa.ipc.RecordBatchFileReader, int]:
    """The file, mapped until neither this nor a batch of it is needed any more, and where to."""
    whole = pa.py_buffer(ahead.mapped(file.fileno()))
    return pa.ipc.open_file(pa.BufferReader(whole)), whole.address


def _taken(path: Path, at: int, rows: Places | None, columns: Sequence[str]) -> pa.RecordBatch:
    """Some rows of a batch, or all, copied; a text that does not lie in the file is not gone
    after."""
    with path.open("rb") as file:
        opened, start = _opened(file)
        batch = opened.get_batch(at)
        if rows is None:
            rows = np.arange(batch.num_rows)
        elif len(rows) and rows[-1] >= batch.num_rows:
            raise ValueError("fewer rows than were written")

        def asked(buffer: pa.Buffer | None, first: Places, end: Places) -> None:
            if buffer is not None:
                place = buffer.address - start
                ahead.asked(file.fileno(), place + first, place + end)

        found = _texts(batch, rows, columns, asked)
        for name in set(columns).difference(found):
            column = batch.column(name)
            for buffer, bits in zip(column.buffers(), (1, column.type.bit_width), strict=True):
                _asked_all(buffer, bits, rows, asked)
            found[name] = column.take(pl.Series(rows).to_arrow())
    for column in found.values():
        column.validate(full=True)
    return pa.RecordBatch.from_arrays([found[name] for name in columns], names=list(columns))


def _texts(
    batch: pa.RecordBatch, rows: Places, columns: Sequence[str], asked: _Asked
) -> dict[str, pa.Array]:
    """The columns that are texts, of some rows of a batch."""
    names = (batch.schema.metadata or {})[_TEXTS.encode()].decode().split(",")
    texts, wide = batch.column(_TEXTS).values, len(names)
    known, begins, letters = texts.buffers()
    asked(begins, 4 * wide * rows, 4 * wide * (rows + 1) + 4)
    _asked_all(known, wide, rows, asked)
    bounds = np.frombuffer(begins, np.int32)
    begin = bounds[: batch.num_rows * wide].reshape(-1, wide)[rows]
    end = bounds[(rows + 1) * wide]
    most = letters.size if letters is not None else 0
    if (
        (begin[:, 0] < 0).any() or (np.diff(begin) < 0).any()
        or (end < begin[:, -1]).any() or (end > most).any()
    ):  # fmt: skip
        raise ValueError("a text lies outside of the file")
    asked(letters, begin[:, 0].astype(np.int64), end.astype(np.int64))
    wanted = [name for name in columns if name in names]
    # first as they lie, row by row: taken one column after the other it takes twice as long
    at = rows[:, None] * wide + np.array([names.index(name) for name in wanted], np.int64)
    copied = texts.take(pl.Series(at.ravel()).to_arrow())
    every = np.arange(0, len(copied), max(1, len(wanted)))
    return {
        name: copied.take(pl.Series(every + place).to_arrow()) for place, name in enumerate(wanted)
    }


def _asked_all(buffer: pa.Buffer | None, bits: int, rows: Places, asked: _Asked) -> None:
    """What lies from the first to the last row: so little of each that one page has many."""
    asked(buffer, rows[:1] * bits // 8, rows[-1:] * bits // 8 + bits // 8 + 1)
