"""Funds on the site."""

import pytest
from django.urls import reverse

from payung.apps.funding.models import Fund, FundKind

INDEX, NEW = reverse("funding:index"), reverse("funding:new")


def test_a_fund_is_opened_and_money_given_to_it(client_of, cast):
    client = client_of(cast.sari)
    assert "Belum ada dana" in client.get(INDEX).text
    answer = client.post(
        NEW,
        {
            "name": "APBD 2026", "kind": "apbd", "organisation": cast.disnaker.pk,
            "first_month": "2026-01", "last_month": "2026-12", "categories": ["linmas"],
            "kelurahan_prefixes": ["36.71.01"],
        },
    )  # fmt: skip
    made = Fund.objects.get()
    assert answer.url == reverse("funding:grant", args=[made.pk])
    assert (made.categories, made.kelurahan_prefixes) == (["linmas"], ["36.71.01"])
    client.post(answer.url, {"amount": "45813600", "on": "2026-01-02", "note": "DPA 1"})
    text = client.get(reverse("funding:detail", args=[made.pk])).text
    for words in ("Rp45.813.600", "DPA 1", "linmas", "Tangerang"):
        assert words in text
    assert "Rp45,8" in client.get(INDEX).text


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"last_month": "2025-12"}, "mendahului bulan pertamanya"),
        ({"name": ""}, "tidak boleh kosong"),
        ({"first_month": "besok"}, "Bulan iuran pertama"),
    ],
)
def test_what_is_wrong_stands_on_the_form(client_of, cast, change, sentence):
    asked = {
        "name": "APBD", "kind": "apbd", "organisation": cast.disnaker.pk,
        "first_month": "2026-01", "last_month": "2026-12",
    }  # fmt: skip
    answer = client_of(cast.sari).post(NEW, {**asked, **change})
    assert answer.status_code == 200
    assert sentence in answer.text
    assert not Fund.objects.exists()


def test_a_grant_over_the_ceiling_is_a_sentence_on_the_form(client_of, cast, fund, pks):
    one = fund(agreement=pks(ceiling=1_000))
    url = reverse("funding:grant", args=[one.pk])
    answer = client_of(cast.sari).post(url, {"amount": "1001", "on": "2026-01-02"})
    assert "paling banyak Rp1.000 lagi" in answer.text


def test_a_company_sees_its_own_fund_and_no_other(client_of, cast, fund):
    other = fund(1_000)
    own = fund(2_000, "CSR", kind=FundKind.CSR, organisation=cast.perusahaan)
    client = client_of(cast.hendra)
    text = client.get(INDEX).text
    assert ("CSR" in text, "APBD 2026" in text) == (True, False)
    assert client.get(reverse("funding:detail", args=[own.pk])).status_code == 200
    assert client.get(reverse("funding:detail", args=[other.pk])).status_code == 404


def test_another_city_finds_nothing_and_others_may_not_write(client_of, cast, fund):
    one = fund(1_000)
    for name in ("detail", "grant"):
        url = reverse(f"funding:{name}", args=[one.pk])
        assert client_of(cast.stranger).get(url).status_code == 404
    assert client_of(cast.budi).get(NEW).status_code == 403
    assert "Buka dana" not in client_of(cast.budi).get(INDEX).text
