from django.db import models

from payung.apps.accounts.models import Organisation, Role, User


class Event(models.Model):
    """Who, in which role, did what to what: append-only, each carrying the hash of the last."""

    at = models.DateTimeField("waktu")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    role = models.CharField("peran", max_length=16, choices=Role.choices, blank=True)
    act = models.CharField("tindakan", max_length=60)
    noun = models.CharField("objek", max_length=40)
    object_id = models.CharField("nomor objek", max_length=40, blank=True)
    rows = models.TextField("baris", blank=True, help_text="Nomor baris, sebagai rentang: 1-20,25")
    row_count = models.PositiveIntegerField("jumlah baris", default=0)
    before = models.JSONField("sebelum", null=True)
    after = models.JSONField("sesudah", null=True)
    reason = models.TextField("alasan", blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["noun", "object_id"], name="event_object"),
            models.Index(fields=["act", "at"], name="event_act_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.noun} {self.object_id}"


class Access(models.Model):
    """Who opened whose record, when."""

    at = models.DateTimeField("waktu")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    noun = models.CharField("objek", max_length=40)
    object_id = models.CharField("nomor objek", max_length=40)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["noun", "object_id"], name="access_object")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.noun} {self.object_id}"
