"""A reference prepared once and kept in a folder, so that a list finds its people in it without
reading all of it.

The folder holds parts (`parts.py`) and `index.json` (`manifest.py`), which says which of them
count. A change writes new files and then replaces `index.json`: whatever breaks off before leaves
the index as it was. Files that an earlier `index.json` named are deleted one change later, so that
whoever began to read may finish.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from payung.identity.rulebook import fields, rulebook
from payung.linkage import ahead, manifest
from payung.linkage.blocking import traits
from payung.linkage.parts import (
    ID,
    NIK,
    PART_ROWS,
    CutShort,
    Entries,
    Part,
    kept_for,
    sought,
    written,
)
from payung.linkage.proposals import NO_REFERENCE
from payung.linkage.rows import NoAnswer, as_reference, identified
from payung.linkage.rules import Rules, packaged_rules
from payung.linkage.seals import Seal, is_whole, seal, seems_whole

_SLICE = 2**58  # of the numbers that keys are, how many are looked through at once
# rows of an index for every one of a list, up to which reading all is sooner done than searching
_WORTH_ALL = 131_072
_PIECE = 250_000  # rows prepared at once
_JAKARTA = ZoneInfo("Asia/Jakarta")
# what is made of these tells rules that changed in code, and a Polars that hashes otherwise
_SAMPLE = {
    "id": ["1", "2", "3"],
    "nik": ["3671011203850001", "36.71.05.520190.0002", ""],
    "name": ["H. Moh. Djoko Soesilo, S.Pd", "SITI NURHALIZAH", "Ni Made A. Dewi binti Yusuf"],
    "birth_date": ["12-03-1985", "1990-01-12", "3 Mei 1971"],
    "sex": ["L", "perempuan", "P"],
    "mother_name": ["Hj. Sumijati", "-", "Tjut Aminah"],
    "address": ["Jl. Melati Gg. II No. 12 RT 001/02", "Kp. Bojong", ""],
    "kelurahan": ["Cikokol", "Kel. Babakan", ""],
    "phone": ["+62 812-0011-2233", "0812 0011 2234", ""],
}


class Changed(NamedTuple):
    """What a change did: rows written, and rows of before that went."""

    added: int
    removed: int


class Index:
    """A reference of `height` rows in a folder; made by `build`, found again by `open`.

    `on` is the day its two-digit years were read on, `changed` when it last changed, `crowds` the
    keys of NIKs that more of its rows bear than one person has, sorted. What every method cannot do
    is a NoAnswer, whose text says in Indonesian why.
    """

    def __init__(self, folder: Path, rules: Rules, on: date) -> None:
        self.folder, self.on = folder, on
        self.parts: tuple[Part, ...] = ()
        self.changed: datetime | None = None
        self.crowds: Entries = np.empty(0, np.uint64)
        self._seals: dict[Path, Seal] = {}
        self._rules, self._kept, self._made_by = rules, kept_for(rules), _fingerprint(rules)

    @classmethod
    def build(
        cls,
        frames: Iterable[pl.DataFrame],
        folder: Path,
        *,
        rules: Rules | None = None,
        on: date | None = None,
        told: Callable[[int], None] = lambda rows: None,
    ) -> "Index":
        """Prepare a reference, which comes in frames such as `link` takes, and keep it.

        An index already in the folder is replaced once the new one is whole. Memory is that of one
        frame and one part. An office that lost the last digits of its NIKs is looked for in each
        quarter of a million rows by itself. `told` is called with the rows prepared so far.
        """
        self = cls(folder, rules or packaged_rules(), on or _today())
        manifest.claim(folder)
        with self._alone(keep_former=False):
            made: list[Part] = []
            for part in written(self._prepared(frames, told), self._kept, self._folders()):
                made.append(part)
                _refuse_twice(made)
            if not made:
                raise NoAnswer(NO_REFERENCE)
            self._commit(made)
        return self

    @classmethod
    def open(cls, folder: Path, *, rules: Rules | None = None) -> "Index":
        """The index in a folder, made by the rules of today and, as far as size and a look into
        every file tell, whole; `verify` tells it of every byte."""
        self = cls(folder, rules or packaged_rules(), _today())
        self._load()
        return self

    @property
    def height(self) -> int:
        """How many rows the reference has, as a frame says it."""
        return sum(part.live for part in self.parts)

    @property
    def bytes(self) -> int:
        """How much of the disk it takes."""
        return sum(file.stat().st_size for part in self.parts for file in part.files(self._kept))

    def expect(self, rows: int) -> None:
        """Have the disk bring what finding the pairs of a list of so many rows reads, while those
        are prepared."""
        if rows * _WORTH_ALL > self.height:
            by_part = [part.searched(self._kept) for part in self.parts]
            ahead.whole([file for files in zip(*by_part, strict=True) for file in files])

    def rows(self) -> pl.DataFrame:
        """All its prepared rows, with ids, in order. Raises NoAnswer when it has none."""
        if not self.parts:
            raise NoAnswer(f"Indeks {self.folder} tidak berisi satu baris pun.")
        return pl.concat([piece for part in self.parts for piece in part.pieces()])

    def verify(self) -> int:
        """Reads every file to see that each byte is as it was written; how many bytes that were.
        Raises CutShort, which names the files that are not."""
        self._refuse_broken(self.parts)
        return self.bytes

    def upsert(self, frame: pl.DataFrame) -> Changed:
        """Add rows, each with an id; rows that had one of these ids go."""
        if "id" not in frame.columns or frame["id"].null_count():
            raise NoAnswer(
                "Setiap baris yang ditambahkan ke indeks perlu id; tanpa id tidak jelas baris mana "
                "yang digantikannya."
            )
        rows = as_reference(frame, self._rules, self.on, ids_needed=True)
        with self._alone():
            self._load()
            parts = self._without(rows[ID])
            removed = self.height - sum(part.live for part in parts)
            self._commit(self._joined(parts, rows))
        return Changed(rows.height, removed)

    def remove(self, ids: Iterable[str]) -> Changed:
        """Take rows out by their ids; ids that are not there are passed over."""
        with self._alone():
            self._load()
            parts = self._without(pl.Series(list(ids), dtype=pl.String))
            removed = self.height - sum(part.live for part in parts)
            if removed:
                self._commit(self._joined(parts, pl.DataFrame()))
        return Changed(0, removed)

    def _prepared(
        self, frames: Iterable[pl.DataFrame], told: Callable[[int], None]
    ) -> Iterator[pl.DataFrame]:
        before = 0
        for frame in frames:
            for piece in frame.iter_slices(_PIECE):
                if "id" not in piece.columns or piece["id"].null_count():
                    # as `identified` numbers them, but through all frames
                    number = pl.format("#{}", pl.row_index() + before + 1)
                    given = pl.col("id").cast(pl.String) if "id" in piece.columns else number
                    piece = piece.with_columns(id=pl.coalesce(given, number))
                if piece.height:
                    before += piece.height
                    yield as_reference(piece, self._rules, self.on)
                    told(before)

    def _without(self, ids: pl.Series) -> list[Part]:
        """The parts without the rows of these ids."""
        parts = []
        for part in self.parts:
            gone = part.identified(ids)
            parts.append(part.without(gone) if len(gone) else part)
        return parts

    def _joined(self, parts: list[Part], rows: pl.DataFrame) -> list[Part]:
        """The parts and then the rows; the last parts are written anew with them where they are
        small beside them, and any part of which little is left, so that parts stay few."""
        few = [part for part in parts if part.live]
        small: list[Part] = []
        total = rows.height
        while few and few[-1].live < 2 * total and few[-1].live + total <= PART_ROWS:
            small.insert(0, few.pop())
            total += small[0].live
        folders = self._folders()
        made: list[Part] = []
        # what is written anew must not be sealed with an error in it
        self._refuse_broken([*small, *filter(_worn, few)])
        for part in few:
            made += written(part.pieces(), self._kept, folders) if _worn(part) else [part]
        pieces = chain.from_iterable(part.pieces() for part in small)
        return [*made, *written(chain(pieces, [rows]), self._kept, folders)]

    def _refuse_broken(self, parts: Iterable[Part]) -> None:
        files = [file for part in parts for file in part.files(self._kept)]
        known = [file for file in files if file in self._seals]
        if broken := [file for file in known if not is_whole(file, self._seals[file])]:
            raise CutShort(*broken)

    def _folders(self) -> Iterator[Path]:
        there = [manifest.PART.fullmatch(path.name) for path in self.folder.iterdir()]
        last = max((int(found[1]) for found in there if found), default=0)
        return (self.folder / f"part-{number:04}" for number in count(last + 1))

    @contextmanager
    def _alone(self, *, keep_former: bool = True) -> Iterator[None]:
        """Nobody else changes the index meanwhile; what it then no longer needs is deleted."""
        with manifest.alone(self.folder):
            former = manifest.named(self.folder)
            try:
                yield
            finally:
                named = manifest.named(self.folder)
                if named is not None:
                    kept = former if former and keep_former else set()
                    manifest.clear(self.folder, named | kept)

    def _commit(self, parts: list[Part]) -> None:
        """Make these the parts of the index."""
        changed = datetime.now(_JAKARTA)
        crowds = _crowds(parts, self._rules.largest)
        files = {file: part for part in parts for file in part.files(self._kept)}
        seals = {file: self._seals.get(file) or seal(file) for file in files}
        told = {
            "rules": self._made_by,
            "on": self.on.isoformat(),
            "changed": changed.isoformat(timespec="seconds"),
            "rows": sum(part.live for part in parts),
            "crowds": crowds.tolist(),
            "parts": [
                {
                    "folder": part.folder.name,
                    "rows": part.rows,
                    "removed": len(part.removed),
                    "removal": part.removal,
                    "files": {file.name: seals[file] for file in part.files(self._kept)},
                }
                for part in parts
            ],
        }
        manifest.write(self.folder, told)
        self.parts, self.changed, self.crowds, self._seals = tuple(parts), changed, crowds, seals

    def _load(self) -> None:
        """What `index.json` says now."""
        told = manifest.read(self.folder)
        if told["rules"] != self._made_by:
            raise NoAnswer(
                f"Indeks {self.folder} disusun dengan aturan yang berbeda dari aturan sekarang; "
                f"susun ulang dari acuannya dengan `payung index build ACUAN --out {self.folder}`."
            )
        self._seals = {
            self.folder / part["folder"] / name: Seal(*sealed)
            for part in told["parts"]
            for name, sealed in part["files"].items()
        }
        if broken := [file for file, one in self._seals.items() if not seems_whole(file, one)]:
            if manifest.read(self.folder) != told:
                # changed since it was read here, and files it named were deleted
                self._load()
                return
            raise CutShort(*broken)
        self.on = date.fromisoformat(told["on"])
        self.changed = datetime.fromisoformat(told["changed"])
        self.crowds = np.array(told["crowds"], np.uint64)
        self.parts = tuple(
            Part.there(self.folder / part["folder"], part["rows"], part["removal"])
            for part in told["parts"]
        )


def _worn(part: Part) -> bool:
    return part.live < part.rows // 2


def _crowds(parts: list[Part], most: int) -> Entries:
    """The keys of NIKs that more rows than `most` bear; sorted."""
    # of so many rows in all, one part at least has its share
    share = most // max(1, len(parts))
    found = [np.empty(0, np.uint64)]
    for low in range(0, 2**64, _SLICE):
        held = [part.borne(NIK, low, low + _SLICE - 1) for part in parts]
        often = [keys[share:][keys[share:] == keys[: max(0, len(keys) - share)]] for keys in held]
        keys = np.unique(np.concatenate([found[0], *often]))
        ends = [np.searchsorted(each, [keys, keys + 1]) for each in held]
        found.append(keys[sum((last - first for first, last in ends), np.zeros(len(keys))) > most])
    return np.concatenate(found)


def _today() -> date:
    return datetime.now(_JAKARTA).date()


def _refuse_twice(parts: list[Part]) -> None:
    """Raises NoAnswer when a row of the last part has the id of another row."""
    keys = parts[-1].keys(ID)
    shared = keys[sum(part.count(ID, keys) for part in parts) > 1]
    if len(shared):
        # keys of two ids may be the same by chance
        near = [np.unique(part.bearing(ID, shared)[1]) for part in parts]
        identified(pl.concat(map(Part.ids, parts, near)).to_frame())


def _fingerprint(rules: Rules) -> str:
    """What decides prepared rows and their keys, as one number; how pairs are weighed does not."""
    said = [
        (section.code, section.unless, [(rule.pattern, rule.replace) for rule in section.rules])
        for field in fields()
        for section in rulebook(field).sections
    ]
    sample = as_reference(pl.DataFrame(_SAMPLE), rules, date(2026, 1, 1))
    kept = kept_for(rules)
    keys = {name: sought(sample, key).tolist() for name, key in kept.keys.items()}
    told_apart = {part.name: traits(sample, part).tolist() for part in kept.traits}
    rows = sorted(sample.to_dict(as_series=False).items())
    told = repr((said, rules.weak, rules.largest, keys, told_apart, rows))
    return hashlib.sha256(told.encode()).hexdigest()
