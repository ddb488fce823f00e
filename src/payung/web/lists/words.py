"""What fields and findings are called on screen, in a word or two."""

from payung.sheets import FIELD_WORDS

CODES = {
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


def field_word(field: str) -> str:
    return FIELD_WORDS.get(field, field or "Baris")


def code_word(code: str) -> str:
    return CODES.get(code, code)
