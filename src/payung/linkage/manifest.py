"""`index.json`, which says which files of an index count, and the lock of whoever changes it.

The lock is one of the system's on an open file: it ends with the process that holds it, however
that ends, and the file itself says nothing.
"""

import errno
import fcntl
import json
import os
import re
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from payung.linkage.parts import settle
from payung.linkage.rows import NoAnswer

FORMAT = 5
PART = re.compile(r"part-(\d+)")
_MANIFEST = "index.json"
_LOCK = "lock"
_REASONS = {
    errno.ENOSPC: "ruang disk habis; kosongkan sebagian",
    errno.EDQUOT: "jatah ruang disk habis; kosongkan sebagian",
    errno.EACCES: "tidak ada izin menulis; minta izin, atau pilih folder lain",
    errno.EPERM: "tidak ada izin menulis; minta izin, atau pilih folder lain",
    errno.EROFS: "disknya hanya bisa dibaca; pilih folder lain",
    errno.ENOLCK: "disknya tidak mengenal kunci berkas; pilih folder di disk komputer ini",
    errno.ENOTSUP: "disknya tidak mengenal kunci berkas; pilih folder di disk komputer ini",
    errno.ENOTDIR: "ada berkas biasa di tempat foldernya; pilih folder lain",
    errno.EEXIST: "ada berkas biasa di tempat foldernya; pilih folder lain",
    errno.ENAMETOOLONG: "namanya terlalu panjang; pilih folder lain",
}


def claim(folder: Path) -> None:
    """Make a folder that is an index or can become one. Raises NoAnswer."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        others = {path.name for path in folder.iterdir()} - {_LOCK, f"{_MANIFEST}.new"}
    except OSError as error:
        raise NoAnswer(f"Folder {folder} tidak bisa dipakai: {_why(error)}.") from error
    if _MANIFEST not in others and any(not PART.fullmatch(name) for name in others):
        raise NoAnswer(f"Folder {folder} berisi hal lain; sebutkan folder baru atau yang kosong.")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Nobody else changes the index meanwhile; where none has come to be, nothing made meanwhile
    is left. Raises NoAnswer, also for what the disk refuses meanwhile."""
    try:
        with _locked(folder / _LOCK):
            before = set(_parts(folder))
            try:
                yield
            finally:
                if not (folder / _MANIFEST).exists():
                    for made in set(_parts(folder)) - before:
                        shutil.rmtree(made)
                    (folder / _LOCK).unlink()
    except BlockingIOError as error:
        raise NoAnswer(
            f"Indeks {folder} sedang diubah oleh proses lain; tunggu sampai selesai, lalu ulangi."
        ) from error
    except OSError as error:
        raise NoAnswer(
            f"Indeks {folder} tidak bisa ditulis: {_why(error)}; lalu ulangi. Indeks yang sudah "
            "ada tetap utuh."
        ) from error


def read(folder: Path) -> Any:
    """What `index.json` says, whole and of this format. Raises NoAnswer."""
    again = f"`payung index build ACUAN --out {folder}`"
    try:
        told = json.loads((folder / _MANIFEST).read_text("utf-8"))
        form = int(told["format"])
        if form == FORMAT and told.pop("sum") != _sum(told):
            raise ValueError("not what was written")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NoAnswer(f"{folder} bukan indeks acuan; susun dengan {again}.") from error
    except PermissionError as error:
        raise NoAnswer(
            f"Tidak ada izin membaca indeks {folder}; minta izin kepada yang menyusunnya."
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoAnswer(
            f"Indeks {folder} rusak: {_MANIFEST} tidak terbaca atau berubah; salin ulang "
            f"indeksnya, atau susun ulang dari acuannya dengan {again}."
        ) from error
    if form != FORMAT:
        age = "lama" if form < FORMAT else "baru"
        raise NoAnswer(
            f"Indeks {folder} disusun oleh Payung yang lebih {age} (susunan {form}, di sini "
            f"{FORMAT}) dan tidak bisa dibaca; susun ulang dari acuannya dengan {again}."
        )
    return told


def write(folder: Path, told: dict[str, Any]) -> None:
    """Replace `index.json`; it is on the disk when this returns."""
    told = {"format": FORMAT} | told
    fresh = folder / f"{_MANIFEST}.new"
    fresh.write_text(f"{json.dumps(told | {'sum': _sum(told)}, indent=1)}\n", "utf-8")
    settle(fresh)
    fresh.replace(folder / _MANIFEST)
    settle(folder)


def named(folder: Path) -> set[str] | None:
    """The files that `index.json` names; None when it does not say."""
    try:
        parts = read(folder)["parts"]
    except NoAnswer:
        return None
    return {f"{part['folder']}/{name}" for part in parts for name in part["files"]}


def clear(folder: Path, kept: set[str]) -> None:
    """Delete what lies in parts and is not among the files kept."""
    for part in _parts(folder):
        there = set(part.iterdir())
        needless = {file for file in there if f"{part.name}/{file.name}" not in kept}
        if needless == there:
            shutil.rmtree(part)
        else:
            for file in needless:
                file.unlink()


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Holds the lock on a file. Raises BlockingIOError when another holds it, and OSError."""
    held = False
    while not held:
        with path.open("ab") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # or whoever held it before has deleted it
            held = path.exists() and os.path.samestat(path.stat(), os.fstat(lock.fileno()))
            if held:
                yield


def _parts(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if PART.fullmatch(path.name)]


def _sum(told: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps(told).encode())


def _why(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno in _REASONS:
        return _REASONS[error.errno]
    number = f" nomor {error.errno}" if isinstance(error, OSError) and error.errno else ""
    return f"disk atau sistem menolak (kesalahan{number}); periksa tempat dan ruangnya"
