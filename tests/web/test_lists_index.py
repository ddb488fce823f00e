"""The lists that came in: who sees which, and how they are found again."""

from django.urls import reverse

from tests.web.offices import messy

INDEX = "/daftar/"


def test_an_empty_index_says_what_to_do(cast, client_of):
    answer = client_of(cast.rina).get(INDEX)
    assert "Belum ada daftar" in answer.text
    assert reverse("lists:upload") in answer.text


def test_a_list_stands_with_its_counts(disnaker, client_of, cast):
    found = disnaker.read(messy())
    answer = client_of(cast.budi).get(INDEX)
    assert found.filename in answer.text
    assert "3 siap" in answer.text
    assert "Perlu diperiksa" in answer.text


def test_lists_are_found_by_state_sender_and_words(disnaker, sukarasa, client_of, cast):
    ours, theirs = disnaker.read(messy()), sukarasa.accepted([messy()[0]])
    client = client_of(cast.budi)
    cases = [
        ({"status": "accepted"}, theirs, ours),
        ({"pengirim": cast.disnaker.pk}, ours, theirs),
        ({"q": "sukarasa"}, theirs, ours),
    ]
    for query, there, not_there in cases:
        text = client.get(INDEX, query).text
        assert reverse("lists:detail", args=[there.pk]) in text, query
        assert reverse("lists:detail", args=[not_there.pk]) not in text, query


def test_senseless_filters_are_not_asked(disnaker, client_of, cast):
    disnaker.read(messy())
    answer = client_of(cast.budi).get(INDEX, {"status": "x", "pengirim": "y", "halaman": "z"})
    assert answer.status_code == 200


def test_a_kelurahan_sees_its_own_lists_only(disnaker, sukarasa, client_of, cast):
    ours, theirs = disnaker.read(messy()), sukarasa.read([messy()[0]])
    text = client_of(cast.yanti).get(INDEX).text
    assert reverse("lists:detail", args=[theirs.pk]) in text
    assert reverse("lists:detail", args=[ours.pk]) not in text
    assert 'name="pengirim"' not in text


def test_the_index_does_not_ask_once_per_list(
    disnaker,
    client_of,
    cast,
    django_assert_max_num_queries,
):
    for row in messy()[:3]:
        disnaker.read([row])
    client = client_of(cast.budi)
    client.get(INDEX)
    with django_assert_max_num_queries(20):
        client.get(INDEX)
