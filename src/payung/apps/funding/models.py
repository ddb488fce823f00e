from django.db import models
from django.db.models import F, Q

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.accounts.models import Organisation, User
from payung.apps.agreements.models import Agreement
from payung.apps.regions.models import Region
from payung.apps.screening.models import Screening
from payung.apps.workers.models import Worker


class FundKind(models.TextChoices):
    """Codes are those of payung.law's funders."""

    APBD = "apbd", "APBD"
    APBDES = "apbdes", "APBDes"
    DBH_CHT = "dbhcht", "DBH CHT"
    DBH_SAWIT = "dbhsawit", "DBH sawit"
    CSR = "csr", "CSR/TJSL perusahaan"
    BAZNAS = "baznas", "Baznas"
    SERTAKAN = "sertakan", "SERTAKAN"
    SELF = "self", "Mandiri"


class FundQuerySet(models.QuerySet["Fund"]):
    def visible_to(self, actor: Actor) -> "FundQuerySet":
        """Funds of the region; a company or fund body sees its own only."""
        if actor.reach is Reach.REGION:
            return self.filter(region_id=actor.city_code)
        return self.filter(organisation=actor.organisation)


class Fund(models.Model):
    """A pot of money for contributions. Its sums are the totals of its ledger."""

    name = models.CharField("nama", max_length=120)
    kind = models.CharField("sumber", max_length=9, choices=FundKind.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="funds")
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="funds"
    )
    first_month = models.DateField("bulan pertama")
    last_month = models.DateField("bulan terakhir")
    quota = models.PositiveIntegerField("kuota orang", null=True, blank=True)
    # limits on whom it may cover; empty = anyone
    categories = models.JSONField("kategori", default=list, blank=True)
    kelurahan_prefixes = models.JSONField("wilayah", default=list, blank=True)
    granted = models.BigIntegerField("diberikan", default=0)
    reserved = models.BigIntegerField("dicadangkan", default=0)
    spent = models.BigIntegerField("dibelanjakan", default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FundQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="fund_name_once"),
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")), name="fund_months_in_order"
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0)
                & Q(spent__gte=0)
                & Q(granted__gte=F("reserved") + F("spent")),
                name="fund_never_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def free(self) -> int:
        """Rupiah neither reserved nor spent."""
        return self.granted - self.reserved - self.spent


class EntryKind(models.TextChoices):
    GRANTED = "granted", "Diberikan"
    RESERVED = "reserved", "Dicadangkan"
    RELEASED = "released", "Cadangan dilepas"
    SPENT = "spent", "Dibelanjakan"
    RETURNED = "returned", "Dikembalikan"


class Entry(models.Model):
    """One line of a fund's ledger; never changed. Spending takes from what was reserved."""

    fund = models.ForeignKey(Fund, models.PROTECT, related_name="entries")
    kind = models.CharField("jenis", max_length=8, choices=EntryKind.choices)
    amount = models.PositiveBigIntegerField("jumlah")
    on = models.DateField("tanggal")
    noun = models.CharField(max_length=40, blank=True)  # what it was for: plan, payment …
    object_id = models.CharField(max_length=40, blank=True)
    note = models.CharField("keterangan", max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="entry_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"


class PlanState(models.TextChoices):
    DRAFT = "draft", "Rancangan"
    APPROVED = "approved", "Disetujui"
    CANCELLED = "cancelled", "Dibatalkan"


class Plan(models.Model):
    """A reproducible run: rules, data as of, funds → who is covered by which fund, when."""

    name = models.CharField("nama", max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    screening = models.ForeignKey(Screening, models.PROTECT, related_name="plans")
    first_month = models.DateField("bulan pertama")
    last_month = models.DateField("bulan terakhir")
    rules = models.JSONField("aturan")  # priorities, target months, funds as they stood
    result = models.JSONField("hasil", default=dict)  # totals and warnings
    state = models.CharField(
        "status", max_length=9, choices=PlanState.choices, default=PlanState.DRAFT
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("made_by")),
                name="maker_is_not_checker",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_by__isnull=False),
                name="approved_plan_names_who",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Allocation(models.Model):
    """One worker's run of months from one fund."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="allocations", db_index=False)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="allocations")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="allocations")
    rank = models.PositiveIntegerField("urutan")
    first_month = models.DateField("bulan pertama")
    last_month = models.DateField("bulan terakhir")
    amount = models.PositiveBigIntegerField("jumlah")
    reason = models.CharField("alasan", max_length=200)
    # why it came to nothing, e.g. BPJS rejected the worker; its money is free again
    dropped_because = models.CharField("dilepas karena", max_length=120, blank=True)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "worker", "first_month"], name="allocation_once"
            ),
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")), name="allocation_months_in_order"
            ),
        ]
        indexes = [models.Index(fields=["plan", "fund"], name="allocation_plan_fund")]

    def __str__(self) -> str:
        return f"{self.worker_id} {self.first_month:%Y-%m}–{self.last_month:%Y-%m}"


class Cause(models.TextChoices):
    """What kept a worker out of a plan: the plan itself, or what somebody has to see to first."""

    PLAN = "plan", "Dana atau aturan rencana"
    DOUBTFUL = "doubtful", "Masih perlu dipastikan"
    DOUBLE = "double", "Mungkin orang yang sama"
    GIVEN_UP = "given_up", "Dilepas dari rencana sebelumnya"


class LeftOut(models.Model):
    """An eligible worker the plan could not cover, and why."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="left_out", db_index=False)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    cause = models.CharField("sebab", max_length=8, choices=Cause, default=Cause.PLAN)
    reason = models.CharField("alasan", max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "worker"], name="left_out_once"),
            models.CheckConstraint(
                condition=Q(cause__in=Cause.values), name="left_out_cause_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id}: {self.reason}"
