"""Which pairs are worth comparing: rows that share a key of a block.

A key is hashed to 64 bits and the rows that may share one are sorted by it, so that a block's work
grows with its rows and with the pairs it gives. Where the pairs would grow with the square of the
list, as those of a birth date do, the larger blocks get longer keys. In a long list what agrees to
the letter tells most strangers, at a glance. Row numbers count from 0.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from payung.linkage.glance import Places, worth_comparing
from payung.linkage.rules import Block, Part, Rules
from payung.linkage.sorting import Packed, ordered

Numbers = npt.NDArray[np.uint32]
Limit = Callable[[npt.NDArray[np.int64]], int]

_MIX = 0x9E3779B97F4A7C15
_SEED = 41
_LOW = np.uint64(0xFFFFFFFF)
_AT_ONCE = 4_000_000
_PAIRS_A_ROW = 0.3  # pairs of one block, for every row of the list
_AFFORDED = 300_000  # pairs of one block that any list can afford
_LEAST_LIMIT = 4
SAMPLE = 32  # of so many pairs that differ in too much one is compared, to learn from
NEIGHBOURS = 5  # compared in a block that even its longest key leaves too large


@dataclass(slots=True)
class Candidates:
    """Distinct pairs `left` < `right`, and what had to be cut.

    Those that are a `sample` stand for SAMPLE like them, which were left out.
    """

    left: Numbers
    right: Numbers
    found: dict[str, int] = field(default_factory=dict)
    cut: dict[str, tuple[int, int]] = field(default_factory=dict)  # block: (blocks, rows)
    sample: npt.NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, bool))

    def with_left_out(
        self, place: npt.NDArray[np.int64], counts: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.int64]:
        """The counts of patterns, whose places the pairs have, with the pairs left out."""
        if not self.sample.any():
            return counts
        return counts + (SAMPLE - 1) * np.bincount(place[self.sample], minlength=len(counts))


class Rows(Protocol):
    """Rows in which pairs are sought, wherever they lie; those of a list before a reference's."""

    @property
    def weak(self) -> npt.NDArray[np.bool_]:
        """Of every row whether it is weak."""

    def begun(self, block: Block, limit: Limit) -> tuple[Iterator[Packed], Packed, Numbers]:
        """The pairs of the keys that no more rows share than the `limit` for the sizes of all such
        groups says; the keys of larger ones, once for each row that bears one, and those rows.

        Where rows are sought in a reference, of its keys only those that the list knows.
        """

    def told(self, part: Part, row: Places) -> Numbers:
        """What tells the values of a part of these rows apart; 0 for what is not known."""

    def names(self, row: Numbers) -> pl.Series:
        """The `name_key` of these rows."""


@dataclass(frozen=True)
class _Held:
    """Rows in memory; the hashes of all that keys are made of, under the parts' names; traits."""

    rows: pl.DataFrame
    boundary: int | None
    hashes: pl.DataFrame
    traits: Mapping[Part, Numbers]

    @classmethod
    def of(cls, rows: pl.DataFrame, boundary: int | None, rules: Rules, pool: Executor) -> "_Held":
        parts = {part for block in rules.blocks for key in block.keys for part in key}
        asked = {part for block in rules.blocks for part in block.longer}
        asked.update(rules.glance.parts if rules.glance else ())
        hashes = _hashes(rows, parts | asked)
        halves = pool.map(_half, [hashes[part.name] for part in asked])
        return cls(rows, boundary, hashes, dict(zip(asked, halves, strict=True)))

    @property
    def weak(self) -> npt.NDArray[np.bool_]:
        weak: npt.NDArray[np.bool_] = self.rows["weak"].to_numpy()
        return weak

    def begun(self, block: Block, limit: Limit) -> tuple[Iterator[Packed], Packed, Numbers]:
        key, row = _keyed(block, self.hashes)
        at = _may_be_shared(key, row, self.boundary)
        key, row = _ordered(key[at], row[at])
        if self.boundary is not None and len(key):
            starts, sizes = runs(key)
            inside = np.repeat(np.minimum.reduceat(row, starts) < self.boundary, sizes)
            key, row = key[inside], row[inside]
        return _parted(key, row, limit)

    def told(self, part: Part, row: Places) -> Numbers:
        return self.traits[part].take(row)

    def names(self, row: Numbers) -> pl.Series:
        return self.rows["name_key"].gather(row)


