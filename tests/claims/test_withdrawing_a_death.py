"""A death recorded by mistake is taken back by a verifier, unless its claim went to BPJS."""

from datetime import date

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from payung.apps.audit.models import Event
from payung.apps.claims import deaths
from payung.apps.claims.models import Claim, ClaimState
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.workers import services as workers
from payung.apps.workers.models import Source, Worker
from payung.cli.main import main

DAY, WHY = date(2026, 9, 12), "datang ke kelurahan"


@pytest.fixture
def dead(cast, worker):
    """The worker, recorded as dead by the office's operator."""
    return workers.record_death(actor=cast.rina.actor, worker=worker, died_on=DAY, reason="akta")


def withdraw(person, worker, reason=WHY):
    return deaths.withdraw(actor=person.actor, worker=worker, reason=reason)


def test_the_worker_lives_again_and_both_records_stay(cast, dead):
    withdraw(cast.budi, dead)
    dead.refresh_from_db()
    assert dead.died_on is None
    event = Event.objects.get(act="worker.death_withdrawn")
    assert (event.before, event.after, event.reason) == (
        {"died_on": "2026-09-12"}, {"died_on": None}, WHY,
    )  # fmt: skip
    kinds = Source.objects.filter(worker=dead, kind__startswith="death").values_list(
        "kind", "values"
    )
    assert list(kinds) == [
        ("death", {"died_on": "2026-09-12"}),
        ("death-withdrawn", {"died_on": None}),
    ]
    assert Event.objects.filter(act="worker.died").count() == 1


def test_only_a_verifier_may_and_must_say_why(cast, dead):
    for person in (cast.rina, cast.sari, cast.maya, cast.tono):
        with pytest.raises(NotAllowed):
            withdraw(person, dead)
    with pytest.raises(DomainError, match="alasan"):
        withdraw(cast.budi, dead, reason="  ")
    with pytest.raises(DomainError, match="jangkauan"):
        withdraw(cast.wayan, dead)
    withdraw(cast.budi, dead)
    with pytest.raises(DomainError, match="tidak tercatat meninggal"):
        withdraw(cast.budi, dead)


def test_a_claim_that_went_to_bpjs_holds_the_death(cast, worker, opened):
    claim = opened()
    for state, values in (
        (ClaimState.FILED, {}),
        (ClaimState.PAID, {"paid_on": date(2026, 10, 1), "paid_amount": 42_000_000}),
    ):
        Claim.objects.update(state=state, **values)
        with pytest.raises(DomainError, match=claim.number):
            withdraw(cast.budi, worker)
        with pytest.raises(DomainError, match="sudah diajukan"):
            workers.withdraw_death(actor=cast.budi.actor, worker=worker, reason=WHY)
        with pytest.raises(IntegrityError), transaction.atomic():
            Worker.objects.filter(pk=worker.pk).update(died_on=None)
    worker.refresh_from_db()
    assert worker.died_on == DAY
    assert not Source.objects.filter(kind="death-withdrawn").exists()


@pytest.mark.parametrize("state", [ClaimState.OPEN, ClaimState.REFUSED])
def test_a_claim_in_preparation_or_refused_is_closed_with_it(cast, worker, opened, state):
    claim = opened()
    Claim.objects.update(state=state)
    withdraw(cast.budi, worker)
    claim.refresh_from_db()
    assert (claim.state, claim.outcome_note) == (
        ClaimState.CLOSED, f"Catatan kematian ditarik: {WHY}",
    )  # fmt: skip
    assert Event.objects.get(act="claim.closed").before == {"state": state}
    assert opened().state == ClaimState.OPEN  # should the worker die after all


def test_another_living_worker_with_the_nik_stands_in_the_way(cast, dead):
    now = timezone.now()
    Worker.objects.create(
        nik=dead.nik, name="Orang Lain", region_id=dead.region_id, created_at=now, updated_at=now
    )
    with pytest.raises(DomainError, match="NIK ini sudah milik pekerja lain"):
        withdraw(cast.budi, dead)
    dead.refresh_from_db()
    assert dead.died_on == DAY


def test_a_death_list_does_not_kill_again_whom_somebody_found_alive(cast, worker):
    actor = cast.budi.actor
    assert workers.record_deaths(actor=actor, deaths=[(worker.pk, DAY)], reason="Daftar") == 1
    withdraw(cast.budi, worker)
    assert workers.record_deaths(actor=actor, deaths=[(worker.pk, DAY)], reason="Daftar") == 0
    worker.refresh_from_db()
    assert worker.died_on is None
    workers.record_death(actor=actor, worker=worker, died_on=DAY, reason="akta 14")
    assert Worker.objects.get(pk=worker.pk).died_on == DAY


def test_the_page_and_the_terminal_withdraw_it(cast, worker, opened, client_of):
    claim, page = opened(), reverse("workers:detail", args=[worker.pk])
    url, client = reverse("workers:withdraw_death", args=[worker.pk]), client_of(cast.budi)
    assert url in client.get(page).text
    assert url not in client_of(cast.rina).get(page).text
    assert client_of(cast.rina).get(url).status_code == 403
    assert claim.number in client.get(url).text
    assert client.post(url, {"reason": ""}).context["form"].errors["reason"]
    said = client.post(url, {"reason": WHY}, follow=True).text
    assert "Catatan kematian ditarik." in said
    assert "tidak kembali sendiri" in said
    assert url not in said
    assert "Penarikan catatan kematian" in said

    workers.record_death(actor=cast.rina.actor, worker=worker, died_on=DAY, reason="akta")
    command = ["worker", "withdraw-death", str(worker.pk), "--reason", WHY]
    result = CliRunner().invoke(main, [*command, "--as", "budi@payung.test"])
    assert (result.exit_code, "Ditarik" in result.output) == (0, True), result.output
    again = CliRunner().invoke(main, [*command, "--as", "budi@payung.test"])
    assert (again.exit_code, "tidak tercatat meninggal" in again.output) == (2, True)
