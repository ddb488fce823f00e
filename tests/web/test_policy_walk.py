"""Every page of the site, for everybody: who may open it is what the policy says."""

import pytest

from payung.apps.accounts.policy import ACTS, allows
from tests.support.pages import allowed_methods, asks_for_login, site_pages

PAGES = [page for page in site_pages() if page.act]


def test_every_page_asks_for_an_act_of_the_policy():
    assert PAGES
    assert all(page.act in ACTS for page in PAGES)


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_visitor_is_sent_to_login(page, client):
    url = page.url()
    for method in allowed_methods(client, url) - {"HEAD", "OPTIONS"}:
        assert asks_for_login(client.generic(method, url)), method


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_each_role_gets_the_page_or_a_refusal_as_the_policy_says(page, cast, client_of):
    for person in cast.people.values():
        client = client_of(person)
        for method in allowed_methods(client, page.url()) - {"HEAD", "OPTIONS"}:
            status = client.generic(method, page.url()).status_code
            if allows(person.actor, page.act):
                assert status != 403, (person.user.name, method)
            else:
                assert status == 403, (person.user.name, method)


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "pk" in "".join(page.parameters)], ids=str
)
def test_a_record_that_is_not_there_is_a_404_for_the_administrator(page, cast, client_of):
    client = client_of(cast.agus)
    if not allows(cast.agus.actor, page.act):
        client = client_of(cast.sari)
    for method in allowed_methods(client, page.url()) - {"HEAD", "OPTIONS"}:
        assert client.generic(method, page.url()).status_code == 404, method
