"""What a file is, by its first bytes and its insides, never by its name."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

Kind = Literal["workbook", "text"]

MAX_BYTES = 50 * 1024 * 1024
_MAX_UNPACKED = 1024 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SAVE_AS = "buka di Excel atau LibreOffice, simpan sebagai .xlsx, lalu kirim lagi"
LOCKED = (
    "Buku kerja ini dikunci dengan kata sandi; buka di Excel, hapus kata sandinya "
    "(Berkas > Info > Lindungi Buku Kerja), simpan, lalu kirim lagi."
)
DAMAGED = (
    "Berkas ini rusak atau terpotong sehingga tidak bisa dibaca; salin ulang dari komputer asal "
    "atau minta pengirim mengirimkannya kembali."
)
_KNOWN_STARTS = (
    (b"{\\rtf", "dokumen RTF"),
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "foto JPEG"),
    (b"GIF8", "gambar GIF"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7-Zip"),
    (b"\x1f\x8b", "arsip GZIP"),
    (b"SQLite format 3", "basis data"),
)


class UnreadableFile(Exception):
    """A file that cannot be read as a list; the text says in Indonesian why and what to do."""


def size_checked(path: Path) -> int:
    """The size of the file in bytes, or UnreadableFile when there is nothing fit to read."""
    try:
        if path.is_dir():
            raise UnreadableFile("Ini sebuah folder, bukan berkas; sebutkan berkas daftarnya.")
        size = path.stat().st_size
    except FileNotFoundError:
        raise UnreadableFile("Berkas tidak ditemukan; periksa nama dan letak berkasnya.") from None
    except OSError:
        raise UnreadableFile(
            "Berkas tidak bisa dibuka; periksa nama berkas dan izin membacanya."
        ) from None
    if size == 0:
        raise UnreadableFile("Berkas ini kosong (0 byte); kirim ulang berkas yang berisi daftar.")
    if size > MAX_BYTES:
        raise UnreadableFile(
            f"Berkas ini berukuran {size / 1024 / 1024:.0f} MB, lebih besar daripada batas "
            f"{MAX_BYTES // 1024 // 1024} MB; bagi daftar menjadi beberapa berkas, misalnya satu "
            "per kelurahan, atau hapus gambar di dalamnya."
        )
    return size


def kind_of(path: Path) -> Kind:
    """Whether calamine or the CSV reader takes the file; UnreadableFile for anything else."""
    size_checked(path)
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        raise UnreadableFile(
            "Berkas tidak bisa dibuka; periksa izin membacanya lalu coba lagi."
        ) from None
    if head.startswith(b"PK"):
        _check_zip(path)
        return "workbook"
    if head.startswith(_OLE):
        _check_ole(path)
        return "workbook"
    if b"%PDF-" in head[:1024]:
        raise UnreadableFile(
            "Berkas ini PDF, bukan lembar kerja, walaupun namanya lain; minta daftar aslinya "
            "dalam Excel (.xlsx) atau CSV."
        )
    for start, what in _KNOWN_STARTS:
        if head.startswith(start):
            raise UnreadableFile(
                f"Berkas ini {what}, bukan daftar; kirim daftarnya sebagai .xlsx, .xls, .ods "
                "atau .csv."
            )
    _check_markup(head)
    return "text"


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = {entry.filename.lstrip("/") for entry in entries}
            unpacked = sum(entry.file_size for entry in entries)
            manifest = (
                archive.read("META-INF/manifest.xml")
                if "META-INF/manifest.xml" in names and unpacked <= _MAX_UNPACKED
                else b""
            )
    except (zipfile.BadZipFile, OSError, KeyError, NotImplementedError, RuntimeError, ValueError):
        raise UnreadableFile(DAMAGED) from None
    if unpacked > _MAX_UNPACKED:
        raise UnreadableFile(
            "Isi berkas ini mengembang menjadi lebih dari 1 GB sehingga tidak dibuka demi "
            "keamanan; salin daftarnya ke buku kerja baru lalu kirim lagi."
        )
    if b"encryption-data" in manifest:
        raise UnreadableFile(LOCKED)
    if any(name.startswith("word/") for name in names):
        raise UnreadableFile(
            "Berkas ini dokumen Word, bukan lembar kerja; pindahkan tabelnya ke Excel, "
            "simpan sebagai .xlsx, lalu kirim lagi."
        )
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableFile(
            "Berkas ini paparan PowerPoint, bukan lembar kerja; kirim daftarnya sebagai .xlsx."
        )
    if not any(name.lower().startswith("xl/") or name == "content.xml" for name in names):
        raise UnreadableFile(
            "Berkas ini arsip ZIP, bukan lembar kerja; keluarkan isinya lalu kirim daftarnya "
            "satu per satu."
        )


def _check_ole(path: Path) -> None:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile(LOCKED)
    if "WordDocument".encode("utf-16-le") in content:
        raise UnreadableFile(
            "Berkas ini dokumen Word, bukan lembar kerja; pindahkan tabelnya ke Excel, "
            "simpan sebagai .xlsx, lalu kirim lagi."
        )


def _check_markup(head: bytes) -> None:
    start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not start.startswith(b"<"):
        return
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise UnreadableFile(f"Berkas ini XML Excel 2003; {_SAVE_AS}.")
    if any(tag in start for tag in (b"<html", b"<table", b"<!doctype", b"<body", b"<div")):
        raise UnreadableFile(
            f"Berkas ini halaman web (HTML) yang diberi nama lembar kerja; {_SAVE_AS}."
        )
    raise UnreadableFile(f"Berkas ini XML, bukan lembar kerja; {_SAVE_AS}.")
