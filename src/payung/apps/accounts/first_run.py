"""The first run of a real installation: region codes, the lead office, its administrator."""

from dataclasses import dataclass

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from payung.apps.accounts import services
from payung.apps.accounts.models import Kind, Membership, Organisation, Role, User
from payung.apps.errors import DomainError
from payung.apps.regions.models import Level, Region


@dataclass(frozen=True)
class Link:
    """What a one-time link carries: whose, and the token that is spent with the password."""

    uid: str
    token: str


def one_time_link(user: User) -> Link:
    """A link that lets the person set a password once; void after use or three days."""
    return Link(
        urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)
    )


def is_done() -> bool:
    """Whether somebody can administer this installation already."""
    return Membership.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True).exists()


@transaction.atomic
def found(*, region_code: str, office_name: str, name: str, email: str) -> Membership:
    """Make the city, its lead office, its kecamatan and kelurahan, and the first administrator.

    Raises DomainError when done already or when the region's codes are not loaded.
    """
    if is_done():
        raise DomainError(
            "Payung sudah disiapkan di sini. Untuk tautan masuk baru: payung init --new-link SUREL"
        )
    city = Region.objects.filter(pk=region_code, level=Level.KABKOTA).first()
    if city is None:
        raise DomainError(
            f"Kode wilayah «{region_code}» tidak dikenal. Muat dulu tabel kodenya: "
            "payung init --codes BERKAS.csv"
        )
    government = services.create_organisation(
        actor=None, kind=Kind.CITY, name=f"Pemerintah {city.name}", slug="pemda", region=city
    )
    lead = services.create_organisation(
        actor=None,
        kind=Kind.LEAD,
        name=office_name,
        slug="pengampu",
        region=city,
        parent=government,
    )
    found_areas(city=city, parent=government)
    return services.add_member(
        actor=None, email=email, name=name, organisation=lead, role=Role.ADMINISTRATOR
    )


def found_areas(*, city: Region, parent: Organisation) -> list[Organisation]:
    """An organisation for every kecamatan and kelurahan of the city, named after it."""
    inside = Region.objects.filter(code__startswith=f"{city.code}.")
    kinds = {Level.KECAMATAN: "Kecamatan", Level.KELURAHAN: "Kelurahan"}
    if city.name.startswith("Kab"):
        kinds[Level.KELURAHAN] = "Desa"
    return services.create_organisations(
        actor=None,
        organisations=[
            Organisation(
                kind=Kind.KECAMATAN if area.level == Level.KECAMATAN else Kind.KELURAHAN,
                name=f"{kinds[Level(area.level)]} {area.name}",
                slug=area.code.replace(".", "-"),
                region=area,
                parent=parent,
            )
            for area in inside
            if area.level in kinds
        ],
    )
