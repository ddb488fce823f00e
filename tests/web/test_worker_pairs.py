"""Two workers who may be one: the queue, their pages, the list that brought one of them."""

import re
from html import unescape

import pytest
from django.urls import reverse

from payung.apps.jobs.services import run
from payung.apps.lists.models import Band, Match, Pair
from payung.apps.workers.models import Worker
from payung.web.shell.history import act_name
from tests.lists.files import person
from tests.support.pairs import doubt
from tests.web.test_workers_duplicates import PAGE

ASK = {"jenis": "pekerja"}


def tabs(text: str) -> dict[str, str]:
    """The counts at the two kinds of pairs."""
    return dict(re.findall(r">([^<>]+) <span[^>]*>([0-9.]+)</span></a>", text))


@pytest.fixture
def pair(worker) -> Pair:
    return doubt(worker(1, phone="6281234567890"), worker(2, mother_name="Rohana"), Band.SAME)


def test_two_workers_stand_side_by_side_with_what_speaks_in_words(pair, client_of, cast):
    text = client_of(cast.budi).get(PAGE).text
    assert pair.why in text
    assert "cukup mendukung" in text
    assert "sedikit membantah" in text
    assert pair.left.nik not in text
    assert 'name="pekerja"' in text
    assert reverse("workers:decide_pair", args=[pair.pk]) in text


def test_rows_and_workers_are_asked_for_apart(pair, client_of, cast, disnaker, sukarasa):
    disnaker.accepted([person()])
    sukarasa.accepted([person(nik="3671014508820002")])
    client = client_of(cast.budi)
    rows, workers = client.get(PAGE).text, client.get(PAGE, ASK).text
    assert tabs(rows) == {"Baris daftar": "1", "Pekerja terdaftar": "1"}
    assert "pasangan-baris-" in rows
    assert "pasangan-pekerja-" not in rows
    assert "pasangan-pekerja-" in workers


def test_the_counts_are_of_what_is_asked_for(pair, client_of, cast, disnaker, sukarasa):
    disnaker.accepted([person()])
    found = sukarasa.accepted([person(nik="3671014508820002")])
    client = client_of(cast.budi)
    of_the_list = client.get(PAGE, ASK | {"daftar": found.pk}).text
    assert tabs(of_the_list) == {"Baris daftar": "1", "Pekerja terdaftar": "0"}
    assert f"?jenis=baris&amp;daftar={found.pk}" in of_the_list
    Match.objects.update(band=Band.REVIEW)
    likely = client.get(PAGE, {"kemungkinan": "tinggi"}).text
    assert tabs(likely) == {"Baris daftar": "0", "Pekerja terdaftar": "1"}
    assert "pasangan-pekerja-" in likely  # of the two kinds the one of which there is any


def test_one_person_goes_on_and_the_page_shows_both_records(pair, client_of, cast):
    client = client_of(cast.budi)
    url = reverse("workers:decide_pair", args=[pair.pk])
    assert client.get(url).status_code == 405
    client.post(url, {"decision": "same", "reason": "KTP sama"})
    going_on, alias = pair.left, Worker.objects.get(pk=pair.right_id)
    assert alias.same_as == going_on
    page = client.get(reverse("workers:detail", args=[going_on.pk])).text
    assert "Tercatat juga sebagai" in page
    assert "Tarik keputusan" in page
    kept = client.get(reverse("workers:detail", args=[alias.pk])).text
    assert "Data ini orang yang sama dengan" in kept
    assert client.get(reverse("workers:correct", args=[alias.pk])).status_code == 404
    back = reverse("workers:take_back", args=[pair.pk])
    client.post(back, {"reason": "dua KTP"})
    assert not Worker.objects.filter(same_as__isnull=False).exists()
    history = client.get(reverse("workers:detail", args=[going_on.pk])).text
    assert "Keputusan atas dua pekerja ditarik" in history
    assert "dua KTP" in history
    assert "dua KTP · 2 baris" not in history


def test_however_many_pairs_stand_on_a_page_it_asks_as_few_questions(
    worker, client_of, cast, django_assert_max_num_queries
):
    one = worker(1)
    for serial in range(2, 12):
        doubt(one, worker(serial))
    client = client_of(cast.budi)
    with django_assert_max_num_queries(30):
        assert client.get(PAGE).text.count("<article") == 10


