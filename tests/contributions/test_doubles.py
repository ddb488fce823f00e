"""One person covered under two records is paid for once."""

from payung.apps.contributions import services
from payung.apps.lists import services as lists
from payung.apps.lists.models import Decision
from tests.support.pairs import doubt
from tests.support.way import JANUARY, insured


def issued(cast) -> int:
    made = services.issue(actor=cast.budi.actor, region=cast.disnaker.region, month=JANUARY)
    return sum(invoice.workers for invoice in made)


def test_of_two_records_of_one_person_one_is_invoiced_until_they_are_two_again(cast):
    one, other = insured(cast, months=0, count=2)
    pair = doubt(one, other)
    lists.decide_pair(actor=cast.budi.actor, pair=pair, decision=Decision.SAME)
    assert issued(cast) == 1
    assert other.coverages.count() == 2
    lists.take_back(actor=cast.budi.actor, pair=pair, reason="dua orang")
    assert issued(cast) == 1  # the other, who was left out
