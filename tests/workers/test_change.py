"""What changes a worker: death, KPJ, correction."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from payung.apps.audit.models import Event
from payung.apps.db.months import today
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.workers import services
from payung.apps.workers.models import Source, Worker
from payung.apps.workers.sources import sources_of
from tests.lists.files import people, person


@pytest.fixture
def siti(disnaker) -> Worker:
    disnaker.accepted([person(1), person(2, name="Kartini")])
    return Worker.objects.get(name="Siti Aminah")


def test_a_death_is_recorded_with_its_source_and_event(siti, cast):
    day = today() - timedelta(days=3)
    services.record_death(actor=cast.rina.actor, worker=siti, died_on=day, reason="Akta 12/2026")
    siti.refresh_from_db()
    assert siti.died_on == day
    event = Event.objects.get(act="worker.died")
    assert (event.reason, event.after) == ("Akta 12/2026", {"died_on": day.isoformat()})
    source = siti.sources.get(kind="death")
    assert (source.source_id, source.values) == (event.pk, {"died_on": day.isoformat()})


def test_an_impossible_or_second_day_of_death_is_refused(siti, cast):
    actor = cast.budi.actor
    for day, said in (
        (today() + timedelta(days=1), "masa depan"),
        (date(1970, 1, 1), "sebelum tanggal lahir"),
    ):
        with pytest.raises(DomainError, match=said):
            services.record_death(actor=actor, worker=siti, died_on=day)
    services.record_death(actor=actor, worker=siti, died_on=date(2026, 10, 1))
    services.record_death(actor=actor, worker=siti, died_on=date(2026, 10, 1))
    with pytest.raises(DomainError, match="01-10-2026"):
        services.record_death(actor=actor, worker=siti, died_on=date(2026, 10, 2))
    assert Event.objects.filter(act="worker.died").count() == 1


def test_many_deaths_are_one_event_and_leave_the_others_alone(siti, cast):
    other = Worker.objects.exclude(pk=siti.pk).get()
    deaths = [(siti.pk, date(2026, 9, 1)), (other.pk, today() + timedelta(days=9)), (999, today())]
    for expected in (1, 0):
        recorded = services.record_deaths(
            actor=cast.budi.actor, deaths=deaths, reason="Daftar kematian"
        )
        assert recorded == expected
    assert [*Worker.objects.living()] == [other]
    assert Event.objects.get(act="workers.died").row_count == 1
    assert siti.sources.get(kind="death-list").values == {"died_on": "2026-09-01"}


def test_kpjs_of_an_answer_are_recorded_at_once(disnaker, cast, django_assert_max_num_queries):
    disnaker.accepted(people(40))
    pairs = [(pk, f"{pk:011d}") for pk in Worker.objects.values_list("pk", flat=True)]
    with django_assert_max_num_queries(12):
        assert services.record_kpjs(actor=cast.maya.actor, pairs=pairs) == 40
    assert services.record_kpjs(actor=cast.maya.actor, pairs=pairs) == 0
    assert dict(Worker.objects.values_list("pk", "kpj")) == dict(pairs)
    assert Source.objects.filter(kind="kpj", organisation=cast.bpjs).count() == 40
    assert Event.objects.get(act="workers.kpj_recorded").row_count == 40


def test_a_kpj_of_another_worker_stops_the_whole_answer(siti, cast):
    other = Worker.objects.exclude(pk=siti.pk).get()
    services.record_kpjs(actor=cast.maya.actor, pairs=[(siti.pk, "11111111111")])
    for pairs in (
        [(other.pk, "11111111111")],
        [(siti.pk, "22222222222"), (other.pk, "33333333333")],
    ):
        with pytest.raises(DomainError, match="1 KPJ"):
            services.record_kpjs(actor=cast.maya.actor, pairs=pairs)
    other.refresh_from_db()
    assert other.kpj == ""


def test_a_kpj_by_hand_is_checked(siti, cast):
    other = Worker.objects.exclude(pk=siti.pk).get()
    with pytest.raises(DomainError, match="11 angka"):
        services.record_kpj(actor=cast.budi.actor, worker=siti, kpj="123", reason="kartu")
    services.record_kpj(actor=cast.budi.actor, worker=siti, kpj="12345678901", reason="kartu")
    with pytest.raises(DomainError, match="pekerja lain"):
        services.record_kpj(actor=cast.budi.actor, worker=other, kpj="12345678901", reason="kartu")


def test_a_correction_changes_the_worker_and_keeps_what_lists_said(siti, cast):
    services.correct(
        actor=cast.budi.actor,
        worker=siti,
        values={
            "name": " Siti  Aminah Binti Ali ",
            "nik": "3671014508820009",
            "region": "36.71.02.1001",
            "phone": "+62 812 3456 7890",
            "birth_date": date(1982, 8, 6),
            "income": None,
        },
        reason="Sesuai KTP",
    )
    siti.refresh_from_db()
    assert (siti.name, siti.nik, siti.phone) == (
        "Siti Aminah Binti Ali",
        "3671014508820009",
        "081234567890",
    )
    assert (siti.region_id, siti.match_key) == ("36.71.02.1001", "siti aminah ali|1982-08-06")
    (listed,) = [each for each in sources_of(siti) if each.kind == "list-row"]
    assert listed.values["nik"] == "3671014508820001"
    event = Event.objects.get(act="worker.corrected")
    assert event.before["nik"] == "367101••••••0001"
    assert "income" not in event.after
    assert siti.sources.get(kind="correction").source_id == event.pk


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"nik": "123"}, "NIK tidak mungkin"),
        ({"nik": person(2)[0]}, "sudah milik pekerja lain"),
        ({"name": "  "}, "tidak boleh kosong"),
        ({"name": "=1+1"}, "rumus"),
        ({"phone": "abc"}, "tidak terbaca"),
        ({"region": "18.72.01.1001"}, "tidak ada di kota ini"),
        ({"occupation": "astronot"}, "tidak dikenal"),
        ({"sex": "X"}, "L atau P"),
        ({"kk": "12"}, "16 angka"),
        ({"kpj": "12345678901"}, "tidak dapat diperbaiki"),
    ],
)
def test_a_wrong_correction_is_refused_whole(siti, cast, values, said):
    with pytest.raises(DomainError, match=said):
        services.correct(
            actor=cast.budi.actor, worker=siti, values={"address": "Jl. Baru", **values}, reason="x"
        )
    siti.refresh_from_db()
    assert siti.address == ""


def test_a_correction_needs_a_reason_and_that_changes_nothing_leaves_no_event(siti, cast):
    with pytest.raises(DomainError, match="alasan"):
        services.correct(actor=cast.budi.actor, worker=siti, values={"address": "x"}, reason="")
    services.correct(actor=cast.budi.actor, worker=siti, values={"name": siti.name}, reason="x")
    assert not Event.objects.filter(act="worker.corrected").exists()


def test_roles_and_reach_are_held(siti, cast):
    day = date(2026, 10, 1)
    for person_ in (cast.rina, cast.sari, cast.tono, cast.maya, cast.hendra):
        with pytest.raises(NotAllowed):
            services.correct(actor=person_.actor, worker=siti, values={"address": "x"}, reason="x")
    for person_ in (cast.sari, cast.tono, cast.maya, cast.hendra):
        with pytest.raises(NotAllowed):
            services.record_death(actor=person_.actor, worker=siti, died_on=day)
    for person_ in (cast.wayan, cast.joko, cast.asep):
        with pytest.raises(DomainError, match="jangkauan"):
            services.record_death(actor=person_.actor, worker=siti, died_on=day)
    with pytest.raises(NotAllowed):
        services.record_kpjs(actor=cast.rina.actor, pairs=[])


def test_the_database_allows_one_living_worker_per_nik(siti):
    other = Worker.objects.exclude(pk=siti.pk).get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Worker.objects.filter(pk=other.pk).update(nik=siti.nik)
    Worker.objects.filter(pk=siti.pk).update(died_on=date(2026, 1, 1))
    Worker.objects.filter(pk=other.pk).update(nik=siti.nik)
