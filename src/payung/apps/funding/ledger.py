"""The append-only ledger of a fund: an entry and the fund's sums change together or not at all.

These are called inside the transaction of a service that has checked the actor's right and
records the event. No sum goes below zero: the database refuses, and its refusal becomes a sentence.
"""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from payung.apps.accounts.actor import Actor
from payung.apps.errors import DomainError
from payung.apps.funding.models import Entry, EntryKind, Fund
from payung.law import rupiah

# what an entry of each kind adds to the fund's sums, in units of its amount
_EFFECTS: dict[EntryKind, dict[str, int]] = {
    EntryKind.GRANTED: {"granted": 1},
    EntryKind.RESERVED: {"reserved": 1},
    EntryKind.RELEASED: {"reserved": -1},
    EntryKind.SPENT: {"reserved": -1, "spent": 1},
    EntryKind.RETURNED: {"spent": -1},
}


def reserve(
    *, actor: Actor, fund: Fund, amount: int, on: date, noun: str, object_id: object, note: str = ""
) -> Entry:
    """Set free money of the fund aside for something, such as a plan. DomainError if too little."""
    return post(EntryKind.RESERVED, actor, fund, amount, on, noun, object_id, note)


def release(
    *, actor: Actor, fund: Fund, amount: int, on: date, noun: str, object_id: object, note: str = ""
) -> Entry:
    """Make reserved money free again. DomainError when less is reserved."""
    return post(EntryKind.RELEASED, actor, fund, amount, on, noun, object_id, note)


def spend(
    *, actor: Actor, fund: Fund, amount: int, on: date, noun: str, object_id: object, note: str = ""
) -> Entry:
    """Pay out of what was reserved. DomainError when less is reserved."""
    return post(EntryKind.SPENT, actor, fund, amount, on, noun, object_id, note)


def return_(
    *, actor: Actor, fund: Fund, amount: int, on: date, noun: str, object_id: object, note: str = ""
) -> Entry:
    """Spent money that came back, e.g. contributions refunded after a death; free again.

    DomainError when less was spent.
    """
    return post(EntryKind.RETURNED, actor, fund, amount, on, noun, object_id, note)


def post(
    kind: EntryKind,
    actor: Actor,
    fund: Fund,
    amount: int,
    on: date,
    noun: str,
    object_id: object,
    note: str,
) -> Entry:
    """Write one entry (whole rupiah, above zero) and its effect on the fund's sums."""
    if type(amount) is not int or amount <= 0:
        raise DomainError("Jumlah harus rupiah bulat lebih dari nol.")
    try:
        with transaction.atomic():
            Fund.objects.filter(pk=fund.pk).update(
                **{name: F(name) + sign * amount for name, sign in _EFFECTS[kind].items()}
            )
            entry = Entry.objects.create(
                fund=fund,
                kind=kind,
                amount=amount,
                on=on,
                noun=noun,
                object_id=str(object_id),
                note=note[:200],
                made_by=actor.user,
            )
    except IntegrityError as error:
        fund.refresh_from_db(fields=["granted", "reserved", "spent"])
        raise DomainError(_refusal(kind, fund, amount)) from error
    fund.refresh_from_db(fields=["granted", "reserved", "spent"])
    return entry


def _refusal(kind: EntryKind, fund: Fund, amount: int) -> str:
    if kind == EntryKind.RESERVED:
        return (
            f"Dana {fund.name} tinggal {rupiah(max(fund.free, 0))}, kurang "
            f"{rupiah(amount - fund.free)} dari {rupiah(amount)}; kurangi pekerja atau bulannya, "
            "atau tambah dananya."
        )
    if kind == EntryKind.RETURNED:
        return (
            f"Dana {fund.name} baru dibelanjakan {rupiah(fund.spent)}; pengembalian "
            f"{rupiah(amount)} melebihinya. Periksa jumlahnya."
        )
    return (
        f"Cadangan dana {fund.name} hanya {rupiah(fund.reserved)}, kurang dari {rupiah(amount)}; "
        "setujui dahulu rencana yang mencadangkannya atau kurangi jumlahnya."
    )
