"""On every page: a strict policy for content, nothing from elsewhere, a gate per view."""

import re
from pathlib import Path

import pytest
from django.urls import get_resolver

import payung.web

pytestmark = pytest.mark.django_db
WEB = Path(payung.web.__file__).parent
OPEN = {
    "account",
    "account_inactive",
    "account_login",
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "switch_membership",
    "start",
    "about",
    "styleguide",
    "law:index",
    "law:contribution",
    "law:cover",
    "law:benefit",
    "law:claim",
    "law:heirs",
    "law:rules",
}


def _views(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _views(pattern, prefix + namespace)
        else:
            yield prefix + (pattern.name or str(pattern.pattern)), pattern.callback


def test_every_view_asks_the_policy_or_is_one_of_the_few_open_ones():
    ungated = {
        name
        for name, view in _views(get_resolver())
        if not hasattr(view, "act") and not name.startswith("mfa_")
    }
    assert ungated == OPEN


def test_the_content_security_policy_lets_nothing_in_but_our_own(client):
    policy = client.get("/tentang/").headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert rules["base-uri"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", ["/akun/masuk/", "/tentang/", "/gaya/", "/nowhere/"])
def test_everything_a_page_loads_is_served_by_us(cast, client_of, path):
    body = client_of(cast.budi).get(path, follow=True).content.decode()
    addresses = re.findall(r'(?:src|href|action|hx-get|hx-post)="([^"]*)"', body)
    assert addresses
    for address in addresses:
        assert address == "" or address.startswith(("/", "#", "?")), address
        assert not address.startswith("//"), address


def test_no_template_carries_inline_style_or_script():
    for path in WEB.glob("templates/**/*.html"):
        text = path.read_text()
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", text), path


def test_no_file_of_the_look_names_another_host():
    for path in [*WEB.glob("static/**/*.css"), *WEB.glob("static/**/*.js")]:
        assert "//" not in re.sub(r"//\s.*|/\*.*?\*/", "", path.read_text()), path


def test_pages_of_the_office_are_not_for_search_engines_or_frames(client):
    response = client.get("/akun/masuk/")
    assert "noindex" in response.content.decode()
    assert response.headers["X-Frame-Options"] == "DENY"


def test_a_missing_page_says_so_in_indonesian(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "Tidak ditemukan" in response.content.decode()
