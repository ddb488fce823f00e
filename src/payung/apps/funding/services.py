"""Funds and what is granted to them. Plans are in `plans`, the ledger's other acts in `ledger`."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Sum

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Organisation
from payung.apps.accounts.policy import require
from payung.apps.agreements.models import Agreement
from payung.apps.audit.services import record
from payung.apps.db.months import first_day
from payung.apps.errors import DomainError
from payung.apps.funding.ledger import post, release, reserve, return_, spend
from payung.apps.funding.models import Entry, EntryKind, Fund, FundKind
from payung.law import month_name, rupiah

__all__ = ["create_fund", "grant", "release", "reserve", "return_", "spend"]


@transaction.atomic
def create_fund(
    *,
    actor: Actor,
    name: str,
    kind: FundKind,
    organisation: Organisation,
    first_month: date,
    last_month: date,
    agreement: Agreement | None = None,
    quota: int | None = None,
    categories: Sequence[str] = (),
    kelurahan_prefixes: Sequence[str] = (),
) -> Fund:
    """Open a fund of the actor's city, without money yet; see `grant`.

    first_month and last_month: any day of the contribution months it may pay. quota: people.
    categories (of occupations) and kelurahan_prefixes (codes): whom it may cover, empty = anyone.
    Raises DomainError when months are out of order or outside the agreement, or the name is taken.
    """
    require(actor, "funding.write")
    name = name.strip()
    first_month, last_month = first_day(first_month), first_day(last_month)
    if not name:
        raise DomainError("Nama dana kosong; isi nama yang mudah dikenali.")
    if last_month < first_month:
        raise DomainError(
            "Bulan terakhir dana mendahului bulan pertamanya; perbaiki salah satunya."
        )
    if not organisation.region_id.startswith(actor.city_code):
        raise DomainError(f"{organisation.name} bukan organisasi kota ini.")
    if agreement:
        _inside(agreement, actor, first_month, last_month)
    if any(not prefix.startswith(actor.city_code) for prefix in kelurahan_prefixes):
        raise DomainError("Wilayah dana harus berada di dalam kota ini; periksa kode wilayahnya.")
    if Fund.objects.filter(region_id=actor.city_code, name=name).exists():
        raise DomainError(f"Sudah ada dana bernama {name}; pilih nama lain.")
    fund = Fund.objects.create(
        name=name,
        kind=FundKind(kind),
        region_id=actor.city_code,
        organisation=organisation,
        agreement=agreement,
        first_month=first_month,
        last_month=last_month,
        quota=quota,
        categories=sorted(categories),
        kelurahan_prefixes=sorted(kelurahan_prefixes),
    )
    record(
        actor=actor,
        act="fund.created",
        noun="fund",
        object_id=fund.pk,
        after={
            "name": name,
            "kind": kind,
            "organisation": organisation.pk,
            "agreement": agreement.pk if agreement else None,
            "first_month": first_month,
            "last_month": last_month,
            "quota": quota,
            "categories": fund.categories,
            "kelurahan_prefixes": fund.kelurahan_prefixes,
        },
    )
    return fund


def _inside(agreement: Agreement, actor: Actor, first_month: date, last_month: date) -> None:
    if agreement.region_id != actor.city_code:
        raise DomainError("Perjanjian itu milik kota lain; pilih perjanjian kota ini.")
    if first_month < first_day(agreement.starts_on) or last_month > agreement.ends_on:
        raise DomainError(
            f"Masa dana harus berada di dalam {agreement}, {month_name(agreement.starts_on)} "
            f"sampai {month_name(agreement.ends_on)}."
        )


@transaction.atomic
def grant(*, actor: Actor, fund: Fund, amount: int, on: date, note: str = "") -> Entry:
    """Add money (whole rupiah) to a fund, as a budget document or a donor's letter says.

    Raises DomainError when the sum of all grants would pass the ceiling of the fund's agreement.
    """
    require(actor, "funding.write")
    if fund.region_id != actor.city_code:
        raise DomainError("Dana itu milik kota lain.")
    if fund.agreement_id:
        # locked, so that two grants at once cannot pass the ceiling together
        agreement = Agreement.objects.select_for_update().get(pk=fund.agreement_id)
        if agreement.ceiling is not None:
            granted = agreement.funds.aggregate(sum=Sum("granted"))["sum"] or 0
            if granted + amount > agreement.ceiling:
                raise DomainError(
                    f"Pagu {agreement} {rupiah(agreement.ceiling)}, sudah diberikan "
                    f"{rupiah(granted)}; paling banyak "
                    f"{rupiah(max(0, agreement.ceiling - granted))} lagi."
                )
    entry = post(EntryKind.GRANTED, actor, fund, amount, on, "", "", note)
    record(
        actor=actor,
        act="fund.granted",
        noun="fund",
        object_id=fund.pk,
        after={"entry": entry.pk, "amount": amount, "on": on, "granted": fund.granted},
        reason=note,
    )
    return entry
