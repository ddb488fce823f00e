"""The audit trail on the site, and that every act has Indonesian words."""

import re
from pathlib import Path

import pytest
from django.urls import reverse

import payung
from payung.apps.audit.models import Event
from payung.apps.audit.selectors import events_of
from payung.apps.claims.models import ClaimState
from payung.apps.workers import services as workers
from payung.web.shell.history import act_name
from tests.enrolment.way import people
from tests.support.browser import axe, shot

SOURCE = Path(payung.__file__).parent / "apps"
_RECORDED = re.compile(r'act="([a-z_]+\.[a-z_]+)"|^\s+"(worker\.[a-z_]+)",$', re.MULTILINE)


def _acts() -> set[str]:
    found = {
        plain or kept
        for path in SOURCE.rglob("*.py")
        for plain, kept in _RECORDED.findall(path.read_text("utf-8"))
    }
    return found | {f"claim.{state}" for state in (ClaimState.REFUSED, ClaimState.CLOSED)}


@pytest.fixture
def event(cast):
    worker = people(1)[0]
    workers.correct(
        actor=cast.budi.actor, worker=worker, values={"name": "Nama Baru"}, reason="Sesuai KTP"
    )
    return Event.objects.get(act="worker.corrected")


@pytest.mark.parametrize("act", sorted(_acts()))
def test_every_act_has_words(act):
    assert act_name(act) != act
    assert "." not in act_name(act)


def test_the_walk_over_the_acts_sees_them():
    assert {"claim.opened", "agreement.signed", "worker.corrected"} < _acts()


def test_an_event_says_what_changed_and_by_whom(cast, event, client_of):
    page = client_of(cast.tono).get(reverse("audit:detail", args=[event.pk])).content.decode()
    for words in ("Pekerja diperbaiki", "Nama Baru", "Sesuai KTP", "Budi Santoso", event.hash):
        assert words in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, True),
        ({"who": "budi"}, True),
        ({"who": "rina"}, False),
        ({"noun": "worker"}, True),
        ({"noun": "claim"}, False),
        ({"since": "2099-01-01"}, False),
        ({"until": "2099-01-01"}, True),
        ({"until": "2000-01-01"}, False),
        ({"since": "besok"}, True),
    ],
)
def test_the_trail_is_narrowed(cast, event, client_of, asked, found):
    asked = {
        name: cast.people[value].user.pk if name == "who" else value
        for name, value in asked.items()
    }
    page = client_of(cast.agus).get(reverse("audit:index"), asked).content.decode()
    assert ("Pekerja diperbaiki" in page) is found


def test_another_city_does_not_find_it(cast, event, client_of):
    client = client_of(cast.stranger)
    assert client.get(reverse("audit:detail", args=[event.pk])).status_code == 404
    assert "Pekerja diperbaiki" not in client.get(reverse("audit:index")).content.decode()


@pytest.mark.parametrize("who", ["rina", "budi", "sari", "yanti", "maya", "hendra"])
def test_only_auditors_and_administrators_read_it(cast, client_of, who):
    assert client_of(cast.people[who]).get(reverse("audit:index")).status_code == 403


def test_nothing_is_written_through_it(cast, event, client_of):
    for name, args in (("index", []), ("detail", [event.pk])):
        address = reverse(f"audit:{name}", args=args)
        assert client_of(cast.agus).post(address).status_code == 405


def test_who_may_open_a_record_sees_what_others_of_the_city_did(cast, event):
    asked = {"noun": "worker", "object_id": event.object_id}
    assert events_of(actor=cast.yanti.actor, **asked).get() == event
    assert not events_of(actor=cast.stranger.actor, **asked).exists()
    assert not events_of(actor=cast.hendra.actor, **asked).exists()


def test_the_pages_look_right_and_are_accessible(cast, event, page_of):
    page = page_of(cast.tono)
    for name, args in (("index", []), ("detail", [event.pk])):
        page.goto(reverse(f"audit:{name}", args=args))
        shot(page, f"jejak-{name}")
        axe(page)
