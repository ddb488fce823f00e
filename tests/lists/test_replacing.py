"""A corrected copy of a list tells of the one it replaces, which would wait for ever."""

import json

import pytest
from click.testing import CliRunner
from django.urls import reverse

from payung.apps.audit.models import Event
from payung.apps.lists import selectors, services
from payung.apps.lists.models import State
from payung.cli.main import main
from tests.lists.files import people, person


def earlier(found, who):
    told = selectors.replaced_by(actor=who.actor, list=found)
    return [(each.list, each.niks, each.shared) for each in told]


@pytest.fixture
def first(disnaker):
    """Five people, one with a NIK too short, which is none."""
    return disnaker.read([*people(4), person(9, nik="36710145088200")])


def test_a_copy_with_most_of_the_people_names_the_one_that_waits(first, disnaker, cast):
    copy = disnaker.read([*people(3), person(9)])
    assert earlier(copy, cast.rina) == [(first, 4, 3)]
    assert earlier(first, cast.rina) == []
    third = disnaker.read([*people(4), person(9)])
    assert earlier(third, cast.rina) == [(copy, 4, 4), (first, 4, 4)]


@pytest.mark.parametrize(("again", "known"), [(3, True), (2, False), (0, False)])
def test_half_of_the_people_is_another_list(first, disnaker, cast, again, known):
    found = disnaker.read([*people(again), *people(2, first=30)])
    assert bool(earlier(found, cast.rina)) is known


def test_a_person_twice_in_a_list_counts_once_and_no_nik_never(disnaker, cast):
    old = disnaker.read([*people(2), *people(1), person(5, nik=""), person(6, nik="")])
    assert earlier(disnaker.read(people(2)), cast.rina) == [(old, 2, 2)]
    nobody = [person(1, nik=""), person(2, nik="")]
    disnaker.read(nobody)
    assert earlier(disnaker.read([*nobody, person(3, nik="")]), cast.rina) == []


def test_only_a_waiting_list_of_the_same_sender_is_named(first, disnaker, dinsos, cast):
    copy = dinsos.read(people(3))
    assert earlier(copy, cast.budi) == []
    services.accept(actor=cast.budi.actor, list=first)
    assert earlier(disnaker.read(people(4)), cast.rina) == []


def test_what_is_out_of_reach_is_not_told(first, disnaker, cast):
    copy = disnaker.read(people(4))
    assert earlier(copy, cast.rina)
    assert earlier(copy, cast.dewi) == []


def test_the_page_offers_to_withdraw_the_old_one_and_stays(first, disnaker, cast, client_of):
    copy = disnaker.read([*people(3), person(9)])
    client, page = client_of(cast.rina), reverse("lists:detail", args=[copy.pk])
    text = client.get(page).text
    assert "3 dari 4 NIK di sana ada juga di sini" in text
    assert "Tarik yang lama" in text
    read_only = client_of(cast.tono).get(page).text
    assert ("Sepertinya ini perbaikan" in read_only, "Tarik yang lama" in read_only) == (
        True,
        False,
    )
    sent = {"reason": f"Diganti daftar nomor {copy.pk} ({copy.filename})", "back": copy.pk}
    for name, value in sent.items():
        assert f'name="{name}" value="{value}"' in text
    answer = client.post(reverse("lists:withdraw", args=[first.pk]), sent)
    assert answer.url == page
    first.refresh_from_db()
    assert first.state == State.WITHDRAWN
    assert Event.objects.get(act="list.withdrawn").reason == sent["reason"]
    assert "Sepertinya" not in client.get(page).text


def test_the_terminal_tells_it_too(first, disnaker, cast):
    start = ["--sender", "disnaker", "--start", "2026-12", "--as", "agus@payung.test"]
    files = [str(disnaker.file(people(count))) for count in (4, 5)]
    said = CliRunner().invoke(main, ["list", "import", files[0], *start]).output
    assert f"payung list withdraw {first.pk} --reason" in said
    told = CliRunner().invoke(main, ["list", "import", files[1], *start, "--json"]).output
    assert [len(each["replaces"]) for each in json.loads(told)] == [2]
