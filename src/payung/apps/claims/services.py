"""Opening a claim, gathering its papers, following it to the money. BPJS decides; we follow."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from payung import law
from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.claims.amounts import assess
from payung.apps.claims.models import (
    BenefitLine,
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
_LAW_KIND = {ClaimKind.JKM: "jkm", ClaimKind.JKK: "jkk", ClaimKind.JKK_DEATH: "jkk"}
_OUTCOME = {ClaimKind.JKM: "death", ClaimKind.JKK: "recovered", ClaimKind.JKK_DEATH: "death"}


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
) -> Claim:
    """Open a claim for a death or accident, with what the law gives, needs and sets as deadlines.

    A death is recorded with the worker and ends the cover after its month, so that nobody pays
    on. Raises DomainError when the event lies in the future, the worker has a death claim
    already, or there was no cover at all that day.
    """
    require(actor, "claims.open")
    day = timezone.localdate(event_at)
    if day > today():
        raise DomainError("Waktu kejadian ada di masa depan; periksa tanggalnya.")
    if not Worker.objects.visible_to(actor).filter(pk=worker.pk).exists():
        raise DomainError("Pekerja ini tidak ada dalam wilayah Anda.")
    if (
        kind in _DEATHS
        and worker.claims.filter(kind__in=_DEATHS).exclude(state=ClaimState.CLOSED).exists()
    ):
        raise DomainError("Klaim kematian untuk pekerja ini sudah dibuka; lanjutkan klaim itu.")
    if worker.died_on and worker.died_on < day:
        raise DomainError(
            f"Pekerja ini tercatat meninggal pada {worker.died_on:%d-%m-%Y}, sebelum kejadian."
        )
    assessed = assess(worker=worker, kind=kind, on=day, months_unable=months_unable)
    if kind in _DEATHS:
        if worker.died_on is None:
            workers.record_death(
                actor=actor, worker=worker, died_on=day, reason="Laporan kematian pada klaim"
            )
        contributions.stop(actor=actor, worker=worker, month=first_day(day), because="meninggal")
    claim = Claim.objects.create(
        number=_next_number(actor, day),
        worker=worker,
        kind=kind,
        event_at=event_at,
        place=place,
        story=story,
        reporter_name=reporter_name,
        reporter_phone=reporter_phone,
        organisation=actor.organisation,
        months_unable=months_unable,
        cover={"jkk": assessed.cover.jkk, "jkm": assessed.cover.jkm},
        income=assessed.income,
        benefit_total=assessed.benefit.total,
        benefit_later=assessed.benefit.later_total,
        steps=law.steps_as_data(assessed.benefit.steps),
        made_by=actor.user,
    )
    _write_benefits(claim, assessed.benefit)
    _write_documents(claim, day)
    _write_deadlines(claim)
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

    Raises DomainError for an unknown relation.
    """
    require(actor, "claims.write")
    ranks = {rank.code: rank for rank in law.heirs_order(timezone.localdate(claim.event_at))}
    if relation not in ranks:
        raise DomainError("Hubungan ahli waris tidak dikenal; pilih dari daftar.")
    heir = Heir.objects.create(
        claim=claim, name=name, relation=relation, order=ranks[relation].order, phone=phone
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
    _must_be_open(claim)
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
    _must_be_open(claim)
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
    _set_deadlines(claim, "complete", on)
    record(actor=actor, act="claim.filed", noun="claim", object_id=claim.pk, after={"on": on})
    return claim


@transaction.atomic
def record_payment(
    *, actor: Actor, claim: Claim, paid_on: date, amount: int, note: str = ""
) -> Claim:
    """BPJS paid the family or the worker. amount: rupiah.

    An amount other than the law's needs a note saying why. Raises DomainError otherwise.
    """
    require(actor, "claims.record_payment")
    if claim.state != ClaimState.FILED:
        raise DomainError("Hanya klaim yang sudah diajukan ke BPJS yang dapat dicatat dibayar.")
    if amount <= 0:
        raise DomainError("Jumlah dibayar harus lebih dari nol.")
    if claim.filed_on and not claim.filed_on <= paid_on <= today():
        raise DomainError("Tanggal bayar harus setelah pengajuan dan tidak di masa depan.")
    if amount != claim.benefit_total and not note:
        raise DomainError(
            f"Jumlah berbeda dari perhitungan ({law.rupiah(claim.benefit_total)}); "
            "tuliskan sebabnya pada keterangan."
        )
    claim.state = ClaimState.PAID
    claim.paid_on = paid_on
    claim.paid_amount = amount
    claim.outcome_note = note
    claim.save(update_fields=["state", "paid_on", "paid_amount", "outcome_note"])
    claim.deadlines.filter(met_on__isnull=True, counts_from="complete").update(met_on=paid_on)
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
    if claim.state in {ClaimState.PAID, ClaimState.CLOSED}:
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
    """What the deadline asks for was done on that day."""
    require(actor, "claims.write")
    deadline.met_on = on
    deadline.save(update_fields=["met_on"])
    record(
        actor=actor,
        act="claim.deadline_met",
        noun="claim",
        object_id=claim.pk,
        after={deadline.code: on},
    )
    return deadline


def _must_be_open(claim: Claim) -> None:
    if claim.state != ClaimState.OPEN:
        raise DomainError("Klaim ini sudah diajukan; berkasnya tidak dapat diubah lagi.")


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


def _write_benefits(claim: Claim, benefit: law.Benefit) -> None:
    both = [(line, False) for line in benefit.lines] + [(line, True) for line in benefit.later]
    BenefitLine.objects.bulk_create(
        BenefitLine(
            claim=claim,
            position=position,
            code=line.benefit,
            name=line.name,
            amount=line.amount,
            source=str(line.source),
            verified_source=line.verified,
            later=later,
        )
        for position, (line, later) in enumerate(both, start=1)
    )


def _write_documents(claim: Claim, day: date) -> None:
    kind = ClaimKind(claim.kind)
    Document.objects.bulk_create(
        Document(
            claim=claim,
            code=document.code,
            name=document.name,
            note=document.note,
            source=str(document.source),
            verified_source=document.verified,
        )
        for document in law.claim_documents(_LAW_KIND[kind], _OUTCOME[kind], day)
    )


def _write_deadlines(claim: Claim) -> None:
    Deadline.objects.bulk_create(
        Deadline(
            claim=claim,
            code=deadline.code,
            name=deadline.name,
            who=deadline.who,
            due_at=deadline.due,
            counts_from=deadline.starts,
            source=str(deadline.source),
            verified_source=deadline.verified,
        )
        for deadline in _deadlines(claim, {})
    )


def _set_deadlines(claim: Claim, moment: str, on: date) -> None:
    """A moment is known: the deadlines that count from it get their dates."""
    at = timezone.make_aware(datetime(on.year, on.month, on.day, 12))  # noqa: DTZ001
    for deadline in _deadlines(claim, {moment: at, "submitted": at}):
        if deadline.starts in {moment, "submitted"}:
            claim.deadlines.filter(code=deadline.code).update(due_at=deadline.due)


def _deadlines(claim: Claim, moments: dict[str, datetime]) -> Sequence[law.Deadline]:
    return law.claim_deadlines(
        _LAW_KIND[ClaimKind(claim.kind)],
        timezone.localtime(claim.event_at),
        moments={name: timezone.localtime(at) for name, at in moments.items()},
    )
