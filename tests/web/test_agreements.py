"""Pages of MoU, PKS and SK."""

from datetime import date

import pytest
from django.urls import reverse

from payung.apps.agreements import services
from payung.apps.agreements.models import Agreement, Kind
from tests.support.browser import axe, shot


@pytest.fixture
def mou(cast):
    return services.sign(
        actor=cast.sari.actor,
        kind=Kind.MOU,
        number="560/01-MoU/2025",
        title="Pelindungan pekerja rentan",
        first_party=cast.pemkot,
        second_party=cast.bpjs,
        signed_on=date(2025, 12, 1),
        starts_on=date(2025, 12, 1),
        ends_on=date(2028, 11, 30),
    )


@pytest.fixture
def said(cast, mou):
    """What the form of a PKS under the MoU says."""
    return {
        "kind": "pks",
        "number": "560/02-PKS/2025",
        "title": "Iuran 2026",
        "parent": mou.pk,
        "first_party": cast.disnaker.pk,
        "second_party": cast.bpjs.pk,
        "signed_on": "2025-12-08",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "quota": "10500",
        "ceiling": "2116800000",
        "replacement": "Yang meninggal diganti dari daftar tunggu.",
    }


def test_a_pks_is_recorded_under_its_mou_with_its_clauses(cast, said, client_of):
    client = client_of(cast.sari)
    page = client.post(reverse("agreements:new"), said, follow=True).content.decode()
    made = Agreement.objects.get(kind=Kind.PKS)
    assert made.clauses == [
        {"kind": "replacement", "text": "Yang meninggal diganti dari daftar tunggu."}
    ]
    for words in ("560/01-MoU/2025", "10.500", "Rp2.116.800.000", "diganti dari daftar tunggu"):
        assert words in page


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"parent": ""}, "berinduk"),
        ({"ends_on": "2030-01-01"}, "di dalam induknya"),
        ({"ends_on": "2025-01-01"}, "mendahului"),
        ({"number": "560/01-MoU/2025"}, "sudah tercatat"),
    ],
)
def test_what_cannot_be_is_said_on_the_form(cast, said, client_of, values, sentence):
    answer = client_of(cast.sari).post(reverse("agreements:new"), {**said, **values})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert Agreement.objects.count() == 1


def test_nobody_signs_with_itself(cast, said, client_of):
    said["second_party"] = said["first_party"]
    answer = client_of(cast.sari).post(reverse("agreements:new"), said).content.decode()
    assert "pihak yang berbeda" in answer
    assert not Agreement.objects.filter(kind=Kind.PKS).exists()


def test_another_city_does_not_find_it(cast, mou, client_of):
    client = client_of(cast.stranger)
    assert client.get(reverse("agreements:detail", args=[mou.pk])).status_code == 404
    assert mou.number not in client.get(reverse("agreements:index")).content.decode()
    assert "Belum ada perjanjian" in client.get(reverse("agreements:index")).content.decode()


def test_an_office_that_is_no_party_does_not_find_it(cast, mou, client_of):
    assert client_of(cast.dewi).get(
        reverse("agreements:detail", args=[mou.pk])
    ).status_code == 404  # fmt: skip


@pytest.mark.parametrize("who", ["rina", "budi", "yanti", "maya", "tono", "hendra"])
def test_only_approvers_and_administrators_record_one(cast, said, client_of, who):
    client = client_of(cast.people[who])
    assert client.get(reverse("agreements:new")).status_code == 403
    assert client.post(reverse("agreements:new"), said).status_code == 403


def test_the_pages_look_right_and_are_accessible(cast, mou, page_of):
    page = page_of(cast.sari)
    for name, args in (("index", []), ("detail", [mou.pk]), ("new", [])):
        page.goto(reverse(f"agreements:{name}", args=args))
        shot(page, f"perjanjian-{name}")
        axe(page)
