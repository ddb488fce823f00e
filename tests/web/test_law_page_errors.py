"""Bad input on the public calculator: the law's sentence beside its field, never a traceback."""

import re
from html import unescape

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from payung.web.law.event_forms import (
    BenefitQuestion,
    ClaimQuestion,
    HeirsQuestion,
    RulesQuestion,
)
from payung.web.law.forms import _FIELDS, SEGMENTS, CoverQuestion

IURAN, PERLINDUNGAN = "/hukum/iuran/", "/hukum/perlindungan/"
SANTUNAN, WARIS = "/hukum/santunan/", "/hukum/ahli-waris/"
BERKAS, ATURAN = "/hukum/berkas/", "/hukum/aturan/"

WRONG = [
    (IURAN, "penghasilan=0", "penghasilan", "Penghasilan 0 tidak dapat dihitung"),
    (IURAN, "penghasilan=1000000,50", "penghasilan", "Penghasilan 1000000,50 tidak dapat"),
    (IURAN, "penghasilan=-5", "penghasilan", "Penghasilan -5 tidak dapat"),
    (IURAN, "penghasilan=sejuta", "penghasilan", "Penghasilan sejuta tidak dapat"),
    (IURAN, "penghasilan=", "penghasilan", "Wajib diisi."),
    (IURAN, "penghasilan=" + "9" * 99, "penghasilan", "Paling banyak"),
    (IURAN, "bulan=2010-01", "bulan", "Payung tidak mengetahui aturan"),
    (IURAN, "bulan=2026-13", "bulan", "tidak terbaca"),
    (IURAN, "bulan=9999-12", "bulan", "di luar yang dihitung"),
    (IURAN, "bulan=besok", "bulan", "Bulan “besok” tidak terbaca"),
    (IURAN, "jumlah=0", "jumlah", "Jumlah bulan 0 tidak dapat dihitung"),
    (IURAN, "jumlah=1000", "jumlah", "1 sampai 120"),
    (IURAN, "pekerjaan=nelayan", "pekerjaan", "Sektor “nelayan” tidak dikenal"),
    (IURAN, "dana=arisan", "dana", "Sumber dana “arisan” tidak dikenal"),
    (IURAN, "segmen=pu&upah=0", "upah", "Upah 0 tidak dapat dihitung"),
    (IURAN, "segmen=pu&upah=1&risiko=9", "risiko", "Kelompok risiko 9 tidak dikenal"),
    (IURAN, "segmen=pu&upah=1&usaha=toko", "usaha", "Skala usaha “toko” tidak dikenal"),
    (IURAN, "segmen=pu&upah=1&program=jkk,jkm,jkp", "program", "JKP pada"),
    (IURAN, "segmen=pu&upah=1&dana=arisan", "dana", "Sumber dana “arisan” tidak dikenal"),
    (IURAN, "segmen=jakon&bulan=2026-11", "nilai", "Isilah salah satu"),
    (IURAN, "segmen=jakon&nilai=1,5", "nilai", "Nilai kontrak 1,5 tidak dapat dihitung"),
    (IURAN, "segmen=jakon&nilai=9&spk=2005-01-01", "spk", "Payung tidak mengetahui aturan"),
    (IURAN, "segmen=pmi&lama=3", "lama", "3 bulan tidak dapat dihitung"),
    (IURAN, "segmen=pmi&jalur=laut", "jalur", "Jalur “laut” tidak dikenal"),
    (PERLINDUNGAN, "pada=2026-11-01", "dari", "Isi bulan pertama dan terakhir"),
    (PERLINDUNGAN, "dari=2026-01", "sampai", "Isi bulan pertama dan bulan terakhirnya."),
    (PERLINDUNGAN, "dari=2026-05&sampai=2026-01", "sampai", "mendahului bulan pertama"),
    (PERLINDUNGAN, "dari=2021-05&sampai=2090-12", "sampai", "terlalu panjang"),
    (PERLINDUNGAN, "lain=2026-1x", "lain", "tidak terbaca"),
    (PERLINDUNGAN, "lain=2020-01&pada=2020-02-01", "pada", "Payung tidak mengetahui aturan"),
    (PERLINDUNGAN, "lain=2026-01&pada=31-02-2026", "pada", "Tanggal “31-02-2026” tidak terbaca"),
    (SANTUNAN, "dibayar=14&anak=1,2,3", "anak", "paling banyak untuk 2 anak"),
    (SANTUNAN, "dibayar=40&anak=1,dua", "anak", "Usia anak “dua” tidak dapat dihitung"),
    (SANTUNAN, "dibayar=9999", "dibayar", "Jumlah 9999 bulan tidak mungkin"),
    (SANTUNAN, "dibayar=0", "dibayar", "belum terdaftar"),
    (SANTUNAN, "dibayar=14&tanggal=2001-01-01", "tanggal", "Payung tidak mengetahui aturan"),
    (SANTUNAN, "dibayar=2&berturut=3", "berturut", "tidak mungkin lebih banyak"),
    (SANTUNAN, "dibayar=2&berturut=x", "berturut", "Jumlah bulan x tidak dapat dihitung"),
    (SANTUNAN, "dibayar=0&tunggakan=2", "tunggakan", "tidak mungkin tanpa satu bulan pun"),
    (SANTUNAN, "dibayar=2&penghasilan=0", "penghasilan", "Penghasilan 0 tidak dapat dihitung"),
    (SANTUNAN, "kejadian=scholarship&dibayar=40", "anak", "Wajib diisi."),
    (
        SANTUNAN,
        "kejadian=scholarship&dibayar=40&anak=5&sebab=x",
        "sebab",
        "Alasan beasiswa “x” tidak dikenal",
    ),
    (SANTUNAN, "dibayar=40&anak=8&jenjang=pesantren", "jenjang", "Jenjang “pesantren” tidak"),
    (SANTUNAN, "dibayar=40&anak=8&jenjang=primary&kelas=7", "kelas", "tidak mempunyai tahun ke-7"),
    (
        SANTUNAN,
        "dibayar=40&anak=8,13&jenjang=primary&jenjang2=junior&kelas2=x",
        "kelas2",
        "tidak mempunyai tahun ke-x; isilah 1 sampai 3",
    ),
    (SANTUNAN, "dibayar=40&anak=8&kelas=2", "jenjang", "Pilih juga jenjangnya."),
    (SANTUNAN, "dibayar=40&anak=8&jenjang2=junior", "anak", "Isi juga usia anak"),
    (
        SANTUNAN,
        "kejadian=temporary-disability&dibayar=5&bulan_sakit=-1",
        "bulan_sakit",
        "-1 bulan tidak dapat dihitung",
    ),
    (SANTUNAN, "kejadian=work-disability&dibayar=5", "cacat", "Wajib diisi."),
    (
        SANTUNAN,
        "kejadian=work-disability&dibayar=5&cacat=jempol",
        "cacat",
        "Kode cacat “jempol” tidak dikenal",
    ),
    (
        SANTUNAN,
        "kejadian=work-disability&dibayar=5&cacat=thumb-right&cacat2=sight",
        "ukuran2",
        "diukur; tulislah ukurannya",
    ),
    (
        SANTUNAN,
        "kejadian=work-disability&dibayar=5&cacat=hand-right&ukuran=200",
        "ukuran",
        "Hilangnya fungsi",
    ),
    (
        SANTUNAN,
        "kejadian=work-disability&dibayar=5&cacat=hand-right&cacat2=thumb-right",
        "cacat2",
        "sudah termasuk dalam",
    ),
    (
        SANTUNAN,
        "kejadian=work-death&dibayar=5&biaya_glasses=banyak",
        "biaya_glasses",
        "Kacamata banyak tidak dapat dihitung",
    ),
    (WARIS, "ada=tetangga", "ada", "Hubungan “tetangga” tidak dikenal"),
    (WARIS, "ada=court-ruling&tanggal=2025-02-23", "tanggal", "tercatat mulai 24 Februari 2025"),
    (WARIS, "ada=child&tanggal=2010-01-01", "tanggal", "tercatat mulai 1 Juli 2015"),
    (BERKAS, "kejadian=jkm:menghilang", "kejadian", "Keadaan “menghilang” tidak dikenal"),
    (BERKAS, "kejadian=kebakaran", "kejadian", "Jenis klaim “kebakaran” tidak dikenal"),
    (BERKAS, "tanggal=2019-01-01", "tanggal", "Payung tidak mengetahui aturan"),
    (BERKAS, "jam=siang", "jam", "Tulis jam seperti"),
    (
        BERKAS,
        "tanggal=2026-05-05&saat_submitted=2026-05-01",
        "saat_submitted",
        "tidak mungkin sebelum kejadian",
    ),
    (ATURAN, "tanggal=1990-01-01", "tanggal", "belum mencatat aturan apa pun"),
]


