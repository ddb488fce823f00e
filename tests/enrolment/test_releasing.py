"""What a plan keeps for people whom no batch took goes back to its funds."""

import pytest

from payung.apps.audit.models import Event
from payung.apps.enrolment import selectors, services
from payung.apps.enrolment.candidates import candidates
from payung.apps.enrolment.releasing import release_unused
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.funding.models import EntryKind, FundKind, PlanState
from payung.apps.workers.models import Worker
from tests.enrolment import way
from tests.enrolment.way import JANUARY

YEAR = 12 * 16_800


@pytest.fixture
def apbd(cast):
    return way.fund(cast)


@pytest.fixture
def plan(cast, apbd, tmp_path):
    """Four people: one enrolled, one rejected, two whom no batch took."""
    people = way.people(4)
    Worker.objects.filter(pk__in=[people[2].pk, people[3].pk]).update(birth_date=None)
    made = way.plan(cast, [(apbd, people)])
    [batch] = way.sent(cast, made)
    rows = way.accepting(batch)
    rows[1][2:] = ["DITOLAK", "", "", "E1", "NIK tidak ditemukan"]
    services.read_answer(actor=cast.maya.actor, batch=batch, path=way.answer_file(tmp_path, rows))
    return made


def test_only_what_no_batch_took_is_released_and_the_ledger_names_the_plan(cast, plan, apbd):
    apbd.refresh_from_db()
    before = apbd.reserved
    assert selectors.unused(plan) == (2, 2 * YEAR)
    assert release_unused(actor=cast.sari.actor, plan=plan, reason="tahun berakhir") == (
        2,
        2 * YEAR,
    )
    apbd.refresh_from_db()
    assert apbd.reserved == before - 2 * YEAR
    entry = apbd.entries.get(noun="plan")
    assert (entry.kind, entry.amount, entry.object_id) == (
        EntryKind.RELEASED, 2 * YEAR, str(plan.pk),
    )  # fmt: skip
    assert entry.note == "Tidak didaftarkan: Rencana percobaan"
    event = Event.objects.get(act="plan.released")
    assert (event.reason, event.row_count) == ("tahun berakhir", 2)
    assert event.after == {"workers": 2, "amount": 2 * YEAR, "funds": {str(apbd.pk): 2 * YEAR}}
    held = plan.allocations.order_by("rank").values_list("dropped_because", flat=True)
    assert [each.split(":")[0] for each in held] == [
        "", f"Ditolak BPJS dalam {plan.batches.get().number}".split(":")[0],
        "Tidak didaftarkan", "Tidak didaftarkan",
    ]  # fmt: skip


def test_a_second_time_releases_nothing_more(cast, plan, apbd):
    release_unused(actor=cast.sari.actor, plan=plan)
    entries, events = apbd.entries.count(), Event.objects.count()
    assert release_unused(actor=cast.sari.actor, plan=plan) == (0, 0)
    assert (apbd.entries.count(), Event.objects.count()) == (entries, events)


def test_who_was_released_is_in_no_later_batch(cast, plan):
    Worker.objects.update(birth_date="1980-01-12")
    assert len(candidates(plan, JANUARY).ready) == 2
    assert selectors.plans_to_send(actor=cast.budi.actor).exists()
    release_unused(actor=cast.sari.actor, plan=plan)
    assert candidates(plan, JANUARY).ready == []
    assert not selectors.plans_to_send(actor=cast.budi.actor).exists()


def test_each_fund_gets_back_its_own(cast, apbd):
    csr, people = way.fund(cast, FundKind.CSR), way.people(3)
    plan = way.plan(cast, [(apbd, people[:2]), (csr, people[2:])])
    release_unused(actor=cast.sari.actor, plan=plan)
    assert [each.entries.get().amount for each in (apbd, csr)] == [2 * YEAR, YEAR]
    assert Event.objects.filter(act="plan.released").count() == 1


def test_a_fund_that_keeps_too_little_stops_all_of_it(cast, apbd):
    csr, people = way.fund(cast, FundKind.CSR, granted=2), way.people(2)
    plan = way.plan(cast, [(apbd, people[:1]), (csr, people[1:])])
    with pytest.raises(DomainError, match="Cadangan dana"):
        release_unused(actor=cast.sari.actor, plan=plan)
    apbd.refresh_from_db()
    assert (apbd.reserved, apbd.entries.count()) == (10**12 // 2, 0)
    assert not plan.allocations.exclude(dropped_because="").exists()


def test_who_may_not_and_a_plan_that_reserved_nothing_are_refused(cast, plan, apbd):
    for person in (cast.budi, cast.agus, cast.maya):
        with pytest.raises(NotAllowed):
            release_unused(actor=person.actor, plan=plan)
    draft = way.plan(cast, [(apbd, way.people(1, first=9))], state=PlanState.DRAFT)
    with pytest.raises(DomainError, match="rancangan"):
        release_unused(actor=cast.sari.actor, plan=draft)
    assert selectors.unused(draft) == (0, 0)
