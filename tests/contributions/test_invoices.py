"""What is due for a month, at the law's dated rate, for the living, once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from payung.apps.audit.models import Event
from payung.apps.contributions import services
from payung.apps.contributions.models import Invoice, InvoiceLine, InvoiceState
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.funding.models import FundKind
from payung.apps.workers.models import Sector
from tests.contributions.conftest import first_month, issued, paid
from tests.enrolment import way
from tests.enrolment.way import JANUARY
from tests.support.standing import standing_on

FEBRUARY = date(2026, 2, 1)
standing = standing_on(first_month)


def test_a_month_is_invoiced_per_fund_with_both_programmes(cast, january):
    assert (january.workers, january.amount, january.state) == (3, 50_400, InvoiceState.ISSUED)
    assert january.due_on == date(2026, 1, 15)
    amounts = january.lines.order_by("id").values_list("program", "base", "rate", "amount")
    assert (
        list(amounts) == [("jkk", 1_000_000, "1%", 10_000), ("jkm", 1_000_000, "tetap", 6_800)] * 3
    )
    assert Event.objects.get(act="invoices.issued").after["amount"] == 50_400


def test_the_invoice_keeps_the_law_it_was_priced_by(january):
    [price] = january.law
    assert (price["sector"], price["amount"]) == ("other", 16_800)
    assert "Tidak ada keringanan" in price["steps"][-1]["text"]


def test_an_ojek_paid_by_csr_costs_half_in_2026_and_by_apbd_the_whole(cast, apbd, csr, enrolled):
    drivers = way.people(2, sector=Sector.TRANSPORT)
    enrolled(csr, drivers[:1])
    enrolled(apbd, drivers[1:])
    assert {i.fund: i.amount for i in issued(cast)} == {csr: 8_400, apbd: 16_800}
    relief = InvoiceLine.objects.filter(worker=drivers[0]).values_list("relief", flat=True)
    assert sorted(relief) == [3_400, 5_000]


def test_a_trader_paid_by_csr_gets_relief_from_april_only(cast, csr, enrolled):
    enrolled(csr, way.people(1))
    assert [i.amount for i in issued(cast, date(2026, 3, 1))] == [16_800]
    assert [i.amount for i in issued(cast, date(2026, 4, 1))] == [8_400]


def test_in_november_2026_each_source_of_money_pays_what_the_law_says_of_it(
    cast, apbd, csr, enrolled
):
    village = way.fund(cast, FundKind.APBDES)
    one, two, three = way.people(3)
    for fund, worker in ((csr, one), (apbd, two), (village, three)):
        enrolled(fund, [worker])
    found = {invoice.fund: invoice for invoice in issued(cast, date(2026, 11, 1))}
    said = {
        fund: (invoice.amount, invoice.law[0]["steps"][-1]["text"])
        for fund, invoice in found.items()
    }
    assert [said[fund][0] for fund in (csr, apbd, village)] == [8_400, 16_800, 16_800]
    assert said[csr][1].startswith("Keringanan 50%")
    assert "dikecualikan dari keringanan" in said[apbd][1]
    assert "tidak menyebut APBDes" in said[village][1]
    assert not found[village].law[0]["steps"][-1]["verified"]


def test_the_month_of_kota_metro_costs_what_was_published(cast, apbd, enrolled):
    enrolled(apbd, way.people(2_727))
    [invoice] = issued(cast)
    assert (invoice.workers, invoice.amount) == (2_727, 45_813_600)


def test_issuing_twice_is_refused(cast, january):
    with pytest.raises(DomainError, match="sudah ditagihkan seluruhnya"):
        issued(cast)
    assert Invoice.objects.count() == 1


def test_cover_recorded_later_makes_a_further_part(cast, january, enrolled):
    enrolled(january.fund, way.people(2, first=10))
    [second] = issued(cast)
    assert (second.part, second.workers, second.amount) == (2, 2, 33_600)


def test_the_database_refuses_a_second_invoice_of_the_same_part(january):
    january.pk, january.number = None, "lain"
    with pytest.raises(IntegrityError), transaction.atomic():
        january.save(force_insert=True)


def test_the_dead_are_not_invoiced_after_their_month(cast, apbd, enrolled):
    workers = way.people(3)
    enrolled(apbd, workers)
    workers[0].died_on = date(2026, 1, 20)
    workers[0].save()
    assert issued(cast)[0].workers == 3
    assert issued(cast, FEBRUARY)[0].workers == 2


def test_a_month_nobody_is_covered_in_is_refused(cast, apbd):
    with pytest.raises(DomainError, match="Tidak ada perlindungan"):
        issued(cast)


def test_a_cancelled_invoice_can_be_issued_anew(cast, january):
    services.cancel(actor=cast.budi.actor, invoice=january, because="salah daftar")
    [again] = issued(cast)
    assert (again.amount, again.part) == (50_400, 2)


def test_a_paid_invoice_cannot_be_cancelled(cast, january):
    paid(cast, january, 16_800)
    with pytest.raises(DomainError, match="belum dibayar sama sekali"):
        services.cancel(actor=cast.budi.actor, invoice=january, because="x")


def test_people_who_died_before_the_month_are_struck_before_paying(cast, january):
    reserved = january.fund.reserved
    worker = january.lines.first().worker
    worker.died_on = date(2025, 12, 30)
    worker.save()
    with pytest.raises(DomainError, match="1 orang pada tagihan ini meninggal"):
        paid(cast, january, 50_400)
    assert services.strike_dead(actor=cast.budi.actor, invoice=january) == 1
    january.refresh_from_db()
    january.fund.refresh_from_db()
    assert (january.amount, january.workers) == (33_600, 2)
    assert january.fund.reserved == reserved - 16_800


@pytest.mark.parametrize("who", ["rina", "maya", "hendra", "tono"])
def test_only_the_lead_offices_verifier_issues(cast, january, who):
    with pytest.raises(NotAllowed):
        services.issue(actor=cast.people[who].actor, region=cast.disnaker.region, month=FEBRUARY)


def test_another_city_cannot_issue_here(cast, january):
    with pytest.raises(DomainError, match="di luar wilayah"):
        services.issue(actor=cast.stranger.actor, region=cast.disnaker.region, month=JANUARY)
