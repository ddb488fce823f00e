"""Data ganda: a row and a worker that may be one person, and what somebody decides."""

from html import unescape

import pytest
from django.urls import reverse

from payung.apps.lists.models import Band, Fate, Match, Row
from payung.apps.workers.models import Worker
from tests.lists.files import office_of, person
from tests.support.standing import standing_on

PAGE = "/pekerja/ganda/"


def made(cast, folder):
    """One name and birth date under two NIK that differ in a digit."""
    office_of(cast.rina, cast, folder).accepted([person(phone="081234567890")])
    again = person(nik="3671014508820002", phone="081234567890")
    office_of(cast.yanti, cast, folder).accepted([again])
    return Match.objects.get()


standing = standing_on(made)


@pytest.fixture
def pair(stood):
    """The question about the two of `made`."""
    return stood[1]


def test_nothing_waiting_is_said_so(cast, client_of):
    assert "Tidak ada yang menunggu" in client_of(cast.budi).get(PAGE).text


def test_a_pair_stands_side_by_side_with_its_evidence(pair, client_of, cast):
    text = client_of(cast.budi).get(PAGE).text
    assert "367101••••••0001" in text
    assert "367101••••••0002" in text
    assert "3671014508820002" not in text
    assert "nama sama" in text
    assert "tanggal lahir sama" in text
    assert pair.why in text


def test_two_niks_that_differ_look_different(pair, client_of, cast):
    Row.objects.filter(pk=pair.row_id).update(nik="3671014508890001")
    text = client_of(cast.budi).get(PAGE).text
    assert "367101•••••20001" in text
    assert "367101•••••90001" in text


def test_one_nik_under_two_names_says_what_to_look_at_and_no_probability(
    cast, client_of, disnaker, sukarasa
):
    disnaker.accepted([person(phone="081234567890")])
    found = sukarasa.accepted([person(name="Sinta Amina", phone="081234567890")])
    asked = client_of(cast.budi).get(PAGE)
    assert Match.objects.get().probability > 0.9
    assert "NIK sama, nama tidak" in asked.text
    assert not asked.context["pairs"][0].percent
    detail = client_of(cast.budi).get(reverse("lists:detail", args=[found.pk]))
    assert f"{PAGE}?jenis=baris&daftar={found.pk}" in unescape(detail.text)


def test_a_worker_of_no_known_kelurahan_is_not_said_to_live_elsewhere(pair, client_of, cast):
    Worker.objects.filter(pk=pair.worker_id).update(region="36.71")
    [shown] = client_of(cast.budi).get(PAGE).context["pairs"]
    [place] = [each for each in shown.fields if each.label == "Kelurahan"]
    assert (place.left, place.right, place.is_known) == ("Sukarasa", "", False)


def test_what_two_fields_say_together_is_folded_away(pair, client_of, cast):
    text = client_of(cast.budi).get(PAGE).text
    assert text.index("nama sama") < text.index("Penyesuaian") < text.index("dinilai bersama-sama")


def test_one_person_is_joined_and_two_are_two(pair, client_of, cast):
    url = reverse("workers:decide", args=[pair.pk])
    client = client_of(cast.budi)
    assert client.get(url).status_code == 405
    undecided = client.post(url, {"decision": "maybe"}, follow=True)
    assert Row.objects.get(pk=pair.row_id).fate == Fate.REVIEW
    assert undecided.status_code == 200
    said = client.post(url, {"decision": "same", "reason": "satu KTP"}, follow=True)
    assert "orang yang sama, masuk ke pekerja yang sudah terdaftar." in said.text
    assert Row.objects.get(pk=pair.row_id).fate == Fate.JOINED
    assert Worker.objects.count() == 1


def test_who_decides_second_is_told_what_was_decided_and_by_whom(pair, client_of, cast):
    url = reverse("workers:decide", args=[pair.pk])
    client_of(cast.budi).post(url, {"decision": "same"})
    came_from = {"Referer": f"http://testserver{PAGE}"}
    second = client_of(cast.agus).post(
        url, {"decision": "different"}, follow=True, headers=came_from
    )
    assert f"Sudah diputuskan oleh {cast.budi.user}: orang yang sama" in second.text
    assert Row.objects.get(pk=pair.row_id).fate == Fate.JOINED
    assert client_of(cast.stranger).post(url, {"decision": "same"}).status_code == 404


