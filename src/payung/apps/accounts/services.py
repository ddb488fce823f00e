"""Organisations, people and their roles."""

from collections.abc import Iterable

from django.db import transaction

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Kind, Membership, Organisation, Role, User
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.errors import DomainError
from payung.apps.regions.models import Region


@transaction.atomic
def create_organisation(
    *,
    actor: Actor | None,
    kind: Kind,
    name: str,
    slug: str,
    region: Region,
    parent: Organisation | None = None,
) -> Organisation:
    """Register an organisation. actor None: the first run of the system itself.

    Raises DomainError when the short code is taken in that region.
    """
    if actor:
        require(actor, "accounts.manage")
    if Organisation.objects.filter(region=region, slug=slug).exists():
        raise DomainError(f"Kode singkat «{slug}» sudah dipakai; pilih kode lain.")
    made = Organisation.objects.create(
        kind=kind, name=name, slug=slug, region=region, parent=parent
    )
    record(
        actor=actor,
        act="organisation.created",
        noun="organisation",
        object_id=made.pk,
        after={"kind": kind, "name": name, "region": region.pk},
    )
    return made


@transaction.atomic
def create_organisations(
    *, actor: Actor | None, organisations: Iterable[Organisation]
) -> list[Organisation]:
    """Register many organisations (unsaved instances) at once, with one event."""
    if actor:
        require(actor, "accounts.manage")
    made = Organisation.objects.bulk_create(organisations)
    record(
        actor=actor,
        act="organisations.created",
        noun="organisation",
        rows=[organisation.pk for organisation in made],
        after={"count": len(made)},
    )
    return made


@transaction.atomic
def add_member(
    *,
    actor: Actor | None,
    email: str,
    name: str,
    organisation: Organisation,
    role: Role,
    password: str | None = None,
) -> Membership:
    """Give a person a role in an organisation; makes the person when the e-mail is new.

    Raises DomainError when the person has that role already.
    """
    if actor:
        require(actor, "accounts.manage")
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name)
    membership, created = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role
    )
    if not created:
        raise DomainError(f"{user.name} sudah menjadi {role.label} di {organisation.name}.")
    record(
        actor=actor,
        act="member.added",
        noun="membership",
        object_id=membership.pk,
        after={"user": user.pk, "organisation": organisation.pk, "role": role},
    )
    return membership
