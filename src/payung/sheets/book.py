"""A file as an office sends it, read as text: its sheets, their tables and the people's rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from payung.sheets.cells import row_texts
from payung.sheets.columns import Column, map_columns, remap
from payung.sheets.delimited import read_delimited
from payung.sheets.formats import UnreadableFile, kind_of
from payung.sheets.formulas import Formulas, reaches_out
from payung.sheets.header import Merged, find_header, is_note, is_numbering
from payung.sheets.workbook import read_workbook

Row = tuple[int, list[str]]

_SIXTEEN = re.compile(r"(?<!\d)\d{16}(?!\d)|\d[.,]\d+E\+1[56]", re.IGNORECASE)
_TOTAL = re.compile(r"(?:sub\s*|grand\s*)?(?:jumlah|total|jml)\b", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"^(?:mengetahui|menyetujui|disetujui|disahkan|mengesahkan|hormat kami|demikian|dibuat oleh|"
    r"diketahui|a\.?n\.|an\.|plt|plh|lurah|camat|kepala|ketua|pembuat daftar|verifikator|operator|"
    r"nip\b|catatan|keterangan|ket\s*:|\*)|\bnip[.\s:]+\d|"
    r"^[a-z .]+,\s*(?:\.{2,}|_+|\d{1,2})?\s*\.*[a-z]+\s+(?:19|20)\d\d$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\b(?:petunjuk|panduan|contoh|instruksi|cara pengisian)\b", re.IGNORECASE)

NO_HEADER = (
    "tidak ada baris judul kolom; tambahkan satu baris judul di atas data, misalnya "
    "No, NIK, Nama, Tanggal Lahir, Kelurahan"
)
NOT_A_LIST = (
    "tidak ada baris judul dengan NIK, atau dengan Nama dan satu kolom lain yang dikenal seperti "
    "Tanggal Lahir, jadi bukan daftar orang; bila memang daftar, tambahkan baris judul kolomnya"
)
NO_ROWS = "ada judul kolom tetapi tidak ada satu baris pun di bawahnya"
EMPTY = "kosong"
HIDDEN = "tersembunyi; tampilkan lembar ini bila isinya memang daftar"
ASIDE = "berisi petunjuk atau contoh, bukan daftar"


@dataclass(frozen=True)
class Table:
    """One list in a file: its sheet, its header, its columns and the rows that may be people.

    `header_row` and the row numbers count from 1 as the spreadsheet shows them; of a header on
    two lines the first counts. `cells` of a row hold one text per column of the sheet.
    """

    sheet: str
    header_row: int
    columns: tuple[Column, ...]
    _body: Sequence[Row] = field(repr=False)
    _titles: tuple[str, ...] = field(repr=False, default=())

    @cached_property
    def rows(self) -> list[Row]:
        """(number, cells) of every row that may be a person.

        Left out: blank rows, rows numbered in advance, totals, repeated headers, rows that count
        the columns, and the signatures below the list.
        """
        return list(self._people())

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def mapping(self) -> dict[str, str]:
        """Heading to field, for the columns that hold one."""
        return {c.heading: c.field for c in self.columns if c.field is not None}

    @property
    def unmapped(self) -> list[str]:
        """Headings of the columns kept as they are."""
        return [column.heading for column in self.columns if column.field is None]

    def with_mapping(self, wanted: Mapping[str, str | None]) -> Table:
        """The same table with columns as a sender corrected them: heading to field or None.

        Headings the table does not have are ignored. Raises ValueError for an unknown field.
        """
        columns = remap(self.columns, dict(wanted))
        return Table(self.sheet, self.header_row, tuple(columns), self._body, self._titles)

    def _people(self) -> Iterator[Row]:
        nik = next((c.index for c in self.columns if c.field == "nik"), None)
        known = [c.index for c in self.columns if c.field is not None]
        closing = False
        for number, cells in self._body:
            text = cells[nik] if nik is not None else ""
            if len(text) != 16 or not text.isdigit():
                if not any(cells[index] for index in known):
                    closing = closing or _closes(cells)
                    continue
                if len(text) < 15 and self._is_furniture(cells):
                    continue
                if not any(sign.isdigit() for sign in text) or _SIGNATURE.search(text):
                    closing = closing or _closes(cells)
                    if closing and not any(_SIXTEEN.search(cell) for cell in cells):
                        continue
            closing = False
            yield number, cells

    def _is_furniture(self, cells: Sequence[str]) -> bool:
        first = next(cell for cell in cells if cell)
        filled = sum(1 for cell in cells if cell)
        if _TOTAL.match(first) and filled <= max(3, len(self._titles) // 2):
            return True
        if is_numbering(cells):
            return True
        same = sum(
            1 for cell, title in zip(cells, self._titles, strict=False) if cell and cell == title
        )
        return same >= 2 and same >= filled / 2


@dataclass(frozen=True)
class Book:
    """A file read: its tables, and the sheets without one as (sheet, reason in Indonesian)."""

    path: Path
    tables: tuple[Table, ...]
    skipped: tuple[tuple[str, str], ...] = ()

    def __len__(self) -> int:
        return sum(len(table) for table in self.tables)


@dataclass(frozen=True)
class RawSheet:
    """A sheet as it lies in the file, every cell a text, rows and columns from the first."""

    name: str
    rows: list[list[str]]
    merged: Merged | None = None
    hidden: bool = False
    formulas: Formulas = field(default_factory=dict)


def raw_sheets(path: str | Path) -> list[RawSheet]:
    """Every sheet of a file as text, nothing left out. Raises UnreadableFile."""
    path = Path(path)
    if kind_of(path) == "text":
        rows = read_delimited(path)
        return [RawSheet("CSV", _squared(rows))]
    return [
        RawSheet(
            sheet.name,
            [row_texts(row) for row in sheet.rows],
            sheet.merged,
            sheet.hidden,
            sheet.formulas,
        )
        for sheet in read_workbook(path)
    ]


def open_book(path: str | Path, filename: str | None = None) -> Book:
    """Read a spreadsheet or CSV of any kind and find the lists in it.

    The content decides how it is read; `filename` is only the name the sender gave it. A sheet
    without a list is named in `skipped`; a file without any raises UnreadableFile, whose text
    says in Indonesian what is wrong and what to do.
    """
    path = Path(path)
    return book_of(raw_sheets(path), path, filename)


def book_of(sheets: Iterable[RawSheet], path: Path, filename: str | None = None) -> Book:
    """The lists in sheets already read; see open_book.

    A formula in place of a name is put into the sheets' own cells, as the rows show it.
    """
    tables: list[tuple[Table, bool]] = []
    skipped: list[tuple[str, str]] = []
    for sheet in sheets:
        found = HIDDEN if sheet.hidden else _table(sheet)
        if isinstance(found, str):
            skipped.append((sheet.name, found))
        else:
            tables.append((found, _ASIDE.search(sheet.name) is not None))
    if any(not aside for _, aside in tables):
        skipped += [(table.sheet, ASIDE) for table, aside in tables if aside]
        tables = [(table, aside) for table, aside in tables if not aside]
    if not tables:
        raise UnreadableFile(_why_nothing(skipped, filename or path.name))
    return Book(path, tuple(table for table, _ in tables), tuple(skipped))


def _table(sheet: RawSheet) -> Table | str:
    rows = sheet.rows
    if not any(any(row) for row in rows):
        return EMPTY
    header = find_header(rows, sheet.merged)
    if header is None:
        some_nik = any(_SIXTEEN.fullmatch(cell) for row in rows[:500] for cell in row)
        return NO_HEADER if some_nik else NOT_A_LIST
    start = header.last + 1
    data = [row for row in rows[start:] if any(row)]
    columns = map_columns(header.headings, header.matches, data)
    _show_formulas(sheet, columns)
    kept = tuple(
        column
        for column in columns
        if not is_note(column.heading) and (column.samples or rows[header.first][column.index])
    )
    if not {"nik", "name"} & {column.field for column in kept}:
        return NOT_A_LIST
    body = [(start + 1 + index, row) for index, row in enumerate(rows[start:])]
    table = Table(sheet.name, header.first + 1, kept, body, header.headings)
    return table if table.rows else NO_ROWS


def _show_formulas(sheet: RawSheet, columns: Sequence[Column]) -> None:
    """Put the formula in place of a name that has no value or is a link, for a clerk to see."""
    names = {column.index for column in columns if column.field == "name"}
    for (row, index), formula in sheet.formulas.items():
        if index in names and row < len(sheet.rows) and index < len(sheet.rows[row]):
            value = sheet.rows[row][index]
            if value in ("", "0") or reaches_out(formula):
                sheet.rows[row][index] = formula


def _why_nothing(skipped: Sequence[tuple[str, str]], filename: str) -> str:
    if all(reason == EMPTY for _, reason in skipped):
        return f"Berkas {filename} tidak berisi apa-apa; kirim berkas yang berisi daftar."
    telling = [(name, reason) for name, reason in skipped if reason != EMPTY]
    if len(telling) == 1:
        return f"Tidak ada daftar yang bisa dibaca: {telling[0][1]}."
    listed = "; ".join(f"lembar “{name}”: {reason}" for name, reason in telling)
    return f"Tidak ada daftar yang bisa dibaca: {listed}."


def _squared(rows: list[list[str]]) -> list[list[str]]:
    width = max((len(row) for row in rows), default=0)
    return [row if len(row) == width else row + [""] * (width - len(row)) for row in rows]


def _closes(cells: Sequence[str]) -> bool:
    """Whether a row begins the signatures below a list."""
    filled = [cell for cell in cells if cell]
    return 0 < len(filled) <= 4 and any(_SIGNATURE.search(cell) for cell in filled)
