"""The people and offices every test knows. All are made up.

Kota Tangerang's Disnaker leads. Dinsos and two kelurahan send lists, an ojek association too;
the BPJS branch answers; a company pays; the inspectorate looks. Kota Metro's Disnaker is the
stranger: another city's office, to which nothing of Kota Tangerang's may be visible.
"""

from dataclasses import dataclass
from functools import cache

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Kind, Membership, Organisation, Role, User
from payung.apps.regions.models import Level, Region

PASSWORD = "payung untuk semua"

_REGIONS = [
    ("36.71", "Kota Tangerang", Level.KABKOTA),
    ("36.71.01", "Tangerang", Level.KECAMATAN),
    ("36.71.01.1001", "Sukarasa", Level.KELURAHAN),
    ("36.71.01.1002", "Sukaasih", Level.KELURAHAN),
    ("36.71.02", "Jatiuwung", Level.KECAMATAN),
    ("36.71.02.1001", "Keroncong", Level.KELURAHAN),
    ("18.72", "Kota Metro", Level.KABKOTA),
    ("18.72.01", "Metro Pusat", Level.KECAMATAN),
    ("18.72.01.1001", "Metro", Level.KELURAHAN),
]

_ORGANISATIONS = [
    ("pemkot", Kind.CITY, "Pemerintah Kota Tangerang", "36.71"),
    ("disnaker", Kind.LEAD, "Disnaker Kota Tangerang", "36.71"),
    ("dinsos", Kind.OFFICE, "Dinsos Kota Tangerang", "36.71"),
    ("inspektorat", Kind.INSPECTORATE, "Inspektorat Kota Tangerang", "36.71"),
    ("kecamatan", Kind.KECAMATAN, "Kecamatan Tangerang", "36.71.01"),
    ("sukarasa", Kind.KELURAHAN, "Kelurahan Sukarasa", "36.71.01.1001"),
    ("keroncong", Kind.KELURAHAN, "Kelurahan Keroncong", "36.71.02.1001"),
    ("ojek", Kind.ASSOCIATION, "Paguyuban Ojek Tangerang", "36.71"),
    ("bpjs", Kind.BRANCH, "BPJS Ketenagakerjaan Cabang Tangerang", "36.71"),
    ("perusahaan", Kind.COMPANY, "PT Sepatu Nusantara", "36.71"),
    ("disnaker_metro", Kind.LEAD, "Disnaker Kota Metro", "18.72"),
]

PEOPLE = [
    ("rina", "Rina Wulandari", "disnaker", Role.OPERATOR),
    ("budi", "Budi Santoso", "disnaker", Role.VERIFIER),
    ("sari", "Sari Handayani", "disnaker", Role.APPROVER),
    ("agus", "Agus Prasetyo", "disnaker", Role.ADMINISTRATOR),
    ("dewi", "Dewi Lestari", "dinsos", Role.OPERATOR),
    ("tono", "Tono Hidayat", "inspektorat", Role.AUDITOR),
    ("lina", "Lina Marlina", "kecamatan", Role.OPERATOR),
    ("yanti", "Yanti Kurnia", "sukarasa", Role.OPERATOR),
    ("joko", "Joko Susilo", "keroncong", Role.OPERATOR),
    ("asep", "Asep Saepudin", "ojek", Role.OPERATOR),
    ("maya", "Maya Puspita", "bpjs", Role.BRANCH_OFFICER),
    ("hendra", "Hendra Wijaya", "perusahaan", Role.SPONSOR),
    ("wayan", "Wayan Sudarma", "disnaker_metro", Role.ADMINISTRATOR),
]


@dataclass(frozen=True)
class Person:
    """Somebody of the cast: the account, its one membership, and the actor services take."""

    user: User
    membership: Membership

    @property
    def actor(self) -> Actor:
        return Actor.of(self.membership)

    @property
    def organisation(self) -> Organisation:
        return self.membership.organisation


class Cast:
    """`cast.rina` is a Person, `cast.disnaker` an Organisation; `people` and `organisations` all.

    rina, budi, sari, agus: operator, verifier, approver, administrator of the lead office.
    dewi: Dinsos; tono: auditor; lina: kecamatan; yanti and joko: two kelurahan; asep: ojek
    association; maya: BPJS branch; hendra: company; wayan (and `stranger`): another city.
    """

    def __init__(self) -> None:
        Region.objects.bulk_create(_regions(), ignore_conflicts=True)
        self.organisations = _organisations()
        self.people = _people(self.organisations)
        self.stranger = self.people["wayan"]

    def __getattr__(self, name: str) -> Person | Organisation:
        for group in ("people", "organisations"):
            if name in self.__dict__.get(group, {}):
                return self.__dict__[group][name]
        raise AttributeError(f"Nobody in the cast is called {name}")


def _regions() -> list[Region]:
    return [
        Region(
            code=code,
            name=name,
            level=level,
            parent_id=None if level == Level.KABKOTA else code.rpartition(".")[0],
            edition="tests",
        )
        for code, name, level in _REGIONS
    ]


def _organisations() -> dict[str, Organisation]:
    made = Organisation.objects.bulk_create(
        Organisation(kind=kind, name=name, slug=slug.replace("_", "-"), region_id=region)
        for slug, kind, name, region in _ORGANISATIONS
    )
    return dict(zip([row[0] for row in _ORGANISATIONS], made, strict=True))


def _people(organisations: dict[str, Organisation]) -> dict[str, Person]:
    users = User.objects.bulk_create(
        User(email=f"{key}@payung.test", name=name, password=_hashed_password())
        for key, name, _, _ in PEOPLE
    )
    memberships = Membership.objects.bulk_create(
        Membership(user=user, organisation=organisations[organisation], role=role)
        for user, (_, _, organisation, role) in zip(users, PEOPLE, strict=True)
    )
    people = [Person(m.user, m) for m in memberships]
    return dict(zip([row[0] for row in PEOPLE], people, strict=True))


@cache
def _hashed_password() -> str:
    return make_password(PASSWORD)


@pytest.fixture
def cast(request, db) -> Cast:
    """The shared people and offices, in the database; those the test stands on, if on any."""
    if "standing" in request.fixturenames:
        return request.getfixturevalue("stood")[0]
    return Cast()


@pytest.fixture
def client_of(db):
    """client_of(cast.rina) is a Django test client logged in as Rina; also takes a User."""

    def made(person: Person | User, **defaults: object) -> Client:
        client = Client(**defaults)
        client.force_login(person.user if isinstance(person, Person) else person)
        return client

    return made
