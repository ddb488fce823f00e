"""Sending workers to BPJS in batches, taking the answers, ending cover."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path

from django.db import transaction
from django.db.models import ProtectedError, QuerySet, Sum
from django.utils import timezone

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Kind, Organisation
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.db import bulk
from payung.apps.db.months import today
from payung.apps.enrolment.answers import AnswerProblems, Reading, read_file
from payung.apps.enrolment.candidates import REASONS, Candidate, Candidates, candidates, person_of
from payung.apps.enrolment.holding import take_out
from payung.apps.enrolment.layout import layout_for
from payung.apps.enrolment.models import Answer, Batch, BatchState, Coverage, Line
from payung.apps.enrolment.recording import (
    price_of_skipped_months,
    write_answers,
    write_coverages,
)
from payung.apps.enrolment.selectors import prepared_file
from payung.apps.enrolment.workbook import upload_workbook
from payung.apps.errors import DomainError
from payung.apps.funding.decisions import give_up
from payung.apps.funding.ledger import release
from payung.apps.funding.models import Plan, PlanState
from payung.apps.regions.models import Region
from payung.apps.workers import services as workers
from payung.apps.workers.models import Worker
from payung.identity.numbers import dotted
from payung.law import month_name

_LINE_FIELDS = ["batch", "number", "worker", "allocation", "nik", "values", "answer", "kpj",
                "reject_code", "reject_reason"]  # fmt: skip


@dataclass(frozen=True)
class Made:
    """The batches of one making, and who was left out with a code of candidates.REASONS."""

    batches: list[Batch]
    refused: list[Candidate]


@transaction.atomic
def make_batches(
    *, actor: Actor, plan: Plan, start_month: date, branch: Organisation | None = None
) -> Made:
    """Put the plan's allocations that cover `start_month` and went to no batch yet into batches.

    One batch per fund, more when a fund has more people than the branch's layout takes in one
    file. Each line keeps its values as that layout wants them. Workers who died, are covered
    in those months, wait in another batch, or whose data BPJS would turn away are left out with
    the reason.
    branch: the BPJS office it goes to, by default the only one of the region.
    Raises DomainError when the plan is not approved or nobody can go.
    """
    require(actor, "enrolment.make")
    if plan.region_id != actor.city_code:
        raise DomainError("Rencana ini tidak ada dalam wilayah Anda.")
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if plan.state != PlanState.APPROVED:
        raise DomainError("Rencana ini belum disetujui; mintalah penyetuju menyetujuinya dahulu.")
    branch = branch or _only_branch(plan)
    layout = layout_for(branch)
    judged = candidates(plan, start_month)
    if not judged.ready:
        raise DomainError(_nobody(judged, start_month))
    Region.objects.select_for_update().get(pk=plan.region_id)  # numbers are given one by one
    number = Batch.objects.filter(region_id=plan.region_id, start_month=start_month).count()
    made: list[Batch] = []
    for fund_id, people in groupby(judged.ready, key=attrgetter("fund_id")):
        while part := list(islice(people, layout.most_lines)):
            number += 1
            batch = Batch.objects.create(
                number=f"{plan.region_id}/{start_month:%Y-%m}/{number:03}",
                region_id=plan.region_id,
                plan=plan,
                fund_id=fund_id,
                branch=branch,
                start_month=start_month,
                layout=dict(layout.data),
                lines_count=len(part),
                made_by=actor.user,
            )
            bulk.insert(
                Line,
                _LINE_FIELDS,
                (
                    (batch.pk, at, person.worker_id, person.allocation_id, person.nik,
                     layout.line(person_of(person, start_month, layout.date_format)),
                     "waiting", "", "", "")
                    for at, person in enumerate(part, start=1)
                ),
            )  # fmt: skip
            made.append(batch)
    bulk.analyze("enrolment_line")
    record(
        actor=actor,
        act="batches.made",
        noun="plan",
        object_id=plan.pk,
        rows=[person.worker_id for person in judged.ready],
        after={
            "start": start_month,
            "batches": [batch.pk for batch in made],
            "lines": len(judged.ready),
            "refused": Counter(person.refused for person in judged.refused),
        },
    )
    return Made(made, judged.refused)


def _only_branch(plan: Plan) -> Organisation:
    found = list(Organisation.objects.filter(kind=Kind.BRANCH, region_id=plan.region_id)[:2])
    if len(found) != 1:
        raise DomainError(
            "Belum ada cabang BPJS Ketenagakerjaan di wilayah ini; daftarkan organisasinya dahulu."
            if not found
            else "Ada beberapa cabang BPJS Ketenagakerjaan di wilayah ini; pilih salah satu."
        )
    return found[0]


def _nobody(judged: Candidates, start_month: date) -> str:
    month = month_name(start_month)
    if not judged.refused:
        return (
            f"Tidak ada jatah rencana ini yang menunggu didaftarkan mulai {month}; semuanya sudah "
            "masuk gelombang atau di luar bulan itu."
        )
    reasons = "; ".join(f"{dotted(count)} {REASONS[code]}" for code, _, count in judged.reasons)
    return f"Tidak ada yang dapat didaftarkan mulai {month}: {reasons}."


@transaction.atomic
def export(*, actor: Actor, batch: Batch) -> bytes:
    """The upload workbook. The first time its SHA-256 is kept and the batch becomes READY.

    Who was found since to be somebody else, or may be, is taken out of it then and may go in a
    later batch once that is decided; DomainError when nobody is left. Later times give the same
    bytes; raises DomainError when they would not be what was kept.
    """
    require(actor, "enrolment.send")
    batch = _own(actor, batch)
    if batch.state != BatchState.NEW:
        return prepared_file(batch=batch)
    held = take_out(batch)
    if not batch.lines_count:
        raise DomainError(
            f"Semua orang dalam {batch.number} mungkin orang yang sama dengan pekerja lain; "
            "putuskan dahulu di Data ganda."
        )
    content = upload_workbook(batch)
    sha256 = hashlib.sha256(content).hexdigest()
    Batch.objects.filter(pk=batch.pk).update(state=BatchState.READY, file_sha256=sha256)
    record(
        actor=actor,
        act="batch.exported",
        noun="batch",
        object_id=batch.pk,
        before={"state": BatchState.NEW},
        rows=held,
        after={
            "state": BatchState.READY,
            "sha256": sha256,
            "lines": batch.lines_count,
            "held_back": len(held),
        },
    )
    return content


@transaction.atomic
def mark_sent(*, actor: Actor, batch: Batch) -> Batch:
    """Note that the prepared file went to the branch. Raises DomainError when it is not READY."""
    require(actor, "enrolment.send")
    batch = _own(actor, batch)
    if batch.state == BatchState.NEW:
        raise DomainError(f"Siapkan berkas {batch.number} dahulu, lalu tandai terkirim.")
    if batch.state != BatchState.READY:
        raise DomainError(f"Gelombang {batch.number} sudah ditandai terkirim.")
    batch.state = BatchState.SENT
    batch.sent_at = timezone.now()
    batch.save(update_fields=["state", "sent_at"])
    record(
        actor=actor,
        act="batch.sent",
        noun="batch",
        object_id=batch.pk,
        before={"state": BatchState.READY},
        after={"state": BatchState.SENT, "sha256": batch.file_sha256},
    )
    return batch


@transaction.atomic
def read_answer(*, actor: Actor, batch: Batch, path: Path, filename: str = "") -> Reading:
    """Record the branch's answer: lines, KPJ numbers, cover of both programmes, money released.

    All or nothing: raises AnswerProblems naming every row at fault, and DomainError for a file
    that is no answer or was recorded already. Warnings do not stop it; they are in the Reading
    that comes back. Lines the file leaves out keep waiting, and another file may answer them.
    """
    require(actor, "enrolment.answer")
    batch = _own(actor, batch)
    if batch.state not in {BatchState.SENT, BatchState.PROCESSED}:
        raise DomainError(
            f"Gelombang {batch.number} belum ditandai terkirim, jadi belum dapat dijawab."
        )
    reading = read_file(batch, path)
    if reading.stops:
        raise AnswerProblems(reading.stops)
    if not reading.answers:
        raise DomainError(
            f"Jawaban ini sudah dicatat ({dotted(reading.known)} baris); tidak ada yang perlu "
            "diubah."
        )
    now = timezone.now()
    write_answers(reading.answers, now)
    fresh = batch.lines.filter(answered_at=now)
    accepted, rejected = fresh.filter(answer=Answer.ACCEPTED), fresh.filter(answer=Answer.REJECTED)
    # read before it is written: the condition no longer holds afterwards
    if pairs := list(accepted.filter(worker__kpj="").values_list("worker_id", "kpj")):
        workers.record_kpjs(actor=actor, pairs=pairs)
    write_coverages(batch)
    money = rejected.aggregate(total=Sum("allocation__amount"))["total"] or 0
    money += price_of_skipped_months(batch, accepted)
    if money:
        release(
            actor=actor,
            fund=batch.fund,
            amount=money,
            on=today(),
            noun="batch",
            object_id=batch.pk,
            note=f"Ditolak atau mulai kemudian menurut jawaban {batch.number}",
        )
    give_up(allocations=rejected.values("allocation"), reason=f"Ditolak BPJS dalam {batch.number}")
    waiting = batch.lines.filter(answer=Answer.WAITING).exists()
    batch.accepted += reading.accepted
    batch.rejected += reading.rejected
    batch.state = BatchState.SENT if waiting else BatchState.PROCESSED
    batch.processed_at = None if waiting else now
    batch.answer_sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    batch.answer_filename = filename or path.name
    batch.save()
    record(
        actor=actor,
        act="batch.answered",
        noun="batch",
        object_id=batch.pk,
        rows=[answer.line_id for answer in reading.answers],
        after={
            "state": batch.state,
            "accepted": reading.accepted,
            "rejected": Counter(a.code for a in reading.answers if a.verdict == Answer.REJECTED),
            "released": money,
            "warnings": Counter(problem.code for problem in reading.warnings),
            "sha256": batch.answer_sha256,
        },
    )
    return reading


@transaction.atomic
def end_coverage(*, actor: Actor, worker: Worker, month: date, because: str) -> int:
    """Let cover end with `month` (a first day), such as the month of death; returns rows touched.

    Cover that would begin later is taken away as long as nothing was invoiced on it; where
    something was, it keeps its first month for the invoice to point at. Nothing to end is fine.
    """
    require(actor, "claims.open")  # who may report a death may stop paying for the dead
    running = Coverage.objects.filter(worker=worker, first_month__lte=month, last_month__gt=month)
    ahead = Coverage.objects.filter(worker=worker, first_month__gt=month)
    before = list(
        (running | ahead).values("program", "first_month", "last_month", "fund_id").order_by("pk")
    )
    if not before:
        return 0
    touched = running.update(last_month=month, ended_because=because)
    touched += _take_away(ahead, because)
    record(
        actor=actor,
        act="coverage.ended",
        noun="worker",
        object_id=worker.pk,
        before=before,
        after={"last_month": month},
        reason=because,
    )
    return touched


def _take_away(ahead: QuerySet[Coverage], because: str) -> int:
    for coverage in ahead:
        try:
            with transaction.atomic():
                coverage.delete()
        except ProtectedError:
            coverage.last_month = coverage.first_month
            coverage.ended_because = because
            coverage.save(update_fields=["last_month", "ended_because"])
    return len(ahead)


def _own(actor: Actor, batch: Batch) -> Batch:
    """The batch, locked, if it is of the actor's city."""
    if batch.region_id != actor.city_code:
        raise DomainError("Gelombang ini tidak ada dalam wilayah Anda.")
    return Batch.objects.select_for_update().get(pk=batch.pk)
