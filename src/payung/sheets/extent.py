"""How far apart the cells of an .xlsx lie, looked at before calamine opens it.

Calamine keeps a rectangle from the first filled cell to the last, so one stray cell in the last
row and column of a sheet would ask for half a terabyte and end the whole process.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from payung.sheets.formats import UnreadableFile

MAX_CELLS = 30_000_000

_CHUNK = 1 << 20
_LONGEST_TAG = 400
_UP_TO_Z = 26
# cells that hold something; an empty one that only has a format is no matter
_BEYOND_Z = re.compile(rb" r=\"([A-Z]{2,3})(\d{1,7})\"[^>]*[^/>]>")
_ANY = re.compile(rb" r=\"[A-Z]{1,3}(\d{1,7})\"[^>]*[^/>]>")


def check_extent(content: bytes) -> None:
    """Raise UnreadableFile when the filled cells of a sheet span more than MAX_CELLS.

    Files other than .xlsx and damaged ones pass, for whoever opens them judges those.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                    _check_sheet(archive, name)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError):
        return


def column_number(letters: bytes) -> int:
    """1 for "A", 27 for "AA"."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_sheet(archive: zipfile.ZipFile, name: str) -> None:
    width, widest = _UP_TO_Z, b""
    for part in _parts(archive, name):
        for letters, row in _BEYOND_Z.findall(part):
            if (number := column_number(letters)) > width:
                width, widest = number, letters + row
    if not widest:
        return
    height = max(
        (int(row) for part in _parts(archive, name) for row in _ANY.findall(part)), default=0
    )
    if width * height > MAX_CELLS:
        raise UnreadableFile(
            f"Lembar ini terlalu luas untuk sebuah daftar: ada isi sampai kolom di sel "
            f"{widest.decode()} dan sampai baris {height}; hapus isi di luar daftar, simpan, "
            "lalu kirim lagi."
        )


def _parts(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as file:
        end = b""
        while chunk := file.read(_CHUNK):
            yield end + chunk
            end = chunk[-_LONGEST_TAG:]
