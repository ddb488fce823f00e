"""Organisations, people and their roles."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.text import slugify

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Kind, Membership, Organisation, Role, User
from payung.apps.accounts.policy import require, roles_in
from payung.apps.audit.services import record
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.regions.models import Region


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


@transaction.atomic
def create_organisation(
    *,
    actor: Actor | None,
    kind: Kind,
    name: str,
    region: Region,
    slug: str = "",
    parent: Organisation | None = None,
) -> Organisation:
    """Register an organisation. actor None: the first run of the system itself.

    Without a short code one is made of the name. Raises DomainError when it is taken in that
    region.
    """
    if actor:
        require(actor, "accounts.manage")
        if actor.organisation.kind not in (Kind.CITY, Kind.LEAD):
            raise NotAllowed("Organisasi didaftarkan oleh administrator dinas pengampu.")
    slug = slug or slugify(name)[:60]
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

    Raises DomainError when the person has that role already, or when such an organisation has no
    such role.
    """
    if actor:
        require(actor, "accounts.manage")
        require_within(actor, organisation)
    if role not in roles_in(Kind(organisation.kind)):
        raise DomainError(
            f"{organisation.name} tidak mengenal peran {role.label}; pilih: "
            + ", ".join(allowed.label for allowed in roles_in(Kind(organisation.kind)))
            + "."
        )
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, password, name=name)
    membership, created = Membership.objects.get_or_create(
        user=user, organisation=organisation, role=role
    )
    if not created:
        raise DomainError(
            f"{user.name} sudah menjadi {role.label} di {organisation.name}"
            + ("." if membership.is_active else ", tetapi dinonaktifkan; aktifkan kembali.")
        )
    record(
        actor=actor,
        act="member.added",
        noun="membership",
        object_id=membership.pk,
        after={"user": user.pk, "organisation": organisation.pk, "role": role},
    )
    return membership


@transaction.atomic
def set_member_active(*, actor: Actor, membership: Membership, is_active: bool) -> Membership:
    """End a person's role in an organisation, or give it back.

    Raises DomainError for one's own role: an office is never left without administrator by mistake.
    """
    require(actor, "accounts.manage")
    require_within(actor, membership.organisation)
    if membership.pk == actor.membership.pk:
        raise DomainError(
            "Peran yang sedang Anda pakai tidak dapat Anda nonaktifkan sendiri; "
            "mintalah administrator lain."
        )
    before = membership.is_active
    membership.is_active = is_active
    membership.save(update_fields=["is_active"])
    record(
        actor=actor,
        act="member.activated" if is_active else "member.deactivated",
        noun="membership",
        object_id=membership.pk,
        before={"is_active": before},
        after={"is_active": is_active},
    )
    return membership


@transaction.atomic
def make_link(*, actor: Actor, membership: Membership) -> Link:
    """A new one-time link with which the member sets a password.

    Raises DomainError when the person also works where the actor has no say: a link is a key to
    the whole account.
    """
    require(actor, "accounts.manage")
    theirs = Membership.objects.filter(user=membership.user).select_related("organisation")
    if not membership.user.is_active or not all(_is_within(actor, m.organisation) for m in theirs):
        raise DomainError(
            f"Akun {membership.user.email} juga dipakai di luar wewenang Anda; "
            "tautan masuknya dibuat oleh administrator di sana."
        )
    record(
        actor=actor,
        act="member.link_made",
        noun="membership",
        object_id=membership.pk,
        after={"user": membership.user_id},
    )
    return one_time_link(membership.user)


def require_within(actor: Actor, organisation: Organisation) -> None:
    """Raise DomainError unless the organisation is one the actor administers."""
    if not _is_within(actor, organisation):
        raise DomainError(f"{organisation.name} di luar wewenang Anda.")


def _is_within(actor: Actor, organisation: Organisation) -> bool:
    if actor.organisation.kind in (Kind.CITY, Kind.LEAD):
        return f"{organisation.region_id}.".startswith(f"{actor.region_code}.")
    return organisation.pk == actor.organisation.pk
