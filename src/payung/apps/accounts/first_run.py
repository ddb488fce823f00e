"""The first run of a real installation: region codes, the lead office, its administrator."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from payung.apps.accounts import services
from payung.apps.accounts.models import Kind, Membership, Organisation, Role
from payung.apps.errors import DomainError
from payung.apps.regions.models import Level, Region


def is_done() -> bool:
    """Whether somebody can administer this installation already."""
    return Membership.objects.filter(role=Role.ADMINISTRATOR, user__is_active=True).exists()


def city(code: str) -> Region:
    """The city or regency of that code. Raises DomainError when its codes are not loaded."""
    found = Region.objects.filter(pk=code, level=Level.KABKOTA).first()
    if found is None:
        known = ", ".join(
            f"{region.pk} {region.name}"
            for region in Region.objects.filter(level=Level.KABKOTA)[:5]
        )
        raise DomainError(
            f"Kode wilayah «{code}» tidak dikenal; yang sudah dimuat: {known or 'belum ada'}. "
            "Untuk wilayah lain muat tabel kodenya: payung init --codes BERKAS.csv"
        )
    return found


def address(email: str) -> str:
    """The e-mail address itself. Raises DomainError when it is none."""
    try:
        validate_email(email)
    except ValidationError as error:
        raise DomainError(
            f"«{email}» bukan alamat surel; tulis misalnya nama@kota.go.id."
        ) from error
    return email


@transaction.atomic
def found(*, region_code: str, office_name: str, name: str, email: str) -> Membership:
    """Make the city, its lead office, its kecamatan and kelurahan, and the first administrator.

    Raises DomainError when done already or when the region's codes are not loaded.
    """
    if is_done():
        raise DomainError(
            "Payung sudah disiapkan di sini. Untuk tautan masuk baru: payung init --new-link SUREL"
        )
    place = city(region_code)
    address(email)
    government = services.create_organisation(
        actor=None, kind=Kind.CITY, name=f"Pemerintah {place.name}", slug="pemda", region=place
    )
    lead = services.create_organisation(
        actor=None,
        kind=Kind.LEAD,
        name=office_name,
        slug="pengampu",
        region=place,
        parent=government,
    )
    found_areas(city=place, parent=government)
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
