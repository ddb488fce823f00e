import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["account_login", "about"])
def test_pages_open_to_all_answer(client, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["account", "account_logout", "account_change_password", "mfa_index", "about", "styleguide"],
)
def test_pages_of_an_account_answer(cast, client_of, name):
    assert client_of(cast.rina).get(reverse(name)).status_code == 200
