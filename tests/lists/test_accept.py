"""Accepting: rows become workers, the same person once."""

import pytest

from payung.apps.audit.models import Event
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.lists import selectors, services
from payung.apps.lists.models import Band, Fate, Match, Row, State
from payung.apps.workers.models import Source, Worker
from payung.apps.workers.sources import sources_of
from tests.lists.files import people, person


def test_rows_without_faults_become_workers_with_their_source(disnaker):
    found = disnaker.accepted([person(), *people(3)])
    assert found.state == State.ACCEPTED
    assert selectors.fates(found) == {
        "waiting": 0, "new": 4, "joined": 0, "review": 0, "rejected": 0,
    }  # fmt: skip
    worker = Worker.objects.get(name="Siti Aminah")
    row = Row.objects.get(worker=worker)
    assert row.list == found
    assert (worker.nik, worker.region_id) == ("3671014508820001", "36.71.01.1001")
    (source,) = sources_of(worker)
    assert (source.kind, source.source_id, source.organisation) == (
        "list-row",
        row.pk,
        disnaker.sender,
    )
    assert source.values["birth_date"] == "1982-08-05"
    assert source.values["kelurahan"] == "Sukarasa"
    assert "email" not in source.values


def test_accepting_twice_takes_nothing_more(disnaker):
    found = disnaker.accepted(people(3))
    with pytest.raises(DomainError, match="Tidak ada baris yang menunggu"):
        services.accept(actor=disnaker.accepter, list=found)
    assert Worker.objects.count() == 3


def test_one_person_in_two_lists_is_one_worker_with_two_sources(disnaker, dinsos):
    disnaker.accepted([person(phone="081234567890")])
    second = dinsos.accepted([person(name="SITI AMINAH", phone="081234567891")])
    worker = Worker.objects.get()
    assert [source.organisation for source in worker.sources.all()] == [
        disnaker.sender,
        dinsos.sender,
    ]
    assert Row.objects.get(list=second).fate == Fate.JOINED
    assert (worker.name, worker.phone) == ("Siti Aminah", "081234567890")


def test_one_nik_under_two_names_waits_for_a_decision(disnaker, dinsos):
    disnaker.accepted([person()])
    second = dinsos.accepted([person(name="Joko Widodo", mother="Sumiati")])
    assert Worker.objects.count() == 1
    assert Row.objects.get(list=second).fate == Fate.REVIEW
    match = Match.objects.get()
    assert match.row.list == second
    assert {each["field"] for each in match.evidence} >= {"nik", "name", "birth_date"}
    assert match.why.startswith("NIK")
    assert match.band == Band.REVIEW


def test_a_twin_listed_under_the_others_nik_waits_for_a_decision(disnaker, dinsos):
    disnaker.accepted([person()])
    second = dinsos.accepted([person(name="Siti Aisyah")])
    assert Row.objects.get(list=second).fate == Fate.REVIEW
    assert Match.objects.get().band == Band.REVIEW


def test_one_nik_with_a_slip_in_the_name_joins(disnaker, dinsos):
    disnaker.accepted([person()])
    second = dinsos.accepted([person(name="Siti Aminih")])
    assert Row.objects.get(list=second).fate == Fate.JOINED


def test_same_name_and_birth_date_under_another_nik_waits_for_a_decision(disnaker, dinsos):
    disnaker.accepted([person(1)])
    second = dinsos.accepted([person(2), person(3, name="Rohimah")])
    fates = dict(Row.objects.filter(list=second).values_list("name", "fate"))
    assert fates == {"Siti Aminah": Fate.REVIEW, "Rohimah": Fate.NEW}


def test_within_one_list_the_first_becomes_a_worker_and_the_other_waits(disnaker):
    found = disnaker.accepted([person(1), person(2)])
    assert [*Row.objects.filter(list=found).order_by("number").values_list("fate", flat=True)] == [
        Fate.NEW,
        Fate.REVIEW,
    ]
    assert Match.objects.get().worker == Worker.objects.get()


def test_clearly_different_people_of_one_name_and_birth_date_stay_two(disnaker):
    other = person(7, phone="081234567890", mother="Kartini", kelurahan="Keroncong")
    disnaker.accepted([person(1, phone="085611112222"), (other[0][:12] + "9917", *other[1:])])
    assert Worker.objects.count() + Match.objects.count() == 2


def test_twins_stay_two(disnaker):
    found = disnaker.accepted([person(1, name="Ani Suryani"), person(2, name="Ina Suryani")])
    assert selectors.fates(found)["new"] == 2


def test_rejected_rows_do_not_enter_and_may_be_accepted_once_corrected(disnaker, cast):
    found = disnaker.accepted([person(1), person(2, name="Rohimah", nik="36710145")])
    assert selectors.fates(found)["rejected"] == 1
    row = Row.objects.get(list=found, fate=Fate.REJECTED)
    services.correct(actor=cast.rina.actor, row=row, values={"nik": "3671014508820002"})
    services.accept(actor=cast.budi.actor, list=found)
    assert selectors.fates(found)["new"] == 2


def test_a_nik_twice_in_one_list_enters_once(disnaker):
    found = disnaker.accepted([person(1), person(1)])
    assert selectors.fates(found) == {
        "waiting": 0, "new": 1, "joined": 0, "review": 0, "rejected": 1,
    }  # fmt: skip


def test_someone_recorded_as_dead_is_not_enrolled_without_a_question(disnaker, dinsos):
    disnaker.accepted([person()])
    Worker.objects.update(died_on="2026-10-01")
    second = dinsos.accepted([person()])
    assert Row.objects.get(list=second).fate == Fate.REVIEW
    assert "meninggal" in Match.objects.get().evidence[-1]["text"]


def test_an_unknown_kelurahan_leaves_the_worker_with_the_city(disnaker):
    disnaker.accepted([person(kelurahan="Entah Berantah")])
    assert Worker.objects.get().region_id == "36.71"


def test_accepting_writes_one_event_that_names_the_rows(disnaker):
    found = disnaker.accepted(people(3))
    event = Event.objects.get(act="list.accepted")
    assert event.object_id == str(found.pk)
    assert event.row_count == 3
    assert event.after["new"] == 3
    assert event.user == disnaker.accepter.user


def test_only_a_verifier_or_administrator_accepts(disnaker, cast):
    found = disnaker.read(people(1))
    for person_ in (cast.rina, cast.sari, cast.tono, cast.maya, cast.hendra):
        with pytest.raises(NotAllowed):
            services.accept(actor=person_.actor, list=found)
    with pytest.raises(DomainError, match="jangkauan"):
        services.accept(actor=cast.wayan.actor, list=found)
    assert Worker.objects.count() == 0


def test_a_failure_on_the_way_leaves_nothing(disnaker, monkeypatch):
    found = disnaker.read(people(3))

    def broken(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr("payung.apps.lists.services.accepting.record", broken)
    with pytest.raises(RuntimeError):
        services.accept(actor=disnaker.accepter, list=found)
    found.refresh_from_db()
    assert (Worker.objects.count(), Source.objects.count(), found.state) == (0, 0, State.READ)
    assert selectors.fates(found)["waiting"] == 3


def test_in_the_background_the_list_says_so_and_ends_accepted(
    disnaker, django_capture_on_commit_callbacks
):
    found = disnaker.read(people(2))
    with django_capture_on_commit_callbacks(execute=True):
        job = services.start_accepting(actor=disnaker.accepter, list=found)
        assert found.state == State.ACCEPTING
    found.refresh_from_db()
    job.refresh_from_db()
    assert (found.state, job.state) == (State.ACCEPTED, "done")
    assert job.result["new"] == 2
