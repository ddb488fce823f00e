"""Lists for `payung match`: .csv, .parquet and .xlsx into one frame of known columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from payung.linkage.columns import are_cards, damaged_niks, of_cards, of_damaged_niks
from payung.linkage.rows import INPUTS
from payung.sheets import Table, UnreadableFile, open_book
from payung.sheets.headings import EXACT, match_heading

_ENGLISH = {name: name for name in INPUTS}
_OFFICE = {"office", "instansi", "opd", "dinas", "unit kerja", "pengirim"}
_SNIFFED = 65_536
# up to here every whole number has a fraction's form of its own
_EXACT: dict[pl.DataType | type[pl.DataType], int] = {pl.Float64: 2**53, pl.Float32: 2**24}
_CUT = "bukan Parquet yang utuh, mungkin terpotong saat disalin; minta kiriman ulang."


@dataclass(slots=True)
class Remarks:
    """What is to be told of the columns of NIKs that were read, each by its heading and file."""

    _niks: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    _cards: dict[tuple[str, str], None] = field(default_factory=dict)

    def count(self, damaged: int, written: int, heading: str, file: str) -> None:
        """So many more NIKs, of which some lost their last digits."""
        before = self._niks.get((heading, file), (0, 0))
        self._niks[heading, file] = (before[0] + damaged, before[1] + written)

    def look_for_cards(self, people: pl.DataFrame, heading: str, file: str) -> None:
        """See whether the NIKs are numbers of family cards."""
        if are_cards(people, datetime.now(ZoneInfo("Asia/Jakarta")).date()):
            self._cards[heading, file] = None

    @property
    def cards(self) -> bool:
        """Whether those of one file are."""
        return bool(self._cards)

    @property
    def damaged(self) -> list[str]:
        """Sentences on NIKs that lost their last digits."""
        return [
            of_damaged_niks(damaged, written, *where)
            for where, (damaged, written) in self._niks.items()
            if damaged
        ]

    @property
    def told(self) -> list[str]:
        """All sentences."""
        return [*self.damaged, *(of_cards(*where) for where in self._cards)]


def read_lists(paths: Iterable[Path], remarks: Remarks | None = None) -> pl.DataFrame:
    """The rows of all files as text, with those of INPUTS that any of them has.

    Where two files use one id, every id is led by what `called` calls its file; a row without an
    office belongs to that of its file. What is to be told of the columns is added to the `remarks`.
    Raises UnreadableFile, which names the file.
    """
    paths = list(paths)
    frames = [_told_of(path, remarks) for path in paths]
    if len(frames) == 1:
        return frames[0]
    ids = [frame["id"].drop_nulls().unique() for frame in frames]
    if pl.concat(ids).is_duplicated().any():
        frames = [
            frame.with_columns(id=pl.concat_str(pl.lit(f"{name}:"), "id"))
            for frame, name in zip(frames, called([str(path) for path in paths]), strict=True)
        ]
    return pl.concat(frames, how="diagonal")


def called(paths: Sequence[str]) -> list[str]:
    """The files' names, or as much of their paths as was given where two have one name."""
    names = [path.rstrip("/").rsplit("/", 1)[-1] for path in paths]
    return names if len(set(names)) == len(names) else list(paths)


def _told_of(path: Path, remarks: Remarks | None) -> pl.DataFrame:
    try:
        return read_list(path, remarks=remarks)
    except UnreadableFile as error:
        raise UnreadableFile(f"{path.name or path}: {error}") from error


def read_pieces(
    path: Path, remarks: Remarks | None = None, rows: int = 250_000
) -> Iterator[pl.DataFrame]:
    """The rows of one file as `read_list` gives them, a Parquet file in pieces and without ids if
    it has none."""
    if path.suffix.lower() != ".parquet" or not path.is_file():
        yield read_list(path, remarks=remarks)
        return
    try:
        with pq.ParquetFile(path) as file:
            known = list(fields(file.schema_arrow.names))
            for batch in file.iter_batches(rows, columns=known):
                yield _with_office(_named(pl.DataFrame(batch), path, remarks), path)
    except (pa.ArrowException, OSError) as error:
        raise UnreadableFile(_CUT) from error


def read_list(path: Path, *, numbered: bool = True, remarks: Remarks | None = None) -> pl.DataFrame:
    """The rows of one file as text with an id and an office.

    Without an id column the id is the row's number, in a sheet or CSV as a spreadsheet shows it
    (the heading is row 1), in Parquet from 1; it stays away where rows are not to be `numbered`.
    With `remarks` NIKs that lost digits are unknown and told of. Raises UnreadableFile.
    """
    _there(path)
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        frame = _parquet(path, remarks)
    else:
        plain = _plain_csv(path, remarks) if suffix == ".csv" else None
        frame = _book(path, remarks, numbered=numbered) if plain is None else plain
    if numbered and not {"nik", "name"} & set(frame.columns):
        raise UnreadableFile("tidak ada kolom NIK atau Nama; beri judul nik atau nama.")
    if numbered and "id" not in frame.columns:
        first = 1 if suffix == ".parquet" else 2
        frame = frame.with_columns(pl.format("{}", pl.row_index() + first).alias("id"))
    return _with_office(frame, path)


def _there(path: Path) -> None:
    if path.is_dir():
        raise UnreadableFile("ini sebuah folder; sebutkan berkas di dalamnya.")
    try:
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise UnreadableFile("berkasnya tidak ada; periksa namanya.") from error
    except OSError as error:
        raise UnreadableFile("tidak bisa dibuka; periksa izin membacanya.") from error