def test_who_decides_on_two_workers_second_is_told(pair, client_of, cast):
    url = reverse("workers:decide_pair", args=[pair.pk])
    client_of(cast.budi).post(url, {"decision": "different"})
    came_from = {"Referer": f"http://testserver{PAGE}"}
    second = client_of(cast.budi).post(url, {"decision": "same"}, follow=True, headers=came_from)
    assert f"Sudah diputuskan oleh {cast.budi.user}: orang berbeda" in second.text
    assert not Worker.objects.filter(same_as__isnull=False).exists()
    Pair.objects.filter(pk=pair.pk).update(decision="", decided_by=None, decided_at=None)
    Worker.objects.filter(pk=pair.right_id).update(same_as=pair.left_id)
    moot = client_of(cast.budi).post(url, {"decision": "same"}, follow=True, headers=came_from)
    assert "sudah menjadi satu orang lewat keputusan lain" in moot.text


def test_many_are_confirmed_at_once(pair, client_of, cast):
    done = client_of(cast.budi).post(
        reverse("workers:decide_pairs"), {"decision": "same", "pekerja": [pair.pk]}, follow=True
    )
    assert "1 pasangan diputuskan" in done.text
    assert Worker.objects.filter(same_as__isnull=False).count() == 1


def test_of_many_none_of_which_can_be_confirmed_it_is_said_that_none_is(pair, client_of, cast):
    Worker.objects.filter(pk=pair.left_id).update(died_on="2026-10-01")
    said = client_of(cast.budi).post(
        reverse("workers:decide_pairs"), {"decision": "same", "pekerja": [pair.pk]}, follow=True
    )
    assert "Belum ada yang diputuskan: 1 tetap terbuka" in said.text


def test_what_stands_in_the_way_is_said(pair, client_of, cast):
    Worker.objects.filter(pk=pair.left_id).update(died_on="2026-10-01")
    url = reverse("workers:decide_pair", args=[pair.pk])
    said = client_of(cast.budi).post(url, {"decision": "same"}, follow=True)
    assert "tercatat meninggal" in said.text
    assert not Worker.objects.filter(same_as__isnull=False).exists()


def test_whoever_decides_stays_among_the_pairs_asked_for(worker, client_of, cast):
    one = worker(1)
    for serial in range(2, 15):
        doubt(one, worker(serial))
    asked = "?jenis=pekerja&kemungkinan=ragu&halaman=2"
    client = client_of(cast.budi)
    second = re.findall(r'action="(/pekerja/ganda/pekerja/[^"]*)"', client.get(PAGE + asked).text)
    assert len(second) == 3
    decided = client.post(unescape(second[1]), {"decision": "different"})
    assert decided.url == f"{PAGE}{asked}&lanjut=2"
    after = client.get(decided.url).text
    assert len(re.findall("<article", after)) == 2
    assert after.index("autofocus") > after.rindex("<article")


def test_a_list_of_which_nothing_waits_any_more_shows_no_other_pairs(
    pair, disnaker, client_of, cast
):
    empty = disnaker.accepted([person(7)])
    text = client_of(cast.budi).get(PAGE, ASK | {"daftar": empty.pk}).text
    assert "Tidak ada yang cocok" in text
    assert pair.why not in text


def test_where_a_guard_holds_the_sentence_says_so_and_no_probability(pair, client_of, cast):
    assert "kemungkinan 60,0%" in client_of(cast.budi).get(PAGE).text
    guard = {"field": "guard", "level": "twins", "weight": -13.0, "text": "mungkin kembar"}
    Pair.objects.update(evidence=[guard])
    assert "kemungkinan 60,0%" not in client_of(cast.budi).get(PAGE).text


