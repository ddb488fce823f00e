"""Which pairs are worth comparing: rows that share a key of a block.

A key is hashed to 64 bits and the rows sorted by it, so that a block's work grows with its rows
and with the pairs it gives. Where the pairs would grow with the square of the list, as those of a
birth date do, the larger blocks get longer keys. Row numbers count from 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import polars as pl

from payung.linkage.rules import Block, Part, Rules

Numbers = npt.NDArray[np.uint32]
Packed = npt.NDArray[np.uint64]

_MIX = 0x9E3779B97F4A7C15
_SEED = 41
_LOW = np.uint64(0xFFFFFFFF)
_AT_ONCE = 4_000_000
_PAIRS_A_ROW = 0.3  # pairs of one block, for every row of the list
_LEAST_LIMIT = 4
NEIGHBOURS = 5  # compared in a block that even its longest key leaves too large


@dataclass(slots=True)
class Candidates:
    """Distinct pairs `left` < `right`, and what had to be cut."""

    left: Numbers
    right: Numbers
    found: dict[str, int] = field(default_factory=dict)
    cut: dict[str, tuple[int, int]] = field(default_factory=dict)  # block: (blocks, rows)


def candidates(
    rows: pl.DataFrame, rules: Rules, boundary: int | None = None, everybody: int | None = None
) -> Candidates:
    """The distinct pairs of rows that share a key.

    With a `boundary` only pairs of one row before it and one from it on are found: a list before,
    a reference after. `everybody` counts the rows where some that share no key were left out.
    """
    weak = rows["weak"].to_numpy()
    result = Candidates(np.empty(0, np.uint32), np.empty(0, np.uint32))
    packed: list[Packed] = []
    for block in rules.blocks:
        found = _unique(
            list(_pairs_of(block, rows, weak, boundary, everybody or rows.height, result))
        )
        result.found[block.name] = len(found)
        packed.append(found)
    pairs = _unique(packed)
    result.left = (pairs >> np.uint64(32)).astype(np.uint32)
    result.right = (pairs & _LOW).astype(np.uint32)
    return result


def key_hash(key: tuple[Part, ...]) -> pl.Expr:
    """The 64-bit hash of a key; null when a part of it is unknown."""
    mixed: pl.Expr | None = None
    for part in key:
        column = pl.col(part.column)
        if part.first:
            column = column.str.slice(part.first - 1, part.last - part.first + 1)
        one = column.hash(_SEED)
        mixed = one if mixed is None else (mixed * pl.lit(_MIX, pl.UInt64)) ^ one
    assert mixed is not None
    known = pl.all_horizontal(pl.col(part.column).is_not_null() for part in key)
    return pl.when(known).then(mixed)


def _pairs_of(
    block: Block,
    rows: pl.DataFrame,
    weak: npt.NDArray[np.bool_],
    boundary: int | None,
    everybody: int,
    result: Candidates,
) -> Iterator[Packed]:
    number = pl.row_index("row")
    alternatives = [
        rows.lazy().select(key_hash(key).alias("key"), number).filter(pl.col("key").is_not_null())
        for key in block.keys
    ]
    keyed = pl.concat(alternatives).collect()
    if boundary is not None:
        # of a long reference only the keys that the list knows are sorted
        listed = pl.col("row") < boundary
        known = keyed.filter(listed).select(pl.col("key").unique())
        found = keyed.filter(~listed).join(known, on="key", how="semi")
        keyed = pl.concat([keyed.filter(listed), found])
    if len(block.keys) > 1:
        keyed = keyed.unique()
    for depth in range(len(block.longer) + 1):
        keyed = keyed.sort("key", "row")
        key, row = keyed["key"].to_numpy(), keyed["row"].to_numpy()
        starts, sizes = _runs(key)
        last = depth == len(block.longer)
        limit = block.limit if last else _limit(sizes, block.limit, everybody)
        small = (sizes > 1) & (sizes <= limit)
        for pairs in _all_pairs(row, starts[small], sizes[small]):
            yield _kept(pairs, block, weak, boundary)
        large = sizes > limit
        if not large.any():
            return
        inside = np.repeat(large, sizes)
        keyed = keyed.filter(pl.Series(inside))
        if not last:
            part = rows[block.longer[depth].column]
            more = part.gather(keyed["row"]).hash(_SEED)
            keyed = keyed.with_columns(key=(pl.col("key") * pl.lit(_MIX, pl.UInt64)) ^ more)
    blocks = int(large.sum())
    result.cut[block.name] = (blocks, keyed.height)
    names = rows["name_key"].gather(keyed["row"])
    ordered = keyed.with_columns(names).sort("key", "name_key", "row")
    yield _kept(_neighbours(ordered), block, weak, boundary)


def _limit(sizes: npt.NDArray[np.int64], limit: int, rows: int) -> int:
    many = np.bincount(np.minimum(sizes, limit + 1), minlength=limit + 2)
    return size_limit(many[: limit + 1], rows)


def size_limit(many: npt.NDArray[np.int64], rows: int) -> int:
    """The size up to which blocks are compared whole: the largest of those in `many`, which says
    how many blocks have each size from 0, or less where all their pairs would outgrow the list."""
    each = np.arange(len(many))
    total = np.cumsum(many * each * (each - 1) // 2)
    return max(_LEAST_LIMIT, int(np.searchsorted(total, _PAIRS_A_ROW * rows, side="right")) - 1)


def _runs(key: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Where each run of equal keys starts, and how long it is."""
    if not len(key):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    starts = np.concatenate(([0], np.flatnonzero(key[1:] != key[:-1]) + 1)).astype(np.int64)
    return starts, np.diff(np.append(starts, len(key)))


def _all_pairs(
    row: Numbers, starts: npt.NDArray[np.int64], sizes: npt.NDArray[np.int64]
) -> Iterator[Packed]:
    """Every pair inside each run; runs of one size are done together."""
    for size in np.unique(sizes):
        first, second = np.triu_indices(int(size), 1)
        same = starts[sizes == size]
        step = max(1, _AT_ONCE // len(first))
        for at in range(0, len(same), step):
            base = same[at : at + step, None]
            yield _pack(row[(base + first).ravel()], row[(base + second).ravel()])


def _neighbours(keyed: pl.DataFrame) -> Packed:
    """Each row with the few rows after it that share its key."""
    key, row = keyed["key"].to_numpy(), keyed["row"].to_numpy()
    found = []
    for step in range(1, NEIGHBOURS + 1):
        same = key[step:] == key[:-step]
        found.append(_pack(row[:-step][same], row[step:][same]))
    return np.concatenate(found) if found else np.empty(0, np.uint64)


def _pack(one: Numbers, other: Numbers) -> Packed:
    low, high = np.minimum(one, other), np.maximum(one, other)
    return (low.astype(np.uint64) << np.uint64(32)) | high.astype(np.uint64)


def _kept(pairs: Packed, block: Block, weak: npt.NDArray[np.bool_], boundary: int | None) -> Packed:
    if not block.loose and boundary is None:
        return pairs
    left, right = pairs >> np.uint64(32), pairs & _LOW
    keep = np.ones(len(pairs), bool)
    if block.loose:
        keep &= weak[left] | weak[right]
    if boundary is not None:
        keep &= (left < boundary) & (right >= boundary)
    return pairs[keep]


def _unique(parts: list[Packed]) -> Packed:
    """The distinct values, sorted."""
    if not parts:
        return np.empty(0, np.uint64)
    pairs = np.concatenate(parts)
    pairs.sort()
    return pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))] if len(pairs) else pairs
