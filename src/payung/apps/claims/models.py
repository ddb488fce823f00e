from django.db import models
from django.db.models import Q

from payung.apps.accounts.models import Organisation, User
from payung.apps.workers.models import Worker

SCHOLARSHIP = "scholarship"  # code of a benefit line that is paid school year by school year


class ClaimKind(models.TextChoices):
    JKM = "jkm", "Kematian (JKM)"
    JKK = "jkk", "Kecelakaan kerja (JKK)"
    JKK_DEATH = "jkk_death", "Meninggal karena kecelakaan kerja (JKK)"


class ClaimState(models.TextChoices):
    OPEN = "open", "Melengkapi berkas"
    FILED = "filed", "Diajukan ke BPJS"
    PAID = "paid", "Dibayar"
    REFUSED = "refused", "Ditolak BPJS"
    CLOSED = "closed", "Ditutup"


class Claim(models.Model):
    """A death or an accident, followed until the money is in the right hands."""

    number = models.CharField("nomor", max_length=40, unique=True)
    worker = models.ForeignKey(Worker, models.PROTECT, related_name="claims")
    kind = models.CharField("jenis", max_length=9, choices=ClaimKind.choices)
    event_at = models.DateTimeField("waktu kejadian")
    place = models.CharField("tempat", max_length=160, blank=True)
    story = models.TextField("kronologi", blank=True)
    reporter_name = models.CharField("nama pelapor", max_length=120)
    reporter_phone = models.CharField("telepon pelapor", max_length=32, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="claims")
    months_unable = models.PositiveSmallIntegerField("bulan tidak mampu bekerja", null=True)
    sudden = models.BooleanField("meninggal mendadak saat bekerja", default=False)
    # codes of payung.law that a doctor's statement stands for; empty: recovered, or not known yet
    disability = models.JSONField("cacat", default=list)
    left_handed = models.BooleanField("kidal", default=False)
    # ages in whole years on the day of the event, of those a scholarship is asked for
    children = models.JSONField("umur anak", default=list)
    state = models.CharField(
        "status", max_length=8, choices=ClaimState.choices, default=ClaimState.OPEN
    )
    cover = models.JSONField("perlindungan pada hari kejadian")  # law's answer, with steps
    income = models.PositiveBigIntegerField("dasar penghasilan")
    benefit_total = models.PositiveBigIntegerField("perkiraan manfaat", default=0)
    benefit_later = models.PositiveBigIntegerField("setelah tunggakan dilunasi", default=0)
    steps = models.JSONField("dasar hukum", default=list)  # payung.law.steps_as_data
    filed_on = models.DateField("diajukan", null=True)
    paid_on = models.DateField("dibayar", null=True)
    paid_amount = models.PositiveBigIntegerField("jumlah dibayar", null=True)
    outcome_note = models.CharField("keterangan", max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["worker"],
                condition=Q(kind__in=["jkm", "jkk_death"]) & ~Q(state="closed"),
                name="one_death_claim_per_worker",
            ),
            models.CheckConstraint(
                condition=~Q(state="paid")
                | (Q(paid_on__isnull=False) & Q(paid_amount__isnull=False)),
                name="paid_claim_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Heir(models.Model):
    """A person who may receive, in the legal order."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="heirs")
    name = models.CharField("nama", max_length=120)
    relation = models.CharField("hubungan", max_length=24)  # code of payung.law.heirs_order
    order = models.PositiveSmallIntegerField("urutan")
    phone = models.CharField("telepon", max_length=32, blank=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.relation}"


class DocumentState(models.TextChoices):
    MISSING = "missing", "Belum ada"
    RECEIVED = "received", "Diterima"
    VERIFIED = "verified", "Diperiksa"


class Document(models.Model):
    """A paper the claim needs."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="documents")
    code = models.CharField(max_length=40)
    name = models.CharField("dokumen", max_length=160)
    form = models.CharField("bentuk", max_length=80, blank=True)
    issuer = models.CharField("dari", max_length=80, blank=True)
    note = models.CharField("catatan", max_length=300, blank=True)
    source = models.CharField("dasar", max_length=120)
    verified_source = models.BooleanField("dasar terverifikasi")
    required = models.BooleanField("wajib", default=True)
    state = models.CharField(
        "status", max_length=8, choices=DocumentState.choices, default=DocumentState.MISSING
    )
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "code"], name="claim_document_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Deadline(models.Model):
    """A date the law sets for somebody."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="deadlines")
    code = models.CharField(max_length=40)
    name = models.CharField("tenggat", max_length=200)
    who = models.CharField("pihak", max_length=80)
    due_at = models.DateTimeField("paling lambat", null=True)
    counts_from = models.CharField("dihitung sejak", max_length=24)
    source = models.CharField("dasar", max_length=120)
    verified_source = models.BooleanField("dasar terverifikasi")
    steps = models.JSONField("dasar hukum", default=list)  # payung.law.steps_as_data
    met_on = models.DateField("dipenuhi", null=True)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "code"], name="claim_deadline_once"),
        ]

    def __str__(self) -> str:
        return self.name


class BenefitLine(models.Model):
    """One benefit the law gives for this event."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="benefits")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    name = models.CharField("manfaat", max_length=160)
    amount = models.PositiveBigIntegerField("jumlah", null=True)  # null: by medical need
    source = models.CharField("dasar", max_length=120)
    verified_source = models.BooleanField("dasar terverifikasi")
    later = models.BooleanField("setelah tunggakan dilunasi", default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "position"], name="benefit_position_once"),
        ]

    def __str__(self) -> str:
        return self.name
