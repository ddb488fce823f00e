from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.accounts.models import Organisation, User
from payung.apps.agreements.models import Agreement
from payung.apps.jobs.models import Job
from payung.apps.regions.models import Region
from payung.apps.workers.models import PersonFields, Worker

# in a class with a foreign key `list` the builtin is out of sight
_empty_list = list


class State(models.TextChoices):
    READING = "reading", "Sedang dibaca"
    READ = "read", "Perlu diperiksa"
    ACCEPTING = "accepting", "Sedang diterima"
    ACCEPTED = "accepted", "Diterima"
    FAILED = "failed", "Gagal dibaca"
    WITHDRAWN = "withdrawn", "Ditarik"


class Fate(models.TextChoices):
    WAITING = "waiting", "Menunggu"
    NEW = "new", "Pekerja baru"
    JOINED = "joined", "Sudah terdaftar"
    REVIEW = "review", "Perlu keputusan"
    REJECTED = "rejected", "Ditolak"


class Severity(models.IntegerChoices):
    CLEAN = 0, "Siap"
    WARN = 1, "Peringatan"
    REJECT = 2, "Salah"


class ListQuerySet(models.QuerySet["List"]):
    def visible_to(self, actor: Actor) -> "ListQuerySet":
        if actor.reach is Reach.REGION:
            return self.filter(sender__region__code__startswith=actor.region_code)
        if actor.reach is Reach.OWN:
            return self.filter(sender=actor.organisation)
        return self.none()


class List(models.Model):
    """A file of names as an office sent it."""

    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="lists")
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", help_text="Kota yang kelurahannya dikenali."
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="lists"
    )
    subject = models.CharField("perihal", max_length=160, blank=True)
    filename = models.CharField("nama berkas", max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("ukuran")
    start_month = models.DateField("bulan mulai")
    state = models.CharField("status", max_length=9, choices=State.choices, default=State.READING)
    error = models.TextField("kesalahan", blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    received_at = models.DateTimeField("diterima")
    accepted_at = models.DateTimeField(null=True)
    rows = models.PositiveIntegerField("baris", default=0)
    clean = models.PositiveIntegerField("siap", default=0)
    warned = models.PositiveIntegerField("peringatan", default=0)
    rejected = models.PositiveIntegerField("salah", default=0)
    skipped = models.JSONField("lembar dilewati", default=list)  # [[sheet, why]]
    # the new workers against the whole registry, after acceptance
    checking = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    checked_at = models.DateTimeField("pekerja barunya diperiksa", null=True)

    objects = ListQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "region"],
                condition=~Q(state__in=["withdrawn", "failed"]),
                name="file_taken_once",
            ),
        ]

    def __str__(self) -> str:
        return self.filename


class Sheet(models.Model):
    """One sheet of a list: where its header stands and what its columns mean."""

    list = models.ForeignKey(List, models.CASCADE, related_name="sheets")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("lembar", max_length=120)
    header_row = models.PositiveIntegerField("baris judul")
    # [{"index", "heading", "field": str|null, "certain", "samples": [str], "rounded", "cards"}]
    columns = models.JSONField("kolom", default=_empty_list)
    rows = models.PositiveIntegerField("baris", default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["list", "position"], name="sheet_position_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Row(PersonFields):
    """One row as sent (cells), as corrected, as read (PersonFields), and what became of it."""

    # the sheet is the list's: checking the sheet is enough; what is checked, guards.py checks
    list = models.ForeignKey(
        List, models.CASCADE, related_name="entries", db_index=False, db_constraint=False
    )
    sheet = models.ForeignKey(
        Sheet, models.CASCADE, related_name="entries", db_index=False, db_constraint=False
    )
    number = models.PositiveIntegerField("baris", help_text="Seperti terlihat di lembar kerja.")
    cells = models.JSONField("isi seperti dikirim", default=_empty_list)
    corrections = models.JSONField("perbaikan", default=dict)
    kelurahan_text = models.CharField("kelurahan", max_length=120, blank=True)
    kecamatan_text = models.CharField("kecamatan", max_length=120, blank=True)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    severity = models.PositiveSmallIntegerField(choices=Severity.choices, default=Severity.CLEAN)
    fate = models.CharField("nasib", max_length=8, choices=Fate.choices, default=Fate.WAITING)
    worker = models.ForeignKey(
        Worker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )

    class Meta:
        ordering = ["sheet__position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="row_number_once"),
            models.CheckConstraint(
                condition=~Q(fate__in=["new", "joined"]) | Q(worker__isnull=False),
                name="accepted_row_has_worker",
            ),
        ]
        # none over fate or worker: accepting changes both in every row of a list, and PostgreSQL
        # then leaves the other indexes alone
        indexes = [models.Index(fields=["list", "nik"], name="row_list_nik")]

    def __str__(self) -> str:
        return f"Baris {self.number}"


class Finding(models.Model):
    """One thing wrong or odd in one cell."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="findings")
    # the row is the list's: its foreign key is enough to check
    list = models.ForeignKey(
        List, models.CASCADE, related_name="findings", db_index=False, db_constraint=False
    )
    code = models.CharField(max_length=32)
    severity = models.PositiveSmallIntegerField(choices=Severity.choices)
    field = models.CharField(max_length=16, blank=True)
    column = models.CharField("kolom", max_length=160, blank=True)
    message = models.TextField("masalah")

    class Meta:
        ordering = ["row__number", "id"]
        indexes = [models.Index(fields=["list", "code"], name="finding_list_code")]

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


class ColumnMemory(models.Model):
    """What a sender's heading means, as a person once corrected it."""

    sender = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    heading = models.CharField("judul kolom", max_length=160)
    field = models.CharField("menjadi", max_length=16, blank=True)  # "" = keep, but not used

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sender", "heading"], name="heading_meaning_once"),
        ]

    def __str__(self) -> str:
        return f"{self.heading} → {self.field or '—'}"


