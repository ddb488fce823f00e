"""The first page: numbers of one's own area, what waits, and nobody's name."""

import re
from datetime import UTC, date, datetime

import pytest

from payung.apps.funding.models import FundKind
from payung.apps.workers.models import Worker
from tests.support import way
from tests.support.standing import standing_on
from tests.web.offices import messy


@pytest.fixture
def november(freeze):
    freeze(date(2026, 11, 20))


def made(cast, folder):
    """Three workers of Sukarasa by APBD and two of Keroncong by a company, nine months paid."""
    way.insured(cast, months=0, count=3)
    return way.insured(
        cast, months=9, count=2, region="36.71.02.1001", first=100, kind=FundKind.CSR
    )


standing = standing_on(made)


@pytest.fixture
def protected(stood, november):
    """The two of `made`, in November."""
    return stood[1]


def _numbers(client):
    text = client.get("/").text
    return dict(
        re.findall(
            r'stat-label">(?:<a[^>]*>)?([^<]+)(?:</a>)?</p>\s*<p class="stat-value">([^<]+)<', text
        )
    )


def test_an_empty_city_shows_zeros_and_what_to_do(cast, client_of, november):
    text = client_of(cast.rina).get("/").text
    assert "Pekerja terdaftar" in text
    assert "Tidak ada yang menunggu Anda" in text
    assert "Unggah daftar" in text


def test_the_city_sees_everybody(protected, cast, client_of):
    numbers = _numbers(client_of(cast.budi))
    assert numbers["Pekerja terdaftar"] == "5"
    assert numbers["Terlindungi September 2026"] == "5"
    text = client_of(cast.budi).get("/").text
    assert "Sukarasa" in text
    assert "Keroncong" in text
    assert "Dana bebas" in text


def test_a_kelurahan_sees_its_own_area(protected, cast, client_of):
    numbers = _numbers(client_of(cast.yanti))
    assert numbers["Pekerja terdaftar"] == "3"
    assert numbers["Terlindungi September 2026"] == "3"
    assert "Keroncong" not in client_of(cast.yanti).get("/").text


def test_a_company_sees_its_own_fund_and_no_person(protected, cast, client_of):
    client = client_of(cast.hendra)
    text = client.get("/").text
    assert _numbers(client)["Terlindungi September 2026"] == "2"
    assert "Pekerja terdaftar" not in text
    assert "/pekerja/" not in text
    assert "APBD 0" not in text
    assert "CSR" in text


def test_no_name_and_no_nik_on_anybodys_dashboard(protected, cast, client_of):
    for person in cast.people.values():
        text = client_of(person).get("/").text
        assert "Orang Rekaan" not in text, person
        assert not re.search(r"\d{16}", text), person


def test_another_city_sees_nothing_of_this_one(protected, cast, client_of):
    assert _numbers(client_of(cast.stranger))["Pekerja terdaftar"] == "0"


def test_what_waits_is_counted_for_who_can_do_it(disnaker, cast, client_of, november):
    disnaker.read(messy())
    text = client_of(cast.rina).get("/").text
    assert "1 daftar perlu diperiksa" in re.sub(r"<[^>]+>|\s+", " ", text).replace("  ", " ")
    assert "3 siap" in text
    assert "daftar perlu diperiksa" not in client_of(cast.sari).get("/").text


def test_deaths_without_a_claim_are_called_out(protected, cast, client_of):
    Worker.objects.update(created_at=datetime(2026, 11, 2, tzinfo=UTC))
    assert "+5 bulan ini" in client_of(cast.budi).get("/").text
    protected[0].died_on = date(2026, 9, 3)
    protected[0].save()
    assert "+4 bulan ini" in client_of(cast.budi).get("/").text  # as those registered are counted
    assert "belum dibukakan klaim" in client_of(cast.budi).get("/").text
    assert "belum dibukakan klaim" not in client_of(cast.hendra).get("/").text


def test_the_dashboard_asks_few_questions(
    protected, cast, client_of, django_assert_max_num_queries
):
    client = client_of(cast.budi)
    with django_assert_max_num_queries(60):
        client.get("/")
