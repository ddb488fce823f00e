"""Every page of the site, for everybody: who may open it is what the policy says."""

import pytest
from django.db import transaction

from payung.apps.accounts.policy import ACTS, allows
from tests.support.cast import PEOPLE
from tests.support.pages import allowed_methods, asks_for_login, site_pages

PAGES = [page for page in site_pages() if page.act]
NAMES = [key for key, *_ in PEOPLE]
# they do not depend on who asks: found out once
METHODS: dict[str, list[str]] = {}


def methods(page, client) -> list[str]:
    if page.name not in METHODS:
        METHODS[page.name] = sorted(allowed_methods(client, page.url()) - {"HEAD", "OPTIONS"})
    return METHODS[page.name]


def test_every_page_asks_for_an_act_of_the_policy():
    assert PAGES
    assert all(page.act in ACTS for page in PAGES)


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_a_visitor_is_sent_to_login(page, client):
    url = page.url()
    for method in allowed_methods(client, url) - {"HEAD", "OPTIONS"}:
        assert asks_for_login(client.generic(method, url)), method


@pytest.mark.parametrize("who", NAMES)
def test_each_role_gets_every_page_or_a_refusal_as_the_policy_says(who, cast, client_of):
    person = cast.people[who]
    client = client_of(person)
    wrong = []
    for page in PAGES:
        for method in methods(page, client):
            with transaction.atomic():
                status = client.generic(method, page.url()).status_code
                transaction.set_rollback(True)  # what one page did is not there for the next
            if (status == 403) == allows(person.actor, page.act):
                wrong.append((page.name, method, status))
    assert not wrong


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "pk" in "".join(page.parameters)], ids=str
)
def test_a_record_that_is_not_there_is_a_404_for_the_administrator(page, cast, client_of):
    client = client_of(cast.agus)
    if not allows(cast.agus.actor, page.act):
        client = client_of(cast.sari)
    for method in allowed_methods(client, page.url()) - {"HEAD", "OPTIONS"}:
        assert client.generic(method, page.url()).status_code == 404, method
