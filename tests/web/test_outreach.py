"""Pages of circulars, pledges and socialisation."""

import pytest
from django.urls import reverse

from payung.apps.funding.models import FundKind
from payung.apps.outreach.models import Circular, Gathering, Pledge
from tests.enrolment import way
from tests.support.browser import axe, shot

LETTER = {"number": "500/1-SE/2026", "title": "Ajakan", "signed_on": "2026-02-02"}
PROMISE = {"people": "100", "months": "12", "amount": "20160000", "pledged_on": "2026-02-02"}


@pytest.fixture
def circular(cast, client_of):
    client_of(cast.rina).post(
        reverse("outreach:new_circular"), {**LETTER, "companies": [cast.perusahaan.pk]}
    )
    return Circular.objects.get()


@pytest.fixture
def pledge(cast, client_of):
    client_of(cast.rina).post(
        reverse("outreach:new_pledge"), {**PROMISE, "company": cast.perusahaan.pk}
    )
    return Pledge.objects.get()


def test_a_reply_is_noted(cast, circular, client_of):
    client = client_of(cast.rina)
    recipient = circular.recipients.get()
    address = reverse("outreach:reply", args=[circular.pk, recipient.pk])
    assert client.get(address).status_code == 405
    client.post(address, {"reply": "yes"})
    recipient.refresh_from_db()
    assert recipient.reply == "yes"
    client.post(address, {"reply": "mungkin"})
    recipient.refresh_from_db()
    assert recipient.reply == "yes"
    page = client.get(reverse("outreach:circular", args=[circular.pk])).content.decode()
    assert "Bersedia" in page


def test_a_promise_becomes_a_fund(cast, pledge, client_of):
    client, here = client_of(cast.rina), reverse("outreach:fulfil", args=[pledge.pk])
    assert "Belum ada dana milik perusahaan" in client.get(here).content.decode()
    fund = way.fund(cast, FundKind.CSR)
    assert client.post(here, {"fund": way.fund(cast, name="APBD").pk}).status_code == 200
    assert client.post(here, {"fund": fund.pk}).status_code == 302
    pledge.refresh_from_db()
    assert pledge.fund == fund


def test_a_withdrawn_promise_no_longer_counts(cast, pledge, client_of):
    client = client_of(cast.rina)
    assert client.get(reverse("outreach:index")).context["pledged"]["people"] == 100
    client.post(reverse("outreach:withdraw", args=[pledge.pk]), {"because": "Batal"})
    assert client.get(reverse("outreach:index")).context["pledged"]["people"] is None


def test_a_gathering_is_recorded(cast, client_of):
    held = {"region": "36.71.01.1001", "on": "2026-02-02", "topic": "Hak", "place": "Aula"}
    client, here = client_of(cast.rina), reverse("outreach:new_gathering")
    assert client.post(here, held).context["form"].errors["attended"]
    client.post(here, {**held, "attended": "80"})
    assert Gathering.objects.get().attended == 80


@pytest.mark.parametrize(
    ("name", "field"),
    [("new_circular", "companies"), ("new_pledge", "company"), ("new_gathering", "region")],
)
def test_an_empty_form_says_what_is_missing(cast, client_of, name, field):
    said = client_of(cast.rina).post(reverse(f"outreach:{name}"), {"sent": "1"})
    assert said.status_code == 200
    assert said.context["form"].errors[field]


def test_another_city_does_not_find_them(cast, circular, pledge, client_of):
    client = client_of(cast.stranger)
    assert client.get(reverse("outreach:circular", args=[circular.pk])).status_code == 404
    assert client.get(reverse("outreach:fulfil", args=[pledge.pk])).status_code == 404
    assert circular.number not in client.get(reverse("outreach:index")).content.decode()


def test_a_company_sees_its_promise_and_nobodys_name(cast, circular, pledge, client_of):
    worker = way.people(1)[0]
    client = client_of(cast.hendra)
    page = client.get(reverse("outreach:index")).content.decode()
    assert "Rp20.160.000" in page
    assert worker.name not in page
    assert client.get(reverse("outreach:new_pledge")).status_code == 403


def test_the_pages_look_right_and_are_accessible(cast, circular, pledge, page_of):
    page = page_of(cast.rina)
    for name, args in (
        ("index", []),
        ("circular", [circular.pk]),
        ("fulfil", [pledge.pk]),
        ("new_circular", []),
    ):
        page.goto(reverse(f"outreach:{name}", args=args))
        shot(page, f"mitra-{name}")
        axe(page)
