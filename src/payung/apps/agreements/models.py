from django.db import models
from django.db.models import F, Q

from payung.apps.accounts.models import Organisation, User
from payung.apps.regions.models import Region


class Kind(models.TextChoices):
    MOU = "mou", "Nota kesepakatan (MoU)"
    PKS = "pks", "Perjanjian kerja sama (PKS)"
    SK = "sk", "Surat keputusan (SK)"


class Agreement(models.Model):
    """MoU → PKS → SK: who agreed what with whom, for which dates, heads and rupiah."""

    kind = models.CharField("jenis", max_length=3, choices=Kind.choices)
    number = models.CharField("nomor", max_length=80)
    title = models.CharField("judul", max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    first_party = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    second_party = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    signed_on = models.DateField("ditandatangani")
    starts_on = models.DateField("mulai")
    ends_on = models.DateField("berakhir")
    quota = models.PositiveIntegerField("kuota orang", null=True, blank=True)
    ceiling = models.PositiveBigIntegerField("pagu (rupiah)", null=True, blank=True)
    clauses = models.JSONField("klausul", default=list, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="agreement_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="agreement_dates_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(kind="pks") | Q(parent__isnull=False), name="pks_has_its_mou"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
