"""Rows in a file from which any few are read by their numbers, where they lie.

The file is Arrow's own, uncompressed, in batches of BATCH_ROWS: where a row's text begins is
written beside it, so that of a batch only the pages of the rows asked for are touched. A batch is
mapped only while its rows are copied, so reading holds no more than what it gives.
"""

import mmap
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

Numbers = npt.NDArray[np.uint32]

BATCH_ROWS = 131_072  # by which rows are found again: another number is another `manifest.FORMAT`


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
    table = rows.to_arrow(compat_level=pl.CompatLevel.oldest())
    short = [
        field.with_type(pa.string()) if pa.types.is_large_string(field.type) else field
        for field in table.schema
    ]
    # texts of one batch need no long offsets
    (batch,) = table.cast(pa.schema(short)).combine_chunks().to_batches()
    return batch


def read(path: Path, numbers: Numbers, columns: Sequence[str]) -> pl.DataFrame:
    """The rows of these numbers, which are sorted, in their order.

    Raises OSError, ValueError or pa.ArrowException when the file is not what was written.
    """
    batches = _opened(path).num_record_batches
    bounds = np.searchsorted(numbers, np.arange(batches + 1) * BATCH_ROWS)
    if bounds[-1] < len(numbers):
        raise ValueError("fewer rows than were written")

    def taken(at: int) -> pa.RecordBatch:
        own = numbers[bounds[at] : bounds[at + 1]] - np.uint32(at * BATCH_ROWS)
        return _taken(_opened(path).get_batch(at).select(columns), own)

    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        # one of no rows at least tells the columns
        wanted = np.flatnonzero(np.diff(bounds)).tolist() or [0]
        return pl.DataFrame(pa.Table.from_batches(list(pool.map(taken, wanted))))


def pieces(path: Path, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
    """All rows in order, a batch at a time; raises as `read`."""
    for at in range(_opened(path).num_record_batches):
        batch = _opened(path).get_batch(at).select(columns)
        everyone = np.arange(batch.num_rows, dtype=np.uint32)
        yield pl.DataFrame(pa.Table.from_batches([_taken(batch, everyone)]))


def _opened(path: Path) -> pa.ipc.RecordBatchFileReader:
    """The file, mapped until neither this nor a batch of it is needed any more."""
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    return pa.ipc.open_file(pa.BufferReader(pa.py_buffer(mapped)))


def _taken(batch: pa.RecordBatch, rows: Numbers) -> pa.RecordBatch:
    """Some rows of a batch, copied; a text that does not lie in the file is not gone after."""
    if len(rows) and rows[-1] >= batch.num_rows:
        raise ValueError("fewer rows than were written")
    for column in batch.columns:
        if pa.types.is_string(column.type):
            _, offsets, texts = column.buffers()
            bounds = np.frombuffer(offsets, np.int32)
            first, last = bounds[rows], bounds[1:][rows]
            most = texts.size if texts is not None else 0
            if (first < 0).any() or (first > last).any() or (last > most).any():
                raise ValueError("a text lies outside of the file")
    found = batch.take(pa.array(rows))
    found.validate(full=True)
    return found
