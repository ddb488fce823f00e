from django.db import models
from django.db.models import Q

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.accounts.models import Organisation, User
from payung.apps.regions.models import Region
from payung.apps.workers.models import Worker


class ReferenceKind(models.TextChoices):
    BPJS_ACTIVE = "bpjs_active", "Peserta aktif BPJS Ketenagakerjaan"
    DEATHS = "deaths", "Daftar kematian"
    ASN = "asn", "Daftar ASN/TNI/Polri"
    DTSEN = "dtsen", "Desil DTSEN"


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def visible_to(self, actor: Actor) -> "ReferenceQuerySet":
        """References of the actor's city; a company sees none."""
        if actor.reach is Reach.FIGURES:
            return self.none()
        return self.filter(region_id=actor.city_code)


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
    passed_over = models.PositiveIntegerField(
        "tidak berlaku", default=0, help_text="Misalnya peserta yang sudah tidak aktif."
    )
    received_at = models.DateTimeField("diterima")
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = ReferenceQuerySet.as_manager()

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

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="entries", db_index=False)
    number = models.PositiveIntegerField("baris")
    nik = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=200, blank=True)
    name_key = models.CharField(max_length=200, blank=True)
    match_key = models.CharField(max_length=220, blank=True)
    birth_date = models.DateField(null=True)
    mother_name = models.CharField(max_length=200, blank=True)
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


class ScreeningQuerySet(models.QuerySet["Screening"]):
    def visible_to(self, actor: Actor) -> "ScreeningQuerySet":
        """Runs over the actor's city or a part of it; a company sees none."""
        if actor.reach is Reach.FIGURES:
            return self.none()
        return self.filter(region__code__startswith=actor.city_code)


class Screening(models.Model):
    """One run over the registry: who is eligible for cover from a date, by which references."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    on = models.DateField("untuk perlindungan mulai")
    references = models.ManyToManyField(Reference, related_name="screenings")
    workers = models.PositiveIntegerField("diperiksa", default=0)
    eligible = models.PositiveIntegerField("layak", default=0)
    doubtful = models.PositiveIntegerField("perlu dipastikan", default=0)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField("dijalankan")

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Penyaringan {self.pk}"


class MatchedBy(models.TextChoices):
    NIK = "nik", "NIK sama"
    PERSON = "person", "data diri mirip"
    RULE = "rule", "aturan"


class Code(models.TextChoices):
    """What a check can say; the first five put somebody out, when sure."""

    BPJS_ACTIVE = "bpjs-active", "Sudah peserta aktif BPJS"
    DEAD = "dead", "Tercatat meninggal"
    ASN = "asn", "ASN/TNI/Polri"
    AGE_LIMIT = "age-65", "Mencapai batas usia"
    AGE_MINIMUM = "age-under-15", "Di bawah usia kerja"
    BIRTH_DATE = "birth-date-blank", "Tanggal lahir kosong"
    OURS = "bpjs-ours", "Peserta aktif dari program ini"
    DECILE = "decile", "Desil DTSEN"


class Check(models.Model):
    """What an entry of a reference (or a rule) said of a worker in one run.

    Several entries say the same thing only as long as each of them may be the worker.
    """

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="checks", db_index=False)
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="checks")
    code = models.CharField("hasil", max_length=24, choices=Code.choices)
    excludes = models.BooleanField("menggugurkan")
    doubtful = models.BooleanField("perlu dipastikan", default=False)
    matched_by = models.CharField(max_length=6, choices=MatchedBy.choices)
    # that the entry is the worker, and the sentence that says why; of an entry only
    probability = models.FloatField("kemungkinan", null=True)
    why = models.TextField("sebab", blank=True)
    # as of a Match of lists, while somebody is asked
    evidence = models.JSONField("bukti", default=list)
    entry = models.ForeignKey(
        ReferenceEntry, models.PROTECT, null=True, related_name="+", db_index=False
    )
    value = models.CharField(max_length=80, blank=True)
    value_date = models.DateField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("diputuskan", null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["screening", "worker", "code", "entry"], name="check_once_per_run"
            ),
            models.UniqueConstraint(
                fields=["screening", "worker", "code"],
                condition=Q(entry__isnull=True),
                name="rule_once_per_run",
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

    screening = models.ForeignKey(
        Screening, models.CASCADE, related_name="verdicts", db_index=False
    )
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="verdicts")
    eligible = models.BooleanField("layak")
    doubtful = models.BooleanField("perlu dipastikan", default=False)
    decile = models.PositiveSmallIntegerField("desil", null=True)
    # codes of what puts out or is doubtful, space between
    reasons = models.CharField("alasan", max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["screening", "worker"], name="verdict_once_per_run"),
        ]
        indexes = [models.Index(fields=["screening", "eligible"], name="verdict_eligible")]

    def __str__(self) -> str:
        return f"{self.worker_id}: {'layak' if self.eligible else 'tidak layak'}"