def candidates(
    rows: pl.DataFrame | Rows, rules: Rules, boundary: int | None = None, *, learning: bool = True
) -> Candidates:
    """The distinct pairs of rows that share a key.

    With a `boundary` only pairs of one row before it and one from it on are found: a list before,
    a reference after. What a block may give then grows with the list. If the rules ask for a
    `glance`, pairs need enough points at it; for `learning` a sample of the others is among them.
    """
    result = Candidates(np.empty(0, np.uint32), np.empty(0, np.uint32))
    packed: list[Packed] = []
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        held = _Held.of(rows, boundary, rules, pool) if isinstance(rows, pl.DataFrame) else rows
        weak = held.weak

        def search(block: Block) -> tuple[Packed, tuple[int, int]]:
            cut = [0, 0]
            return _unique(list(_pairs_of(block, held, weak, boundary, cut))), (cut[0], cut[1])

        # what takes longest is begun first
        by_keys = sorted(rules.blocks, key=lambda block: -len(block.keys))
        coming = {block.name: pool.submit(search, block) for block in by_keys}
        for block in rules.blocks:
            found, cut = coming.pop(block.name).result()
            result.found[block.name] = len(found)
            if cut[0]:
                result.cut[block.name] = cut
            packed.append(found)
        pairs = _unique(packed)
        result.sample = np.zeros(len(pairs), bool)
        if rules.glance:
            worth = worth_comparing(pairs, rules.glance, held.told, pool)
            result.sample = ~worth & ((pairs >> np.uint64(32)) % SAMPLE == 0) & learning
            kept = worth | result.sample
            pairs, result.sample = pairs[kept], result.sample[kept]
    result.left = (pairs >> np.uint64(32)).astype(np.uint32)
    result.right = (pairs & _LOW).astype(np.uint32)
    return result


def hashed(values: pl.Series) -> Packed:
    """The 64-bit hash of every value; what is unknown has one too."""
    hashes: Packed = values.hash(_SEED).to_numpy()
    return hashes


def traits(rows: pl.DataFrame, part: Part) -> Numbers:
    """What tells the values of a part apart, half a hash; 0 for what is not known."""
    return _half(_hashes(rows, [part])[part.name])


def _half(hashes: pl.Series) -> Numbers:
    half = (hashes.fill_null(0).to_numpy() >> 32).astype(np.uint32)
    half |= hashes.is_not_null().to_numpy()
    return half


def key_hash(key: tuple[Part, ...]) -> pl.Expr:
    """The 64-bit hash of a key; null when a part of it is unknown."""
    return _mixed([_part_hash(part) for part in key])


def _mixed(parts: list[pl.Expr]) -> pl.Expr:
    first, *others = parts
    for each in others:
        first = (first * pl.lit(_MIX, pl.UInt64)) ^ each
    return first


def _part_hash(part: Part) -> pl.Expr:
    column = pl.col(part.column)
    if part.first:
        column = column.str.slice(part.first - 1, part.last - part.first + 1)
    return pl.when(pl.col(part.column).is_not_null()).then(column.hash(_SEED))


def _hashes(rows: pl.DataFrame, parts: Collection[Part]) -> pl.DataFrame:
    """The hash of every part of every row, under the parts' names; null where it is unknown."""
    return rows.select(_part_hash(part).alias(part.name) for part in parts)


def _pairs_of(
    block: Block,
    rows: Rows,
    weak: npt.NDArray[np.bool_],
    boundary: int | None,
    cut: list[int],
) -> Iterator[Packed]:
    """The pairs of a block; `cut` counts the blocks, and their rows, that stayed too large."""
    listed = len(weak) if boundary is None else boundary
    limits = [partial(_limit, limit=block.limit, rows=listed) for _ in block.longer]
    limits.append(partial(_limit, limit=block.limit, rows=None))
    whole, key, row = rows.begun(block, limits[0])
    for part, limit in zip(block.longer, limits[1:], strict=True):
        yield from (_kept(pairs, block, weak, boundary) for pairs in whole)
        key = (key * np.uint64(_MIX)) ^ rows.told(part, row)
        whole, key, row = _parted(*_ordered(key, row), limit)
    yield from (_kept(pairs, block, weak, boundary) for pairs in whole)
    if not len(key):
        return
    cut[:] = len(runs(key)[0]), len(row)
    ordered = pl.DataFrame({"key": key, "name_key": rows.names(row), "row": row})
    yield _kept(_neighbours(ordered.sort("key", "name_key", "row")), block, weak, boundary)


