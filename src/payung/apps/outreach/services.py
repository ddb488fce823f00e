"""Circular letters, what companies answer and pledge, and socialisation."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Kind, Organisation
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.errors import DomainError
from payung.apps.funding.models import Fund
from payung.apps.outreach.models import Circular, Gathering, Pledge, PledgeState, Recipient, Reply
from payung.apps.regions.models import Region


@transaction.atomic
def send_circular(
    *, actor: Actor, number: str, title: str, signed_on: date, companies: Iterable[Organisation]
) -> Circular:
    """Record a circular letter and the companies it went to.

    Raises DomainError when the number is taken or a recipient is no company.
    """
    require(actor, "outreach.write")
    number, chosen = number.strip(), list(companies)
    if not chosen:
        raise DomainError("Pilih sedikitnya satu perusahaan penerima surat edaran.")
    for company in chosen:
        _check_company(actor, company)
    if Circular.objects.filter(region_id=actor.city_code, number=number).exists():
        raise DomainError(f"Surat edaran nomor {number} sudah tercatat.")
    made = Circular.objects.create(
        region=Region.objects.get(pk=actor.city_code),
        number=number,
        title=title,
        signed_on=signed_on,
        made_by=actor.user,
    )
    Recipient.objects.bulk_create(
        Recipient(circular=made, company=company, sent_on=signed_on) for company in chosen
    )
    record(
        actor=actor,
        act="circular.sent",
        noun="circular",
        object_id=made.pk,
        after={"number": number, "companies": [company.pk for company in chosen]},
    )
    return made


@transaction.atomic
def note_reply(*, actor: Actor, recipient: Recipient, reply: Reply, on: date) -> Recipient:
    """What a company answered to a circular."""
    require(actor, "outreach.write")
    before = recipient.reply
    recipient.reply = reply
    recipient.replied_on = on
    recipient.save(update_fields=["reply", "replied_on"])
    record(
        actor=actor,
        act="circular.replied",
        noun="circular",
        object_id=recipient.circular_id,
        before={"company": recipient.company_id, "reply": before},
        after={"company": recipient.company_id, "reply": reply},
    )
    return recipient


@transaction.atomic
def pledge(
    *,
    actor: Actor,
    company: Organisation,
    people: int,
    months: int,
    amount: int,
    pledged_on: date,
    circular: Circular | None = None,
) -> Pledge:
    """A company promises cover for so many people and months. amount: rupiah.

    Raises DomainError when it promises nothing or is no company.
    """
    require(actor, "outreach.write")
    _check_company(actor, company)
    if people < 1 or months < 1 or amount < 1:
        raise DomainError("Isi jumlah orang, bulan dan rupiah, semuanya lebih dari nol.")
    made = Pledge.objects.create(
        company=company,
        circular=circular,
        people=people,
        months=months,
        amount=amount,
        pledged_on=pledged_on,
        made_by=actor.user,
    )
    record(
        actor=actor,
        act="pledge.made",
        noun="pledge",
        object_id=made.pk,
        after={"company": company.pk, "people": people, "months": months, "amount": amount},
    )
    return made


@transaction.atomic
def fulfil_pledge(*, actor: Actor, pledge: Pledge, fund: Fund) -> Pledge:
    """The money of a pledge has become this fund. Raises DomainError if it is another's."""
    require(actor, "outreach.write")
    if fund.organisation_id != pledge.company_id:
        raise DomainError("Dana itu bukan milik perusahaan yang berjanji.")
    if pledge.state != PledgeState.PLEDGED:
        raise DomainError("Janji ini sudah dipenuhi atau dibatalkan.")
    if Pledge.objects.filter(fund=fund).exists():
        raise DomainError("Dana itu sudah menjawab janji lain; pilih dana yang lain.")
    pledge.fund = fund
    pledge.state = PledgeState.FUNDED
    pledge.save(update_fields=["fund", "state"])
    record(
        actor=actor,
        act="pledge.fulfilled",
        noun="pledge",
        object_id=pledge.pk,
        after={"fund": fund.pk},
    )
    return pledge


@transaction.atomic
def withdraw_pledge(*, actor: Actor, pledge: Pledge, because: str) -> Pledge:
    """The company does not keep its promise. Raises DomainError without a reason or when funded."""
    require(actor, "outreach.write")
    if pledge.state != PledgeState.PLEDGED:
        raise DomainError("Janji ini sudah dipenuhi atau dibatalkan.")
    if not because.strip():
        raise DomainError("Tuliskan alasan pembatalan.")
    pledge.state = PledgeState.WITHDRAWN
    pledge.save(update_fields=["state"])
    record(
        actor=actor,
        act="pledge.withdrawn",
        noun="pledge",
        object_id=pledge.pk,
        reason=because.strip(),
    )
    return pledge


@transaction.atomic
def hold_gathering(
    *, actor: Actor, region: Region, on: date, topic: str, place: str, attended: int
) -> Gathering:
    """Record a socialisation and how many people came."""
    require(actor, "outreach.write")
    if not region.code.startswith(actor.region_code):
        raise DomainError("Tempat sosialisasi berada di luar wilayah Anda.")
    made = Gathering.objects.create(
        region=region, on=on, topic=topic, place=place, attended=attended, made_by=actor.user
    )
    record(
        actor=actor,
        act="gathering.held",
        noun="gathering",
        object_id=made.pk,
        after={"region": region.pk, "on": on, "attended": attended},
    )
    return made


def _check_company(actor: Actor, company: Organisation) -> None:
    if company.kind != Kind.COMPANY:
        raise DomainError(f"{company} bukan perusahaan; pilih perusahaan.")
    if not company.region_id.startswith(actor.city_code):
        raise DomainError(f"{company} berada di luar wilayah Anda.")
