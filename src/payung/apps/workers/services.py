"""What changes a worker: a death, a KPJ, a correction. Making workers from rows: `lists`."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.db import bulk
from payung.apps.db.months import today
from payung.apps.errors import DomainError
from payung.apps.workers.aliases import aliases_follow
from payung.apps.workers.models import KPJ_LENGTH, Source, Worker
from payung.apps.workers.values import CORRECTABLE, attribute, put, without_numbers
from payung.identity import mask_nik, name_key
from payung.linkage import match_key

_LOCK = 3_671_160_001  # any number of ours: writers of new workers queue on it
_CHUNK = 2_000


def lock_registry() -> None:
    """Hold back other writers of new workers until the caller's transaction ends.

    On SQLite there is only one writer anyway.
    """
    if connection.vendor == "postgresql":
        bulk.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


@transaction.atomic
def record_death(*, actor: Actor, worker: Worker, died_on: date, reason: str = "") -> Worker:
    """Record that a worker died; reason: where that is known from (an akta, a family's report).

    Raises DomainError for a day that cannot be, or when another day stands recorded.
    """
    require(actor, "workers.record_death")
    worker = _locked(actor, worker)
    if died_on > today():
        raise DomainError("Tanggal meninggal ada di masa depan; periksa tanggalnya.")
    if worker.birth_date and died_on < worker.birth_date:
        raise DomainError("Tanggal meninggal sebelum tanggal lahir; periksa keduanya.")
    if worker.died_on == died_on:
        return worker
    if worker.died_on:
        raise DomainError(
            f"Pekerja ini sudah tercatat meninggal pada {worker.died_on:%d-%m-%Y}. "
            "Mintalah verifikator memastikan tanggal yang benar."
        )
    worker.died_on = died_on
    _keep(actor, worker, "death", "worker.died", {"died_on": None}, {"died_on": died_on}, reason)
    aliases_follow([worker.pk])
    return worker


@transaction.atomic
def withdraw_death(*, actor: Actor, worker: Worker, reason: str) -> Worker:
    """Take back a death recorded by mistake; what recorded it stays as a source and an event.

    `claims.deaths.withdraw` also closes a claim that was being prepared. Raises DomainError
    without a reason, when a claim of the death was filed, or when somebody living has the NIK.
    """
    require(actor, "workers.withdraw_death")
    if not reason.strip():
        raise DomainError("Tuliskan alasan penarikan, misalnya «orangnya datang ke kelurahan».")
    worker = _locked(actor, worker)
    if not worker.died_on:
        raise DomainError("Pekerja ini tidak tercatat meninggal.")
    _alone_with_nik(worker)
    before, worker.died_on = worker.died_on, None
    try:
        with transaction.atomic():
            _keep(
                actor,
                worker,
                "death-withdrawn",
                "worker.death_withdrawn",
                {"died_on": before},
                {"died_on": None},
                reason,
            )
            aliases_follow([worker.pk])
    except IntegrityError as error:
        raise DomainError(
            "Klaim kematiannya sudah diajukan, jadi catatan ini tidak dapat ditarik; bicarakan "
            "klaim itu dengan BPJS."
        ) from error
    return worker


@transaction.atomic
def record_deaths(*, actor: Actor, deaths: Iterable[tuple[int, date]], reason: str) -> int:
    """Record many deaths set-wise, with one event; returns how many were not known.

    deaths: (worker id, day). Workers out of reach, those recorded as dead, and those whose death
    somebody withdrew are left alone: of them only a person records it again.
    """
    require(actor, "workers.record_death")
    now, latest = timezone.now(), today()
    days = {worker_id: day for worker_id, day in deaths if day <= latest}
    within = Worker.objects.visible_to(actor).persons().living().filter(pk__in=days)
    alive_after_all = Source.objects.filter(kind="death-withdrawn").values("worker")
    living = [*within.exclude(pk__in=alive_after_all).values_list("pk", flat=True)]
    if not living:
        return 0
    Worker.objects.bulk_update(
        [Worker(pk=number, died_on=days[number], updated_at=now) for number in living],
        ["died_on", "updated_at"],
        batch_size=_CHUNK,
    )
    aliases_follow(living)
    record(
        actor=actor,
        act="workers.died",
        noun="worker",
        rows=living,
        after={"count": len(living)},
        reason=reason,
    )
    bulk.insert(
        Source,
        ["worker", "organisation", "kind", "source_id", "received_at", "values"],
        (
            (
                number,
                actor.organisation.pk,
                "death-list",
                number,
                now,
                {"died_on": days[number].isoformat()},
            )
            for number in living
        ),
    )
    return len(living)


@transaction.atomic
def record_kpj(*, actor: Actor, worker: Worker, kpj: str, reason: str) -> Worker:
    """Record one worker's KPJ by hand. Raises DomainError when it cannot be a KPJ or is taken."""
    require(actor, "workers.correct")
    worker = _locked(actor, worker)
    kpj = kpj.strip()
    if not (kpj.isascii() and kpj.isalnum() and len(kpj) == KPJ_LENGTH):
        raise DomainError(f"KPJ terdiri dari {KPJ_LENGTH} angka atau huruf; periksa nomornya.")
    if Worker.objects.filter(kpj=kpj).exclude(pk=worker.pk).exists():
        raise DomainError("KPJ ini sudah dipakai pekerja lain; cocokkan dengan kartu kepesertaan.")
    before, worker.kpj = worker.kpj, kpj
    _keep(actor, worker, "correction", "worker.kpj", {"kpj": before}, {"kpj": kpj}, reason)
    return worker


@transaction.atomic
def record_kpjs(*, actor: Actor, pairs: Iterable[tuple[int, str]]) -> int:
    """Give workers the KPJ of a branch's answer, set-wise, with one event; returns how many.

    pairs: (worker id, KPJ). A worker that has this KPJ already is left alone. Raises DomainError
    when a KPJ belongs to another worker, or a worker has another KPJ; nothing is written then.
    """
    require(actor, "enrolment.answer")
    stamp = connection.ops.adapt_datetimefield_value(timezone.now())
    changed: list[int] = []
    for given, params in _given(pairs):
        _check_kpjs(given, params)
        fresh = f"FROM {given} JOIN workers_worker w ON w.id = given.column1 WHERE w.kpj = ''"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT w.id {fresh}", params)
            changed += [number for (number,) in cursor.fetchall()]
        bulk.execute(
            "INSERT INTO workers_source (worker_id, organisation_id, kind, source_id, "
            f"received_at, \"values\") SELECT w.id, %s, 'kpj', w.id, %s, "
            f"{_json_of('kpj', 'given.column2')} {fresh}",
            [actor.organisation.pk, stamp, *params],
        )
        bulk.execute(
            f"UPDATE workers_worker SET kpj = given.column2, updated_at = %s FROM {given} "  # noqa: S608
            "WHERE workers_worker.id = given.column1 AND workers_worker.kpj = ''",
            [stamp, *params],
        )
    if changed:
        record(
            actor=actor,
            act="workers.kpj_recorded",
            noun="worker",
            rows=changed,
            after={"count": len(changed)},
        )
    return len(changed)


@transaction.atomic
def correct(*, actor: Actor, worker: Worker, values: Mapping[str, Any], reason: str) -> Worker:
    """Correct a worker's own values; what lists said stays with their sources.

    values: any of CORRECTABLE; texts as typed, birth_date a date, income an int or None, region
    a kelurahan's code, occupation a code. Raises DomainError with what is wrong, or when the
    NIK belongs to another living worker.
    """
    require(actor, "workers.correct")
    if not reason.strip():
        raise DomainError("Tuliskan alasan perbaikan, misalnya «sesuai KTP yang diperlihatkan».")
    worker = _locked(actor, worker)
    before = {field: attribute(worker, field) for field in values}
    for field, value in values.items():
        if field not in CORRECTABLE:
            raise DomainError(f"Isian «{field}» tidak dapat diperbaiki di sini.")
        put(worker, field, value)
    worker.name_key = name_key(worker.name)[:200]
    worker.match_key = match_key(worker.name_key, worker.birth_date)
    if not worker.died_on:
        _alone_with_nik(worker)
    after = {field: attribute(worker, field) for field in values}
    changed = [field for field in values if before[field] != after[field]]
    if changed:
        _keep(
            actor,
            worker,
            "correction",
            "worker.corrected",
            {field: before[field] for field in changed},
            {field: after[field] for field in changed},
            reason,
        )
    return worker


def _locked(actor: Actor, worker: Worker) -> Worker:
    found = Worker.objects.visible_to(actor).filter(pk=worker.pk).first()
    if found is None:
        raise DomainError("Pekerja ini tidak ada dalam jangkauan Anda.")
    if found.same_as_id:
        raise DomainError(
            f"Data ini orang yang sama dengan pekerja lain (NIK {mask_nik(found.same_as.nik)}); "
            "lakukan di halaman pekerja itu."
        )
    return Worker.objects.select_for_update().get(pk=worker.pk)


def _alone_with_nik(worker: Worker) -> None:
    """Refuse a living worker whose NIK another living one has."""
    if Worker.objects.living().filter(nik=worker.nik).exclude(pk=worker.pk).exists():
        raise DomainError(
            "NIK ini sudah milik pekerja lain yang masih hidup; cocokkan keduanya dengan KTP."
        )


def _keep(
    actor: Actor,
    worker: Worker,
    kind: str,
    act: str,
    before: dict[str, Any],
    after: dict[str, Any],
    reason: str,
) -> None:
    """Save the worker, one event, and the event as a source of the new values."""
    worker.updated_at = timezone.now()
    worker.save()
    event = record(
        actor=actor,
        act=act,
        noun="worker",
        object_id=worker.pk,
        before=without_numbers(before),
        after=without_numbers(after),
        reason=reason,
    )
    Source.objects.create(
        worker=worker,
        organisation=actor.organisation,
        kind=kind,
        source_id=event.pk,
        received_at=worker.updated_at,
        values={
            field: value.isoformat() if isinstance(value, date) else value
            for field, value in after.items()
        },
    )


def _given(pairs: Iterable[tuple[int, str]]) -> Iterator[tuple[str, list[Any]]]:
    """Pairs as a table `given` of SQL with its parameters, a few thousand at a time."""
    iterator = iter(pairs)
    while chunk := [*islice(iterator, _CHUNK)]:
        marks = ", ".join(["(%s, %s)"] * len(chunk))
        yield f"(VALUES {marks}) AS given", [value for pair in chunk for value in pair]


def _check_kpjs(given: str, params: list[Any]) -> None:
    with connection.cursor() as cursor:
        wrong = 0
        for condition in (
            "w.kpj = given.column2 AND w.id <> given.column1",
            "w.id = given.column1 AND w.kpj <> '' AND w.kpj <> given.column2",
        ):
            cursor.execute(
                f"SELECT COUNT(*) FROM {given} JOIN workers_worker w ON {condition}",  # noqa: S608
                params,
            )
            wrong += cursor.fetchone()[0]
    if wrong:
        raise DomainError(
            f"{wrong} KPJ dalam jawaban ini bertentangan dengan KPJ yang sudah tercatat (milik "
            "pekerja lain, atau pekerjanya sudah ber-KPJ lain). Tanyakan pada cabang BPJS."
        )


def _json_of(key: str, column: str) -> str:
    if connection.vendor == "postgresql":
        return f"jsonb_build_object('{key}', {column})"
    return f"json_object('{key}', {column})"