def read_ids(path: Path) -> list[str]:
    """The ids of one file, whatever else it has. Raises UnreadableFile."""
    _there(path)
    if path.suffix.lower() == ".csv":
        try:
            frame = pl.read_csv(path, infer_schema=False, truncate_ragged_lines=True)
        except pl.exceptions.PolarsError as error:
            raise UnreadableFile("bukan CSV yang bisa dibaca.") from error
        named = {name.strip().lower(): name for name in frame.columns}
        frame = frame.select(id=named["id"]) if "id" in named else pl.DataFrame()
    else:
        frame = read_list(path, numbered=False)
    if "id" not in frame.columns:
        raise UnreadableFile("tidak punya kolom id.")
    return frame["id"].drop_nulls().to_list()


def _with_office(frame: pl.DataFrame, path: Path) -> pl.DataFrame:
    office = pl.col("office") if "office" in frame.columns else pl.lit(None, pl.String)
    return frame.with_columns(office.fill_null(path.name).alias("office"))


def _parquet(path: Path, remarks: Remarks | None) -> pl.DataFrame:
    frame = _whole_parquet(path)
    try:
        return _named(frame, path, remarks)
    except pl.exceptions.PolarsError as error:
        raise UnreadableFile(
            "sebuah kolomnya bukan teks, angka, atau tanggal; simpan ulang sebagai teks."
        ) from error


def _whole_parquet(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise UnreadableFile(_CUT) from error


def _plain_csv(path: Path, remarks: Remarks | None) -> pl.DataFrame | None:
    """A CSV whose first line names the columns plainly, read at once; None for any other."""
    with path.open("rb") as file:
        start = file.read(_SNIFFED)
    if b"\0" in start:  # UTF-16, or no text at all
        return None
    try:
        first = start.decode("utf-8-sig", errors="ignore").splitlines()[0]
        frame = pl.read_csv(path, separator=max(",;\t|", key=first.count), infer_schema=False)
    except (IndexError, pl.exceptions.PolarsError):
        return None
    known = fields(frame.columns).values()
    return _named(frame, path, remarks) if {"nik", "name"} & set(known) else None


def _named(frame: pl.DataFrame, path: Path, remarks: Remarks | None) -> pl.DataFrame:
    """The known columns as text, under their own names; an empty id is none."""
    known = fields(frame.columns)
    named = frame.select(_text(frame[column]).alias(field) for column, field in known.items())
    if "id" in named.columns:
        named = named.with_columns(pl.col("id").replace("", None))
    heading = next((heading for heading, field in known.items() if field == "nik"), "")
    return _judged(named, heading, path, remarks)


def _judged(frame: pl.DataFrame, heading: str, path: Path, remarks: Remarks | None) -> pl.DataFrame:
    """The frame without NIKs that lost digits, when somebody is to be told of its column."""
    if remarks is None or "nik" not in frame.columns:
        return frame
    damaged = damaged_niks(frame["nik"])
    remarks.count(int(damaged.sum()), frame["nik"].count(), heading, path.name)
    if damaged.any():
        frame = frame.with_columns(nik=frame["nik"].set(damaged, None))
    remarks.look_for_cards(frame, heading, path.name)
    return frame


def _text(column: pl.Series) -> pl.Expr:
    """A column as text. Where a number is missing others of its column were made fractions; those
    that are exact are written as whole numbers again."""
    text = pl.col(column.name).cast(pl.String)
    exact = _EXACT.get(column.dtype)
    if exact is None:
        return text
    number = pl.col(column.name).fill_nan(None)
    whole = (number == number.floor()) & (number.abs() < exact)
    return pl.when(whole).then(number.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(text)


def fields(headings: Iterable[str]) -> dict[str, str]:
    """Heading to column of INPUTS; of two headings for one the first counts."""
    found: dict[str, str] = {}
    for heading in headings:
        field = _field(heading)
        if field and field not in found.values():
            found[heading] = field
    return found


def _field(heading: str) -> str | None:
    word = heading.strip().lower()
    if word in _ENGLISH:
        return word
    if word.replace("_", " ") in _OFFICE:
        return "office"
    match = match_heading(heading)
    return match.field if match.score == EXACT and match.field in INPUTS else None


def _book(path: Path, remarks: Remarks | None, *, numbered: bool) -> pl.DataFrame:
    """A workbook, or a text file of any kind, mapped as lists are everywhere."""
    book = open_book(path)
    several = len(book.tables) > 1
    frames = [
        _judged(
            _table(table, f"{table.sheet}!" if several else "", numbered=numbered),
            next((column.heading for column in table.columns if column.field == "nik"), ""),
            path,
            remarks,
        )
        for table in book.tables
    ]
    frame = pl.concat(frames, how="diagonal") if frames else pl.DataFrame()
    if not frame.height:
        raise UnreadableFile("tidak berisi satu baris orang pun.")
    return frame


def _table(table: Table, before: str, *, numbered: bool) -> pl.DataFrame:
    # what sheets knows no word for it may take for something else: ids 1 and 2 for a sex
    named = {column.index: _field(column.heading) for column in table.columns}
    unknown = {at: field for at, field in named.items() if field in ("id", "office")}
    places = {
        column.field: column.index
        for column in table.columns
        if column.field in INPUTS and column.index not in unknown
    }
    for column in table.columns:
        field = named[column.index]
        if (column.field is None or column.index in unknown) and field and field not in places:
            places[field] = column.index
    columns = {
        field: [cells[at] or None for _, cells in table.rows] for field, at in places.items()
    }
    if numbered and "id" not in columns:
        columns["id"] = [f"{before}{number}" for number, _ in table.rows]
    return pl.DataFrame(columns, schema=dict.fromkeys(map(str, columns), pl.String))
