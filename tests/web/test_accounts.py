"""The administrator's pages of organisations, people and roles."""

import re

import pytest
from django.urls import reverse

from payung.apps.accounts.models import Membership, Organisation, Role, User
from payung.apps.audit.models import Event
from tests.support.browser import axe, shot


@pytest.fixture
def admin(cast, client_of):
    return client_of(cast.agus)


def test_an_administrator_registers_an_office_and_its_first_person(cast, admin, client):
    said = {"kind": "office", "name": "Dinas Perhubungan", "slug": ""}
    page = admin.post(reverse("accounts:new"), said, follow=True).content.decode()
    made = Organisation.objects.get(slug="dinas-perhubungan")
    assert made.region_id == "36.71"
    assert "Belum ada orang" in page
    person = {"email": "tuti@dishub.test", "name": "Tuti", "role": "operator"}
    page = admin.post(reverse("accounts:add_member", args=[made.pk]), person).content.decode()
    link = re.search(r'value="http://testserver(/akun/mulai/[^"]+)"', page).group(1)
    assert client.get(link).status_code == 200
    assert Event.objects.filter(act="member.link_made").count() == 1
    shown = admin.get(reverse("accounts:detail", args=[made.pk])).content.decode()
    assert "Belum masuk" in shown
    assert link not in shown


def test_a_new_office_is_told_whom_it_lacks(cast, admin):
    assert "tambahkan:" not in admin.get(reverse("accounts:index")).content.decode()
    Membership.objects.filter(role=Role.APPROVER).delete()
    assert "penyetuju di dinas pengampu" in admin.get(reverse("accounts:index")).content.decode()
    dashboard = admin.get("/").content.decode()
    assert "perlu disiapkan: organisasi dan orangnya" in dashboard
    assert reverse("accounts:index") in dashboard


def test_a_role_the_organisation_does_not_know_is_not_offered(cast, admin):
    url = reverse("accounts:add_member", args=[cast.bpjs.pk])
    page = admin.get(url).content.decode()
    assert "Petugas BPJS" in page
    assert "Penyetuju</option>" not in page
    admin.post(url, {"email": "x@bpjs.test", "name": "X", "role": "approver"})
    assert not User.objects.filter(email="x@bpjs.test").exists()


def test_somebody_with_an_account_gets_a_second_role_and_no_new_link(cast, admin):
    said = {"email": cast.budi.user.email, "name": "Budi", "role": "approver"}
    url = reverse("accounts:add_member", args=[cast.pemkot.pk])
    page = admin.post(url, said, follow=True).content.decode()
    assert "akunnya sudah ada" in page
    assert "/akun/mulai/" not in page
    again = admin.post(url, said).content.decode()
    assert "sudah menjadi Penyetuju" in again


def test_a_role_is_ended_and_given_back(cast, admin, client_of):
    url = reverse("accounts:set_active", args=[cast.rina.membership.pk])
    admin.post(url)
    assert client_of(cast.rina).get(reverse("lists:index")).status_code == 403
    admin.post(url, {"active": "1"})
    assert client_of(cast.rina).get(reverse("lists:index")).status_code == 200


def test_nobody_ends_the_role_they_are_using(cast, admin):
    url = reverse("accounts:set_active", args=[cast.agus.membership.pk])
    assert "administrator lain" in admin.post(url, follow=True).content.decode()
    assert Membership.objects.get(pk=cast.agus.membership.pk).is_active


def test_a_link_is_not_made_for_an_account_used_in_another_city(cast, admin):
    Membership.objects.create(user=cast.wayan.user, organisation=cast.disnaker, role=Role.OPERATOR)
    here = Membership.objects.get(user=cast.wayan.user, organisation=cast.disnaker)
    page = admin.post(reverse("accounts:link", args=[here.pk]), follow=True).content.decode()
    assert "di luar wewenang" in page
    assert "/akun/mulai/" not in page


def test_another_city_is_not_found(cast, admin):
    assert admin.get(reverse("accounts:detail", args=[cast.disnaker_metro.pk])).status_code == 404
    theirs = reverse("accounts:link", args=[cast.wayan.membership.pk])
    assert admin.post(theirs).status_code == 404
    assert "Metro" not in admin.get(reverse("accounts:index")).content.decode()


def test_the_pages_look_right_and_are_accessible(cast, page_of):
    page = page_of(cast.agus)
    for name, args in (
        ("index", []),
        ("new", []),
        ("detail", [cast.disnaker.pk]),
        ("add_member", [cast.bpjs.pk]),
    ):
        page.goto(reverse(f"accounts:{name}", args=args))
        shot(page, f"pengaturan-{name}")
        axe(page)
