"""Reading a reference as its keeper sends it: people, and what the list says of each."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payung.apps.errors import DomainError
from payung.apps.screening.models import ReferenceKind
from payung.identity import Nik, clean_name, is_empty, name_key, read_date
from payung.linkage import match_key
from payung.sheets import Book, Table, UnreadableFile, open_book
from payung.sheets.headings import heading_key

# what a reference says beyond name, NIK and birth date, and the headings that say it
_HEADINGS = {
    "number": ("kpj", "nomor peserta", "no peserta", "nomor kartu peserta", "no kartu peserta"),
    "segment": ("segmen", "segmentasi", "jenis kepesertaan", "kelompok peserta"),
    "status": ("status", "status kepesertaan", "status peserta", "status aktif", "keaktifan"),
    "died_on": (
        "tanggal meninggal",
        "tgl meninggal",
        "tanggal wafat",
        "tgl wafat",
        "tanggal kematian",
        "tgl kematian",
        "meninggal tanggal",
    ),
    "decile": ("desil", "decile"),
    "employer": ("instansi", "unit kerja", "satuan kerja", "opd", "skpd", "tempat tugas", "satker"),
}
_WHOLE_ONLY = {"status"}  # "status perkawinan" is none of ours
_OF_KIND = {
    ReferenceKind.BPJS_ACTIVE: ("number", "segment", "status"),
    ReferenceKind.DEATHS: ("died_on",),
    ReferenceKind.ASN: ("employer",),
    ReferenceKind.DTSEN: ("decile",),
}
_NO_LONGER = re.compile(r"\b(?:non|nonaktif|tidak|tdk|keluar|berakhir|berhenti|stop)\b")
_DECILE = re.compile(r"(?:desil\s*)?(10|[1-9])(?:[.,]0+)?")

# (number, nik, name, name_key, match_key, birth_date, mother_name, value, number_held, value_date)
EntryValues = tuple[int, str, str, str, str, date | None, str, str, str, date | None]
ENTRY_FIELDS = (
    "number",
    "nik",
    "name",
    "name_key",
    "match_key",
    "birth_date",
    "mother_name",
    "value",
    "number_held",
    "value_date",
)


@dataclass
class Reading:
    """Counts while the rows of `entries()` go by."""

    kind: ReferenceKind
    as_of: date
    tables: list[tuple[Table, dict[str, int]]]
    taken: int = 0
    unreadable: int = 0
    passed_over: int = 0

    @property
    def total(self) -> int:
        return sum(len(table) for table, _ in self.tables)

    def entries(self) -> Iterator[EntryValues]:
        """Every person who can be looked up. Rows of later sheets are numbered onwards."""
        before = 0
        for table, places in self.tables:
            last = 0
            for number, cells in table.rows:
                last = number
                entry = self._entry(before + number, cells, places)
                if entry is not None:
                    self.taken += 1
                    yield entry
            before += last

    def _entry(self, number: int, cells: list[str], places: dict[str, int]) -> EntryValues | None:
        def cell(name: str) -> str:
            return cells[places[name]] if name in places else ""

        if self.kind == ReferenceKind.BPJS_ACTIVE and _NO_LONGER.search(cell("status").lower()):
            self.passed_over += 1
            return None
        nik = Nik.read(cell("nik"))
        name = clean_name(cell("name"))[:200]
        born = read_date(cell("birth_date"), self.as_of).value
        key = name_key(name)[:200]
        by_person = match_key(key, born)
        value = self._value(cell)
        if value is None or not (nik.ok or by_person):
            self.unreadable += 1
            return None
        died = None
        if self.kind == ReferenceKind.DEATHS:
            died = read_date(cell("died_on"), self.as_of).value
            if died and not (born or date.min) <= died <= self.as_of:
                died = None
        held = re.sub(r"\W", "", cell("number"))[:32]
        mother = clean_name(cell("mother_name"))[:200]
        known = nik.text if nik.ok else ""
        return (number, known, name, key, by_person, born, mother, value, held, died)

    def _value(self, cell: Callable[[str], str]) -> str | None:
        """Segment, employer or decile; None when a decile cannot be read."""
        if self.kind == ReferenceKind.DTSEN:
            decile = _DECILE.fullmatch(cell("decile").strip().lower())
            return decile[1] if decile else None
        said = cell("segment") if self.kind == ReferenceKind.BPJS_ACTIVE else cell("employer")
        return "" if is_empty(said) else said[:80]


def read(*, path: Path, filename: str, kind: ReferenceKind, as_of: date) -> Reading:
    """Open a reference file and find its columns.

    Raises DomainError when the file is unreadable or lacks a column the kind needs.
    """
    try:
        book: Book = open_book(path, filename)
    except UnreadableFile as error:
        raise DomainError(str(error)) from error
    tables = []
    lacking = ""
    for table in book.tables:
        places = _places(table, kind)
        if fault := _lacks(places, kind):
            headings = ", ".join(f"“{column.heading}”" for column in table.columns)
            lacking = lacking or f"{fault} Judul kolom yang ada: {headings}."
        else:
            tables.append((table, places))
    if not tables:
        raise DomainError(lacking)
    return Reading(kind, as_of, tables)


def _places(table: Table, kind: ReferenceKind) -> dict[str, int]:
    places = {
        column.field: column.index
        for column in table.columns
        if column.field in ("nik", "name", "birth_date", "mother_name")
    }
    for column in table.columns:
        key = heading_key(column.heading)
        for name in _OF_KIND[kind]:
            if name not in places and _names(key, name):
                places[name] = column.index
                break
    return places


def _names(key: str, name: str) -> bool:
    words = _HEADINGS[name]
    if name in _WHOLE_ONLY:
        return key in words
    return any(f" {word} " in f" {key} " for word in words)


def _lacks(places: dict[str, int], kind: ReferenceKind) -> str:
    if "nik" not in places and not {"name", "birth_date"} <= places.keys():
        return (
            "Daftar acuan perlu kolom NIK, atau Nama dan Tanggal Lahir; tambahkan kolom itu "
            "lalu kirim lagi."
        )
    if kind == ReferenceKind.DTSEN and "decile" not in places:
        return (
            "Daftar DTSEN perlu kolom Desil; tambahkan kolom itu atau pilih jenis acuan yang benar."
        )
    if kind == ReferenceKind.DEATHS and "died_on" not in places:
        return (
            "Daftar kematian perlu kolom Tanggal Meninggal; tambahkan kolom itu atau pilih jenis "
            "acuan yang benar."
        )
    return ""
