"""The access helper: who gets in, who is told why not, and what is noted."""

import pytest
from django.contrib import messages
from django.contrib.messages import get_messages
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from payung.apps.accounts.models import Membership, Organisation, Role
from payung.apps.audit.models import Access
from payung.apps.errors import DomainError
from payung.web.access import act, errors_on, form_page, go, opened, page
from payung.web.shell.styleguide import SampleUpload
from payung.web.urls import urlpatterns as site


@page("workers.view")
def a_worker(request):
    opened(request, noun="worker", object_id=7)
    return HttpResponse(request.actor.organisation.name)


@page("audit.view")
def an_audit(request):
    return HttpResponse("jejak")


@page("dashboard.view")
def a_writing_page(request):
    Organisation.objects.update(name="diubah")
    return HttpResponse("")


@page("dashboard.view")
def a_failing_page(request):
    opened(request, noun="worker", object_id=8)
    raise DomainError("Berkas ini belum selesai dibaca.")


@act("lists.accept")
def an_act(request):
    if request.POST.get("fail"):
        raise DomainError("Daftar ini sudah diterima kemarin.")
    messages.success(request, "Diterima.")
    return go(request, "about")


@form_page("lists.upload")
def a_form(request):
    form = SampleUpload()
    if request.method == "POST":
        form = SampleUpload(request.POST, {"file": request.FILES.get("file")})
        form.is_valid()
        with errors_on(form):
            raise DomainError("Berkas yang sama sudah pernah diunggah.")
    return HttpResponse(str(form))


urlpatterns = [
    *site,
    path("uji/pekerja/", a_worker),
    path("uji/jejak/", an_audit),
    path("uji/menulis/", a_writing_page),
    path("uji/gagal/", a_failing_page),
    path("uji/terima/", an_act),
    path("uji/formulir/", a_form),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def test_an_anonymous_visitor_is_sent_to_the_login_and_back(client):
    response = client.get("/uji/pekerja/?q=1")
    assert response.status_code == 302
    assert response.url == "/akun/masuk/?next=/uji/pekerja/%3Fq%3D1"


def test_an_anonymous_htmx_request_moves_the_whole_page_to_the_login(client):
    response = client.get("/uji/pekerja/", headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"].startswith("/akun/masuk/")


def test_a_member_sees_the_page_as_their_organisation(cast, client_of):
    assert client_of(cast.rina).get("/uji/pekerja/").content.decode() == "Disnaker Kota Tangerang"


def test_a_role_without_the_right_reads_why_not(cast, client_of):
    response = client_of(cast.rina).get("/uji/jejak/")
    assert response.status_code == 403
    assert "Peran Petugas data di Disnaker Kota Tangerang tidak berhak" in response.content.decode()


def test_an_account_without_a_role_reads_whom_to_ask(cast, client_of):
    Membership.objects.filter(user=cast.rina.user).update(is_active=False)
    response = client_of(cast.rina).get("/uji/pekerja/")
    assert response.status_code == 403
    assert "belum mempunyai peran" in response.content.decode()


def test_a_page_refuses_post_and_an_act_refuses_get(cast, client_of):
    client = client_of(cast.budi)
    assert client.post("/uji/pekerja/").status_code == 405
    assert client.get("/uji/terima/").status_code == 405


def test_an_act_without_its_token_is_refused_with_a_sentence(cast, client_of):
    response = client_of(cast.budi, enforce_csrf_checks=True).post("/uji/terima/")
    assert response.status_code == 403
    assert "Formulir kedaluwarsa" in response.content.decode()


def test_opening_a_record_is_noted(cast, client_of):
    client_of(cast.rina).get("/uji/pekerja/")
    noted = Access.objects.get()
    assert (noted.user, noted.organisation) == (cast.rina.user, cast.disnaker)
    assert (noted.noun, noted.object_id) == ("worker", "7")


def test_what_was_not_shown_is_not_noted(cast, client_of):
    response = client_of(cast.rina).get("/uji/gagal/")
    assert response.status_code == 400
    assert "Berkas ini belum selesai dibaca." in response.content.decode()
    assert not Access.objects.exists()


def test_a_get_that_writes_raises(cast, client_of):
    with pytest.raises(RuntimeError, match="A GET may not write"), transaction.atomic():
        client_of(cast.rina).get("/uji/menulis/")
    assert not Organisation.objects.filter(name="diubah").exists()


def test_a_domain_error_becomes_a_message_on_the_page_it_came_from(cast, client_of):
    headers = {"Referer": "http://testserver/daftar/?status=open"}
    response = client_of(cast.budi).post("/uji/terima/", {"fail": "1"}, headers=headers)
    assert (response.status_code, response.url) == (302, "/daftar/?status=open")
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said == ["Daftar ini sudah diterima kemarin."]


@pytest.mark.parametrize("referer", ["https://elsewhere.example/x", "", "javascript:alert(1)"])
def test_a_domain_error_never_sends_the_visitor_to_another_site(cast, client_of, referer):
    response = client_of(cast.budi).post(
        "/uji/terima/", {"fail": "1"}, headers={"Referer": referer}
    )
    assert response.url == "/"


def test_a_domain_error_of_an_htmx_request_moves_the_whole_page(cast, client_of):
    headers = {"HX-Request": "true", "Referer": "http://testserver/daftar/"}
    response = client_of(cast.budi).post("/uji/terima/", {"fail": "1"}, headers=headers)
    assert response.headers["HX-Redirect"] == "/daftar/"


def test_a_domain_error_in_a_form_stands_above_it(cast, client_of):
    response = client_of(cast.budi).post("/uji/formulir/")
    assert response.status_code == 200
    assert "Berkas yang sama sudah pernah diunggah." in response.content.decode()


def test_one_with_two_roles_works_in_the_one_they_choose(cast, client_of):
    second = Membership.objects.create(
        user=cast.rina.user, organisation=cast.dinsos, role=Role.VERIFIER
    )
    client = client_of(cast.rina)
    assert client.get("/uji/pekerja/").content.decode() == "Disnaker Kota Tangerang"
    client.post("/akun/peran/", {"membership": second.pk})
    assert client.get("/uji/pekerja/").content.decode() == "Dinsos Kota Tangerang"


def test_nobody_takes_on_somebody_elses_role(cast, client_of):
    client = client_of(cast.rina)
    response = client.post("/akun/peran/", {"membership": cast.agus.membership.pk})
    assert response.status_code == 404
    assert client.post("/akun/peran/", {"membership": "x"}).status_code == 404
    assert client.get("/uji/pekerja/").content.decode() == "Disnaker Kota Tangerang"


def test_switching_roles_needs_a_post(cast, client_of):
    assert client_of(cast.rina).get("/akun/peran/").status_code == 405


def test_a_stranger_gets_the_same_page_with_nothing_of_ours(cast, client_of):
    body = client_of(cast.stranger).get("/uji/pekerja/").content.decode()
    assert body == "Disnaker Kota Metro"


def test_an_unknown_act_is_a_mistake_of_the_programmer():
    with pytest.raises(KeyError):
        page("workers.veiw")


def test_an_unexpected_error_shows_a_sentence_and_no_trace(cast):
    client = Client(raise_request_exception=False)
    client.force_login(cast.rina.user)
    response = client.get("/uji/menulis/")
    assert response.status_code == 500
    assert "Kesalahan di sistem" in response.content.decode()
    assert "WriteDuringRead" not in response.content.decode()
