"""CSV as offices save it: any of four separators, any of five encodings."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from pathlib import Path

from payung.sheets.formats import DAMAGED, UnreadableFile

_SEPARATORS = (";", "\t", ",", "|")
_LOOKED_AT = 60
_ALLOWED_CONTROL = frozenset("\t\r\n\x0b\x0c\x1a\x1c\x1d\x1e\x1f\x85")
csv.field_size_limit(1_000_000)


def read_delimited(path: Path) -> list[list[str]]:
    """All records of the file as stripped texts; blank lines stay, so the index is the row.

    Raises UnreadableFile when the bytes are no text or the quoting never ends.
    """
    text = _decoded(path.read_bytes())
    separator, text = _separator(text)
    try:
        return [
            [_unquoted(cell) if cell[:2] == '="' else cell.strip() for cell in record]
            for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        ]
    except csv.Error:
        raise UnreadableFile(
            "Berkas CSV ini tidak bisa dibaca: ada tanda petik yang tidak ditutup; "
            "buka di Excel, simpan sebagai .xlsx, lalu kirim lagi."
        ) from None


def _unquoted(cell: str) -> str:
    """The digits in ="3671034508820003", a way to keep a number whole when Excel opens a CSV."""
    inner = cell.strip()[2:-1]
    return inner if inner.isdigit() and cell.rstrip().endswith('"') else cell.strip()


def _decoded(content: bytes) -> str:
    try:
        if content.startswith(codecs.BOM_UTF8):
            text = content.decode("utf-8-sig")
        elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = content.decode("utf-16")
        elif _nulls(content[1:4096:2]):
            text = content.decode("utf-16-le")
        elif _nulls(content[0:4096:2]):
            text = content.decode("utf-16-be")
        else:
            text = _eight_bit(content)
    except UnicodeDecodeError:
        raise UnreadableFile(DAMAGED) from None
    start = text[:20_000]
    control = sum(sign < " " and sign not in _ALLOWED_CONTROL for sign in start)
    if control > len(start) * 0.01:
        raise UnreadableFile(
            "Isi berkas ini bukan daftar yang dikenal; kirim daftar sebagai .xlsx, .xls, .ods "
            "atau .csv."
        )
    return text.replace("\x00", "")


def _nulls(part: bytes) -> bool:
    return len(part) > 1 and part.count(0) > len(part) * 0.6


def _eight_bit(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(text: str) -> tuple[str, str]:
    """The separator that gives most lines the same number of cells, above one."""
    first, _, rest = text.partition("\n")
    announced = first.strip().strip('"').lower()
    if len(announced) == 5 and announced.startswith("sep="):
        # the line is kept empty so that rows are counted as the spreadsheet shows them
        return announced[4], "\n" + rest
    start = text[:200_000]
    best, separator = 0.0, ","
    for candidate in _SEPARATORS:
        widths: Counter[int] = Counter()
        reader = csv.reader(io.StringIO(start, newline=""), delimiter=candidate)
        try:
            for record, _ in zip(reader, range(_LOOKED_AT), strict=False):
                if len(record) > 1:
                    widths[len(record)] += 1
        except csv.Error:
            continue
        if widths:
            width, lines = widths.most_common(1)[0]
            score = lines * (1 + min(width, 30) / 100)
            if score > best:
                best, separator = score, candidate
    return separator, text
