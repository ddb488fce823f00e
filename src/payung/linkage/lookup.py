"""A list sought in an index: pairs found from keys alone, then read and compared part by part.

Rows are numbered as if the index followed the list: those of the list, then those of every part,
the removed ones counted. Of the index only the rows that end in a pair are read.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import polars as pl

from payung.linkage import blocking
from payung.linkage.blocking import Candidates, Limit, Numbers
from payung.linkage.glance import Places
from payung.linkage.index import Index
from payung.linkage.levels import Beside, Patterns, comparable, patterns_of
from payung.linkage.parts import (
    ID,
    NIK,
    STORED,
    Entries,
    Part,
    among,
    key_name,
    shortened,
    sorted_entries,
)
from payung.linkage.rows import OF_NIK, bearing_none, follow
from payung.linkage.rules import Block, Rules
from payung.linkage.rules import Part as KeyPart
from payung.linkage.sorting import Packed, ordered

_PAIRS_AT_ONCE = 1_000_000
_AT_ONCE = 250_000  # rows of the index read at once
_PHONE = "phone_key"
_BY_PHONE = ((KeyPart(_PHONE),),)
_ONLY_KEYS = ("name_head", "mother_head")  # of rows, as long as no condition asks for them
_LOW = np.uint64(0xFFFFFFFF)


class Sought:
    """Prepared rows of a list and the index they are sought in, as `candidates` takes them.

    `rows` are those of the list as they are compared: without the NIKs that more rows bear than one
    person has. `boundary` is how many they are.
    """

    def __init__(self, rows: pl.DataFrame, index: Index, rules: Rules) -> None:
        self.boundary = rows.height
        self._index, self._rules = index, rules
        ends = np.cumsum([rows.height, *(part.rows for part in index.parts)])
        self._parts = list(zip(index.parts, ends[:-1].tolist(), ends[1:].tolist(), strict=True))
        self._crowds = self._too_many(rows)
        of_crowd = pl.Series(among(rows[NIK], self._crowds))
        self._nobodys = [rows[NIK].filter(of_crowd)]
        self._ids: list[pl.Series] = []
        # the traits of the list and of every part of the index, with its first row's number
        self._known: dict[KeyPart, list[tuple[Numbers, int]]] = {}
        by_phone = [key_name(block) for block in rules.blocks if block.keys == _BY_PHONE]
        self._by_phone = by_phone[0] if by_phone else None
        self.rows = bearing_none(rows, of_crowd)
        self.weak = np.concatenate(
            [self.rows["weak"].to_numpy(), *(part.weak() for part in index.parts)]
        )
        self._of_crowds = self._bearing(NIK, self._crowds)[1]
        self.weak[self._of_crowds] = True

    def bears(self, block: Block) -> bool:
        """Whether any row of the index bears a key of the block."""
        return any(part.bears(key_name(block)) for part in self._index.parts)

    def begun(self, block: Block, limit: Limit) -> tuple[Iterator[Packed], Packed, Numbers]:
        """As `Rows.begun`; pairs of two rows of the index are not even made."""
        key, row = blocking.keyed(block, self.rows)
        key, row = sorted_entries(key, row)
        starts, listed = blocking.runs(key)
        of_key, other = self._bearing(key_name(block), key[starts])
        if block.keys == _BY_PHONE:
            of_few = np.bincount(of_key, minlength=len(listed)) <= self._rules.largest
            of_key, other = of_key[of_few[of_key]], other[of_few[of_key]]
        if len(self._crowds) and any(part.column in OF_NIK for each in block.keys for part in each):
            named = self._named(block, key[starts][of_key], other)
            of_key, other = of_key[named], other[named]
        sizes = listed + np.bincount(of_key, minlength=len(listed))
        small = sizes <= limit(sizes)
        of_large, of_small = np.repeat(~small, listed), small[of_key]
        above = ~of_small
        return (
            self._across(row, starts, listed, of_key[of_small], other[of_small]),
            np.concatenate([key[of_large], key[starts[of_key[above]]]]),
            np.concatenate([row[of_large], other[above]]),
        )

    def _named(self, block: Block, key: Entries, other: Numbers) -> npt.NDArray[np.bool_]:
        """Which rows of the index bear their key even without a NIK that too many bear."""
        named = ~np.isin(other, self._of_crowds)
        if all(any(part.column in OF_NIK for part in each) for each in block.keys):
            return named
        for part, begin, end in self._parts:
            asked = np.flatnonzero(~named & (other >= begin) & (other < end))
            row = other[asked] - np.uint32(begin)
            distinct = np.unique(row)
            for at in range(0, len(distinct), _AT_ONCE):
                rows = distinct[at : at + _AT_ONCE]
                read = follow(part.read(rows))
                bare = bearing_none(read, pl.Series(among(read[NIK], self._crowds)))
                own, place = blocking.keyed(block, bare)
                here = asked[(row >= rows[0]) & (row <= rows[-1])]
                # a key and a row are one number, as in the index
                borne = np.isin(
                    shortened(key[here]) | (other[here] - np.uint32(begin)),
                    shortened(own) | rows[place],
                )
                named[here[borne]] = True
        return named

    def _across(
        self,
        row: Numbers,
        starts: npt.NDArray[np.int64],
        listed: npt.NDArray[np.int64],
        of_key: npt.NDArray[np.int64],
        other: Numbers,
    ) -> Iterator[Packed]:
        """Every row of the index with the rows of the list that bear its key."""
        for at in range(0, len(of_key), _PAIRS_AT_ONCE):
            key, many = of_key[at : at + _PAIRS_AT_ONCE], listed[of_key[at : at + _PAIRS_AT_ONCE]]
            before = np.cumsum(many) - many
            own = np.repeat(starts[key] - before, many) + np.arange(int(many.sum()))
            right = np.repeat(other[at : at + _PAIRS_AT_ONCE], many)
            yield (row[own].astype(np.uint64) << np.uint64(32)) | right

    def told(self, part: KeyPart, row: Places) -> Numbers:
        """The traits of rows, of the list's too."""
        if part not in self._known:
            self._known[part] = [
                (self._traits(part), 0),
                *((each.traits(part), begin) for each, begin, _ in self._parts),
            ]
        found = np.empty(len(row), np.uint32)
        for traits, begin in self._known[part]:
            inside = (row >= begin) & (row < begin + len(traits))
            found[inside] = traits[row[inside] - np.uint32(begin)]
        if part.column in OF_NIK and len(self._of_crowds):
            found[np.isin(row, self._of_crowds)] = 0
        return found

    def _traits(self, part: KeyPart) -> Numbers:
        """The traits of the list's rows; a phone that is nobody's in the index agrees with none."""
        own = blocking.traits(self.rows, part)
        if part.column == _PHONE:
            own[self._of_too_many(self.rows[_PHONE]).to_numpy()] = 0
        return own

    def names(self, row: Numbers) -> pl.Series:
        """The `name_key` of rows, in their order."""
        distinct, place = np.unique(row, return_inverse=True)
        listed = distinct[distinct < self.boundary]
        names = [self.rows["name_key"].gather(listed)]
        names += [part.names(each) for part, each in self._of_parts(distinct)]
        return pl.concat(names).gather(place)

    def compare(self, pairs: Candidates) -> Patterns:
        """The pattern of every pair; the rows of the index are read some at a time."""
        left = comparable(self.rows, self._rules)
        wanted = _wanted(left)
        # in the order of the index, its rows lie together
        right, order = _in_order(pairs.right)
        distinct = right[blocking.runs(right)[0]].astype(np.uint32)

        def pieces() -> Iterator[Beside]:
            for at in range(0, len(distinct), _AT_ONCE):
                rows = distinct[at : at + _AT_ONCE]
                first, last = np.searchsorted(right, [rows[0], rows[-1] + 1])
                here = order[first:last]
                other = np.searchsorted(rows, right[first:last]).astype(np.uint32)
                read = self._comparable(rows, wanted)
                yield Beside(left, read, pairs.left[here], other, here)

        return patterns_of(pieces(), len(right), self.rows, self._rules)

    def _comparable(self, row: Numbers, wanted: list[str]) -> pl.DataFrame:
        """Rows of the index as they are compared."""
        others = pl.concat([part.read(each, wanted) for part, each in self._of_parts(row)])
        self._ids.append(others[ID])
        of_crowd = pl.Series(among(others[NIK], self._crowds))
        self._nobodys.append(others[NIK].filter(of_crowd))
        others = follow(others.drop(ID))
        of_office = self._of_too_many(others[_PHONE])
        others = others.with_columns(pl.when(~of_office).then(pl.col(_PHONE)).alias(_PHONE))
        return comparable(bearing_none(others, of_crowd), self._rules)

    def _of_too_many(self, phones: pl.Series) -> pl.Series:
        """Which phones stand in more rows of the index than one person has: its rows were written
        some at a time, and an office's are not all among them."""
        if self._by_phone is None:
            return pl.repeat(False, len(phones), eager=True)
        keys = np.unique(shortened(blocking.hashed(phones.drop_nulls())))
        many = np.bincount(self._bearing(self._by_phone, keys)[0], minlength=len(keys))
        return pl.Series(among(phones, keys[many > self._rules.largest]))

    def numbered(self, row: Numbers) -> Numbers:
        """The rows of the compared pairs numbered anew, with no gaps after the list's."""
        there = np.zeros(len(self.weak), bool)
        there[row] = True
        number = np.cumsum(there, dtype=np.uint32) + np.uint32(self.boundary - 1)
        return number[row]

    @property
    def ids(self) -> pl.Series:
        """The ids of the rows of compared pairs, as `numbered` after the list."""
        return pl.concat([pl.Series(ID, dtype=pl.String), *self._ids])

    def shared_niks(self) -> pl.DataFrame:
        """The NIKs too many bear, of the list and of rows compared, with how many bear each."""
        niks = pl.concat(self._nobodys).unique()
        keys = shortened(blocking.hashed(niks))
        order = np.argsort(keys)
        of_key, _ = self._bearing(NIK, keys[order])
        many = np.bincount(of_key, minlength=len(niks))
        listed = self._nobodys[0].value_counts(name="listed")
        return (
            pl.DataFrame({NIK: niks.gather(order), "count": many})
            .join(listed, on=NIK, how="left")
            .select(NIK, count=pl.col("count") + pl.col("listed").fill_null(0))
        )

    def _too_many(self, rows: pl.DataFrame) -> Entries:
        """The keys of NIKs that more rows of list and index bear than one person has; sorted."""
        most = self._rules.largest
        distinct, listed = np.unique(
            shortened(blocking.hashed(rows[NIK].drop_nulls())), return_counts=True
        )
        near = listed + sum(part.count(NIK, distinct) for part, *_ in self._parts) > most
        many = np.bincount(self._bearing(NIK, distinct[near])[0], minlength=int(near.sum()))
        crowds: Entries = np.union1d(distinct[near][listed[near] + many > most], self._index.crowds)
        return crowds

    def _bearing(self, name: str, keys: Entries) -> tuple[npt.NDArray[np.int64], Numbers]:
        """The places of sorted keys, and the numbers of the rows of the index that bear them."""
        found = [part.bearing(name, keys) for part, *_ in self._parts]
        rows = [
            row + np.uint32(at) for (_, row), (_, at, _) in zip(found, self._parts, strict=True)
        ]
        return np.concatenate([place for place, _ in found]), np.concatenate(rows)

    def _of_parts(self, row: Numbers) -> Iterator[tuple[Part, Numbers]]:
        """Sorted numbers of rows as each part numbers them."""
        for part, begin, end in self._parts:
            low, high = np.searchsorted(row, [begin, end])
            yield part, row[low:high] - np.uint32(begin)


def _in_order(row: Numbers) -> tuple[Packed, npt.NDArray[np.int64]]:
    """Numbers of rows sorted, and the place that each has in `row`."""
    packed = (row.astype(np.uint64) << np.uint64(32)) | np.arange(len(row), dtype=np.uint64)
    packed = ordered(packed)
    return packed >> np.uint64(32), (packed & _LOW).astype(np.int64)


def _wanted(compared: pl.DataFrame) -> list[str]:
    """Of the stored columns those that comparing asks for, and those that `follow` needs."""
    needless = {each for each in _ONLY_KEYS if each not in compared.columns}
    return [name for name in STORED if name not in needless]
