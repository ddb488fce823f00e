"""Workers on the site: finding one, the page of one, and who may not see it."""

import re
from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from payung.apps.audit.models import Access, Event
from payung.apps.claims.models import Claim, ClaimKind, ClaimState
from payung.apps.claims.services import open_claim
from payung.apps.workers.models import Worker
from tests.lists.files import person
from tests.support import way
from tests.support.standing import standing_on

INDEX = "/pekerja/"


standing = standing_on(lambda cast, folder: way.insured(cast, months=9)[0])


@pytest.fixture
def worker(stood):
    """Nine months of 2026 paid."""
    return stood[1]


@pytest.fixture
def listed(disnaker):
    disnaker.accepted([person(), person(2, name="Budi Hartono", born="11-03-1979", sex="L")])
    return Worker.objects.get(name="Siti Aminah")


def _page(worker):
    return reverse("workers:detail", args=[worker.pk])


def test_an_empty_registry_says_where_workers_come_from(cast, client_of):
    assert "Belum ada pekerja" in client_of(cast.budi).get(INDEX).text


def test_no_whole_nik_stands_in_the_index(listed, client_of, cast):
    text = client_of(cast.budi).get(INDEX).text
    assert "367101••••••0001" in text
    assert listed.nik not in text


@pytest.mark.parametrize("asked", ["siti aminah", "3671014508820001", "0001"])
def test_a_worker_is_found_by_name_and_nik(asked, listed, client_of, cast):
    answer = client_of(cast.budi).post(INDEX, {"q": asked}, follow=True)
    assert "Siti Aminah" in answer.text
    assert "Budi Hartono" not in answer.text


def test_what_was_searched_stands_in_no_address(listed, client_of, cast):
    client = client_of(cast.budi)
    answer = client.post(INDEX, {"q": listed.nik, "sektor": "other", "kelurahan": ""})
    assert answer.status_code == 302
    assert answer.url.startswith("/pekerja/?sektor=other&cari=")
    assert listed.nik not in answer.url
    page = client.get(answer.url)
    assert "Siti Aminah" in page.text
    assert f'value="{listed.nik}"' in page.text  # what was asked stays in its box
    assert client_of(cast.budi).get(answer.url).context["page"].paginator.count == 2


def test_a_search_sent_twice_at_once_loses_nothing(listed, client_of, cast):
    client = client_of(cast.budi)
    typed = client.post(INDEX, {"q": "siti"}).url
    before_either = client.session
    before_either.pop("private-searches")
    before_either.save()
    entered = client.post(INDEX, {"q": "siti"}).url
    assert typed == entered
    assert client.get(typed).context["page"].paginator.count == 1
    assert client_of(cast.rina).post(INDEX, {"q": "siti"}).url != typed


def test_the_answer_to_htmx_is_part_of_the_page_without_it(listed, client_of, cast):
    client = client_of(cast.budi)
    plain = client.post(INDEX, {"q": "siti"}, follow=True).text
    swapped = client.post(INDEX, {"q": "siti"}, follow=True, headers={"HX-Request": "true"}).text
    part = plain[plain.index('<div id="results"') :]
    assert part[: part.index("</main>")] in swapped


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kelurahan": "36.71.01.1001"}, True),
        ({"kecamatan": "36.71.02"}, False),
        ({"status": "covered"}, True),
        ({"status": "never"}, False),
        ({"status": "dead"}, False),
        ({"pekerjaan": "pedagang"}, True),
        ({"sektor": "transport"}, False),
        ({"status": "x", "kecamatan": "y"}, True),
    ],
)
def test_workers_are_narrowed_by_place_work_and_cover(
    query, found, worker, client_of, cast, freeze
):
    freeze(date(2026, 9, 20))
    assert (worker.name in client_of(cast.budi).get(INDEX, query).text) is found


def test_who_has_not_paid_stands_as_overdue(worker, client_of, cast, freeze):
    freeze(date(2026, 11, 20))
    assert worker.name in client_of(cast.budi).get(INDEX, {"status": "overdue"}).text


def test_the_page_of_a_worker_tells_all_of_its_way(worker, client_of, cast, freeze):
    freeze(date(2026, 9, 20))
    text = client_of(cast.budi).get(_page(worker)).text
    for part in (
        worker.nik, worker.kpj, "9 bulan dibayar", "JKM penuh", "APBD 0", "Rencana percobaan",
        "Jawaban BPJS", "desil 1",
    ):  # fmt: skip
        assert part in text, part


