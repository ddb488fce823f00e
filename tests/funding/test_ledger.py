import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.apps.errors import DomainError
from payung.apps.funding import services
from payung.apps.funding.models import Entry, Fund
from tests.funding.conftest import FIRST

ACTS = {
    "reserve": services.reserve,
    "release": services.release,
    "spend": services.spend,
    "return": services.return_,
}


def act(cast, name, fund, amount):
    return ACTS[name](
        actor=cast.sari.actor, fund=fund, amount=amount, on=FIRST, noun="plan", object_id=1
    )


def test_money_goes_from_free_to_reserved_to_spent_and_back(cast, fund):
    one = fund(1_000_000)
    act(cast, "reserve", one, 600_000)
    act(cast, "spend", one, 400_000)
    act(cast, "release", one, 200_000)
    act(cast, "return", one, 16_800)
    assert (one.granted, one.reserved, one.spent) == (1_000_000, 0, 383_200)
    assert one.free == 616_800


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("reserve", r"tinggal Rp1\.000, kurang Rp1 dari Rp1\.001"),
        ("release", r"Cadangan dana APBD 2026 hanya Rp0"),
        ("spend", r"Cadangan dana APBD 2026 hanya Rp0"),
        ("return", r"baru dibelanjakan Rp0"),
    ],
)
def test_an_act_the_fund_cannot_bear_is_a_sentence_and_leaves_no_entry(cast, fund, name, sentence):
    one = fund(1_000)
    with pytest.raises(DomainError, match=sentence):
        act(cast, name, one, 1_001)
    assert Entry.objects.count() == 1
    one.refresh_from_db()
    assert one.free == 1_000


def test_the_database_itself_refuses_to_go_below_zero(fund):
    one = fund(1_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        Fund.objects.filter(pk=one.pk).update(reserved=1_001)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(st.tuples(st.sampled_from([*ACTS, "grant"]), st.integers(1, 1_000)), max_size=12)
)
def test_no_order_of_acts_brings_a_fund_below_zero(cast, steps):
    with transaction.atomic():
        one = services.create_fund(
            actor=cast.sari.actor,
            name="Dana coba",
            kind="apbd",
            organisation=cast.disnaker,
            first_month=FIRST,
            last_month=FIRST,
        )
        sums = {"granted": 0, "reserved": 0, "spent": 0}
        effects = {
            "grant": (1, 0, 0),
            "reserve": (0, 1, 0),
            "release": (0, -1, 0),
            "spend": (0, -1, 1),
            "return": (0, 0, -1),
        }
        for name, amount in steps:
            after = [
                have + sign * amount
                for have, sign in zip(sums.values(), effects[name], strict=True)
            ]
            bearable = min(after) >= 0 and after[0] >= after[1] + after[2]
            try:
                if name == "grant":
                    services.grant(actor=cast.sari.actor, fund=one, amount=amount, on=FIRST)
                else:
                    act(cast, name, one, amount)
            except DomainError:
                assert not bearable
            else:
                assert bearable
                sums = dict(zip(sums, after, strict=True))
            one.refresh_from_db()
            assert (one.granted, one.reserved, one.spent) == tuple(sums.values())
        transaction.set_rollback(True)
