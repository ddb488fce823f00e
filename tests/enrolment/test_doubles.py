"""A batch looks again: nobody goes to BPJS who may be somebody already there."""

import pytest
from django.db import IntegrityError, transaction

from payung.apps.audit.models import Event
from payung.apps.enrolment import services
from payung.apps.enrolment.candidates import candidates
from payung.apps.enrolment.holding import waiting_in
from payung.apps.errors import DomainError
from payung.apps.funding.models import Allocation
from payung.apps.lists import services as lists
from payung.apps.lists.models import Decision
from payung.apps.workers.models import Worker
from tests.enrolment import way
from tests.enrolment.way import JANUARY
from tests.support.pairs import doubt


@pytest.fixture
def three(cast) -> list[Worker]:
    return way.people(3)


@pytest.fixture
def plan(cast, three):
    return way.plan(cast, [(way.fund(cast), three)])


def make(cast, plan):
    return services.make_batches(actor=cast.budi.actor, plan=plan, start_month=JANUARY)


def decide(cast, pair, decision):
    return lists.decide_pair(actor=cast.budi.actor, pair=pair, decision=decision)


def test_of_two_who_may_be_one_the_later_is_not_put_in_a_batch(cast, plan, three):
    pair = doubt(three[0], three[2])
    judged = candidates(plan, JANUARY)
    assert [each.worker_id for each in judged.ready] == [three[0].pk, three[1].pk]
    assert [each.refused for each in judged.refused] == ["double"]
    decide(cast, pair, Decision.DIFFERENT)
    assert len(candidates(plan, JANUARY).ready) == 3


def test_an_alias_is_not_put_in_a_batch(cast, plan, three):
    decide(cast, doubt(three[0], three[2]), Decision.SAME)
    assert [each.refused for each in candidates(plan, JANUARY).refused] == ["alias"]


def test_the_export_looks_again_and_takes_out_whom_it_must(cast, plan, three):
    [batch] = make(cast, plan).batches
    doubt(three[0], three[1])
    assert list(waiting_in(batch)) == [three[1].pk]
    services.export(actor=cast.budi.actor, batch=batch)
    batch.refresh_from_db()
    assert batch.lines_count == 2
    assert [*batch.lines.values_list("number", "worker")] == [
        (1, three[0].pk),
        (2, three[2].pk),
    ]
    event = Event.objects.get(act="batch.exported")
    assert (event.row_count, event.after["held_back"]) == (1, 1)
    left = Allocation.objects.get(worker=three[1])
    assert left.dropped_because == ""


def test_a_batch_of_whom_nobody_may_go_is_not_exported(cast, plan, three):
    [batch] = make(cast, plan).batches
    Worker.objects.filter(pk=three[0].pk).update(died_on="2025-12-01")
    doubt(three[0], three[1])
    doubt(three[0], three[2])
    batch.lines.filter(worker=three[0]).delete()
    with pytest.raises(DomainError, match="putuskan dahulu"):
        services.export(actor=cast.budi.actor, batch=batch)
    assert batch.lines.count() == 2


def test_while_bpjs_has_not_answered_two_are_not_made_one(cast, plan, three):
    [batch] = way.sent(cast, plan)
    with pytest.raises(DomainError, match=f"gelombang {batch.number}"):
        decide(cast, doubt(three[0], three[1]), Decision.SAME)


def test_the_record_whose_cover_runs_goes_on_and_both_keep_theirs(cast, plan, three, tmp_path):
    way.enrolled(cast, tmp_path, plan)
    [late] = way.people(1, first=50)
    [early] = Worker.objects.filter(pk=three[0].pk)
    decide(cast, doubt(early, late), Decision.SAME)
    late.refresh_from_db()
    assert late.same_as == early
    assert early.coverages.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        way.plan(cast, [(way.fund(cast, name="Lain"), [late])])
