"""The calculator is open to everybody, writes nothing, asks the database nothing, and no more."""

import re

import pytest

from tests.support.pages import allowed_methods, site_pages

OPEN = [page for page in site_pages() if page.name.startswith("law:")]
ANSWERS = [
    "/hukum/",
    "/hukum/iuran/?bulan=2026-11",
    "/hukum/iuran/?segmen=pu&upah=5000000&bulan=2026-11",
    "/hukum/iuran/?segmen=jakon&nilai=500000000",
    "/hukum/iuran/?segmen=pmi&lama=24",
    "/hukum/perlindungan/?dari=2026-01&sampai=2026-06",
    "/hukum/santunan/?dibayar=40&anak=7,15",
    "/hukum/ahli-waris/?ada=child",
    "/hukum/berkas/?kejadian=jkk:death",
    "/hukum/aturan/?tanggal=2026-11-21",
]


@pytest.mark.parametrize("path", ANSWERS)
def test_an_answer_needs_no_log_in_no_query_and_no_cookie(client, path):
    """Without the mark `django_db` any query, and so any write, fails."""
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("page", OPEN, ids=str)
def test_it_takes_get_only(client, page):
    assert allowed_methods(client, page.url()) == {"GET", "HEAD"}
    assert client.post(page.url()).status_code == 405


def test_all_its_pages_are_in_the_navigation_and_nothing_of_the_office_is(client):
    page = client.get("/hukum/").content.decode()
    links = set(re.findall(r'<a [^>]*href="([^"?#]+)', page))
    assert links == {one.url() for one in OPEN} | {"/akun/masuk/"}


@pytest.mark.django_db
def test_the_log_in_page_leads_to_it(client):
    assert 'href="/hukum/"' in client.get("/akun/masuk/").content.decode()


def test_whoever_is_logged_in_keeps_the_rail(cast, client_of):
    page = client_of(cast.hendra).get("/hukum/iuran/?bulan=2026-11").content.decode()
    assert '<a href="/hukum/" aria-current="page">' in page
    assert "Masuk</a>" not in page


@pytest.mark.parametrize("path", ANSWERS)
def test_no_page_asks_for_a_name_or_a_number_of_a_person(client, path):
    fields = re.findall(r'name="([^"]+)"', client.get(path).content.decode())
    assert not {"nama", "nik", "kpj", "name"} & set(fields)


def test_paper_has_inputs_answer_steps_day_and_address(client):
    page = client.get("/hukum/iuran/?bulan=2026-11&dana=apbd").content.decode()
    asked = page[page.index('class="asked print-only"') : page.index("figure-amount")]
    for words in ("Yang ditanyakan", "Pekerja mandiri (BPU)", "Rp1.000.000", "November 2026"):
        assert words in asked
    foot = page[page.index('<section class="address">') :]
    assert re.search(r"Dicetak \d+ \w+ \d{4}", foot)
    assert "http://testserver/hukum/iuran/?segmen=bpu&amp;" in foot
