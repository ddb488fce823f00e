"""Monthly invoices, payments, and the months they bought."""

from datetime import date
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet, Sum

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.contributions.issuing import as_data, prices, write_lines
from payung.apps.contributions.models import (
    Invoice,
    InvoiceLine,
    InvoiceState,
    PaidMonth,
    Payment,
)
from payung.apps.db import bulk
from payung.apps.db.months import add_months, months_between, today
from payung.apps.enrolment.models import Coverage, Program
from payung.apps.enrolment.services import end_coverage
from payung.apps.errors import DomainError
from payung.apps.funding.ledger import release, spend
from payung.apps.funding.models import Fund
from payung.apps.regions.models import Region
from payung.apps.workers.models import Worker
from payung.identity.numbers import dotted
from payung.law import bpu_contribution, due_date, month_name, rupiah

# Whole workers in the order of the lines, as far as the money reaches.
_BUY = """
INSERT INTO contributions_paidmonth
  (worker_id, program, month, payment_id, invoice_id, fund_id, kpj, base, rate, relief, amount)
SELECT x.worker_id, x.program, %s, %s, %s, %s, c.kpj, x.base, x.rate, x.relief, x.amount
FROM (
  SELECT t.*, SUM(t.amount) OVER (ORDER BY t.head) AS upto
  FROM (
    SELECT l.*, MIN(l.id) OVER (PARTITION BY l.worker_id) AS head
    FROM contributions_invoiceline l
    WHERE l.invoice_id = %s
      AND NOT EXISTS (SELECT 1 FROM contributions_paidmonth p WHERE p.worker_id = l.worker_id
                      AND p.program = l.program AND p.month = %s)
  ) t
) x
JOIN enrolment_coverage c ON c.id = x.coverage_id
WHERE x.upto <= %s
ORDER BY x.id
"""


@transaction.atomic
def issue(*, actor: Actor, region: Region, month: date) -> list[Invoice]:
    """Invoice a contribution month (its first day): one invoice per fund with cover in it.

    Workers who died before the month are left out. Cover recorded after a month was invoiced
    makes a further part; what is invoiced already is never invoiced twice. Priced by the law for
    the month, the worker's sector and the kind of fund; the steps stay with the invoice.
    Raises DomainError when nothing is due.
    """
    require(actor, "contributions.invoice")
    if region.pk != actor.city_code:
        raise DomainError("Wilayah ini di luar wilayah Anda.")
    Region.objects.select_for_update().get(pk=region.pk)
    found = prices(region.pk, month)
    parts = dict(
        Invoice.objects.filter(region=region, month=month)
        .order_by()
        .values_list("fund_id")
        .annotate(Max("part"))
    )
    if not found:
        raise DomainError(
            f"Iuran {month_name(month)} sudah ditagihkan seluruhnya; tidak ada tagihan baru."
            if parts
            else f"Tidak ada perlindungan yang berlaku pada {month_name(month)}; catat jawaban "
            "BPJS atas gelombang pendaftarannya dahulu."
        )
    made: dict[int, Invoice] = {}
    for fund_id, of_fund in groupby(found, key=attrgetter("fund_id")):
        part = parts.get(fund_id, 0) + 1
        made[fund_id] = Invoice.objects.create(
            number=f"{region.pk}/{month:%Y-%m}/D{fund_id}" + (f"-{part}" if part > 1 else ""),
            region=region,
            fund_id=fund_id,
            month=month,
            part=part,
            due_on=due_date(month),
            law=as_data(of_fund),
            issued_on=today(),
            made_by=actor.user,
        )
    write_lines(region.pk, month, found, made)
    invoices = list(made.values())
    record(
        actor=actor,
        act="invoices.issued",
        noun="invoice",
        object_id=invoices[0].pk if len(invoices) == 1 else "",
        rows=[invoice.pk for invoice in invoices],
        after={
            "month": month,
            "workers": sum(invoice.workers for invoice in invoices),
            "amount": sum(invoice.amount for invoice in invoices),
        },
    )
    return invoices