class Decision(models.TextChoices):
    OPEN = "", "Belum diputuskan"
    SAME = "same", "Orang yang sama"
    DIFFERENT = "different", "Orang berbeda"


class Band(models.TextChoices):
    SAME = "same", "Hampir pasti sama"
    REVIEW = "review", "Perlu dilihat"


class Match(models.Model):
    """A row that may be a worker already known, and what a person decided."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="matches", db_index=False)
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="matches")
    probability = models.FloatField("kemungkinan")
    band = models.CharField("golongan", max_length=6, choices=Band.choices, default=Band.REVIEW)
    why = models.TextField("sebab", blank=True)  # one sentence; "" in matches of before
    # [{"field", "level", "weight", "text"}]; levels are those of the day it was found
    evidence = models.JSONField("bukti", default=list)
    decision = models.CharField(
        "keputusan", max_length=9, choices=Decision.choices, default=Decision.OPEN, blank=True
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-probability", "id"]
        constraints = [
            models.UniqueConstraint(fields=["row", "worker"], name="match_once"),
        ]

    def __str__(self) -> str:
        return f"{self.row_id} ~ {self.worker_id}"


class PairQuerySet(models.QuerySet["Pair"]):
    def visible_to(self, actor: Actor) -> "PairQuerySet":
        """Pairs of which the actor may see both workers."""
        seen = Worker.objects.visible_to(actor)
        # asked pair by pair: pairs are few, and workers many
        sides = (Exists(seen.filter(pk=OuterRef(side))) for side in ("left", "right"))
        return self.filter(*sides)

    def undecided(self) -> "PairQuerySet":
        """Open questions about two who are not one person by other decisions already."""
        return self.filter(decision=Decision.OPEN).exclude(
            Q(left__same_as=F("right"))
            | Q(right__same_as=F("left"))
            | Q(left__same_as__isnull=False, left__same_as=F("right__same_as"))
        )


class Pair(models.Model):
    """Two workers who may be one person, and what a person decided: a fact that is kept.

    The NIKs are those of the day it was found: who was told apart under two NIKs is not asked
    about again under them, whatever worker bears them.
    """

    left = models.ForeignKey(Worker, models.PROTECT, related_name="+", db_index=False)
    right = models.ForeignKey(Worker, models.PROTECT, related_name="+")
    left_nik = models.CharField("NIK", max_length=32)
    right_nik = models.CharField("NIK", max_length=32)
    list = models.ForeignKey(List, models.SET_NULL, null=True, related_name="+")
    probability = models.FloatField("kemungkinan")
    band = models.CharField("golongan", max_length=6, choices=Band.choices)
    why = models.TextField("sebab")
    evidence = models.JSONField("bukti", default=_empty_list)  # as of a Match
    found_at = models.DateTimeField()
    decision = models.CharField(
        "keputusan", max_length=9, choices=Decision.choices, default=Decision.OPEN, blank=True
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["-probability", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="pair_in_order"),
            models.UniqueConstraint(fields=["left", "right"], name="pair_once"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="decided_pair_names_who",
            ),
        ]
        indexes = [
            models.Index(fields=["left", "right"], condition=Q(decision=""), name="pair_undecided"),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} ~ {self.right_id}"
