"""Invoices and payments on the site."""

from datetime import date

import pytest
from django.urls import reverse

from payung.apps.contributions.models import Invoice, InvoiceState, PaidMonth
from payung.apps.db.months import today
from payung.apps.funding.models import FundKind
from tests.contributions.conftest import issued, paid
from tests.enrolment import way
from tests.support.standing import standing_on


def url(name: str, *args: object) -> str:
    return reverse(f"contributions:{name}", args=args)


def made(cast, folder):
    """Three people of the APBD and one of a company's CSR are covered through 2026."""
    workers = way.people(4)
    apbd, csr = way.fund(cast), way.fund(cast, FundKind.CSR)
    way.enrolled(cast, folder, way.plan(cast, [(apbd, workers[:3]), (csr, workers[3:])]))
    return workers


standing = standing_on(made)


@pytest.fixture
def covered(stood):
    """The workers of `made`."""
    return stood[1]


@pytest.fixture
def invoices(cast, covered):
    return {invoice.fund.kind: invoice for invoice in issued(cast)}


def test_without_invoices_the_page_says_what_to_do(cast, client_of):
    assert "Belum ada tagihan" in client_of(cast.budi).get(url("index")).content.decode()


def test_a_month_is_issued_from_the_page_once(cast, client_of, covered):
    client = client_of(cast.budi)
    assert client.post(url("issue"), {"month": "2026-01"}).url == url("index")
    assert Invoice.objects.count() == 2
    again = client.post(url("issue"), {"month": "2026-01"}).content.decode()
    assert "sudah ditagihkan seluruhnya" in again
    page = client.get(url("index"))
    assert page.context["overview"].funds == ["APBD", "CSR/TJSL perusahaan"]
    assert [(row.workers, row.amount) for row in page.context["overview"].rows] == [(4, 67_200)]


def test_the_invoice_shows_why_it_costs_that(cast, client_of, invoices):
    shown = client_of(cast.sari).get(url("detail", invoices["apbd"].pk)).content.decode()
    assert "Rp50.400" in shown
    assert "Mengapa sebesar ini?" in shown
    assert "PP 44/2015" in shown


def test_a_payment_is_recorded_by_post_only(cast, client_of, invoices):
    client, invoice = client_of(cast.sari), invoices["apbd"]
    form = client.get(url("pay", invoice.pk))
    assert form.context["form"].initial["amount"] == 50_400
    sent = client.post(
        url("pay", invoice.pk),
        {"amount": "33600", "paid_on": "2026-01-20", "reference": "NTPN-77"},
    )
    assert sent.url == url("detail", invoice.pk)
    assert PaidMonth.objects.count() == 4
    shown = client.get(sent.url).content.decode()
    assert "NTPN-77" in shown and "terlambat" in shown


def test_an_overpayment_is_explained_on_the_form(cast, client_of, invoices):
    answer = client_of(cast.sari).post(
        url("pay", invoices["apbd"].pk),
        {"amount": "60000", "paid_on": "2026-01-10", "reference": "NTPN-78"},
    )
    assert "melebihi sisa tagihan Rp50.400" in answer.content.decode()
    assert not PaidMonth.objects.exists()


def test_an_invoice_is_cancelled_with_a_reason(cast, client_of, invoices):
    client, invoice = client_of(cast.budi), invoices["apbd"]
    client.post(url("cancel", invoice.pk), {"because": ""})
    invoice.refresh_from_db()
    assert invoice.state == InvoiceState.ISSUED
    client.post(url("cancel", invoice.pk), {"because": "salah bulan"})
    invoice.refresh_from_db()
    assert invoice.state == InvoiceState.CANCELLED


def test_the_dead_are_struck_from_the_page(cast, client_of, covered, invoices):
    covered[0].died_on = date(2025, 12, 1)
    covered[0].save()
    client, invoice = client_of(cast.budi), invoices["apbd"]
    assert (
        "1 orang pada tagihan ini meninggal"
        in client.get(url("detail", invoice.pk)).content.decode()
    )
    client.post(url("strike", invoice.pk))
    invoice.refresh_from_db()
    assert invoice.workers == 2


@pytest.mark.parametrize("name", ["strike", "cancel"])
def test_looking_changes_nothing(cast, client_of, invoices, name):
    assert client_of(cast.budi).get(url(name, invoices["apbd"].pk)).status_code == 405


def test_a_company_sees_its_own_invoice_without_a_name_or_nik(cast, client_of, covered, invoices):
    client = client_of(cast.hendra)
    assert client.get(url("detail", invoices["apbd"].pk)).status_code == 404
    shown = client.get(url("detail", invoices["csr"].pk)).content.decode()
    assert "Rp16.800" in shown
    for worker in covered:
        assert worker.name not in shown
        assert worker.nik not in shown and worker.nik[:6] + "•" not in shown
    overview = client.get(url("index")).context["overview"]
    assert overview.funds == ["CSR/TJSL perusahaan"]
    assert client.get(url("lapsing")).context["lines"] == []


def test_another_city_does_not_find_it(cast, client_of, invoices):
    client = client_of(cast.stranger)
    assert client.get(url("detail", invoices["apbd"].pk)).status_code == 404
    assert client.get(url("index")).context["overview"].rows == []


def test_who_is_behind_or_near_the_end_is_listed(cast, client_of, invoices, monkeypatch, today):
    monkeypatch.setattr("payung.web.contributions.views.today", lambda: today)
    paid(cast, invoices["apbd"], 33_600)
    client = client_of(cast.budi)
    page = client.get(url("lapsing"))
    assert len(page.context["lines"]) == 4
    assert "Terakhir dibayar" in page.content.decode()
    ending = client.get(url("lapsing"), {"kelompok": "berakhir"})
    assert len(ending.context["lines"]) == 4


def test_the_rail_counts_invoices_past_their_day(cast, invoices):
    from payung.web.contributions.views import waiting

    assert waiting(cast.budi.actor) == 2
    paid(cast, invoices["apbd"], 50_400)
    assert waiting(cast.budi.actor) == 1
    assert waiting(cast.stranger.actor) == 0


def test_the_month_to_invoice_is_already_this_one(cast, client_of):
    page = client_of(cast.budi).get(reverse("contributions:issue")).content.decode()
    assert f'value="{today():%Y-%m}"' in page
