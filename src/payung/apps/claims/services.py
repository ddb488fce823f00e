"""Opening a claim, gathering its papers, following it to the money. BPJS decides; we follow."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from payung import law
from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.claims import selectors
from payung.apps.claims.amounts import assess
from payung.apps.claims.following import (
    MOMENT_OF,
    date_deadlines,
    write_benefits,
    write_deadlines,
    write_documents,
)
from payung.apps.claims.models import (
    Claim,
    ClaimKind,
    ClaimState,
    Deadline,
    Document,
    DocumentState,
    Heir,
)
from payung.apps.contributions import services as contributions
from payung.apps.db.months import first_day, today
from payung.apps.errors import DomainError
from payung.apps.workers import services as workers
from payung.apps.workers.models import Worker

_DEATHS = {ClaimKind.JKM, ClaimKind.JKK_DEATH}
_OVER = {ClaimState.PAID, ClaimState.REFUSED, ClaimState.CLOSED}


@transaction.atomic
def open_claim(
    *,
    actor: Actor,
    worker: Worker,
    kind: ClaimKind,
    event_at: datetime,
    reporter_name: str,
    reporter_phone: str = "",
    place: str = "",
    story: str = "",
    months_unable: int | None = None,
    died_on: date | None = None,
    sudden: bool = False,
    children: Sequence[int] = (),
) -> Claim:
    """Open a claim for a death or accident, with what the law gives, needs and sets as deadlines.

    died_on: of a death by accident, when it followed later; otherwise the day of the event.
    sudden: a sudden death while working, which the law treats as an accident.
    children: ages in whole years on that day, of those a scholarship is asked for. A
    death is recorded with the worker and ends the cover after its month, so that nobody pays on.
    Raises DomainError when the event lies in the future, the worker has a death claim already,
    a recorded death says otherwise, or there was no cover at all that day.
    """
    require(actor, "claims.open")
    day = timezone.localdate(event_at)
    if event_at > timezone.now():
        raise DomainError("Waktu kejadian ada di masa depan; periksa tanggalnya.")
    if not reporter_name.strip():
        raise DomainError("Tuliskan nama pelapor, agar keluarga dapat dihubungi.")
    if not Worker.objects.visible_to(actor).filter(pk=worker.pk).exists():
        raise DomainError("Pekerja ini tidak ada dalam wilayah Anda.")
    worker = Worker.objects.select_for_update().get(pk=worker.pk)
    if (
        kind in _DEATHS
        and worker.claims.filter(kind__in=_DEATHS).exclude(state=ClaimState.CLOSED).exists()
    ):
        raise DomainError("Klaim kematian untuk pekerja ini sudah dibuka; lanjutkan klaim itu.")
    death = _day_of_death(worker, kind, day, died_on)
    assessed = assess(
        worker=worker,
        kind=kind,
        on=day,
        months_unable=months_unable,
        sudden=sudden,
        children=children,
    )
    if death:
        workers.record_death(
            actor=actor,
            worker=worker.same_as or worker,
            died_on=death,
            reason="Laporan kematian pada klaim",
        )
        contributions.stop(actor=actor, worker=worker, month=first_day(death), because="meninggal")
    claim = Claim.objects.create(
        number=_next_number(actor, day),
        worker=worker,
        kind=kind,
        event_at=event_at,
        place=place,
        story=story,
        reporter_name=reporter_name.strip(),
        reporter_phone=reporter_phone,
        organisation=actor.organisation,
        months_unable=months_unable,
        sudden=sudden,
        children=list(children),
        cover={"jkk": assessed.cover.jkk, "jkm": assessed.cover.jkm},
        income=assessed.income,
        benefit_total=assessed.benefit.total,
        benefit_later=assessed.benefit.later_total,
        steps=law.steps_as_data(assessed.benefit.steps),
        made_by=actor.user,
    )
    write_benefits(claim, assessed.benefit)
    write_documents(claim)
    write_deadlines(claim, {"outcome": death} if death else {})
    record(
        actor=actor,
        act="claim.opened",
        noun="claim",
        object_id=claim.pk,
        after={
            "worker": worker.pk,
            "kind": kind,
            "event": event_at,
            "total": claim.benefit_total,
            "later": claim.benefit_later,
        },
    )
    return claim


@transaction.atomic
def add_heir(*, actor: Actor, claim: Claim, name: str, relation: str, phone: str = "") -> Heir:
    """Note a possible heir. relation: a code of payung.law.heirs_order, which sets the order.

    Raises DomainError for an unknown relation, a claim already filed or one of an accident.
    """
    require(actor, "claims.write")
    claim = _open(actor, claim)
    if claim.kind not in _DEATHS:
        raise DomainError("Ahli waris hanya dicatat pada klaim kematian.")
    if not name.strip():
        raise DomainError("Tuliskan nama ahli waris.")
    ranks = {rank.code: rank for rank in law.heirs_order(timezone.localdate(claim.event_at))}
    if relation not in ranks:
        raise DomainError("Hubungan ahli waris tidak dikenal; pilih dari daftar.")
    heir = Heir.objects.create(
        claim=claim, name=name.strip(), relation=relation, order=ranks[relation].order, phone=phone
    )
    record(
        actor=actor,
        act="claim.heir_added",
        noun="claim",
        object_id=claim.pk,
        after={"heir": heir.pk, "relation": relation},
    )
    return heir


@transaction.atomic
def set_document(
    *, actor: Actor, claim: Claim, document: Document, state: DocumentState
) -> Document:
    """Note that a paper is missing, received or verified."""
    require(actor, "claims.write")
    claim = _open(actor, claim)
    before = document.state
    document.state = state
    document.changed_at = timezone.now()
    document.save(update_fields=["state", "changed_at"])
    record(
        actor=actor,
        act="claim.document",
        noun="claim",
        object_id=claim.pk,
        before={document.code: before},
        after={document.code: state},
    )
    return document


@transaction.atomic
def file(*, actor: Actor, claim: Claim, on: date) -> Claim:
    """The complete file went to BPJS. Raises DomainError naming the papers still missing."""
    require(actor, "claims.write")
    claim = _open(actor, claim)
    missing = claim.documents.filter(required=True, state=DocumentState.MISSING)
    if names := list(missing.values_list("name", flat=True)):
        raise DomainError("Berkas belum lengkap; masih kurang: " + "; ".join(names) + ".")
    if claim.kind in _DEATHS and not claim.heirs.exists():
        raise DomainError("Catat sedikitnya satu ahli waris sebelum mengajukan klaim.")
    if not timezone.localdate(claim.event_at) <= on <= today():
        raise DomainError("Tanggal pengajuan harus setelah kejadian dan tidak di masa depan.")
    claim.state = ClaimState.FILED
    claim.filed_on = on
    claim.save(update_fields=["state", "filed_on"])
    claim.deadlines.filter(code__in=["stage-two", "lapse"], met_on=None).update(met_on=on)
    date_deadlines(claim, "submitted", "complete", on=on)
    record(actor=actor, act="claim.filed", noun="claim", object_id=claim.pk, after={"on": on})
    return claim


@transaction.atomic
def record_payment(
    *, actor: Actor, claim: Claim, paid_on: date, amount: int, note: str = ""
) -> Claim:
    """BPJS paid the family or the worker. amount: rupiah.

    An amount other than the law's (with or without what follows once arrears are settled, and
    without scholarships, which are paid by school year) needs a note saying why. Raises
    DomainError otherwise.
    """
    require(actor, "claims.record_payment")
    claim = _locked(actor, claim)
    if claim.state != ClaimState.FILED:
        raise DomainError("Hanya klaim yang sudah diajukan ke BPJS yang dapat dicatat dibayar.")
    if amount <= 0:
        raise DomainError("Jumlah dibayar harus lebih dari nol.")
    if claim.filed_on and not claim.filed_on <= paid_on <= today():
        raise DomainError("Tanggal bayar harus setelah pengajuan dan tidak di masa depan.")
    now = selectors.payable_at_once(claim)
    if amount not in selectors.amounts_by_law(claim) and not note.strip():
        raise DomainError(
            f"Jumlah berbeda dari perhitungan ({law.rupiah(now)}); "
            "tuliskan sebabnya pada keterangan."
        )
    claim.state = ClaimState.PAID
    claim.paid_on = paid_on
    claim.paid_amount = amount
    claim.outcome_note = note.strip()
    claim.save(update_fields=["state", "paid_on", "paid_amount", "outcome_note"])
    claim.deadlines.filter(code="payment").update(met_on=paid_on)
    record(
        actor=actor,
        act="claim.paid",
        noun="claim",
        object_id=claim.pk,
        after={"on": paid_on, "amount": amount},
        reason=note,
    )
    return claim


@transaction.atomic
def end(*, actor: Actor, claim: Claim, state: ClaimState, note: str) -> Claim:
    """BPJS refused it, or it was opened by mistake (closed). The note is required."""
    require(actor, "claims.record_payment")
    claim = _locked(actor, claim)
    if claim.state in _OVER:
        raise DomainError("Klaim ini sudah selesai.")
    if state not in {ClaimState.REFUSED, ClaimState.CLOSED} or not note.strip():
        raise DomainError("Tuliskan alasannya: ditolak BPJS karena apa, atau mengapa ditutup.")
    before = claim.state
    claim.state = state
    claim.outcome_note = note.strip()
    claim.save(update_fields=["state", "outcome_note"])
    record(
        actor=actor,
        act=f"claim.{state}",
        noun="claim",
        object_id=claim.pk,
        before={"state": before},
        reason=note,
    )
    return claim


@transaction.atomic
def meet_deadline(*, actor: Actor, claim: Claim, deadline: Deadline, on: date) -> Deadline:
    """What the deadline asks for was done on that day; deadlines that count from it get dates.

    Raises DomainError when the claim is over, it was met already, or the day cannot be.
    """
    require(actor, "claims.write")
    claim = running(actor, claim, on)
    if deadline.met_on:
        raise DomainError(f"Tenggat ini sudah dipenuhi pada {law.long_date(deadline.met_on)}.")
    deadline.met_on = on
    deadline.save(update_fields=["met_on"])
    if moment := MOMENT_OF.get(deadline.code):
        date_deadlines(claim, moment, on=on)
    record(
        actor=actor,
        act="claim.deadline_met",
        noun="claim",
        object_id=claim.pk,
        after={deadline.code: on},
    )
    return deadline


def _locked(actor: Actor, claim: Claim) -> Claim:
    """The claim as it stands now, held until the transaction ends."""
    if not selectors.claims(actor=actor).filter(pk=claim.pk).exists():
        raise DomainError("Klaim ini tidak ada dalam wilayah Anda.")
    return Claim.objects.select_for_update().get(pk=claim.pk)


def _open(actor: Actor, claim: Claim) -> Claim:
    claim = _locked(actor, claim)
    if claim.state != ClaimState.OPEN:
        raise DomainError("Klaim ini sudah diajukan; berkasnya tidak dapat diubah lagi.")
    return claim


def running(actor: Actor, claim: Claim, on: date) -> Claim:
    """The claim as it stands now, held until the transaction ends.

    Raises DomainError when it is over or out of reach, or `on` is before the event or to come.
    """
    claim = _locked(actor, claim)
    if claim.state in _OVER:
        raise DomainError("Klaim ini sudah selesai.")
    if not timezone.localdate(claim.event_at) <= on <= today():
        raise DomainError("Tanggalnya harus sejak kejadian dan tidak di masa depan.")
    return claim


def _day_of_death(worker: Worker, kind: ClaimKind, day: date, died_on: date | None) -> date | None:
    """When the worker died, for a claim of a death; None for an accident that was survived."""
    known = worker.died_on
    if kind not in _DEATHS:
        if known and known < day:
            raise DomainError(
                f"Pekerja ini tercatat meninggal pada {law.long_date(known)}, sebelum kejadian."
            )
        return None
    death = died_on or (known if known and kind == ClaimKind.JKK_DEATH else day)
    if death < day or (kind == ClaimKind.JKM and death != day):
        raise DomainError("Tanggal meninggal tidak cocok dengan waktu kejadian; periksa keduanya.")
    if known and known != death:
        raise DomainError(
            f"Pekerja ini tercatat meninggal pada {law.long_date(known)}, bukan "
            f"{law.long_date(death)}. Samakan dengan akta kematiannya; bila catatan kita yang "
            "keliru, mintalah verifikator memperbaikinya."
        )
    return death


def _next_number(actor: Actor, day: date) -> str:
    prefix = f"KLM-{actor.city_code.replace('.', '')}-{day.year}-"
    last = (
        Claim.objects.select_for_update()
        .filter(number__startswith=prefix)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return f"{prefix}{int(last.removeprefix(prefix)) + 1 if last else 1:05d}"
