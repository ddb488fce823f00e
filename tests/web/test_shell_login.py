"""Logging in and out, the one-time link, the second factor."""

import re
from time import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse

from payung.web.shell.account_views import start_path
from tests.support.cast import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/akun/masuk/"
NEW = "hujan turun sore hari"


def _log_in(client, email, password):
    return client.post(LOGIN, {"login": email, "password": password})


def test_the_right_password_lets_in(cast, client):
    response = _log_in(client, "rina@payung.test", PASSWORD)
    assert response.status_code == 302
    assert client.get("/akun/").context["actor"].user == cast.rina.user


def test_a_wrong_password_is_answered_in_indonesian_without_saying_which_was_wrong(cast, client):
    wrong = _log_in(client, "rina@payung.test", "bukan ini").content.decode()
    unknown = _log_in(client, "siapa@payung.test", "bukan ini").content.decode()
    sentence = "Surel atau kata sandi salah."
    for body in (wrong, unknown):
        assert sentence in body


def test_too_many_tries_are_stopped_for_a_while(cast, client):
    for _ in range(30):
        response = _log_in(client, "rina@payung.test", "bukan ini")
        if response.status_code == 429 or "Terlalu banyak" in response.content.decode():
            break
    else:
        pytest.fail("thirty wrong passwords and still allowed to try")
    assert _log_in(client, "rina@payung.test", PASSWORD).status_code != 302


def test_nobody_signs_up(client):
    assert client.get("/akun/signup/").status_code == 404
    assert client.get("/akun/password/reset/").status_code == 404


def test_logging_out_needs_a_post(cast, client_of):
    client = client_of(cast.rina)
    assert "Anda akan keluar" in client.get("/akun/keluar/").content.decode()
    client.post("/akun/keluar/")
    assert client.get("/akun/").url.startswith(LOGIN)


def test_the_one_time_link_sets_name_and_password_and_lets_in(cast, client):
    path = start_path(cast.agus.user)
    assert "Tetapkan nama dan kata sandi" in client.get(path).content.decode()
    response = client.post(path, {"name": "Agus Baru", "new_password1": NEW, "new_password2": NEW})
    assert response.status_code == 302
    cast.agus.user.refresh_from_db()
    assert cast.agus.user.name == "Agus Baru"
    assert cast.agus.user.check_password(NEW)
    assert client.get("/akun/").context["actor"].user == cast.agus.user


def test_the_one_time_link_works_once(cast, client):
    path = start_path(cast.agus.user)
    client.post(path, {"name": "Agus", "new_password1": NEW, "new_password2": NEW})
    response = client.get(path)
    assert response.status_code == 410
    assert "Tautan ini sudah dipakai" in response.content.decode()


@pytest.mark.parametrize("uid", ["MQ", "!!", "99999999999999999999"])
def test_a_made_up_link_opens_nothing(cast, client, uid):
    assert client.get(reverse("start", args=[uid, "abc-def"])).status_code == 410


def test_the_link_of_an_inactive_account_opens_nothing(cast, client):
    path = start_path(cast.agus.user)
    cast.agus.user.is_active = False
    cast.agus.user.save()
    assert client.get(path).status_code == 410


@pytest.mark.parametrize("weak", ["payung", "1234567890", "agus@payung.test"])
def test_a_weak_password_is_refused(cast, client, weak):
    path = start_path(cast.agus.user)
    response = client.post(path, {"name": "Agus", "new_password1": weak, "new_password2": weak})
    assert response.status_code == 200
    cast.agus.user.refresh_from_db()
    assert not cast.agus.user.check_password(weak)


def test_a_changed_password_is_the_one_that_counts(cast, client_of, client):
    response = client_of(cast.rina).post(
        "/akun/sandi/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )
    assert response.status_code == 302
    assert _log_in(client, "rina@payung.test", PASSWORD).status_code == 200
    assert _log_in(client, "rina@payung.test", NEW).status_code == 302


def _turn_on_second_factor(client) -> list[str]:
    """Activates TOTP for who is logged in; gives the recovery codes."""
    activate = "/akun/2fa/totp/activate/"
    client.post("/akun/pastikan/", {"password": PASSWORD, "next": activate})
    page = client.get(activate).content.decode()
    secret = re.search(r"<dd>([A-Z2-7]{16,})", page)[1]
    code = format_hotp_value(hotp_value(secret, int(time()) // 30))
    assert client.post(activate, {"code": code}).status_code == 302
    return client.get("/akun/2fa/recovery-codes/").context["unused_codes"]


def test_changing_the_second_factor_asks_for_the_password_again(cast, client):
    _log_in(client, "rina@payung.test", PASSWORD)
    assert client.get("/akun/2fa/totp/activate/").url.startswith("/akun/pastikan/")


def test_with_a_second_factor_the_password_alone_is_not_enough(cast, client):
    _log_in(client, "rina@payung.test", PASSWORD)
    codes = _turn_on_second_factor(client)
    assert len(codes) == 10
    assert "Tersisa 10 kode" in client.get("/akun/2fa/").content.decode()
    client.post("/akun/keluar/")

    assert _log_in(client, "rina@payung.test", PASSWORD).url.startswith("/akun/2fa/authenticate/")
    assert client.get("/akun/").status_code == 302
    wrong = client.post("/akun/2fa/authenticate/", {"code": "000000"})
    assert "Kode salah" in wrong.content.decode()
    assert client.post("/akun/2fa/authenticate/", {"code": codes[0]}).status_code == 302
    assert client.get("/akun/").status_code == 200


def test_the_one_time_link_does_not_pass_the_second_factor(cast, client, client_of):
    _turn_on_second_factor(client_of(cast.rina))
    path = start_path(cast.rina.user)
    client.post(path, {"name": "Rina", "new_password1": NEW, "new_password2": NEW})
    assert client.get("/akun/").url.startswith(LOGIN)


def test_the_demo_shows_its_accounts_and_a_real_office_none(client, settings, monkeypatch):
    accounts = [
        {
            "role": "Verifikator",
            "name": "Contoh Saja",
            "email": "contoh@demo.test",
            "password": "rahasia demo",
            "organisation": "Disnaker Contoh",
        }
    ]
    monkeypatch.setattr("payung.web.templatetags.payung.demo.demo_accounts", lambda: accounts)
    assert "contoh@demo.test" in client.get(LOGIN).content.decode()
    monkeypatch.undo()
    assert settings.DEMO is False
    assert "Akun demo" not in client.get(LOGIN).content.decode()
