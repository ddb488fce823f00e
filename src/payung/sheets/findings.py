"""What can be wrong with a row: a stable code, how grave it is, and the sentence to the clerk.

Sentences never hold a NIK or a name, for they may be logged and printed. "reject" means that the
row cannot be enrolled as it stands; "warn" that somebody should look. An age in a code is part of
a name that stays; the ages in sentences are the law's on the first day of cover.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["reject", "warn"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of one cell. `row` is 0 until the row is known; `column` is the heading."""

    code: str
    severity: Severity
    field: str
    column: str
    value: str
    message: str
    row: int = 0


_SENTENCES: dict[str, tuple[Severity, str]] = {
    "nik-blank": ("reject", "NIK kosong; isi 16 angka sesuai KTP."),
    "nik-length": ("reject", "NIK {what}; tulis 16 angka sesuai KTP."),
    "nik-date": (
        "reject",
        "Tanggal lahir di dalam NIK (angka ke-7 sampai ke-12) tidak mungkin; "
        "cocokkan NIK dengan KTP.",
    ),
    "nik-serial": (
        "reject",
        "Empat angka terakhir NIK 0000, padahal nomor urut mulai dari 0001; cocokkan dengan KTP.",
    ),
    "nik-placeholder": (
        "reject",
        "NIK hanya isian pengganti (angka berulang atau berurutan); tulis NIK sebenarnya dari KTP.",
    ),
    "nik-damaged": (
        "reject",
        "Angka terakhir NIK hilang karena disimpan sebagai bilangan oleh Excel; ubah format kolom "
        "menjadi Teks, lalu ketik ulang 16 angka dari KTP.",
    ),
    "nik-is-kk": (
        "reject",
        "Nomor ini tampaknya nomor Kartu Keluarga, bukan NIK; tulis NIK orangnya dari KTP.",
    ),
    "nik-repeated": ("reject", "NIK ini sudah ada di {where}{who}; {do}."),
    "nik-sex": (
        "warn",
        "Jenis kelamin di kolom ini berbeda dari yang ditunjukkan NIK; cocokkan dengan KTP.",
    ),
    "nik-birth-date": (
        "warn",
        "Tanggal lahir berbeda dari tanggal di dalam NIK; cocokkan keduanya dengan KTP.",
    ),
    "nik-region": (
        "warn",
        "Dua angka awal NIK bukan kode provinsi mana pun; cocokkan NIK dengan KTP.",
    ),
    "name-blank": ("reject", "Nama kosong; isi nama lengkap sesuai KTP."),
    "name-odd": ("warn", "Nama {what}; tulis nama sesuai KTP."),
    "birth-date-blank": (
        "warn",
        "Tanggal lahir kosong; untuk sementara dipakai tanggal di dalam NIK, isi sesuai KTP.",
    ),
    "birth-date-unreadable": (
        "reject",
        "Tanggal lahir {what}; tulis seperti 31-12-1980 sesuai KTP.",
    ),
    "birth-date-default": (
        "warn",
        "Tanggal lahir 1 Januari sering dipakai bila tanggalnya tidak diketahui; "
        "pastikan sama dengan KTP.",
    ),
    "birth-date-two-digit-year": (
        "warn",
        "Tahun lahir hanya dua angka dan dibaca sebagai {year}; tulis empat angka.",
    ),
    "birth-date-swapped": (
        "warn",
        "Hari dan bulan lahir mungkin tertukar{evidence}; tulis hari dahulu, lalu bulan, "
        "sesuai KTP.",
    ),
    "age-under-15": (
        "reject",
        "Umur belum {least} tahun saat perlindungan mulai; orang ini tidak boleh didaftarkan, "
        "periksa tanggal lahirnya.",
    ),
    "age-under-18": (
        "warn",
        "Umur belum {adult} tahun saat perlindungan mulai; pastikan umur dan pekerjaannya.",
    ),
    "age-65": (
        "reject",
        "Umur sudah {limit} tahun atau lebih saat perlindungan mulai; peserta baru harus belum "
        "{limit} tahun ({source}), jadi ganti dengan orang lain.",
    ),
    "sex-unreadable": ("warn", "Jenis kelamin tidak terbaca; tulis L atau P."),
    "kk-length": ("warn", "Nomor KK bukan 16 angka; tulis 16 angka sesuai Kartu Keluarga."),
    "kelurahan-unknown": ("warn", "Kelurahan {what}; {do}."),
    "kelurahan-kecamatan": (
        "warn",
        "Kelurahan ini terletak di Kecamatan {kecamatan}, bukan kecamatan yang tertulis; "
        "perbaiki salah satunya.",
    ),
    "occupation-unknown": ("warn", "Pekerjaan {what}; {do}."),
    "phone-unreadable": (
        "warn",
        "Nomor telepon tidak terbaca; tulis nomor seperti 081234567890, atau kosongkan.",
    ),
    "email-unreadable": ("warn", "Alamat surel tidak terbaca; perbaiki atau kosongkan."),
    "income-unreadable": ("warn", "Penghasilan tidak terbaca; tulis angka rupiah seperti 1500000."),
}

