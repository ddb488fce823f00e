from django.db import models
from django.db.models import F, Q

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import User
from payung.apps.enrolment.models import Coverage, Program
from payung.apps.funding.models import Fund
from payung.apps.regions.models import Region
from payung.apps.workers.models import Worker


class InvoiceState(models.TextChoices):
    ISSUED = "issued", "Belum dibayar"
    PARTLY = "partly", "Dibayar sebagian"
    PAID = "paid", "Lunas"
    CANCELLED = "cancelled", "Dibatalkan"


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    def visible_to(self, actor: Actor) -> "InvoiceQuerySet":
        """Invoices of the funds the actor may see: for a company, its own alone."""
        return self.filter(fund__in=Fund.objects.visible_to(actor))

    def standing(self) -> "InvoiceQuerySet":
        return self.exclude(state=InvoiceState.CANCELLED)

    def open(self) -> "InvoiceQuerySet":
        return self.filter(state__in=[InvoiceState.ISSUED, InvoiceState.PARTLY])


class Invoice(models.Model):
    """What one fund owes for one contribution month, due on the day the law sets."""

    number = models.CharField("nomor", max_length=40, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="invoices")
    month = models.DateField("bulan iuran")
    # a second part bills those whose cover was recorded after the first was issued
    part = models.PositiveSmallIntegerField("bagian", default=1)
    due_on = models.DateField("jatuh tempo")
    workers = models.PositiveIntegerField("orang", default=0)
    amount = models.PositiveBigIntegerField("jumlah", default=0)
    paid = models.PositiveBigIntegerField("dibayar", default=0)
    state = models.CharField(
        "status", max_length=9, choices=InvoiceState.choices, default=InvoiceState.ISSUED
    )
    law = models.JSONField("dasar hukum", default=list)  # the steps of each rate used
    issued_on = models.DateField("tanggal tagihan")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "fund", "part"]
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "month", "part"],
                condition=~Q(state="cancelled"),
                name="one_invoice_per_fund_month_and_part",
            ),
            models.CheckConstraint(
                condition=Q(paid__lte=F("amount")), name="never_paid_over_the_invoice"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def unpaid(self) -> int:
        """Rupiah still owed."""
        return self.amount - self.paid


class InvoiceLine(models.Model):
    """One worker and programme on an invoice, at the dated rate and relief."""

    invoice = models.ForeignKey(Invoice, models.CASCADE, related_name="lines", db_index=False)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    coverage = models.ForeignKey(Coverage, models.PROTECT, related_name="+", db_index=False)
    program = models.CharField("program", max_length=3, choices=Program.choices)
    base = models.PositiveBigIntegerField("dasar")
    rate = models.CharField("tarif", max_length=16)
    relief = models.PositiveBigIntegerField("keringanan", default=0)
    amount = models.PositiveBigIntegerField("jumlah")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "worker", "program"], name="invoice_line_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id}/{self.worker_id}/{self.program}"


class Payment(models.Model):
    """Money that went to BPJS for an invoice, as its proof says."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="payments")
    amount = models.PositiveBigIntegerField("jumlah")
    paid_on = models.DateField("tanggal bayar")
    reference = models.CharField("nomor bukti", max_length=80)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["paid_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], name="payment_reference_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
        ]

    def __str__(self) -> str:
        return self.reference


class PaidMonth(models.Model):
    """Which month of which worker a payment bought. The ledger everything else trusts."""

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="paid_months", db_index=False)
    program = models.CharField("program", max_length=3, choices=Program.choices)
    month = models.DateField("bulan iuran")
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="paid_months", db_index=False)
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="paid_months")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", db_index=False)
    kpj = models.CharField("KPJ", max_length=11)
    base = models.PositiveBigIntegerField("dasar")
    rate = models.CharField("tarif", max_length=16)
    relief = models.PositiveBigIntegerField("keringanan", default=0)
    amount = models.PositiveBigIntegerField("jumlah")

    class Meta:
        ordering = ["month", "program"]
        constraints = [
            models.UniqueConstraint(fields=["worker", "program", "month"], name="month_paid_once"),
        ]
        indexes = [
            models.Index(fields=["month", "program"], name="paid_month_program"),
            models.Index(fields=["payment"], name="paid_month_payment"),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.program} {self.month:%Y-%m}"
