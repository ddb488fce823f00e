"""Money that goes to BPJS buys months of whole workers, once."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from payung.apps.audit.models import Event
from payung.apps.contributions import selectors
from payung.apps.contributions.models import InvoiceState, PaidMonth, Payment
from payung.apps.db.months import today
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.funding.models import Entry, EntryKind
from tests.contributions.conftest import first_month, issued, paid
from tests.enrolment import way
from tests.support.standing import standing_on

standing = standing_on(first_month)


def test_full_payment_buys_both_programmes_of_everybody(cast, january):
    payment = paid(cast, january, 50_400)
    january.refresh_from_db()
    assert (january.state, january.paid) == (InvoiceState.PAID, 50_400)
    months = PaidMonth.objects.filter(payment=payment)
    assert months.count() == 6
    assert set(months.values_list("month", "fund")) == {(way.JANUARY, january.fund_id)}
    assert set(months.values_list("kpj", flat=True)) == {
        way.kpj(line.worker_id) for line in january.lines.all()
    }
    assert Event.objects.get(act="payment.recorded").after["workers"] == 3


def test_partial_payment_buys_whole_workers_only_in_line_order(cast, january):
    paid(cast, january, 40_000)
    first_two = january.lines.order_by("id").values_list("worker", flat=True)[:4]
    assert set(PaidMonth.objects.values_list("worker", flat=True)) == set(first_two)
    assert PaidMonth.objects.aggregate(total=Sum("amount"))["total"] == 33_600
    january.refresh_from_db()
    assert (january.state, january.paid) == (InvoiceState.PARTLY, 40_000)


def test_what_was_left_over_helps_the_next_payment(cast, january):
    paid(cast, january, 40_000)
    paid(cast, january, 10_400)
    assert PaidMonth.objects.count() == 6
    january.refresh_from_db()
    assert january.state == InvoiceState.PAID


def test_the_funds_ledger_is_charged(cast, january):
    fund = january.fund
    reserved = fund.reserved
    payment = paid(cast, january, 50_400)
    fund.refresh_from_db()
    assert (fund.spent, fund.reserved) == (50_400, reserved - 50_400)
    entry = Entry.objects.get(kind=EntryKind.SPENT)
    assert (entry.amount, entry.noun, entry.object_id) == (50_400, "payment", str(payment.pk))


@pytest.mark.parametrize(
    ("amount", "day", "sentence"),
    [
        (50_401, date(2026, 1, 10), "melebihi sisa tagihan Rp50.400"),
        (0, date(2026, 1, 10), "lebih dari nol"),
        (16_800, today() + timedelta(days=1), "di masa depan"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(cast, january, amount, day, sentence):
    with pytest.raises(DomainError, match=sentence):
        paid(cast, january, amount, day)
    assert not Payment.objects.exists()


def test_a_reference_counts_once(cast, january):
    paid(cast, january, 16_800, reference="NTPN-1")
    with pytest.raises(DomainError, match="sudah dicatat"):
        paid(cast, january, 16_800, reference=" NTPN-1 ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.create(
            invoice=january,
            amount=1,
            paid_on=way.JANUARY,
            reference="NTPN-1",
            recorded_by=cast.sari.user,
        )


def test_a_paid_invoice_takes_no_more(cast, january):
    paid(cast, january, 50_400)
    with pytest.raises(DomainError, match="sudah lunas"):
        paid(cast, january, 1)


def test_a_month_is_paid_once_whatever_happens(cast, january):
    paid(cast, january, 50_400)
    month = PaidMonth.objects.first()
    month.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        month.save(force_insert=True)


def test_what_was_paid_is_never_changed(cast, january):
    paid(cast, january, 50_400)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        PaidMonth.objects.update(amount=0)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Payment.objects.update(amount=1)


def test_a_fund_without_enough_reserved_money_pays_nothing(cast, january):
    january.fund.reserved = 10
    january.fund.save()
    with pytest.raises(DomainError, match="Cadangan dana"):
        paid(cast, january, 50_400)
    assert not PaidMonth.objects.exists()


def test_a_late_payment_is_flagged(cast, january):
    paid(cast, january, 16_800, date(2026, 1, 15))
    paid(cast, january, 33_600, date(2026, 1, 16))
    flags = selectors.payments(actor=cast.sari.actor, invoice=january)
    assert [(p.amount, p.is_late, p.workers) for p in flags] == [
        (16_800, False, 1),
        (33_600, True, 2),
    ]


@pytest.mark.parametrize("who", ["rina", "budi", "maya", "hendra"])
def test_only_an_approver_or_administrator_records_payments(cast, january, who):
    from payung.apps.contributions import services

    with pytest.raises(NotAllowed):
        services.pay(
            actor=cast.people[who].actor,
            invoice=january,
            amount=16_800,
            paid_on=way.JANUARY,
            reference="x",
        )


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=st.lists(st.integers(1, 200_000), min_size=1, max_size=6))
def test_paid_months_cost_what_payments_brought_but_less_than_one_worker(cast, mixed, amounts):
    """However the money comes, it buys as many whole workers as it can, and never more."""
    with transaction.atomic():
        for place, amount in enumerate(amounts):
            mixed.refresh_from_db()
            if not mixed.unpaid:
                break
            paid(cast, mixed, min(amount, mixed.unpaid), reference=f"P{place}")
        mixed.refresh_from_db()
        bought = list(mixed.paid_months.values_list("worker", "amount"))
        total = sum(amount for _, amount in bought)
        assert total <= mixed.paid
        assert len(bought) == 2 * len({worker for worker, _ in bought})
        left = mixed.lines.exclude(worker__in=[worker for worker, _ in bought]).order_by("id")
        if not mixed.unpaid:
            assert total == mixed.paid == mixed.amount
        else:
            following = left.filter(worker=left[0].worker).aggregate(t=Sum("amount"))["t"]
            assert mixed.paid - total < following
        transaction.set_rollback(True)


@pytest.fixture
def mixed(cast, csr, enrolled):
    """An invoice of workers at Rp8,400 and Rp16,800 in turn."""
    workers = way.people(6)
    for worker in workers[::2]:
        worker.sector = "transport"
        worker.save()
    enrolled(csr, workers)
    return issued(cast)[0]
