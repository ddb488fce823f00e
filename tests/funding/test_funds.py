from datetime import date

import pytest
from django.db import IntegrityError, transaction

from payung.apps.audit.models import Event
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.funding import selectors, services
from payung.apps.funding.models import Entry, Fund, FundKind
from tests.funding.conftest import FIRST, LAST


def test_a_new_fund_is_empty_and_recorded(cast, fund):
    made = fund(categories=["transportasi"], kelurahan_prefixes=["36.71.01"])
    assert (made.granted, made.free, made.region_id) == (0, 0, "36.71")
    event = Event.objects.get(act="fund.created")
    assert event.after["categories"] == ["transportasi"]


def test_a_grant_adds_money_and_a_line_to_the_ledger(cast, fund):
    made = fund(5_000_000)
    (entry,) = selectors.entries(actor=cast.sari.actor, fund=made)
    assert (entry.kind, entry.amount, made.free) == ("granted", 5_000_000, 5_000_000)
    assert Event.objects.get(act="fund.granted").after["granted"] == 5_000_000


@pytest.mark.parametrize("amount", [0, -1, 1.5])
def test_a_grant_is_whole_rupiah_above_zero(cast, fund, amount):
    with pytest.raises(DomainError, match="rupiah bulat lebih dari nol"):
        services.grant(actor=cast.sari.actor, fund=fund(), amount=amount, on=FIRST)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": " "}, "Nama dana kosong"),
        ({"first_month": LAST, "last_month": FIRST}, "mendahului bulan pertamanya"),
        ({"kelurahan_prefixes": ["18.72.01"]}, "di dalam kota ini"),
    ],
)
def test_a_fund_that_cannot_be_says_why(cast, fund, change, sentence):
    with pytest.raises(DomainError, match=sentence):
        fund(**change)
    assert not Fund.objects.exists()


def test_two_funds_of_one_city_have_two_names(fund):
    fund()
    with pytest.raises(DomainError, match="Sudah ada dana bernama APBD 2026"):
        fund()


def test_a_fund_stays_inside_its_agreement(fund, pks):
    with pytest.raises(DomainError, match="Januari 2026 sampai Desember 2026"):
        fund(agreement=pks(), last_month=date(2027, 1, 1))
    assert fund(agreement=pks("PKS/2")).agreement.number == "PKS/2"


def test_grants_stay_under_the_ceiling_their_agreement_shares(cast, fund, pks):
    agreement = pks(ceiling=1_000_000)
    fund(700_000, "APBD", agreement=agreement)
    other = fund(0, "CSR", agreement=agreement, kind=FundKind.CSR)
    with pytest.raises(DomainError, match=r"paling banyak Rp300\.000 lagi"):
        services.grant(actor=cast.sari.actor, fund=other, amount=300_001, on=FIRST)
    services.grant(actor=cast.sari.actor, fund=other, amount=300_000, on=FIRST)


def test_funds_are_opened_by_the_lead_offices_approver_or_administrator(cast, fund):
    one = fund()
    for who in (cast.rina, cast.budi, cast.dewi, cast.hendra, cast.maya):
        with pytest.raises(NotAllowed):
            services.grant(actor=who.actor, fund=one, amount=1, on=FIRST)


def test_another_city_neither_sees_nor_grants(cast, fund):
    one = fund(1_000)
    assert not selectors.funds(actor=cast.stranger.actor)
    assert not selectors.entries(actor=cast.stranger.actor, fund=one)
    with pytest.raises(DomainError, match="milik kota lain"):
        services.grant(actor=cast.stranger.actor, fund=one, amount=1, on=FIRST)


def test_a_company_sees_its_own_fund_only(cast, fund):
    fund(1_000)
    own = fund(1_000, "CSR", kind=FundKind.CSR, organisation=cast.perusahaan)
    assert list(selectors.funds(actor=cast.hendra.actor)) == [own]


def test_the_ledger_is_never_changed(fund):
    fund(1_000)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.update(amount=2_000)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Entry.objects.all().delete()
