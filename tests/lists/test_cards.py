"""Numbers of family cards typed as NIK: one finding for the list, nobody under such a number."""

import pytest
from django.urls import reverse

from payung.apps.lists import services
from payung.apps.lists.models import Finding, Match
from payung.apps.workers.models import Worker
from payung.sheets import ALL_CARDS
from tests.lists.files import HEADINGS, people
from tests.support.cards import families


@pytest.fixture
def cards(disnaker):
    return disnaker.read(families(30), headings=("No", "NIK", "Nama"))


def test_nobody_enters_under_the_number_of_a_card_even_of_one_issued_long_ago(cards, disnaker):
    assert cards.rejected == cards.rows == 90
    assert {each.message for each in Finding.objects.filter(list=cards)} == {ALL_CARDS}
    services.accept(actor=disnaker.accepter, list=cards)
    assert not Worker.objects.exists()
    assert not Match.objects.exists()


def test_the_number_is_kept_as_that_of_the_card(cards):
    row = cards.entries.first()
    assert (row.nik, row.kk) == ("", families(1)[0][0])


def test_the_page_says_so_once(cards, client_of, cast):
    text = client_of(cast.rina).get(reverse("lists:detail", args=[cards.pk])).text
    assert text.count("tampaknya berisi nomor Kartu Keluarga, bukan NIK, jadi barisnya") == 1


def test_with_birth_dates_every_row_is_judged_by_its_own(disnaker):
    rows = [(card, name, "05-08-1982") for card, name in families(30)]
    found = disnaker.read(rows, headings=("No", "NIK", "Nama", "Tanggal Lahir"))
    assert {each.code for each in Finding.objects.filter(list=found)} >= {"nik-is-kk"}
    assert not Finding.objects.filter(list=found, message=ALL_CARDS).exists()


def test_a_list_of_men_and_women_is_none_of_cards(disnaker):
    rows = [(nik, name) for nik, name, *_ in people(40)]
    found = disnaker.read(rows, headings=HEADINGS[:3])
    assert found.rejected == 0


def test_a_nik_that_somebody_typed_in_its_place_is_taken(cards, disnaker):
    row = cards.entries.first()
    nik = "3671010508820017"
    services.correct(actor=disnaker.actor, row=row, values={"nik": nik})
    row = cards.entries.get(pk=row.pk)
    assert (row.nik, row.severity) == (nik, 0)
