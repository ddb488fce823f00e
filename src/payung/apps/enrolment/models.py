from django.db import models
from django.db.models import F, Q

from payung.apps.accounts.models import Organisation, User
from payung.apps.funding.models import Allocation, Fund, Plan
from payung.apps.regions.models import Region
from payung.apps.workers.models import Worker


class BatchState(models.TextChoices):
    NEW = "new", "Baru"
    READY = "ready", "Siap dikirim"
    SENT = "sent", "Terkirim"
    PROCESSED = "processed", "Dijawab"


class Batch(models.Model):
    """What went to BPJS in one file, and what came back."""

    number = models.CharField("nomor", max_length=40, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="batches")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="batches")
    branch = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    start_month = models.DateField("mulai perlindungan")
    layout = models.JSONField("tata letak")  # the upload layout as used
    state = models.CharField(
        "status", max_length=9, choices=BatchState.choices, default=BatchState.NEW
    )
    lines_count = models.PositiveIntegerField("orang", default=0)
    accepted = models.PositiveIntegerField("diterima", default=0)
    rejected = models.PositiveIntegerField("ditolak", default=0)
    file_sha256 = models.CharField(max_length=64, blank=True)
    answer_sha256 = models.CharField(max_length=64, blank=True)
    answer_filename = models.CharField(max_length=255, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    processed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.number


class Answer(models.TextChoices):
    WAITING = "waiting", "Menunggu"
    ACCEPTED = "accepted", "Diterima"
    REJECTED = "rejected", "Ditolak"


class Line(models.Model):
    """One worker of a batch, with the values as sent and BPJS's own answer."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines", db_index=False)
    number = models.PositiveIntegerField("baris")
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="batch_lines")
    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="+")
    nik = models.CharField("NIK", max_length=16)
    values = models.JSONField("nilai seperti dikirim")
    answer = models.CharField(
        "jawaban", max_length=8, choices=Answer.choices, default=Answer.WAITING
    )
    kpj = models.CharField("KPJ", max_length=11, blank=True)
    starts_on = models.DateField("mulai", null=True)
    reject_code = models.CharField("kode tolak", max_length=40, blank=True)
    reject_reason = models.CharField("alasan tolak", max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="line_number_once"),
            models.UniqueConstraint(fields=["batch", "worker"], name="line_worker_once"),
            models.UniqueConstraint(fields=["batch", "nik"], name="line_nik_once"),
            models.CheckConstraint(
                condition=~Q(answer="accepted") | (~Q(kpj="") & Q(starts_on__isnull=False)),
                name="accepted_line_has_kpj",
            ),
            models.CheckConstraint(
                condition=~Q(answer="rejected") | ~Q(reject_reason=""),
                name="rejected_line_says_why",
            ),
        ]
        indexes = [models.Index(fields=["batch", "answer"], name="line_batch_answer")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.number}"


class Program(models.TextChoices):
    JKK = "jkk", "JKK"
    JKM = "jkm", "JKM"


class Coverage(models.Model):
    """A worker's insured months under a KPJ, per programme."""

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="coverages", db_index=False)
    line = models.ForeignKey(Line, models.PROTECT, related_name="coverages")
    fund = models.ForeignKey(Fund, models.PROTECT, related_name="+", db_index=False)
    program = models.CharField("program", max_length=3, choices=Program.choices)
    kpj = models.CharField("KPJ", max_length=11)
    first_month = models.DateField("bulan pertama")
    last_month = models.DateField("bulan terakhir")
    ended_because = models.CharField("sebab berakhir", max_length=40, blank=True)

    class Meta:
        ordering = ["first_month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")), name="coverage_months_in_order"
            ),
        ]
        indexes = [
            models.Index(fields=["worker", "program", "first_month"], name="coverage_worker"),
            models.Index(fields=["first_month", "last_month"], name="coverage_months"),
        ]

    def __str__(self) -> str:
        return f"{self.kpj} {self.first_month:%Y-%m}–{self.last_month:%Y-%m}"
