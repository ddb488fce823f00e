from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.accounts.models import Organisation
from payung.apps.regions.models import Region

KPJ_LENGTH = 11  # digits or letters


class Sex(models.TextChoices):
    FEMALE = "P", "Perempuan"
    MALE = "L", "Laki-laki"


class Sector(models.TextChoices):
    TRANSPORT = "transport", "Transportasi"
    OTHER = "other", "Lainnya"


class PersonFields(models.Model):
    """What is known of a person: the same columns for a list row and for a worker."""

    nik = models.CharField("NIK", max_length=32, blank=True)
    name = models.CharField("nama", max_length=200, blank=True)
    name_key = models.CharField(max_length=200, blank=True)
    match_key = models.CharField(max_length=220, blank=True)
    birth_place = models.CharField("tempat lahir", max_length=120, blank=True)
    birth_date = models.DateField("tanggal lahir", null=True, blank=True)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex.choices, blank=True)
    mother_name = models.CharField("nama ibu", max_length=200, blank=True)
    kk = models.CharField("nomor KK", max_length=32, blank=True)
    address = models.CharField("alamat", max_length=300, blank=True)
    rt_rw = models.CharField("RT/RW", max_length=20, blank=True)
    phone = models.CharField("telepon", max_length=32, blank=True)
    email = models.CharField("surel", max_length=254, blank=True)
    occupation = models.CharField("kode pekerjaan", max_length=40, blank=True)
    occupation_text = models.CharField("pekerjaan", max_length=120, blank=True)
    sector = models.CharField("sektor", max_length=9, choices=Sector.choices, default=Sector.OTHER)
    income = models.PositiveBigIntegerField("penghasilan", null=True, blank=True)

    class Meta:
        abstract = True


# Columns of PersonFields in the order bulk statements use.
PERSON_COLUMNS = [field.name for field in PersonFields._meta.fields]


class NameRules(models.Model):
    """By which rules of names the stored `name_key` and `match_key` were made: one row."""

    fingerprint = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="one_row_of_name_rules"),
        ]

    def __str__(self) -> str:
        return self.fingerprint


class WorkerQuerySet(models.QuerySet["Worker"]):
    def visible_to(self, actor: Actor) -> "WorkerQuerySet":
        """Workers within the actor's reach; a company sees none."""
        sent = Exists(Source.objects.filter(worker=OuterRef("pk"), organisation=actor.organisation))
        if actor.reach is Reach.REGION:
            inside = Q(region__code__startswith=actor.region_code)
            if actor.region_code == actor.city_code:
                return self.filter(inside)
            return self.filter(inside | Q(sent))
        if actor.reach is Reach.OWN:
            return self.filter(sent)
        return self.none()

    def living(self) -> "WorkerQuerySet":
        return self.filter(died_on__isnull=True)

    def persons(self) -> "WorkerQuerySet":
        """Each person once: without the aliases."""
        return self.filter(same_as__isnull=True)


class Worker(PersonFields):
    """One person once."""

    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="workers",
        db_index=False,
        db_constraint=False,
        help_text="Kelurahan tempat tinggal; kota bila kelurahannya belum diketahui.",
    )
    kpj = models.CharField("KPJ", max_length=KPJ_LENGTH, blank=True)
    died_on = models.DateField("meninggal pada", null=True, blank=True)
    same_as = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="aliases",
        db_index=False,
        help_text="Orang yang sama, yang datanya dipakai seterusnya.",
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    objects = WorkerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            # of the dead each counts for itself; looking a NIK up takes the same index
            models.UniqueConstraint(
                F("nik"),
                Case(
                    When(died_on=None, then=Value(0)),
                    default=F("id"),
                    output_field=models.BigIntegerField(),
                ),
                name="one_living_worker_per_nik",
            ),
            models.UniqueConstraint(fields=["kpj"], condition=~Q(kpj=""), name="kpj_once"),
            models.CheckConstraint(condition=~Q(nik="") & ~Q(name=""), name="worker_has_nik_name"),
            models.CheckConstraint(condition=~Q(same_as=F("id")), name="worker_is_not_own_alias"),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="worker_name"),
            models.Index(fields=["region"], name="worker_region"),
            models.Index(fields=["match_key"], name="worker_match_key"),
            models.Index(
                fields=["same_as"], condition=Q(same_as__isnull=False), name="worker_same_as"
            ),
        ]

    def __str__(self) -> str:
        return f"Pekerja {self.pk}"


class Source(models.Model):
    """One place a worker's values came from, with the values as that source gave them."""

    # guards.py checks both
    worker = models.ForeignKey(Worker, models.CASCADE, related_name="sources", db_constraint=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    kind = models.CharField(max_length=16)
    # of "list-row" its row, of "correction", "death" and "death-withdrawn" the event, of "kpj"
    # and "death-list" the worker
    source_id = models.BigIntegerField()
    received_at = models.DateTimeField()
    values = models.JSONField(default=dict)

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "source_id"], name="source_once"),
        ]
        indexes = [
            models.Index(fields=["organisation", "worker"], name="source_organisation_worker"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}"