def test_a_source_that_says_otherwise_is_marked(disnaker, sukarasa, client_of, cast):
    disnaker.accepted([person(phone="081234567890")])
    sukarasa.accepted([person(name="SITI AMINAH", phone="081234567891")])
    worker = Worker.objects.get()
    text = client_of(cast.budi).get(_page(worker)).text
    assert text.count('class="differs"') >= 1
    assert "081234567891" in text
    assert "Kelurahan Sukarasa" in text


def test_opening_a_worker_is_logged_and_shown(listed, client_of, cast):
    client_of(cast.rina).get(_page(listed))
    (access,) = Access.objects.filter(noun="worker")
    assert (access.object_id, access.user) == (str(listed.pk), cast.rina.user)
    assert "Rina Wulandari" in client_of(cast.budi).get(_page(listed)).text


def test_out_of_reach_is_not_found(listed, client_of, cast):
    for person_ in (cast.stranger, cast.joko, cast.dewi):
        client = client_of(person_)
        assert client.get(_page(listed)).status_code == 404
        assert listed.name not in client.get(INDEX).text
    assert client_of(cast.hendra).get(INDEX).status_code == 403
    assert client_of(cast.yanti).get(_page(listed)).status_code == 200


def test_a_death_is_recorded_with_its_source(listed, client_of, cast):
    client, url = client_of(cast.rina), reverse("workers:death", args=[listed.pk])
    assert "Diketahui dari" in client.get(url).text
    wrong = client.post(url, {"died_on": "2090-01-01", "reason": "akta"})
    assert "masa depan" in wrong.text
    assert client.post(url, {"died_on": "2026-09-12", "reason": "akta 12"}).url == _page(listed)
    listed.refresh_from_db()
    assert listed.died_on == date(2026, 9, 12)


def test_a_correction_keeps_its_reason(listed, client_of, cast):
    client, url = client_of(cast.budi), reverse("workers:correct", args=[listed.pk])
    form = client.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    assert "Belum ada yang diubah" in client.post(url, sent | {"reason": "x"}).text
    done = client.post(url, sent | {"name": "Siti Aminah Hasan", "reason": "sesuai KTP"})
    assert done.url == _page(listed)
    event = Event.objects.get(act="worker.corrected")
    assert (event.reason, event.after) == ("sesuai KTP", {"name": "Siti Aminah Hasan"})
    assert client_of(cast.rina).get(url).status_code == 403


def test_the_export_holds_what_the_filter_shows_and_is_logged(listed, client_of, cast):
    client = client_of(cast.budi)
    assert client.get(reverse("workers:export")).status_code == 405
    kept = client.post(INDEX, {"q": "siti"}).url.partition("?")[2]
    answer = client.post(reverse("workers:export"), {"query": kept})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.content[:2] == b"PK"
    event = Event.objects.get(act="workers.exported")
    assert event.after["count"] == 1
    assert "siti" not in str(event.after)
    assert client_of(cast.rina).post(reverse("workers:export")).status_code == 403


def test_the_index_does_not_ask_once_per_worker(
    worker, client_of, cast, django_assert_max_num_queries
):
    way.insured(cast, months=1, count=8, first=50)
    client = client_of(cast.budi)
    with django_assert_max_num_queries(22):
        client.get(INDEX)


def test_a_death_claim_is_shown_where_another_would_be_refused(worker, client_of, cast):
    client, new = client_of(cast.rina), reverse("claims:new", args=[worker.pk])
    assert new in client.get(_page(worker)).text
    claim = open_claim(
        actor=cast.rina.actor,
        worker=worker,
        kind=ClaimKind.JKM,
        event_at=timezone.make_aware(datetime(2026, 9, 12, 5)),  # noqa: DTZ001
        reporter_name="Tetangga almarhum",
    )
    for state in (ClaimState.OPEN, ClaimState.PAID):
        values = {"paid_on": date(2026, 10, 1), "paid_amount": 42_000_000}
        Claim.objects.update(state=state, **(values if state == ClaimState.PAID else {}))
        text = client.get(_page(worker)).text
        assert new not in text
        link = rf'href="{reverse("claims:detail", args=[claim.pk])}"[^>]*>(?:(?!</a>).)*Lihat klaim'
        assert re.search(link, text, re.DOTALL)
    Claim.objects.update(state=ClaimState.CLOSED)
    text = client.get(_page(worker)).text
    assert new in text
    assert "Belum ada klaim bagi keluarganya" in text
    Claim.objects.update(state=ClaimState.OPEN, kind=ClaimKind.JKK)  # an accident, survived
    assert new in client.get(_page(worker)).text
