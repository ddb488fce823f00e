"""The public calculator gives the law's answers: published figures, shared, in two languages."""

import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest

import payung.web.law
from payung.law import Child, cover, heirs, jkm_benefit, rupiah, scholarship_plan
from payung.law.sentences import parse_sentences

IURAN, PERLINDUNGAN = "/hukum/iuran/", "/hukum/perlindungan/"
SANTUNAN, WARIS = "/hukum/santunan/", "/hukum/ahli-waris/"
BERKAS, ATURAN = "/hukum/berkas/", "/hukum/aturan/"
EVERY = ["/hukum/", IURAN, PERLINDUNGAN, SANTUNAN, WARIS, BERKAS, ATURAN]

# Published figures; their sources stand in tests/law beside the same figures of the law itself.
FIGURES = [
    (IURAN, "bulan=2026-11&dana=apbd", "Rp16.800"),
    (IURAN, "bulan=2026-11&dana=apbd&jumlah=12", "Rp201.600"),
    (IURAN, "bulan=2026-11&dana=self", "Rp8.400"),
    (IURAN, "bulan=2026-11&dana=apbd&penghasilan=1.200.000", "Rp18.800"),
    (IURAN, "bulan=2026-11&dana=apbd&jht=on", "Rp36.800"),
    (IURAN, "bulan=2026-11&dana=csr&jumlah=12", "Rp184.800"),
    (IURAN, "bulan=2026-11&dana=csr&jumlah=12&pekerjaan=transport", "Rp159.600"),
    (IURAN, "bulan=2026-11&dana=apbd&jumlah=12&pekerjaan=transport", "Rp201.600"),
    (IURAN, "segmen=pmi&bulan=2026-11&lama=24", "Rp370.000"),
    (IURAN, "segmen=pu&bulan=2026-11&upah=5000000&risiko=1&usaha=micro", "Rp27.000"),
    (IURAN, "segmen=jakon&bulan=2026-11&nilai=100000000", "Rp240.000"),
    (IURAN, "segmen=jakon&bulan=2026-11&nilai=500000000", "Rp1.000.000"),
    (SANTUNAN, "kejadian=death&tanggal=2026-05-01&dibayar=14", "Rp42.000.000"),
    (SANTUNAN, "kejadian=death&tanggal=2026-05-01&dibayar=2", "Rp10.000.000"),
    (SANTUNAN, "kejadian=work-death&tanggal=2026-05-01&dibayar=1", "Rp70.000.000"),
    (
        SANTUNAN,
        "kejadian=work-disability&cacat=total&tanggal=2026-05-01&dibayar=1",
        "Rp68.000.000",
    ),
    (SANTUNAN, "kejadian=scholarship&tanggal=2026-07-20&dibayar=36&anak=4,4", "Rp174.000.000"),
    (
        SANTUNAN,
        "kejadian=temporary-disability&tanggal=2026-05-01&dibayar=5&bulan_sakit=14",
        "Rp13.000.000",
    ),
]


def _text(client, path, query=""):
    response = client.get(f"{path}?{query}" if query else path)
    assert response.status_code == 200
    return unescape(re.sub(r"\s+", " ", response.content.decode()))


def _amount(page):
    return re.search(r'class="figure-amount[^"]*">([^<]*)<', page)[1]


@pytest.mark.parametrize(("path", "query", "amount"), FIGURES)
def test_a_published_figure_is_the_large_amount(client, path, query, amount):
    page = _text(client, path, query)
    assert _amount(page) == amount


@pytest.mark.parametrize(("path", "query", "amount"), FIGURES)
def test_the_printed_address_gives_the_same_answer_to_everybody(client, path, query, amount):
    page = _text(client, path, query)
    address = urlsplit(re.search(r'<a href="(http://testserver[^"]+)"', page)[1])
    assert address.path == path
    assert _amount(_text(client, path, address.query)) == amount


def test_every_answer_has_lines_with_source_and_steps_with_article(client):
    page = _text(client, IURAN, "bulan=2026-11&dana=csr&jumlah=12&pekerjaan=transport")
    assert "5 bulan × Rp5.000" in page
    assert "keringanan −Rp5.000" in page
    assert "untuk 12 bulan, November 2026–Oktober 2027" in page
    assert "Mengapa segini?" in page
    assert "Keringanan 50% atas JKK, JKM untuk iuran November 2026–Maret 2027" in page
    assert "PP 50/2025 Pasal 2-4" in page
    assert "belum terverifikasi" in page
    assert "Permenaker 5/2021 Pasal 41" in page


def test_english_renders_labels_lines_and_steps(client):
    page = _text(client, IURAN, "bulan=2026-11&dana=csr&jumlah=12&pekerjaan=transport&bahasa=en")
    assert '<html lang="en">' in page
    assert _amount(page) == "Rp159,600"
    assert "What does cover cost?" in page
    assert "5 months × Rp5,000" in page
    assert "Relief of 50% on JKK, JKM for contributions of November 2026–March 2027" in page
    assert "not verified yet" in page
    for indonesian in ("Hitung<", "Keringanan", "sebulan", "belum terverifikasi", "Cetak"):
        assert indonesian not in page


