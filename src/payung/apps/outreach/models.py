from django.db import models
from django.db.models import Q

from payung.apps.accounts.models import Organisation, User
from payung.apps.funding.models import Fund
from payung.apps.regions.models import Region
from payung.identity.numbers import dotted


class Circular(models.Model):
    """A letter (surat edaran) asking companies to take part."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    number = models.CharField("nomor", max_length=80)
    title = models.CharField("perihal", max_length=200)
    signed_on = models.DateField("tanggal")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["region", "number"], name="circular_number_once"),
        ]

    def __str__(self) -> str:
        return self.number


class Reply(models.TextChoices):
    NONE = "none", "Belum menjawab"
    YES = "yes", "Bersedia"
    NO = "no", "Tidak bersedia"


class Recipient(models.Model):
    """A company a circular was sent to, and its reply."""

    circular = models.ForeignKey(Circular, models.CASCADE, related_name="recipients")
    company = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sent_on = models.DateField("dikirim")
    reply = models.CharField("jawaban", max_length=4, choices=Reply.choices, default=Reply.NONE)
    replied_on = models.DateField("dijawab", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circular", "company"], name="recipient_once"),
        ]

    def __str__(self) -> str:
        return f"{self.circular} → {self.company}"


class PledgeState(models.TextChoices):
    PLEDGED = "pledged", "Dijanjikan"
    FUNDED = "funded", "Dana diterima"
    WITHDRAWN = "withdrawn", "Dibatalkan"


class Pledge(models.Model):
    """What a company promised: so many people for so many months. Never by NIK."""

    company = models.ForeignKey(Organisation, models.PROTECT, related_name="pledges")
    circular = models.ForeignKey(Circular, models.PROTECT, null=True, blank=True)
    people = models.PositiveIntegerField("orang")
    months = models.PositiveSmallIntegerField("bulan")
    amount = models.PositiveBigIntegerField("jumlah")
    pledged_on = models.DateField("tanggal")
    state = models.CharField(
        "status", max_length=9, choices=PledgeState.choices, default=PledgeState.PLEDGED
    )
    fund = models.OneToOneField(Fund, models.PROTECT, null=True, blank=True, related_name="pledge")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pledged_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(people__gt=0) & Q(months__gt=0), name="pledge_of_something"
            ),
            models.CheckConstraint(
                condition=~Q(state="funded") | Q(fund__isnull=False), name="funded_pledge_has_fund"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company}: {dotted(self.people)} orang"


class Gathering(models.Model):
    """A socialisation: where, when, how many came."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    on = models.DateField("tanggal")
    topic = models.CharField("topik", max_length=160)
    place = models.CharField("tempat", max_length=160)
    attended = models.PositiveIntegerField("hadir", default=0)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return self.topic