@transaction.atomic
def pay(*, actor: Actor, invoice: Invoice, amount: int, paid_on: date, reference: str) -> Payment:
    """Record money that went to BPJS for an invoice; it buys months of whole workers.

    amount: rupiah. Workers are paid for in the order of the lines, JKK and JKM together, until
    the money ends; what is too little for one more worker waits for the next payment. The fund's
    ledger is charged. Raises DomainError when the amount is more than is owed, the day lies
    ahead, the reference was used, the fund has not the money, or somebody unpaid has died.
    """
    require(actor, "contributions.pay")
    invoice = _own(actor, invoice)
    reference = reference.strip()
    _check_payment(invoice, amount, paid_on, reference)
    payment = Payment.objects.create(
        invoice=invoice,
        amount=amount,
        paid_on=paid_on,
        reference=reference,
        recorded_by=actor.user,
    )
    bought = invoice.paid_months.aggregate(total=Sum("amount"))["total"] or 0
    money = invoice.paid + amount - bought
    lines = bulk.execute(
        _BUY,
        [invoice.month, payment.pk, invoice.pk, invoice.fund_id, invoice.pk, invoice.month, money],
    )
    bulk.analyze("contributions_paidmonth")
    invoice.paid += amount
    invoice.state = InvoiceState.PAID if invoice.unpaid == 0 else InvoiceState.PARTLY
    invoice.save(update_fields=["paid", "state"])
    spend(
        actor=actor,
        fund=invoice.fund,
        amount=amount,
        on=paid_on,
        noun="payment",
        object_id=payment.pk,
        note=f"Iuran {month_name(invoice.month)}, tagihan {invoice.number}",
    )
    record(
        actor=actor,
        act="payment.recorded",
        noun="invoice",
        object_id=invoice.pk,
        after={
            "payment": payment.pk,
            "amount": amount,
            "paid_on": paid_on,
            "reference": reference,
            "workers": lines // len(Program),
            "state": invoice.state,
        },
    )
    return payment


def _check_payment(invoice: Invoice, amount: int, paid_on: date, reference: str) -> None:
    if invoice.state == InvoiceState.CANCELLED:
        raise DomainError(f"Tagihan {invoice.number} sudah dibatalkan.")
    if invoice.unpaid == 0:
        raise DomainError(f"Tagihan {invoice.number} sudah lunas.")
    if amount < 1:
        raise DomainError("Jumlah pembayaran harus lebih dari nol rupiah.")
    if amount > invoice.unpaid:
        raise DomainError(
            f"Pembayaran {rupiah(amount)} melebihi sisa tagihan {rupiah(invoice.unpaid)}; "
            "periksa jumlahnya atau tagihan yang dipilih."
        )
    if paid_on > today():
        raise DomainError("Tanggal bayar ada di masa depan; isi tanggal pada bukti bayar.")
    if not reference:
        raise DomainError("Isi nomor bukti pembayaran.")
    if Payment.objects.filter(reference=reference).exists():
        raise DomainError(f"Nomor bukti «{reference}» sudah dicatat; satu bukti dicatat sekali.")
    if dead := dead_lines(invoice).values("worker").distinct().count():
        raise DomainError(
            f"{dotted(dead)} orang pada tagihan ini meninggal sebelum bulan iuran; keluarkan dari "
            "tagihan dahulu agar tidak dibayar."
        )


def dead_lines(invoice: Invoice) -> QuerySet[InvoiceLine]:
    """Unpaid lines of people who died before the month."""
    paid = PaidMonth.objects.filter(
        worker=OuterRef("worker"), program=OuterRef("program"), month=invoice.month
    )
    return invoice.lines.filter(~Exists(paid), worker__died_on__lt=invoice.month)