CODES = tuple(_SENTENCES)
# what a screen calls each, in a word or two
CODE_WORDS = {
    "nik-blank": "NIK kosong",
    "nik-length": "NIK bukan 16 angka",
    "nik-date": "Tanggal di NIK mustahil",
    "nik-serial": "Nomor urut NIK 0000",
    "nik-placeholder": "NIK isian pengganti",
    "nik-damaged": "NIK rusak oleh Excel",
    "nik-is-kk": "NIK berisi nomor KK",
    "nik-repeated": "NIK berulang",
    "nik-sex": "Jenis kelamin beda dari NIK",
    "nik-birth-date": "Tanggal lahir beda dari NIK",
    "nik-region": "Kode provinsi NIK",
    "name-blank": "Nama kosong",
    "name-odd": "Nama janggal",
    "birth-date-blank": "Tanggal lahir kosong",
    "birth-date-unreadable": "Tanggal lahir tak terbaca",
    "birth-date-default": "Lahir 1 Januari",
    "birth-date-two-digit-year": "Tahun lahir dua angka",
    "birth-date-swapped": "Hari dan bulan tertukar",
    "age-under-15": "Belum usia kerja",
    "age-under-18": "Masih usia anak",
    "age-65": "Melewati batas usia",
    "sex-unreadable": "Jenis kelamin tak terbaca",
    "kk-length": "Nomor KK bukan 16 angka",
    "kelurahan-unknown": "Kelurahan tak dikenal",
    "kelurahan-kecamatan": "Kelurahan di kecamatan lain",
    "occupation-unknown": "Pekerjaan tak dikenal",
    "phone-unreadable": "Telepon tak terbaca",
    "email-unreadable": "Surel tak terbaca",
    "income-unreadable": "Penghasilan tak terbaca",
}
# of a whole column
ALL_CARDS = (
    "Seluruh kolom NIK ini tampaknya berisi nomor Kartu Keluarga; minta NIK setiap orang, sesuai "
    "KTP, kepada pengirim daftar."
)


class Notes:
    """Makes the findings of one table, under the headings its sender used."""

    def __init__(self, headings: dict[str, str]) -> None:
        self.headings = headings

    def add(
        self,
        out: list[Finding],
        code: str,
        field: str,
        value: str,
        row: int,
        *,
        severity: Severity | None = None,
        sentence: str | None = None,
        **words: str,
    ) -> None:
        """Add a finding with the usual severity and sentence of its code, or those given."""
        usual, template = _SENTENCES[code]
        message = sentence or (template.format(**words) if words else template)
        column = self.headings.get(field, "")
        out.append(Finding(code, severity or usual, field, column, value, message, row))
