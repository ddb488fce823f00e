"""The instruments of the tests themselves: what they must catch, they catch."""

import socket
from pathlib import Path

import psycopg
import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.db import DatabaseError, connection, transaction
from django.template import Context, Template, base

from payung.apps.accounts.models import User
from payung.apps.audit.models import Event
from payung.apps.audit.services import record
from tests.support import browser, templates
from tests.support.postgres import server


def test_a_connection_to_another_machine_fails_the_test():
    with pytest.raises(pytest.fail.Exception, match="another machine"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_connection_to_this_machine_is_fine():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        socket.create_connection(listener.getsockname(), timeout=5).close()


def our_template(source: str) -> Template:
    origin = base.Origin(name=f"{templates._OURS}/web/templates/percobaan.html")
    return Template(source, origin=origin)


def test_an_undefined_variable_in_our_template_raises():
    with pytest.raises(templates.UndefinedVariableError, match="nmae"):
        our_template("{{ nmae }}").render(Context({"name": "Rina"}))


@pytest.mark.parametrize(
    "source", ["{% if x %}a{% endif %}", "{{ x|default:'' }}", "{% firstof x '' %}", "{{ y }}"]
)
def test_a_variable_that_may_be_absent_does_not_raise(source):
    assert our_template(source).render(Context({"y": ""})) == ""


def test_templates_of_other_packages_keep_djangos_way():
    assert Template("{{ x }}").render(Context()) == ""


def test_the_cast_has_a_role_for_everyone_and_a_stranger_from_elsewhere(cast):
    assert {person.membership.role for person in cast.people.values()} >= {
        "operator", "verifier", "approver", "branch_officer", "sponsor", "auditor", "administrator"
    }  # fmt: skip
    assert cast.stranger.actor.city_code != cast.rina.actor.city_code
    assert cast.rina.organisation == cast.disnaker


def test_client_of_is_logged_in(cast, client_of):
    assert client_of(cast.rina).session["_auth_user_id"] == str(cast.rina.user.pk)


@pytest.mark.parametrize("time", [1, 2])
def test_a_transactional_test_leaves_nothing_though_events_refuse_deletion(time, transactional_db):
    assert not User.objects.exists()
    User.objects.create_user("seseorang@payung.test")
    event = record(actor=None, act="percobaan", noun="percobaan")
    if connection.vendor == "sqlite":
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            Event.objects.filter(pk=event.pk).delete()


def test_the_tests_own_postgresql_answers_and_is_gone_afterwards():
    with server() as url, psycopg.connect(url) as connected:
        assert connected.execute("SHOW jit").fetchone() == ("off",)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_dark_and_light_differ_in_colours_only():
    """So that `browser.axe` need not ask everything twice: light-dark() takes colours alone."""
    web = Path(templates._OURS) / "web"
    files = [path for path in web.rglob("*") if path.suffix in {".css", ".js", ".html"}]
    assert "light-dark(" in (web / "static/payung.css").read_text()
    assert not [str(path) for path in files if "prefers-color-scheme" in path.read_text()]


@pytest.mark.urls("tests.architecture.trial_site")
class TestBrowser:
    def test_a_good_page_passes_every_instrument(self, page, tmp_path, monkeypatch):
        monkeypatch.setattr(browser, "SCREENSHOTS", tmp_path)
        monkeypatch.setenv("PAYUNG_PICTURES", "1")
        page.goto("/baik")
        browser.axe(page)
        pictures = browser.shot(page, "baik")
        assert {picture.name for picture in pictures} == {
            "baik-390-light.png", "baik-390-dark.png", "baik-1360-light.png", "baik-1360-dark.png"
        }  # fmt: skip
        assert all(picture.stat().st_size > 1000 for picture in pictures)

    @pytest.mark.parametrize(
        ("path", "complaint"), [("/skrip", "Content Security Policy"), ("/luar", "another host")]
    )
    def test_a_bad_page_is_complained_about(self, live_server, chromium, path, complaint):
        context = chromium.new_context(base_url=live_server.url)
        page = context.new_page()
        complaints = browser.Complaints(page, live_server.url)
        page.goto(path)
        context.close()
        assert complaint in "\n".join(complaints.found)

    def test_axe_sees_a_picture_without_words(self, page):
        page.goto("/rusak")
        with pytest.raises(AssertionError, match="image-alt"):
            browser.axe(page)

    def test_axe_sees_a_contrast_too_small_in_the_dark_only(self, page):
        page.goto("/gelap")
        with pytest.raises(AssertionError, match=r"\(dark\):[\s\S]*color-contrast"):
            browser.axe(page)

    def test_every_rule_of_axe_about_colours_is_asked_in_the_dark(self, page):
        page.goto("/baik")
        page.evaluate(AXE_SCRIPT)
        rules = page.evaluate("tags => axe.getRules(tags)", browser.WCAG_AA)
        colours = {rule["ruleId"] for rule in rules if "cat.color" in rule["tags"]}
        assert colours == set(browser.OF_COLOURS)

    def test_a_page_that_scrolls_sideways_is_refused(self, page, tmp_path, monkeypatch):
        monkeypatch.setattr(browser, "SCREENSHOTS", tmp_path)
        page.goto("/lebar")
        with pytest.raises(AssertionError, match="sideways"):
            browser.shot(page, "lebar")

    def test_a_person_of_the_cast_is_logged_in(self, cast, page_of):
        page = page_of(cast.rina)
        assert [cookie["name"] for cookie in page.context.cookies()] == ["sessionid"]

    def test_a_page_is_handed_on_as_clean_as_a_new_one(self, live_server, chromium, cast):
        handed = browser.Handed(chromium, live_server.url)
        page = handed.begin(cast.rina, 390)
        page.goto("/baik")
        page.evaluate("localStorage.kept = sessionStorage.kept = 'yes'")
        page.emulate_media(media="print", color_scheme="dark")
        handed.complaints.found.append("what another test complained about")
        assert handed.end()
        page = handed.begin(None, 1360)
        page.goto("/baik")
        assert page.context.cookies() == []
        assert handed.complaints.found == []
        seen = """[localStorage.kept, sessionStorage.kept, innerWidth, matchMedia('print').matches,
            matchMedia('(prefers-color-scheme: dark)').matches]"""
        assert page.evaluate(seen) == [None, None, 1360, False, False]
        page.on("dialog", lambda dialog: dialog.accept())
        assert not handed.end(), "whoever gets it next would not see that something is asked"
        handed.close()
