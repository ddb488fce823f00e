"""Columns of numbers in a Parquet file, uncompressed, plain and in one page each: an array that is
read where it lies."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

_ONE_PAGE = 2**31 - 1
_PAGE_HEADER = 200  # bytes, at most


def write(path: Path, columns: Mapping[str, npt.NDArray[Any]]) -> None:
    """Columns of one length under their names."""
    fields = [
        pa.field(name, pa.from_numpy_dtype(each.dtype), nullable=False)
        for name, each in columns.items()
    ]
    table = pa.table(dict(columns), schema=pa.schema(fields))
    pq.write_table(
        table, path, compression="none", use_dictionary=False,
        row_group_size=max(1, table.num_rows), data_page_size=_ONE_PAGE,
        max_rows_per_page=_ONE_PAGE, store_schema=False,
    )  # fmt: skip


def column(
    path: Path, name: str, kind: type[np.unsignedinteger[Any]], *, ordered: bool = False
) -> npt.NDArray[Any]:
    """A column as it lies in the file; of an `ordered` one the first number is the least.

    Raises OSError, ValueError, LookupError or pa.ArrowException when the file is not what was
    written.
    """
    told, width = pq.read_metadata(path), np.dtype(kind).itemsize
    if not told.num_rows:
        return np.empty(0, kind)
    place = told.schema.to_arrow_schema().get_field_index(name)
    chunk = told.row_group(0).column(place)
    start = chunk.data_page_offset + chunk.total_compressed_size - width * told.num_rows
    held = np.memmap(path, kind, "r", start, (told.num_rows,))
    if start > chunk.data_page_offset + _PAGE_HEADER:
        raise ValueError("not one plain page")
    if ordered and held[0] != chunk.statistics.min:
        raise ValueError("not in order")
    # as a plain array, which is quicker to take from
    return np.asarray(held)