def _errors(client, path, query):
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200
    page = unescape(re.sub(r"\s+", " ", response.content.decode()))
    found = re.findall(r'id="id_([\w-]+)_error">(.*?)</div>', page)
    assert "figure-amount" not in page
    assert 'class="programs"' not in page
    return {name: re.sub(r"<[^>]+>", "", text).strip() for name, text in found if text.strip()}


@pytest.mark.parametrize(("path", "query", "field", "sentence"), WRONG)
def test_the_sentence_stands_beside_its_field(client, path, query, field, sentence):
    errors = _errors(client, path, query)
    assert list(errors) == [field]
    assert sentence in errors[field]


@pytest.mark.parametrize(("path", "query", "field", "sentence"), WRONG)
def test_the_field_shows_what_was_typed_and_names_its_error(client, path, query, field, sentence):
    page = client.get(f"{path}?{query}").content.decode()
    described = re.search(rf'aria-describedby="[^"]*id_{field}_error"', page)
    assert described


def test_a_refusal_speaks_english_too(client):
    errors = _errors(client, IURAN, "penghasilan=0&bahasa=en")
    assert errors == {"penghasilan": "Income 0 cannot be counted; enter whole rupiah above zero."}
    errors = _errors(client, IURAN, "bulan=2026-13&bahasa=en")
    assert errors == {"bulan": "Month “2026-13” cannot be read; write it like 2026-11."}
    assert _errors(client, IURAN, "penghasilan=&bahasa=en") == {"penghasilan": "This is needed."}


