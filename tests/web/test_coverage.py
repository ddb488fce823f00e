"""The coverage page: figures, map and tables, for those who may see them."""

import pytest
from django.urls import reverse

from tests.coverage.way import protected
from tests.enrolment import way
from tests.support.standing import standing_on

URL = reverse("coverage:index")


standing = standing_on(protected)


@pytest.fixture
def paid_through_april(stood):
    return stood[1]


def test_before_anything_was_paid_the_page_says_so(cast, client_of):
    assert "Belum ada yang terlindungi" in client_of(cast.budi).get(URL).content.decode()


def test_registered_people_are_counted_though_nobody_is_covered_yet(cast, client_of):
    way.people(2)
    shown = client_of(cast.budi).get(URL).content.decode()
    assert "Belum ada penyaringan" in shown


def test_the_latest_paid_month_is_shown_first(cast, client_of, paid_through_april):
    page = client_of(cast.budi).get(URL)
    shown = page.content.decode()
    assert page.context["found"].total.covered == 4
    assert "April 2026" in shown
    assert "Sukarasa: 3 terlindungi, 60% dari yang layak" in shown
    assert "penyebutnya seluruh penduduk bekerja" in shown


def test_another_month_can_be_chosen(cast, client_of, paid_through_april):
    page = client_of(cast.budi).get(URL, {"bulan": "2026-02"})
    assert f"{page.context['found'].month:%Y-%m}" == "2026-02"
    assert page.context["found"].total.full_jkm == 0


def test_a_month_that_is_none_shows_the_latest(cast, client_of, paid_through_april):
    page = client_of(cast.budi).get(URL, {"bulan": "kemarin"})
    assert f"{page.context['found'].month:%Y-%m}" == "2026-04"


def test_a_company_sees_its_own_figures_and_no_person(cast, client_of, paid_through_april):
    sukarasa, driver = paid_through_april
    page = client_of(cast.hendra).get(URL)
    shown = page.content.decode()
    assert page.context["found"].total.covered == 1
    assert "Keroncong" in shown and "Sukarasa" not in shown
    assert "Terdaftar" not in shown
    for worker in [*sukarasa, driver]:
        assert worker.name not in shown and worker.nik not in shown


def test_another_city_sees_none_of_it(cast, client_of, paid_through_april):
    shown = client_of(cast.stranger).get(URL).content.decode()
    assert "Belum ada yang terlindungi" in shown