@pytest.mark.parametrize("path", EVERY)
def test_each_page_speaks_both_languages_and_links_to_itself_in_the_other(client, path):
    indonesian, english = _text(client, path), _text(client, path, "bahasa=en")
    assert f'href="{path}?bahasa=en"' in indonesian
    assert '<html lang="id">' in indonesian
    assert f'href="{path}" lang="id"' in english
    for other in EVERY[1:]:
        assert f'href="{other}?bahasa=en"' in english


def test_cover_says_what_holds_and_leads_to_the_benefit(client):
    query = "dari=2026-01&sampai=2026-06&lain=2026-08&pada=2026-09-20"
    page = _text(client, PERLINDUNGAN, query)
    assert "Pengobatan saja" in page
    assert "Biaya pemakaman saja" in page
    assert "berakhir 16 Desember 2026" in page
    onward = re.search(r'href="(/hukum/santunan/\?[^"]+)"', page)[1]
    assert "dibayar=7" in onward
    assert _amount(_text(client, *onward.split("?"))) == "Rp10.000.000"


@pytest.mark.parametrize(
    ("paid", "on"),
    [
        (range(1, 7), date(2026, 6, 20)),
        ([3, 4, 5], date(2026, 5, 10)),
        ([3, 4, 5], date(2026, 6, 1)),
        ([1, 2, 3, 4, 5, 6, 8], date(2026, 8, 20)),
        ([1, 2, 4], date(2026, 5, 20)),
        ([1, 2, 3, 4], date(2026, 7, 20)),
        ([5], date(2026, 5, 1)),
    ],
)
def test_cover_leads_to_the_benefit_that_these_months_give(client, paid, on):
    months = [date(2026, month, 1) for month in paid]
    query = "&".join([f"pada={on}", *(f"lain={month:%Y-%m}" for month in months)])
    page = _text(client, PERLINDUNGAN, query)
    onward = re.search(r'href="(/hukum/santunan/\?[^"]+)"', page)[1]
    owed = jkm_benefit(on, cover(months, on))
    page = _text(client, *onward.split("?"))
    assert _amount(page) == rupiah(owed.total)
    assert ("Menyusul" in page) is bool(owed.later)


def test_cover_tells_the_lapsed_from_the_never_registered(client):
    lapsed = _text(client, PERLINDUNGAN, "dari=2026-01&sampai=2026-02&pada=2026-11-20")
    assert "kepesertaannya sudah berakhir" in lapsed
    never = _text(client, PERLINDUNGAN, "lain=2026-08&pada=2026-07-20")
    assert "belum terdaftar" in never
    assert "Tidak terlindungi" in never


def test_in_arrears_the_rest_stands_apart_less_the_arrears(client):
    page = _text(client, SANTUNAN, "tanggal=2026-05-20&dibayar=14&tunggakan=2")
    assert _amount(page) == "Rp10.000.000"
    assert "Menyusul setelah tunggakan dipotong" in page
    assert "Rp31.983.200" in page


def test_disabilities_are_chosen_by_name_and_add_up(client):
    query = (
        "kejadian=work-disability&tanggal=2026-05-01&dibayar=5&cacat=hand-right&ukuran=40"
        "&cacat2=sight&ukuran2=20"
    )
    page = _text(client, SANTUNAN, query)
    assert "Tangan dari atau di atas pergelangan ke bawah, kanan" in page
    assert "12,8%" in page
    assert "biaya sebenarnya" in page


def test_documents_and_deadlines_of_an_accident(client):
    page = _text(client, BERKAS, "kejadian=jkk:death&tanggal=2026-05-01&jam=08:30")
    assert _amount(page) == "3 Mei 2026 pukul 08.30"
    assert "Laporan tahap I ke BPJS Ketenagakerjaan dan Dinas" in page
    assert "Akta kematian" in page
    assert "dihitung dari laporan tahap I diterima" in page
    later = _text(client, BERKAS, "kejadian=jkk:death&tanggal=2026-05-01&saat_stage-one=2026-05-03")
    assert "2 Juni 2026" in later


def test_a_stated_school_level_counts_instead_of_the_age(client):
    asked = "kejadian=scholarship&tanggal=2026-05-01&dibayar=40&anak=8,15"
    by_age = _text(client, SANTUNAN, asked)
    assert "Jenjang dianggap menurut usia" in by_age
    stated = f"{asked}&jenjang=primary&kelas=1&jenjang2=junior&kelas2=3"
    page = _text(client, SANTUNAN, stated)
    assert "Jenjang dianggap menurut usia" not in page
    owed = scholarship_plan(date(2026, 5, 1), [Child(8, "primary", 1), Child(15, "junior", 3)])
    assert _amount(page) == rupiah(sum(each.amount for each in owed)) != _amount(by_age)
    assert "SD/sederajat: 6 tahun ajaran" in page
    assert "SMP/sederajat: 1 tahun ajaran" in page
    first_only = _text(client, SANTUNAN, f"{asked}&jenjang=primary")
    assert "Jenjang dianggap menurut usia" in first_only


