"""Receiving: a readable file, once, from an office within reach; nothing half-written."""

import hashlib
import io
import stat
from datetime import date

import pytest

from payung.apps.audit.models import Event
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.jobs.models import Job
from payung.apps.lists import selectors, services
from payung.apps.lists.models import List, State
from payung.apps.lists.services.reading import stored_path
from tests.lists.files import START, people, person


def stored(settings):
    return [*(settings.MEDIA_ROOT / "lists").glob("*")]


def test_a_list_is_kept_under_its_hash_for_us_alone(disnaker):
    path = disnaker.file(people(2))
    found = disnaker.receive(path, subject="Pekerja rentan tahap 2")
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    kept = stored_path(found)
    assert kept.read_bytes() == path.read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert (found.state, found.subject, found.region_id) == (
        State.READING,
        "Pekerja rentan tahap 2",
        "36.71",
    )
    assert Event.objects.get(act="list.received").object_id == str(found.pk)


def test_an_uploaded_file_is_read_in_the_background(disnaker, django_capture_on_commit_callbacks):
    path = disnaker.file(people(3))
    with django_capture_on_commit_callbacks(execute=True):
        found = services.receive(
            actor=disnaker.actor,
            sender=disnaker.sender,
            file=io.BytesIO(path.read_bytes()),
            filename="C:\\daftar.xlsx",
            start_month=START,
        )
        assert found.state == State.READING
    found.refresh_from_db()
    assert (found.state, found.rows, found.clean) == (State.READ, 3, 3)
    assert found.job.state == "done"


def test_the_same_file_is_taken_once_and_the_sentence_names_the_first(disnaker, dinsos, settings):
    path = disnaker.file(people(2))
    first = disnaker.receive(path)
    with pytest.raises(DomainError, match=rf"daftar nomor {first.pk} .*Disnaker"):
        dinsos.receive(path)
    assert List.objects.count() == 1
    assert stored(settings) == [stored_path(first)]


def test_the_same_file_sent_in_the_same_moment_is_taken_once(disnaker, monkeypatch):
    from payung.apps.lists.services import receiving

    path, check = disnaker.file(people(2)), receiving._check_new
    disnaker.receive(path)
    asked = iter([lambda *_: None, check])
    monkeypatch.setattr(receiving, "_check_new", lambda *given: next(asked)(*given))
    with pytest.raises(DomainError, match="sudah diterima"):
        disnaker.receive(path)
    assert List.objects.count() == 1


def test_a_withdrawn_file_may_be_sent_again(disnaker):
    path = disnaker.file(people(2))
    first = disnaker.receive(path, in_background=False)
    services.withdraw(actor=disnaker.actor, list=first, reason="Salah kirim")
    again = disnaker.receive(path, in_background=False)
    assert (again.pk != first.pk, again.rows) == (True, 2)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"%PDF-1.7 bukan daftar", "PDF"),
        (b"PK\x03\x04 terpotong", "rusak"),
        (b"halo;dunia\n1;2\n", "Tidak ada daftar"),
    ],
)
def test_an_unreadable_file_is_refused_and_nothing_stays(
    disnaker, tmp_path, settings, content, said
):
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(content)
    with pytest.raises(DomainError, match=said):
        disnaker.receive(path)
    assert (List.objects.count(), Job.objects.count(), stored(settings)) == (0, 0, [])


def test_a_file_larger_than_the_limit_is_refused_while_it_arrives(disnaker, settings, monkeypatch):
    monkeypatch.setattr("payung.apps.lists.services.receiving.MAX_BYTES", 2_000)
    with pytest.raises(DomainError, match="lebih besar"):
        disnaker.receive(disnaker.file(people(50)))
    assert stored(settings) == []


def test_a_month_before_the_law_knows_any_age_is_refused(disnaker, settings):
    with pytest.raises(DomainError, match="1 April 2021"):
        disnaker.receive(disnaker.file(people(1)), start_month=date(2021, 3, 1))
    assert not stored(settings)


def test_a_missing_file_gives_a_sentence(disnaker, tmp_path, settings):
    with pytest.raises(DomainError, match="tidak ditemukan"):
        disnaker.receive(tmp_path / "tiada.xlsx")
    assert stored(settings) == []


def test_an_office_sends_for_itself_the_lead_for_any_of_its_city(cast):
    def names(person_):
        return set(selectors.senders(actor=person_.actor).values_list("slug", flat=True))

    assert names(cast.dewi) == {"dinsos"}
    assert names(cast.yanti) == {"sukarasa"}
    assert names(cast.lina) == {"kecamatan", "sukarasa"}
    assert names(cast.rina) == {
        "pemkot", "disnaker", "dinsos", "kecamatan", "sukarasa", "keroncong", "ojek",
    }  # fmt: skip
    assert names(cast.wayan) == {"disnaker-metro"}
    assert names(cast.hendra) == names(cast.maya) == set()


def test_a_sender_out_of_reach_is_refused(disnaker, cast):
    path = disnaker.file(people(1))
    for person_, sender in ((cast.dewi, cast.disnaker), (cast.wayan, cast.dinsos)):
        with pytest.raises(DomainError, match="jangkauan"):
            services.receive(
                actor=person_.actor,
                sender=sender,
                file=path,
                filename=path.name,
                start_month=START,
            )


def test_who_only_approves_looks_or_pays_cannot_upload(disnaker, cast):
    path = disnaker.file([person()])
    for person_ in (cast.sari, cast.tono, cast.maya, cast.hendra):
        with pytest.raises(NotAllowed):
            services.receive(
                actor=person_.actor,
                sender=person_.organisation,
                file=path,
                filename=path.name,
                start_month=START,
            )


def test_withdrawing_removes_the_rows_and_keeps_the_record(disnaker):
    found = disnaker.read(people(2))
    with pytest.raises(DomainError, match="alasan"):
        services.withdraw(actor=disnaker.actor, list=found, reason=" ")
    services.withdraw(actor=disnaker.actor, list=found, reason="Salah kirim")
    assert (found.entries.count(), found.sheets.count()) == (0, 0)
    assert List.objects.get().state == State.WITHDRAWN
    event = Event.objects.get(act="list.withdrawn")
    assert (event.reason, event.before["rows"]) == ("Salah kirim", 2)


def test_an_accepted_list_is_not_withdrawn(disnaker):
    found = disnaker.accepted(people(2))
    with pytest.raises(DomainError, match="sudah diterima"):
        services.withdraw(actor=disnaker.actor, list=found, reason="Salah kirim")


def test_a_stranger_cannot_withdraw(disnaker, cast):
    found = disnaker.read(people(1))
    with pytest.raises(DomainError, match="jangkauan"):
        services.withdraw(actor=cast.wayan.actor, list=found, reason="iseng")
