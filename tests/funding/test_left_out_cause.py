"""Why a worker is left out is a stored cause; rows from before it was stored are told theirs."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from payung.apps.funding import selectors
from payung.apps.funding.doubles import DOUBLE
from payung.apps.funding.models import Cause, LeftOut
from payung.apps.funding.plans import DOUBTFUL, GIVEN_UP

SENTENCES = {
    Cause.PLAN: "dana habis",
    Cause.DOUBTFUL: DOUBTFUL,
    Cause.DOUBLE: f"{DOUBLE} 367101••••••0002",
    Cause.GIVEN_UP: GIVEN_UP,
}


def test_every_cause_is_told_to_rows_that_have_only_the_sentence(fund, workers, planned):
    everybody = workers(len(SENTENCES))
    plan = planned([fund(1_000_000)])
    for worker, reason in zip(everybody, SENTENCES.values(), strict=True):
        LeftOut.objects.create(plan=plan, worker=worker, reason=reason)
    assert set(LeftOut.objects.values_list("cause", flat=True)) == {Cause.PLAN}
    import_module("payung.apps.funding.migrations.0002_left_out_cause").tell(apps, None)
    assert dict(LeftOut.objects.values_list("cause", "reason")) == SENTENCES


def test_those_for_whom_something_is_to_be_seen_to_come_first(cast, fund, workers, planned):
    everybody = workers(3)
    plan = planned([fund(1_000_000)])
    for worker, cause in zip(everybody, (Cause.PLAN, Cause.DOUBTFUL, Cause.DOUBLE), strict=True):
        LeftOut.objects.create(plan=plan, worker=worker, cause=cause, reason=SENTENCES[cause])
    shown = selectors.left_out(actor=cast.budi.actor, plan=plan)
    assert [row.cause for row in shown] == [Cause.DOUBTFUL, Cause.DOUBLE, Cause.PLAN]


def test_the_database_takes_no_other_cause(fund, workers, planned):
    (worker,) = workers(1)
    plan = planned([fund(1_000_000)])
    with pytest.raises(IntegrityError, match="left_out_cause_known"), transaction.atomic():
        LeftOut.objects.create(plan=plan, worker=worker, cause="sakit", reason="dana habis")