@transaction.atomic
def strike_dead(*, actor: Actor, invoice: Invoice) -> int:
    """Take the unpaid lines of people who died before the month off an invoice; returns people.

    What was reserved for them becomes free again. Raises DomainError when there is nobody.
    """
    require(actor, "contributions.invoice")
    invoice = _own(actor, invoice)
    found = list(dead_lines(invoice).values_list("id", "worker_id", "amount"))
    if not found:
        raise DomainError("Tidak ada orang yang meninggal sebelum bulan iuran pada tagihan ini.")
    money = sum(amount for _, _, amount in found)
    people = {worker for _, worker, _ in found}
    InvoiceLine.objects.filter(pk__in=[line for line, _, _ in found]).delete()
    if money > invoice.unpaid:
        raise DomainError(
            f"Sebagian uang untuk orang yang meninggal sudah dibayarkan ({rupiah(invoice.paid)} "
            f"dari {rupiah(invoice.amount)}); mintalah pengembaliannya kepada BPJS."
        )
    invoice.amount -= money
    invoice.workers -= len(people)
    if invoice.unpaid == 0:
        invoice.state = InvoiceState.PAID if invoice.amount else InvoiceState.CANCELLED
    invoice.save(update_fields=["amount", "workers", "state"])
    _give_back(actor, invoice.fund, money, "invoice", invoice.pk, "Meninggal sebelum bulan iuran")
    record(
        actor=actor,
        act="invoice.dead_struck",
        noun="invoice",
        object_id=invoice.pk,
        rows=people,
        after={"amount": invoice.amount, "struck": money, "state": invoice.state},
    )
    return len(people)


@transaction.atomic
def cancel(*, actor: Actor, invoice: Invoice, because: str) -> Invoice:
    """Withdraw an invoice nothing was paid on; the month can then be invoiced anew.

    Raises DomainError when something was paid or no reason is given.
    """
    require(actor, "contributions.invoice")
    invoice = _own(actor, invoice)
    if invoice.state != InvoiceState.ISSUED:
        raise DomainError(
            f"Tagihan {invoice.number} {invoice.get_state_display().lower()}; hanya tagihan yang "
            "belum dibayar sama sekali dapat dibatalkan."
        )
    if not because.strip():
        raise DomainError("Tuliskan alasan pembatalan.")
    invoice.state = InvoiceState.CANCELLED
    invoice.save(update_fields=["state"])
    record(
        actor=actor,
        act="invoice.cancelled",
        noun="invoice",
        object_id=invoice.pk,
        before={"state": InvoiceState.ISSUED},
        after={"state": InvoiceState.CANCELLED},
        reason=because.strip(),
    )
    return invoice


@transaction.atomic
def stop(*, actor: Actor, worker: Worker, month: date, because: str) -> int:
    """End a worker's cover with `month`, as `end_coverage`, and free the money kept for later.

    Only months not yet paid are freed; returns the rupiah freed. Money paid for months after a
    death stays spent until BPJS returns it; see `selectors.paid_after_death`.
    """
    later = Coverage.objects.filter(worker=worker, program=Program.JKM, last_month__gt=month)
    paid = set(
        worker.paid_months.filter(program=Program.JKM, month__gt=month).values_list(
            "month", flat=True
        )
    )
    on_invoice = set(
        InvoiceLine.objects.filter(
            worker=worker, program=Program.JKM, invoice__in=Invoice.objects.open()
        ).values_list("invoice__month", flat=True)
    )
    freed: dict[Fund, int] = {}
    for coverage in later.select_related("fund"):
        for each in months_between(max(coverage.first_month, add_months(month, 1)),
                                   coverage.last_month):  # fmt: skip
            if each not in paid and each not in on_invoice:
                price = bpu_contribution(each, sector=worker.sector, funder=coverage.fund.kind)
                freed[coverage.fund] = freed.get(coverage.fund, 0) + price.amount
    end_coverage(actor=actor, worker=worker, month=month, because=because)
    for fund, money in freed.items():
        _give_back(actor, fund, money, "worker", worker.pk, f"Perlindungan berakhir: {because}")
    return sum(freed.values())


def _give_back(
    actor: Actor, fund: Fund, money: int, noun: str, object_id: object, note: str
) -> None:
    """Free what was kept for months nobody will pay; the plan may have kept a little less."""
    fund.refresh_from_db(fields=["reserved"])
    if amount := min(money, fund.reserved):
        release(
            actor=actor,
            fund=fund,
            amount=amount,
            on=today(),
            noun=noun,
            object_id=object_id,
            note=note,
        )


def _own(actor: Actor, invoice: Invoice) -> Invoice:
    """The invoice, locked, if it is of the actor's city."""
    if invoice.region_id != actor.city_code:
        raise DomainError("Tagihan ini di luar wilayah Anda.")
    return Invoice.objects.select_for_update().select_related("fund").get(pk=invoice.pk)