def test_the_pair_in_the_way_is_shown_alone_with_what_it_stands_in_the_way_of(
    worker, client_of, cast
):
    one, third, other = worker(1), worker(2), worker(3)
    first, second, twins = doubt(one, third), doubt(third, other), doubt(one, other)
    guard = {"field": "guard", "level": "twins", "weight": -13.0, "text": "mungkin kembar"}
    Pair.objects.filter(pk=twins.pk).update(evidence=[guard], why="Mungkin kembar.")
    client = client_of(cast.budi)
    same = {"decision": "same"}
    client.post(reverse("workers:decide_pair", args=[first.pk]), same)
    refused = client.post(reverse("workers:decide_pair", args=[second.pk]), same, follow=True)
    assert "lewat catatan lain" in refused.text
    assert re.findall('<article[^>]*id="([^"]*)"', refused.text) == [f"pasangan-pekerja-{twins.pk}"]
    assert "Tampilkan semua" in refused.text
    client.post(reverse("workers:decide_pair", args=[twins.pk]), {"decision": "different"})
    again = client.post(reverse("workers:decide_pair", args=[second.pk]), same)
    assert again.url == f"/pekerja/{one.pk}/"
    page = client.get(again.url).text
    assert "tarik dahulu keputusan itu, di halaman pekerja ini" in page
    assert reverse("workers:take_back", args=[twins.pk]) in page


def test_a_worker_leads_to_its_own_question_and_not_to_one_answered_by_others(
    worker, client_of, cast
):
    one, third, other = worker(1), worker(2), worker(3)
    first, second, moot = doubt(one, third), doubt(third, other), doubt(one, other)
    client = client_of(cast.budi)
    link = f"?jenis=pekerja&amp;pasangan={moot.pk}"
    assert link in client.get(f"/pekerja/{one.pk}/").text
    assert client.get(PAGE, ASK | {"pasangan": moot.pk}).text.count("<article") == 1
    for each in (first, second):
        client.post(reverse("workers:decide_pair", args=[each.pk]), {"decision": "same"})
    assert link not in client.get(f"/pekerja/{one.pk}/").text


def test_another_office_finds_nothing_and_who_looks_has_no_buttons(pair, client_of, cast):
    for name in ("decide_pair", "take_back"):
        url = reverse(f"workers:{name}", args=[pair.pk])
        assert client_of(cast.stranger).post(url, {"decision": "same"}).status_code == 404
        assert client_of(cast.rina).post(url, {"decision": "same"}).status_code == 403
    assert "Verifikator dinas pengampu yang memutuskan" in client_of(cast.rina).get(PAGE).text


def test_the_list_tells_how_far_the_comparison_is_and_what_it_found(
    disnaker, sukarasa, client_of, cast
):
    disnaker.accepted([person(1, phone="081234567890")])
    twice = person(1, born="06-08-1982", phone="081234567890", nik="3671014508820007")
    found = sukarasa.accepted([twice])
    client, url = client_of(cast.budi), reverse("lists:detail", args=[found.pk])
    assert "Menunggu giliran" in client.get(url).text
    moving = reverse("lists:check_progress", args=[found.pk])
    assert client.get(moving).status_code == 302
    assert "hx-get" in client.get(moving, headers={"HX-Request": "true"}).text
    found.refresh_from_db()
    run(found.checking_id)
    assert "1 pasangan pekerja mungkin orang yang sama" in client.get(url).text
    assert f"{PAGE}?jenis=pekerja&daftar={found.pk}" in unescape(client.get(url).text)
    assert "dari baris 4, " in client.get(PAGE, ASK).text  # which list brought each
    assert "hx-get" not in client.get(moving, headers={"HX-Request": "true"}).text
    client.post(reverse("lists:check", args=[found.pk]))
    assert "Menunggu giliran" in client.get(url).text
    assert client_of(cast.stranger).get(moving).status_code == 404


def test_every_act_has_its_words():
    for act in (
        "match.taken_back",
        "pair.decided",
        "pairs.decided",
        "pair.taken_back",
        "list.checked",
    ):
        assert act_name(act) != act


def test_evidence_kept_before_the_weights_were_learned_still_reads(
    disnaker, sukarasa, client_of, cast
):
    disnaker.accepted([person()])
    sukarasa.accepted([person(nik="3671014508820002")])
    old = {"field": "rule", "level": "nik-differs", "weight": 0, "text": "dua NIK yang berbeda"}
    Match.objects.update(why="", evidence=[old, {**old, "weight": -12, "text": "mungkin kembar"}])
    text = client_of(cast.budi).get(PAGE).text
    assert "dua NIK yang berbeda" in text
    assert "sangat kuat membantah" in text
