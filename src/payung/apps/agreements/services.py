"""MoU, PKS and SK as records."""

from datetime import date

from django.db import transaction

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Organisation
from payung.apps.accounts.policy import require
from payung.apps.agreements.models import Agreement, Kind
from payung.apps.audit.services import record
from payung.apps.errors import DomainError
from payung.apps.regions.models import Region


@transaction.atomic
def sign(
    *,
    actor: Actor,
    kind: Kind,
    number: str,
    title: str,
    first_party: Organisation,
    second_party: Organisation,
    signed_on: date,
    starts_on: date,
    ends_on: date,
    parent: Agreement | None = None,
    quota: int | None = None,
    ceiling: int | None = None,
    clauses: list[dict[str, str]] | None = None,
) -> Agreement:
    """Record a signed agreement of the actor's city. ceiling: rupiah; quota: people.

    clauses: [{"kind": "refund" | "replacement" | "data" | "other", "text": …}].
    Raises DomainError when a party signs with itself, dates are out of order, a PKS has no MoU or
    leaves its dates, or the number is taken. An SK has one signatory, which may stand twice.
    """
    require(actor, "agreements.write")
    if first_party == second_party and kind != Kind.SK:
        raise DomainError("Pihak pertama dan kedua sama; pilih dua pihak yang berbeda.")
    if ends_on < starts_on:
        raise DomainError("Tanggal berakhir mendahului tanggal mulai; perbaiki salah satunya.")
    if kind == Kind.PKS and parent is None:
        raise DomainError("PKS harus berinduk pada sebuah MoU; pilih MoU-nya.")
    if parent and not (parent.starts_on <= starts_on and ends_on <= parent.ends_on):
        raise DomainError(
            f"Masa berlaku harus berada di dalam induknya, {parent.starts_on:%d-%m-%Y} sampai "
            f"{parent.ends_on:%d-%m-%Y}."
        )
    if Agreement.objects.filter(region_id=actor.city_code, number=number).exists():
        raise DomainError(f"Nomor {number} sudah tercatat; periksa nomornya.")
    made = Agreement.objects.create(
        kind=kind,
        number=number,
        title=title,
        region=Region.objects.get(pk=actor.city_code),
        parent=parent,
        first_party=first_party,
        second_party=second_party,
        signed_on=signed_on,
        starts_on=starts_on,
        ends_on=ends_on,
        quota=quota,
        ceiling=ceiling,
        clauses=clauses or [],
        created_by=actor.user,
    )
    record(
        actor=actor,
        act="agreement.signed",
        noun="agreement",
        object_id=made.pk,
        after={
            "kind": kind,
            "number": number,
            "starts_on": starts_on,
            "ends_on": ends_on,
            "quota": quota,
            "ceiling": ceiling,
        },
    )
    return made
