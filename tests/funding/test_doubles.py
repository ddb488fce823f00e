"""No rupiah covers one person twice: who may be somebody who is covered waits, with the reason."""

import pytest

from payung.apps.errors import DomainError
from payung.apps.funding import decisions, selectors
from payung.apps.funding.doubles import DOUBLE, held_back
from payung.apps.funding.models import Cause
from payung.apps.lists import services as lists
from payung.apps.lists.models import Decision
from payung.identity import mask_nik
from tests.funding.conftest import FIRST, YEAR
from tests.support.pairs import doubt


def covered(cast, plan) -> list:
    return [row.worker for row in selectors.allocations(actor=cast.budi.actor, plan=plan)]


def test_of_two_who_may_be_one_the_later_one_waits(cast, fund, workers, planned):
    first, second, third = workers(3)
    doubt(first, third)
    plan = planned([fund(10 * YEAR)])
    assert covered(cast, plan) == [first, second]
    left = selectors.left_out(actor=cast.budi.actor, plan=plan).get()
    assert (left.worker, left.cause) == (third, Cause.DOUBLE)
    assert left.reason == f"{DOUBLE} {mask_nik(first.nik)}"
    assert selectors.left_out_reasons(actor=cast.budi.actor, plan=plan) == [
        (f"{DOUBLE} pekerja lain; putuskan dahulu", 1)
    ]


def test_once_told_apart_both_go(cast, fund, workers, planned):
    first, second = workers(2)
    lists.decide_pair(actor=cast.budi.actor, pair=doubt(first, second), decision=Decision.DIFFERENT)
    assert covered(cast, planned([fund(10 * YEAR)])) == [first, second]


def test_once_found_to_be_one_only_one_goes(cast, fund, workers, planned):
    first, second = workers(2)
    lists.decide_pair(actor=cast.budi.actor, pair=doubt(first, second), decision=Decision.SAME)
    plan = planned([fund(10 * YEAR)])
    assert covered(cast, plan) == [first]
    assert not selectors.left_out(actor=cast.budi.actor, plan=plan).exists()


def test_who_may_be_somebody_planned_or_dead_waits(cast, fund, workers, planned):
    first, second, third = workers(3)
    plan = planned([fund(10 * YEAR)])
    plan.allocations.exclude(worker=third).delete()
    decisions.approve(actor=cast.sari.actor, plan=plan)
    doubt(first, third)
    second.died_on = FIRST
    second.save()
    doubt(first, second)
    held = held_back([first.pk], region_id="36.71", first_month=FIRST)
    assert held == {first.pk: f"{DOUBLE} {mask_nik(third.nik)}"}
    assert held_back([third.pk], region_id="36.71", first_month=FIRST) == {}


def test_a_draft_in_which_two_turn_out_to_be_one_is_not_approved(cast, fund, workers, planned):
    first, second = workers(2)
    plan = planned([fund(10 * YEAR)])
    pair = doubt(first, second)
    with pytest.raises(DomainError, match="mungkin orang yang sama"):
        decisions.approve(actor=cast.sari.actor, plan=plan)
    lists.decide_pair(actor=cast.budi.actor, pair=pair, decision=Decision.SAME)
    with pytest.raises(DomainError, match="orang yang sama"):
        decisions.approve(actor=cast.sari.actor, plan=plan)
