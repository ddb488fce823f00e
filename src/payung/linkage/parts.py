"""A part of an index on disk: prepared rows, for every key the rows that bear it, and traits.

The rows lie as in `rowfile.py`, all else as in `plainfile.py`.

A row that bears a key makes an entry, one 64-bit number: the upper 40 bits of the key's hash, then
the row's number in the part. The entries of a key are sorted, so a list's keys are looked up in the
file where it lies; of the rows only those found are read. Two keys of one entry are told apart by
whoever compares the rows. Traits are what finding pairs asks of a row that bears a key: a number
for its value of each column that keys are made longer by, in the order of the rows. The weak rows
are named.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from payung.linkage import plainfile, rowfile
from payung.linkage import rules as declared
from payung.linkage.blocking import hashed, key_hash, traits
from payung.linkage.rows import FOLLOWING, NoAnswer, follow
from payung.linkage.sorting import ordered

Entries = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.uint32]
Traits = npt.NDArray[np.uint32]
Alternatives = tuple[tuple[declared.Part, ...], ...]

PART_ROWS = 4_000_000  # a part being written keeps entries and traits in memory: 170 bytes a row
MOST_ROWS = 2**24
ID = "id"
NIK = "nik"
COLUMNS = (ID, *sorted({*declared.COLUMNS, "weak"}))
STORED = tuple(name for name in COLUMNS if name not in FOLLOWING)
_NUMBER = "number"
_NUMBERS = np.uint64(MOST_ROWS - 1)
_ROWS = "rows.arrow"
_ENTRY = "entry"
_TRAITS = "traits"
_WEAK = "weak"
_UNREADABLE = (
    OSError, ValueError, LookupError, ArithmeticError, pa.ArrowException,
    pl.exceptions.PolarsError,
)  # fmt: skip


class CutShort(NoAnswer):
    """Files of an index are not what was written."""

    def __init__(self, *files: Path) -> None:
        named = ", ".join(f"{file.parent.name}/{file.name}" for file in files)
        super().__init__(
            f"Indeks tidak utuh: {named} hilang, terpotong, atau berubah; ulangi bila indeksnya "
            "baru saja diubah atau disusun ulang, selain itu salin ulang indeksnya, atau susun "
            "ulang dengan `payung index build`."
        )


@dataclass(frozen=True)
class Kept:
    """What a part keeps beside its rows: `keys` they are found by, under the names of files, and
    `traits`, of parts of keys."""

    keys: Mapping[str, Alternatives]
    traits: tuple[declared.Part, ...]


def kept_for(rules: declared.Rules) -> Kept:
    """Keys: the id, the NIK, those of blocks. Blocks for short lists only are left out: with them
    all rows are compared."""
    own: dict[str, Alternatives] = {name: ((declared.Part(name),),) for name in (ID, NIK)}
    lasting = [block for block in rules.blocks if not block.until]
    keys = own | {key_name(block): block.keys for block in lasting}
    asked = {part for each in lasting for part in each.longer}
    asked.update(rules.glance.parts if rules.glance else ())
    return Kept(keys, tuple(sorted(asked, key=lambda part: part.name)))


def key_name(block: declared.Block) -> str:
    """The name under which the keys of a block are kept."""
    return NIK if block.keys == ((declared.Part(NIK),),) else f"block-{block.name}"


def sought(rows: pl.DataFrame, keys: Alternatives) -> Entries:
    """The distinct keys of rows, as entries of row 0, sorted."""
    return _distinct(_entries(rows, keys) & ~_NUMBERS)


def _entries(rows: pl.DataFrame, keys: Alternatives, first: int = 0) -> Entries:
    """The entries of the rows that bear any of the keys, the rows numbered from `first`."""
    number = pl.row_index().cast(pl.UInt64) + first
    found = pl.concat(
        [rows.lazy().select(key=key_hash(key), number=number) for key in keys]
    ).filter(pl.col("key").is_not_null())
    high = pl.col("key").and_(pl.lit(int(~_NUMBERS), pl.UInt64))
    entries: Entries = found.select(entry=high.or_(pl.col("number"))).collect()["entry"].to_numpy()
    return entries


def among(values: pl.Series, keys: Entries) -> npt.NDArray[np.bool_]:
    """Which values of a column bear one of the keys of that column alone, which are sorted."""
    if not len(keys):
        return np.zeros(len(values), bool)
    bare = shortened(hashed(values))
    place = np.minimum(np.searchsorted(keys, bare), len(keys) - 1)
    found: npt.NDArray[np.bool_] = values.is_not_null().to_numpy() & (keys[place] == bare)
    return found


def shortened(keys: Entries) -> Entries:
    """What an entry holds of keys: the upper bits, the lower ones 0."""
    return keys & ~_NUMBERS


def sorted_entries(keys: Entries, rows: Numbers) -> tuple[Entries, Numbers]:
    """The `shortened` keys in order, and the rows that bear them."""
    if rows.max(initial=0) < MOST_ROWS:
        entries = ordered(shortened(keys) | rows)
        return shortened(entries), (entries & _NUMBERS).astype(np.uint32)
    order = np.argsort(shortened(keys))
    return shortened(keys[order]), rows[order]


def _distinct(entries: Entries) -> Entries:
    """Sorted, each once; much faster than np.unique, which hashes."""
    entries = ordered(entries)
    return entries[np.append(True, entries[1:] != entries[:-1])] if len(entries) else entries


@dataclass(frozen=True, slots=True)
class Part:
    """A part that lies in `folder`: how many rows were written, and which of them are removed.

    `removal` is the file that tells the removed ones, if any.
    """

    folder: Path
    rows: int
    removal: str = ""
    removed: Numbers = field(default_factory=lambda: np.empty(0, np.uint32))

    @classmethod
    def there(cls, folder: Path, rows: int, removal: str) -> "Part":
        """A part written before. Raises CutShort when its removed rows cannot be read."""
        if not removal:
            return cls(folder, rows)
        with _whole(folder / removal):
            removed = pl.read_parquet(folder / removal)[_NUMBER].to_numpy()
            _only_below(rows, removed)
        return cls(folder, rows, removal, removed)

    @property
    def live(self) -> int:
        """How many rows are not removed."""
        return self.rows - len(self.removed)

    def files(self, kept: Kept) -> tuple[Path, ...]:
        """All files the part consists of."""
        numbers = [f"{name}.parquet" for name in (_TRAITS, _WEAK, *kept.keys)]
        names = (_ROWS, *numbers, *filter(None, [self.removal]))
        return tuple(self.folder / name for name in names)

    def searched(self, kept: Kept) -> tuple[Path, ...]:
        """The files that finding the pairs of a long list reads, in the order it does."""
        first, *others = (name for name in kept.keys if name != ID)
        names = (first, _WEAK, *others, _TRAITS)
        return tuple(self.folder / f"{name}.parquet" for name in names)

    def bearing(self, name: str, keys: Entries) -> tuple[npt.NDArray[np.int64], Numbers]:
        """The rows, not removed, that bear one of the `sought` keys, once for each it bears: the
        key's place among them, and the row's number."""
        held = self._held(name)
        if not len(held):
            return np.empty(0, np.int64), np.empty(0, np.uint32)
        with _whole(self.folder / f"{name}.parquet"):
            last = len(held) - 1
            low = np.searchsorted(held, keys)
            there = np.flatnonzero(shortened(held[np.minimum(low, last)]) == keys)
            keys, low = keys[there], low[there]
            # most keys are no row's or one's, and need no second search
            more = np.flatnonzero(shortened(held[np.minimum(low + 1, last)]) == keys)
            many = np.ones(len(there), np.int64)
            many[more] = np.searchsorted(held, keys[more] | _NUMBERS, side="right") - low[more]
            entry = np.repeat(low - np.cumsum(many) + many, many)
            entry += np.arange(len(entry))
            place, numbers = np.repeat(there, many), held[entry] & _NUMBERS
            _only_below(self.rows, numbers)
        if len(self.removed):
            there = ~self._gone()[numbers]
            place, numbers = place[there], numbers[there]
        return place, numbers.astype(np.uint32)

    def traits(self, part: declared.Part) -> Traits:
        """The traits of a part of a key of every row, the removed ones too, as they lie in the
        file."""
        path = self.folder / f"{_TRAITS}.parquet"
        with _whole(path):
            return plainfile.column(path, part.name, np.uint32)

    def weak(self) -> npt.NDArray[np.bool_]:
        """Of every row, the removed ones too, whether it is weak."""
        path = self.folder / f"{_WEAK}.parquet"
        with _whole(path):
            numbers = plainfile.column(path, _NUMBER, np.uint32)
            _only_below(self.rows, numbers)
        return self._among(numbers)

    def borne(self, name: str, low: int, high: int) -> Entries:
        """The keys from `low` to `high`, each as often as rows that are not removed bear it."""
        held = self._held(name)
        first = np.searchsorted(held, np.uint64(low))
        found = held[first : np.searchsorted(held, np.uint64(high), side="right")]
        if len(self.removed):
            found = found[~self._gone()[found & _NUMBERS]]
        return found & ~_NUMBERS

    def bears(self, name: str) -> bool:
        """Whether any of its rows has such a key, the removed ones too."""
        return len(self._held(name)) > 0

    def keys(self, name: str) -> Entries:
        """The distinct keys its rows bear, as `sought` gives them."""
        return _distinct(self._held(name) & ~_NUMBERS)

    def count(self, name: str, keys: Entries) -> npt.NDArray[np.int64]:
        """How many rows bear each of the `sought` keys, the removed ones counted too."""
        held = self._held(name)
        after: npt.NDArray[np.int64] = np.searchsorted(held, keys | _NUMBERS, side="right")
        return after - np.searchsorted(held, keys)

    def identified(self, ids: pl.Series) -> Numbers:
        """The numbers of the rows, not removed, with one of these ids; sorted."""
        keys = sought(ids.alias(ID).to_frame(), ((declared.Part(ID),),))
        near = np.unique(self.bearing(ID, keys)[1])
        # a key is a hash: the id itself decides
        same = self.ids(near).is_in(ids.implode())
        found: Numbers = near[same.to_numpy()]
        return found

    def read(self, numbers: Numbers, columns: Sequence[str] = STORED) -> pl.DataFrame:
        """Rows by their sorted numbers, in that order: some of the columns STORED."""
        path = self.folder / _ROWS
        with _whole(path):
            return rowfile.read(path, numbers, columns)

    def names(self, numbers: Numbers) -> pl.Series:
        """The `name_key` of rows by their sorted numbers, in that order."""
        return self.read(numbers, ("name_key",))["name_key"]

    def ids(self, numbers: Numbers) -> pl.Series:
        """The ids of rows by their sorted numbers, in that order."""
        return self.read(numbers, (ID,))[ID]

    def pieces(self) -> Iterator[pl.DataFrame]:
        """All rows that are not removed, whole and in order, a good many at a time."""
        path, before, gone = self.folder / _ROWS, 0, self._gone()
        with _whole(path):
            for piece in rowfile.pieces(path, STORED):
                live = piece.filter(~gone[before : before + piece.height])
                before += piece.height
                yield follow(live).select(COLUMNS)
        if before != self.rows:
            raise CutShort(path)

    def without(self, numbers: Numbers) -> "Part":
        """The part with more rows removed, which a new file tells."""
        removed = np.union1d(self.removed, numbers)
        before = int("".join(filter(str.isdigit, self.removal)) or 0)
        removal = f"removed-{before + 1}.parquet"
        path = self.folder / removal
        plainfile.write(path, {_NUMBER: removed})
        settle(path)
        settle(self.folder)
        return replace(self, removal=removal, removed=removed)

    def _gone(self) -> npt.NDArray[np.bool_]:
        return self._among(self.removed)

    def _among(self, numbers: Numbers) -> npt.NDArray[np.bool_]:
        among = np.zeros(self.rows, bool)
        among[numbers] = True
        return among

    def _held(self, name: str) -> Entries:
        """The entries of a key, as they lie in the file."""
        path = self.folder / f"{name}.parquet"
        with _whole(path):
            return plainfile.column(path, _ENTRY, np.uint64, ordered=True)


class PartWriter:
    """Writes a part piece by piece: `add` any number of times, then `close`."""

    def __init__(self, folder: Path, kept: Kept) -> None:
        folder.mkdir(parents=True)
        self.rows = 0
        self._folder, self._kept = folder, kept
        self._entries: dict[str, list[Entries]] = {name: [] for name in kept.keys}
        self._traits: dict[str, list[Traits]] = {part.name: [] for part in kept.traits}
        self._weak: list[Numbers] = []
        self._file = rowfile.RowWriter(folder / _ROWS)

    def add(self, rows: pl.DataFrame) -> None:
        """Prepared rows with ids; a part takes MOST_ROWS at most."""
        for name, key in self._kept.keys.items():
            self._entries[name].append(_entries(rows, key, self.rows))
        for part in self._kept.traits:
            self._traits[part.name].append(traits(rows, part))
        self._weak.append(rows["weak"].arg_true().to_numpy().astype(np.uint32) + self.rows)
        self._file.add(rows.select(STORED))
        self.rows += rows.height

    def close(self) -> Part:
        """Sorts and writes the keys; the part is on the disk when this returns."""
        self._file.close()
        for name in self._kept.keys:
            held = _distinct(np.concatenate(self._entries.pop(name)))
            plainfile.write(self._folder / f"{name}.parquet", {_ENTRY: held})
        traits = {name: np.concatenate(self._traits.pop(name)) for name in list(self._traits)}
        plainfile.write(self._folder / f"{_TRAITS}.parquet", traits)
        weak = np.concatenate(self._weak)
        plainfile.write(self._folder / f"{_WEAK}.parquet", {_NUMBER: weak})
        part = Part(self._folder, self.rows)
        for path in (*part.files(self._kept), self._folder):
            settle(path)
        return part


def written(pieces: Iterable[pl.DataFrame], kept: Kept, folders: Iterator[Path]) -> Iterator[Part]:
    """Parts of prepared rows, PART_ROWS in each but the last."""
    writer: PartWriter | None = None
    for piece in pieces:
        rest = piece
        while rest.height:
            writer = writer or PartWriter(next(folders), kept)
            room = PART_ROWS - writer.rows
            writer.add(rest[:room])
            rest = rest[room:]
            if writer.rows == PART_ROWS:
                yield writer.close()
                writer = None
    if writer is not None:
        yield writer.close()


def settle(path: Path) -> None:
    """Waits until a file, or the names of those in a folder, lie on the disk."""
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _only_below(rows: int, numbers: npt.NDArray[Any]) -> None:
    if numbers.max(initial=0) >= rows:
        raise ValueError("numbers of rows that are not there")


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """Whatever cannot be read of a file becomes CutShort."""
    try:
        yield
    except _UNREADABLE as error:
        raise CutShort(path) from error
