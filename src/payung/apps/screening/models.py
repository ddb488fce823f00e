from django.db import models
from django.db.models import Q

from payung.apps.accounts.models import Organisation, User
from payung.apps.regions.models import Region
from payung.apps.workers.models import Worker


class ReferenceKind(models.TextChoices):
    BPJS_ACTIVE = "bpjs_active", "Peserta aktif BPJS Ketenagakerjaan"
    DEATHS = "deaths", "Daftar kematian"
    ASN = "asn", "Daftar ASN/TNI/Polri"
    DTSEN = "dtsen", "Desil DTSEN"


class Reference(models.Model):
    """A list others keep, received as a file, against which workers are checked."""

    kind = models.CharField("jenis", max_length=12, choices=ReferenceKind.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    source = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    filename = models.CharField("nama berkas", max_length=255)
    sha256 = models.CharField(max_length=64)
    as_of = models.DateField("keadaan per")
    rows = models.PositiveIntegerField("baris", default=0)
    unreadable = models.PositiveIntegerField("baris tak terbaca", default=0)
    received_at = models.DateTimeField("diterima")
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-as_of", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "kind", "region"], name="reference_file_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} per {self.as_of}"


class ReferenceEntry(models.Model):
    """One person of a reference."""

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField("baris")
    nik = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=200, blank=True)
    name_key = models.CharField(max_length=200, blank=True)
    match_key = models.CharField(max_length=220, blank=True)
    birth_date = models.DateField(null=True)
    value = models.CharField(max_length=80, blank=True)  # segment, decile, employer
    number_held = models.CharField(max_length=32, blank=True)  # a KPJ
    value_date = models.DateField(null=True)  # date of death

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reference", "number"], name="entry_number_once"),
        ]
        indexes = [
            models.Index(fields=["reference", "nik"], name="entry_nik"),
            models.Index(fields=["reference", "match_key"], name="entry_match_key"),
        ]

    def __str__(self) -> str:
        return f"Baris {self.number}"


class Screening(models.Model):
    """One run over the registry: who is eligible for cover from a date, by which references."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    on = models.DateField("untuk perlindungan mulai")
    references = models.ManyToManyField(Reference, related_name="screenings")
    workers = models.PositiveIntegerField("diperiksa", default=0)
    eligible = models.PositiveIntegerField("layak", default=0)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("dijalankan")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Penyaringan {self.pk}"


class MatchedBy(models.TextChoices):
    NIK = "nik", "NIK sama"
    PERSON = "person", "nama dan tanggal lahir sama"
    RULE = "rule", "aturan"


class Check(models.Model):
    """What a reference (or a rule) said of a worker in one run."""

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="checks")
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="checks")
    # bpjs-active, dead, asn, decile, age-65, age-under-15 …; "…?" never: doubtful has its own flag
    code = models.CharField(max_length=24)
    excludes = models.BooleanField("menggugurkan")
    doubtful = models.BooleanField("perlu dipastikan", default=False)
    matched_by = models.CharField(max_length=6, choices=MatchedBy.choices)
    entry = models.ForeignKey(ReferenceEntry, models.PROTECT, null=True, related_name="+")
    value = models.CharField(max_length=80, blank=True)
    value_date = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["screening", "worker", "code"], name="check_once_per_run"
            ),
            models.CheckConstraint(
                condition=Q(matched_by="rule") | Q(entry__isnull=False),
                name="check_names_its_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.worker_id}"


class Verdict(models.Model):
    """The run's outcome for one worker."""

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="verdicts")
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="verdicts")
    eligible = models.BooleanField("layak")
    decile = models.PositiveSmallIntegerField("desil", null=True)
    reasons = models.CharField("alasan", max_length=200, blank=True)  # codes, space between

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["screening", "worker"], name="verdict_once_per_run"),
        ]
        indexes = [models.Index(fields=["screening", "eligible"], name="verdict_eligible")]

    def __str__(self) -> str:
        return f"{self.worker_id}: {'layak' if self.eligible else 'tidak layak'}"