def _ordered(key: Packed, row: Numbers) -> tuple[Packed, Numbers]:
    order = np.argsort(key)
    return key[order], row[order]


def _parted(key: Packed, row: Numbers, limit: Limit) -> tuple[Iterator[Packed], Packed, Numbers]:
    """The pairs of sorted keys up to the limit; the keys above it, and their rows."""
    starts, sizes = runs(key)
    most = limit(sizes)
    small = (sizes > 1) & (sizes <= most)
    above = np.repeat(sizes > most, sizes)
    return _all_pairs(row, starts[small], sizes[small]), key[above], row[above]


def keyed(block: Block, rows: pl.DataFrame) -> tuple[Packed, Numbers]:
    """Every key of every row that has one, once: the keys, and the rows."""
    return _keyed(block, _hashes(rows, {part for key in block.keys for part in key}))


def _keyed(block: Block, hashes: pl.DataFrame) -> tuple[Packed, Numbers]:
    """As `keyed`, from the hashes of the keys' parts."""
    hashed = hashes.select(
        _mixed([pl.col(part.name) for part in key]).alias(str(at))
        for at, key in enumerate(block.keys)
    )
    keys, numbers = [], []
    for at, one in enumerate(hashed):
        fresh = one.is_not_null()
        for before in range(at):
            fresh &= one.ne_missing(hashed[str(before)])
        here = fresh.arg_true()
        keys.append(one.gather(here).to_numpy())
        numbers.append(here.to_numpy().astype(np.uint32, copy=False))
    if len(keys) == 1:
        return keys[0], numbers[0]
    return np.concatenate(keys), np.concatenate(numbers)


def _may_be_shared(key: Packed, row: Numbers, boundary: int | None) -> npt.NDArray[np.int64]:
    """The places of the keys but those that are no other row's, or a reference's that no row of the
    list has.

    Told by the first bits of keys with their places behind them.
    """
    low = np.uint64((1 << len(key).bit_length()) - 1)
    # in place: memory that was not used before costs as much as what is done with it
    first = key & ~low
    first |= np.arange(len(key), dtype=np.uint64)
    first = ordered(first)
    shared = np.zeros(len(key), bool)
    shared[1:] = (first[1:] ^ first[:-1]) <= low
    shared[:-1] |= shared[1:]
    first = first[shared]
    at = (first & low).view(np.int64)
    if boundary is not None and len(at):
        starts, sizes = runs(first & ~low)
        at = at[np.repeat(np.minimum.reduceat(row[at], starts) < boundary, sizes)]
    return at


def _limit(sizes: npt.NDArray[np.int64], limit: int, rows: int | None) -> int:
    """The size up to which blocks are compared whole, for a list of so many rows if it counts."""
    if rows is None:
        return limit
    many = np.bincount(np.minimum(sizes, limit + 1), minlength=limit + 2)
    return size_limit(many[: limit + 1], rows)


def size_limit(many: npt.NDArray[np.int64], rows: int) -> int:
    """The size up to which blocks are compared whole: the largest of those in `many`, which says
    how many blocks have each size from 0, or less where all their pairs would outgrow the list."""
    each = np.arange(len(many))
    total = np.cumsum(many * each * (each - 1) // 2)
    afforded = max(_AFFORDED, _PAIRS_A_ROW * rows)
    return max(_LEAST_LIMIT, int(np.searchsorted(total, afforded, side="right")) - 1)


def runs(key: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
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
    pairs = ordered(np.concatenate(parts))
    return pairs[np.concatenate(([True], pairs[1:] != pairs[:-1]))] if len(pairs) else pairs