def test_a_question_that_is_gone_is_no_dead_end(pair, client_of, cast):
    Match.objects.all().delete()
    url = reverse("workers:decide", args=[pair.pk])
    came_from = {"Referer": f"http://testserver{PAGE}"}
    said = client_of(cast.budi).post(url, {"decision": "same"}, follow=True, headers=came_from)
    assert "Pertanyaan ini sudah tidak ada" in said.text
    assert "Data ganda" in said.text


def test_different_people_become_two_workers(pair, client_of, cast):
    url = reverse("workers:decide", args=[pair.pk])
    said = client_of(cast.budi).post(url, {"decision": "different"}, follow=True)
    assert "(Siti Aminah): orang berbeda, masuk sebagai pekerja baru." in said.text
    assert Worker.objects.count() == 2
    assert "Tidak ada yang menunggu" in client_of(cast.budi).get(PAGE).text


def test_a_decision_about_a_row_is_taken_back_on_its_page(pair, client_of, cast):
    client = client_of(cast.budi)
    client.post(reverse("workers:decide", args=[pair.pk]), {"decision": "same"})
    row = reverse("lists:row", args=[pair.row.list_id, pair.row_id])
    url = reverse("workers:take_back_row", args=[pair.pk])
    assert url in client.get(row).text
    assert url not in client_of(cast.rina).get(row).text
    assert client.get(url).status_code == 405
    assert client_of(cast.stranger).post(url, {"reason": "x"}).status_code == 404
    assert client_of(cast.rina).post(url, {"reason": "x"}).status_code == 403
    done = client.post(url, {"reason": "Salah tekan"}, follow=True)
    assert "ditanyakan lagi" in done.text
    asked = f"?jenis=baris&amp;pasangan={Match.objects.get().pk}"
    assert asked in done.text
    assert client.get(PAGE + unescape(asked)).text.count("<article") == 1
    assert Row.objects.get(pk=pair.row_id).fate == Fate.REVIEW


def test_many_are_decided_at_once(pair, client_of, cast):
    client, url = client_of(cast.budi), reverse("workers:decide_many")
    assert client.get(url).status_code == 405
    none = client.post(
        url, {"decision": "same"}, follow=True, headers={"Referer": f"http://testserver{PAGE}"}
    )
    assert "Belum ada pasangan yang dicentang" in none.text
    done = client.post(url, {"decision": "same", "baris": [pair.pk, "x"]}, follow=True)
    assert "1 pasangan diputuskan" in done.text
    assert Row.objects.get(pk=pair.row_id).fate == Fate.JOINED


def test_only_likely_pairs_can_be_ticked(pair, client_of, cast):
    client = client_of(cast.budi)
    same = 'class="button primary" name="decision" value="same"'  # proposed only where it is sure
    Match.objects.filter(pk=pair.pk).update(band=Band.SAME)
    sure = client.get(PAGE).text
    assert 'name="baris"' in sure
    assert same in sure
    Match.objects.filter(pk=pair.pk).update(band=Band.REVIEW)
    unsure = client.get(PAGE).text
    assert 'name="baris"' not in unsure
    assert same not in unsure
    assert "Tidak ada yang cocok" in client.get(PAGE, {"kemungkinan": "tinggi"}).text


def test_of_the_two_kinds_the_empty_one_does_not_say_that_nothing_waits(pair, client_of, cast):
    text = client_of(cast.budi).get(PAGE, {"jenis": "pekerja"}).text
    assert "Tidak ada yang menunggu" not in text
    assert "Kosongkan saringan" in text


def test_who_sees_no_lists_is_led_to_none(pair, client_of, cast):
    row = reverse("lists:row", args=[pair.row.list_id, pair.row_id])
    assert row in client_of(cast.budi).get(PAGE).text
    seen = client_of(cast.maya).get(PAGE).text
    assert pair.why in seen
    assert row not in seen


def test_who_may_only_look_has_no_buttons(pair, client_of, cast):
    assert "Verifikator dinas pengampu yang memutuskan" in client_of(cast.rina).get(PAGE).text
    url = reverse("workers:decide", args=[pair.pk])
    assert client_of(cast.rina).post(url, {"decision": "same"}).status_code == 403


def test_another_office_sees_and_decides_nothing(pair, client_of, cast):
    url = reverse("workers:decide", args=[pair.pk])
    stranger = client_of(cast.stranger)
    assert "Tidak ada yang menunggu" in stranger.get(PAGE).text
    assert stranger.post(url, {"decision": "same"}).status_code == 404
    stranger.post(reverse("workers:decide_many"), {"decision": "same", "baris": [pair.pk]})
    assert Row.objects.get(pk=pair.row_id).fate == Fate.REVIEW
