from django.db.models import Count, Q, QuerySet

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.accounts.models import Kind, Membership, Organisation, Role, User
from payung.apps.errors import DomainError


def memberships_of(*, user: User) -> QuerySet[Membership]:
    """The active roles of a person."""
    return Membership.objects.filter(user=user, is_active=True).select_related(
        "user", "organisation", "organisation__region"
    )


def organisations(*, actor: Actor) -> QuerySet[Organisation]:
    """Organisations of the actor's city; beyond regional reach only one's own."""
    if actor.reach is Reach.REGION:
        return Organisation.objects.filter(region__code__startswith=actor.region_code)
    return Organisation.objects.filter(pk=actor.organisation.pk)


def administered(*, actor: Actor) -> QuerySet[Organisation]:
    """Organisations whose people the actor may administer: the city's, or only one's own."""
    if actor.organisation.kind in (Kind.CITY, Kind.LEAD):
        return organisations(actor=actor)
    return Organisation.objects.filter(pk=actor.organisation.pk)


def members(*, actor: Actor) -> QuerySet[Membership]:
    """Roles, ended ones too, in the organisations the actor administers."""
    return Membership.objects.filter(organisation__in=administered(actor=actor)).select_related(
        "user", "organisation"
    )


def missing(*, actor: Actor) -> list[str]:
    """What the programme cannot go on without and the city does not have yet, in words."""
    lead = Q(kind__in=[Kind.CITY, Kind.LEAD], memberships__is_active=True)
    has = administered(actor=actor).aggregate(
        branches=Count("pk", filter=Q(kind=Kind.BRANCH)),
        verifiers=Count("pk", filter=lead & Q(memberships__role=Role.VERIFIER)),
        approvers=Count("pk", filter=lead & Q(memberships__role=Role.APPROVER)),
    )
    needed = {
        "branches": "cabang BPJS Ketenagakerjaan, pihak dalam MoU dan penerima pendaftaran",
        "verifiers": "verifikator di dinas pengampu, yang menerima daftar dan menyusun rencana",
        "approvers": "penyetuju di dinas pengampu atau pemerintah kota; bukan orang yang menyusun "
        "rencananya",
    }
    return [words for key, words in needed.items() if not has[key]]


def organisation_by_slug(*, actor: Actor, slug: str) -> Organisation:
    """The organisation of that short code within the actor's reach, or a DomainError."""
    found = organisations(actor=actor).filter(slug=slug).first()
    if found is None:
        raise DomainError(f"Tidak ada organisasi dengan kode singkat «{slug}» di wilayah Anda.")
    return found


def terminal_actor(*, email: str | None) -> Actor:
    """Who acts from a terminal: the named person, or the only administrator there is.

    Raises DomainError when nobody, or nobody in particular, can be meant.
    """
    active = Membership.objects.filter(is_active=True, user__is_active=True).select_related(
        "user", "organisation", "organisation__region"
    )
    if email:
        membership = active.filter(user__email__iexact=email).first()
        if membership is None:
            raise DomainError(f"Tidak ada pengguna aktif dengan surel {email}.")
        return Actor.of(membership)
    administrators = list(active.filter(role=Role.ADMINISTRATOR)[:2])
    if not administrators:
        raise DomainError("Belum ada administrator. Jalankan: payung init")
    if len({m.user_id for m in administrators}) > 1:
        raise DomainError("Ada beberapa administrator; sebutkan orangnya: --as SUREL")
    return Actor.of(administrators[0])
