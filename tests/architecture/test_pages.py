"""The walk over all pages sees the real site, and its questions have true answers."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import resolve

from tests.support.pages import allowed_methods, asks_for_login, hidden_from, site_pages


def test_every_page_has_an_address_that_leads_back_to_it():
    pages = site_pages()
    assert pages
    for page in pages:
        assert resolve(page.url()).view_name == page.name


def test_names_are_unique():
    names = [page.name for page in site_pages()]
    assert len(names) == len(set(names))


def test_a_redirect_elsewhere_is_no_login(settings):
    settings.LOGIN_URL = "/masuk/"
    assert asks_for_login(HttpResponseRedirect("/masuk/?next=/x"))
    assert not asks_for_login(HttpResponseRedirect("/x"))
    assert not asks_for_login(HttpResponse())


def test_a_job_of_nobody_is_hidden(cast, client_of):
    job = next(page for page in site_pages() if page.name == "job")
    client = client_of(cast.rina)
    assert "POST" not in allowed_methods(client, job.url())
    assert hidden_from(client, job.url())
