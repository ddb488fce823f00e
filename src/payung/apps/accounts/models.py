from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from payung.apps.regions.models import Region


class Kind(models.TextChoices):
    CITY = "city", "Pemerintah kota/kabupaten"
    LEAD = "lead", "Dinas pengampu"
    INSPECTORATE = "inspectorate", "Inspektorat"
    OFFICE = "office", "Perangkat daerah"
    KECAMATAN = "kecamatan", "Kecamatan"
    KELURAHAN = "kelurahan", "Kelurahan/desa"
    BRANCH = "branch", "Cabang BPJS Ketenagakerjaan"
    COMPANY = "company", "Perusahaan"
    ASSOCIATION = "association", "Wadah/asosiasi"
    FUND_BODY = "fund_body", "Lembaga dana"


class Role(models.TextChoices):
    OPERATOR = "operator", "Petugas data"
    VERIFIER = "verifier", "Verifikator"
    APPROVER = "approver", "Penyetuju"
    BRANCH_OFFICER = "branch_officer", "Petugas BPJS"
    SPONSOR = "sponsor", "Penyandang dana"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


class Organisation(models.Model):
    kind = models.CharField("jenis", max_length=16, choices=Kind.choices)
    name = models.CharField("nama", max_length=120)
    slug = models.SlugField("kode singkat", max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, related_name="organisations")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["region", "slug"], name="organisation_slug_once"),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **extra: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    email = models.EmailField("surel", unique=True)
    name = models.CharField("nama", max_length=120)
    is_active = models.BooleanField("aktif", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email


class Membership(models.Model):
    """A person's role in an organisation."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    role = models.CharField("peran", max_length=16, choices=Role.choices)
    is_active = models.BooleanField("aktif", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role"], name="membership_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"