@pytest.mark.parametrize("query", ["segmen=nelayan", "kejadian=hilang"])
def test_a_page_that_there_is_not_is_not_found(client, query):
    path = IURAN if "segmen" in query else SANTUNAN
    assert client.get(f"{path}?{query}").status_code == 404


@pytest.mark.parametrize("month", ["²", "²²²²-01", "٢٠٢٦-01"])
def test_a_month_ticked_in_signs_that_only_look_like_digits_is_no_fault_of_ours(client, month):
    assert client.get(PERLINDUNGAN, {"lain": month}).status_code == 200


def test_every_field_that_a_refusal_is_sent_to_exists():
    forms = [*SEGMENTS.values(), CoverQuestion, BenefitQuestion, HeirsQuestion, ClaimQuestion]
    forms.append(RulesQuestion)
    known = {name for form in forms for name in form.base_fields}
    assert {name for names in _FIELDS.values() for name in names} <= known


TEXT = st.text(max_size=45) | st.sampled_from(
    ["0", "-1", "1", "36", "1.000.000", "2026-11", "2026-11-21", "2099-12", "2099-12-31", "²", "\0"]
)
ASKED = [
    (IURAN, "segmen", list(SEGMENTS)),
    (PERLINDUNGAN, "", [""]),
    (SANTUNAN, "kejadian", ["death", "work-death", "work-disability", "temporary-disability"]),
    (SANTUNAN, "kejadian", ["scholarship"]),
    (WARIS, "", [""]),
    (BERKAS, "", [""]),
    (ATURAN, "", [""]),
]
NAMES = sorted(
    {
        name
        for form in [
            *SEGMENTS.values(),
            CoverQuestion,
            BenefitQuestion,
            HeirsQuestion,
            ClaimQuestion,
        ]
        for name in form.base_fields
        if name != "kejadian"
    }
    | {"cacat2", "ukuran2", "saat_submitted", "biaya_glasses"}
)


@given(st.data())
def test_whatever_is_typed_is_answered_or_refused(data):
    path, fixed, codes = data.draw(st.sampled_from(ASKED))
    query = data.draw(st.dictionaries(st.sampled_from(NAMES), TEXT, max_size=8))
    if fixed:
        query[fixed] = data.draw(st.sampled_from(codes))
    if data.draw(st.booleans()):
        query["bahasa"] = "en"
    assert Client().get(path, query).status_code == 200
