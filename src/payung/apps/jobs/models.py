from django.db import models

from payung.apps.accounts.models import Membership


class State(models.TextChoices):
    WAITING = "waiting", "Menunggu"
    RUNNING = "running", "Berjalan"
    DONE = "done", "Selesai"
    FAILED = "failed", "Gagal"


class Job(models.Model):
    """Long work in the background, with progress a page can poll."""

    kind = models.CharField(max_length=40)
    label = models.CharField("pekerjaan", max_length=160)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    params = models.JSONField(default=dict)
    state = models.CharField("status", max_length=8, choices=State.choices, default=State.WAITING)
    error = models.TextField("kesalahan", blank=True)
    result = models.JSONField(null=True)
    url = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.label} ({self.get_state_display()})"
