"""A reference prepared once and kept in a folder, so that a list finds its people in it without
reading all of it.

The folder holds parts (`parts.py`) and `index.json`, which says which of them count. A change
writes new files and then replaces `index.json`: whatever breaks off before leaves the index as it
was. Files that an earlier `index.json` named are deleted one change later, so that whoever began to
read may finish.
"""

import fcntl
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from itertools import chain, count
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from payung.identity.rulebook import fields, rulebook
from payung.linkage.parts import (
    ID,
    NIK,
    PART_ROWS,
    CutShort,
    Entries,
    Part,
    kept_for,
    settle,
    sought,
    trait,
    written,
)
from payung.linkage.rows import NoAnswer, as_reference, identified
from payung.linkage.rules import Rules, packaged_rules

_MANIFEST = "index.json"
_LOCK = "lock"
_FORMAT = 3
_SLICE = 2**58  # of the numbers that keys are, how many are looked through at once
_PIECE = 250_000  # rows prepared at once
_FOLDER = re.compile(r"part-(\d+)")
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

    `on` is the day its two-digit years were read on, `changed` when it last changed. What every
    method cannot do is a NoAnswer, whose text says in Indonesian why.
    """

    def __init__(self, folder: Path, rules: Rules, on: date) -> None:
        self.folder, self.on = folder, on
        self.parts: tuple[Part, ...] = ()
        self.changed: datetime | None = None
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
        _claim(folder)
        with self._alone(keep_former=False):
            made: list[Part] = []
            for part in written(self._prepared(frames, told), self._kept, self._folders()):
                made.append(part)
                _refuse_twice(made)
            if not made:
                raise NoAnswer("Acuan tidak berisi satu baris pun.")
            self._commit(made)
        return self

    @classmethod
    def open(cls, folder: Path, *, rules: Rules | None = None) -> "Index":
        """The index in a folder, whole and made by the rules of today."""
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

    def rows(self) -> pl.DataFrame:
        """All its prepared rows, with ids, in order."""
        return pl.concat([piece for part in self.parts for piece in part.pieces()])

    def crowded(self, most: int) -> Entries:
        """The keys of NIKs that more rows than `most` bear; sorted."""
        # of so many rows in all, one part at least has its share
        share = most // len(self.parts)
        found = []
        for low in range(0, 2**64, _SLICE):
            held = [part.borne(NIK, low, low + _SLICE - 1) for part in self.parts]
            often = [
                keys[share:][keys[share:] == keys[: max(0, len(keys) - share)]] for keys in held
            ]
            keys = np.unique(np.concatenate(often))
            ends = [np.searchsorted(each, [keys, keys + 1]) for each in held]
            found.append(keys[sum(last - first for first, last in ends) > most])
        return np.concatenate(found)

    def upsert(self, frame: pl.DataFrame) -> Changed:
        """Add rows, each with an id; rows that had one of these ids go."""
        if "id" not in frame.columns or frame["id"].null_count():
            raise NoAnswer(
                "Setiap baris yang ditambahkan ke indeks perlu id; tanpa id tidak jelas baris mana "
                "yang digantikannya."
            )
        rows = as_reference(frame, self._rules, self.on)
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
        for part in few:
            worn = part.live < part.rows // 2
            made += written(part.pieces(), self._kept, folders) if worn else [part]
        pieces = chain.from_iterable(part.pieces() for part in small)
        return [*made, *written(chain(pieces, [rows]), self._kept, folders)]

    def _folders(self) -> Iterator[Path]:
        there = [_FOLDER.fullmatch(path.name) for path in self.folder.iterdir()]
        last = max((int(found[1]) for found in there if found), default=0)
        return (self.folder / f"part-{number:04}" for number in count(last + 1))

    @contextmanager
    def _alone(self, *, keep_former: bool = True) -> Iterator[None]:
        """Nobody else changes the index meanwhile; what it then no longer needs is deleted."""
        try:
            with (self.folder / _LOCK).open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError as error:
                    raise NoAnswer(
                        f"Indeks {self.folder} sedang diubah oleh proses lain; tunggu sampai "
                        "selesai, lalu ulangi."
                    ) from error
                former = _named(self.folder)
                try:
                    yield
                finally:
                    self._clear(former, keep_former=keep_former)
        except OSError as error:
            raise NoAnswer(
                f"Indeks {self.folder} tidak bisa ditulis ({error.strerror}); yang sudah ada tetap "
                "utuh."
            ) from error

    def _clear(self, former: set[str] | None, *, keep_former: bool) -> None:
        named = _named(self.folder)
        if named is None:
            return
        if former and keep_former:
            named |= former
        for folder in self.folder.iterdir():
            if not _FOLDER.fullmatch(folder.name):
                continue
            kept = [file for file in folder.iterdir() if f"{folder.name}/{file.name}" in named]
            for file in set(folder.iterdir()) - set(kept) if kept else ():
                file.unlink()
            if not kept:
                shutil.rmtree(folder)

    def _commit(self, parts: list[Part]) -> None:
        """Make these the parts of the index."""
        changed = datetime.now(_JAKARTA)
        told = {
            "format": _FORMAT,
            "rules": self._made_by,
            "on": self.on.isoformat(),
            "changed": changed.isoformat(timespec="seconds"),
            "rows": sum(part.live for part in parts),
            "parts": [
                {
                    "folder": part.folder.name,
                    "rows": part.rows,
                    "removed": len(part.removed),
                    "removal": part.removal,
                    "bytes": {file.name: file.stat().st_size for file in part.files(self._kept)},
                }
                for part in parts
            ],
        }
        fresh = self.folder / f"{_MANIFEST}.new"
        fresh.write_text(f"{json.dumps(told, indent=1)}\n", "utf-8")
        settle(fresh)
        fresh.replace(self.folder / _MANIFEST)
        settle(self.folder)
        self.parts, self.changed = tuple(parts), changed

    def _load(self) -> None:
        """What `index.json` says now."""
        told = _manifest(self.folder)
        if told["format"] != _FORMAT or told["rules"] != self._made_by:
            raise NoAnswer(
                f"Indeks {self.folder} disusun dengan aturan yang berbeda dari aturan sekarang; "
                "susun ulang dengan `payung index build`."
            )
        for part in told["parts"]:
            for name, size in part["bytes"].items():
                file = self.folder / part["folder"] / name
                if not file.is_file() or file.stat().st_size != size:
                    raise CutShort(file)
        self.on = date.fromisoformat(told["on"])
        self.changed = datetime.fromisoformat(told["changed"])
        self.parts = tuple(
            Part.there(self.folder / part["folder"], part["rows"], part["removal"])
            for part in told["parts"]
        )


def _today() -> date:
    return datetime.now(_JAKARTA).date()


def _claim(folder: Path) -> None:
    """A folder that is an index or can become one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = {path.name for path in folder.iterdir()} - {_LOCK, f"{_MANIFEST}.new"}
    except OSError as error:
        raise NoAnswer(f"Folder {folder} tidak bisa dibuat; periksa tempatnya.") from error
    if _MANIFEST not in others and any(not _FOLDER.fullmatch(name) for name in others):
        raise NoAnswer(f"Folder {folder} berisi hal lain; sebutkan folder baru atau yang kosong.")


def _manifest(folder: Path) -> Any:
    try:
        told = json.loads((folder / _MANIFEST).read_text("utf-8"))
        told["format"], told["rules"], told["on"], told["changed"]
        [(part["folder"], part["rows"], part["removal"], part["bytes"]) for part in told["parts"]]
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoAnswer(
            f"{folder} bukan indeks acuan; susun dengan `payung index build ACUAN --out {folder}`."
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoAnswer(
            f"Indeks {folder} rusak: {_MANIFEST} tidak terbaca; salin ulang indeksnya, atau susun "
            "ulang dengan `payung index build`."
        ) from error
    return told


def _named(folder: Path) -> set[str] | None:
    """The files that `index.json` names; None when it does not say."""
    try:
        parts = _manifest(folder)["parts"]
    except NoAnswer:
        return None
    return {f"{part['folder']}/{name}" for part in parts for name in part["bytes"]}


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
    traits = {name: trait(sample[name]).tolist() for name in kept.traits}
    rows = sorted(sample.to_dict(as_series=False).items())
    told = repr((_FORMAT, said, rules.weak, rules.largest, keys, traits, rows))
    return hashlib.sha256(told.encode()).hexdigest()