HEIRS = [
    ("ada=spouse&ada=child&ada=parent", "Suami atau istri, Anak", "jkm:death"),
    ("ada=grandparent&ada=sibling", "Kakek atau nenek", "jkm:death"),
    ("ada=will&ada=court-ruling", "Pihak yang ditunjuk dalam wasiat", "jkm:will"),
    ("ada=court-ruling", "Ahli waris menurut penetapan pengadilan", "jkm:court"),
    ("", "Dana Jaminan Sosial", "jkm:death"),
]


@pytest.mark.parametrize(("ticked", "who", "papers"), HEIRS)
def test_the_first_rank_receives_with_its_papers_and_everybody_sees_the_same(
    client, ticked, who, papers
):
    page = _text(client, WARIS, f"tanggal=2026-05-01&{ticked}")
    assert _amount(page) == who
    assert f"kejadian={papers.replace(':', '%3A')}&tanggal=2026-05-01" in page
    address = urlsplit(re.search(r'<a href="(http://testserver[^"]+)"', page)[1])
    assert _amount(_text(client, WARIS, address.query)) == who
    for step in heirs(date(2026, 5, 1), re.findall(r"ada=([\w-]+)", ticked)).steps:
        assert step.text in page
        assert str(step.source) in page


def test_each_heir_is_told_what_he_receives_in_both_languages(client):
    page = _text(client, WARIS, "tanggal=2026-05-01&ada=child&ada=parent")
    told = r"Anak</th><td>santunan sekaligus dan berkala; biaya pemakaman; beasiswa, bila berhak<"
    assert re.search(told, page)
    assert "Orang tua</th>" not in page
    nobody = _text(client, WARIS, "tanggal=2026-05-01&bahasa=en")
    assert "Whoever arranges the burial</th><td>funeral costs<" in nobody
    assert "The social security fund (DJS)</th><td>lump sum and periodic benefit<" in nobody
    assert "Rank 1, Widow, widower or child: nobody." in nobody
    for indonesian in ("Santunan", "Urutan", "belum terverifikasi", "tidak ada"):
        assert indonesian not in nobody


def test_paper_names_who_is_left_or_that_there_is_nobody(client):
    assert "Suami atau istri, Anak</dd>" in _text(client, WARIS, "ada=child&ada=spouse")
    assert "tidak ada</dd>" in _text(client, WARIS, "tanggal=2026-05-01")


@pytest.mark.parametrize("case", ["death", "work-death"])
def test_the_benefit_of_a_death_leads_to_who_receives_it(client, case):
    page = _text(client, SANTUNAN, f"kejadian={case}&tanggal=2026-05-01&dibayar=14")
    onward = re.search(r'href="(/hukum/ahli-waris/\?[^"]+)"', page)[1]
    assert _text(client, *onward.split("?"))
    injury = _text(client, SANTUNAN, "kejadian=temporary-disability&dibayar=14&bulan_sakit=1")
    assert "/hukum/ahli-waris/?" not in injury


def test_a_scholarship_has_papers_and_no_deadline(client):
    page = _text(client, BERKAS, "kejadian=scholarship:yearly&tanggal=2026-05-01")
    assert "dokumen" in _amount(page)


def test_everything_in_force_on_a_day(client):
    page = _text(client, ATURAN, "tanggal=2026-11-21")
    assert "aturan berlaku" in _amount(page)
    assert "Permenaker 5/2021" in page
    assert "Rp20.000.000" in page
    past = _text(client, ATURAN, "tanggal=2015-08-01")
    assert int(_amount(past).split()[0]) < int(_amount(page).split()[0])


@pytest.mark.parametrize("path", EVERY[1:])
def test_an_empty_page_says_what_to_fill_in(client, path):
    page = _text(client, path)
    assert "Jawaban muncul di sini" in page
    assert "lalu tekan Hitung" in page
    assert "figure-amount" not in page


def test_every_word_of_the_page_is_used():
    """A name put together in code stands here with its beginning or its end."""
    folder = Path(payung.web.law.__file__).parent
    templates = folder.parent / "templates" / "law"
    files = [*folder.glob("*.py"), *templates.glob("*.html")]
    used = set(re.findall(r"[\w-]+", "\n".join(file.read_text() for file in files)))
    made = re.compile(
        r"(sector|funder|route|payer|jkk|jkm|standing|kind|unit|relief|column|contribution|papers)_.+"
        r"|.+_(help|empty|title|lead)"
    )
    words = parse_sentences((folder / "words.yaml").read_text(), "words.yaml")
    assert [
        each.code for each in words if each.code not in used and not made.match(each.code)
    ] == []
