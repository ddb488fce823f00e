"""Loading references and screening the registry against them."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Organisation
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.db import bulk
from payung.apps.db.months import today
from payung.apps.errors import DomainError
from payung.apps.jobs import services as jobs
from payung.apps.jobs.models import Job
from payung.apps.jobs.progress import Progress, Silent
from payung.apps.regions.models import Region
from payung.apps.screening import selectors
from payung.apps.screening.matching import look_up, workers_of
from payung.apps.screening.models import (
    Check,
    Code,
    Reference,
    ReferenceEntry,
    ReferenceKind,
    Screening,
)
from payung.apps.screening.reading import ENTRY_FIELDS, EntryValues, Reading, read
from payung.apps.screening.verdicts import (
    apply_rules,
    carry_over_decisions,
    conclude,
    judge_again,
)
from payung.apps.workers import services as workers
from payung.identity import mask_nik

_TOLD_EVERY = 1_000  # rows


@transaction.atomic
def load_reference(
    *,
    actor: Actor,
    kind: ReferenceKind,
    path: Path,
    as_of: date,
    filename: str = "",
    source: Organisation | None = None,
    progress: Progress | None = None,
) -> Reference:
    """Take a reference file (.xlsx .xls .ods .csv) of the actor's city as it stood on `as_of`.

    Raises DomainError when the file cannot be read, lacks its columns, names nobody, is dated in
    the future, or was taken before; then nothing is written.
    """
    require(actor, "screening.load")
    filename = (filename or path.name)[:255]
    kind = ReferenceKind(kind)
    _not_ahead(as_of)
    progress = progress or Silent()
    progress.tell(0, 0, "Membuka berkas")
    reading = read(path=path, filename=filename, kind=kind, as_of=as_of)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    earlier = Reference.objects.filter(region_id=actor.city_code, kind=kind, sha256=sha256).first()
    if earlier:
        raise DomainError(_taken(earlier))
    reference = Reference(
        kind=kind,
        region_id=actor.city_code,
        source=source,
        filename=filename,
        sha256=sha256,
        as_of=as_of,
        received_at=timezone.now(),
        received_by=actor.user,
    )
    try:
        with transaction.atomic():
            reference.save()
    except IntegrityError as error:  # another person sent the same file at this moment
        raise DomainError("Berkas ini sudah pernah dimuat untuk jenis acuan yang sama.") from error
    bulk.insert(
        ReferenceEntry,
        ("reference", *ENTRY_FIELDS),
        ((reference.pk, *entry) for entry in _told(reading, progress)),
    )
    if not reading.taken and not reading.passed_over:
        raise DomainError(
            "Tidak satu baris pun bisa dipakai: NIK tidak terbaca dan nama atau tanggal lahir "
            "kosong. Periksa isi kolom-kolomnya lalu kirim lagi."
        )
    reference.rows = reading.taken
    reference.unreadable = reading.unreadable
    reference.passed_over = reading.passed_over
    reference.save(update_fields=["rows", "unreadable", "passed_over"])
    record(
        actor=actor,
        act="reference.loaded",
        noun="reference",
        object_id=reference.pk,
        after={
            "kind": kind,
            "as_of": as_of,
            "sha256": sha256,
            "rows": reading.taken,
            "unreadable": reading.unreadable,
            "passed_over": reading.passed_over,
        },
    )
    return reference


def start_load(
    *,
    actor: Actor,
    kind: ReferenceKind,
    path: Path,
    as_of: date,
    filename: str,
    source: Organisation | None = None,
    url: str = "",
) -> Job:
    """Queue `load_reference` on a copy of the file; `url`: where its result can be seen.

    What is wrong with the file is the job's sentence; a day ahead raises DomainError at once.
    """
    require(actor, "screening.load")
    _not_ahead(as_of)
    folder = Path(settings.MEDIA_ROOT) / "incoming"
    folder.mkdir(parents=True, exist_ok=True)
    handle, kept = tempfile.mkstemp(prefix="acuan-", dir=folder)  # 0600
    try:
        with os.fdopen(handle, "wb") as target, path.open("rb") as file:
            shutil.copyfileobj(file, target)
        return jobs.start(
            actor=actor,
            kind="screening.load",
            label=f"Memuat {ReferenceKind(kind).label}",
            params={
                "kind": kind,
                "file": Path(kept).name,
                "as_of": as_of.isoformat(),
                "filename": filename,
                "source": source.pk if source else None,
            },
            url=url,
        )
    except BaseException:
        Path(kept).unlink()
        raise


def _not_ahead(as_of: date) -> None:
    if as_of > today():
        raise DomainError("Tanggal keadaan acuan masih di depan; isi tanggal data itu diambil.")


def _told(reading: Reading, progress: Progress) -> Iterator[EntryValues]:
    """The entries, with how far they are."""
    for done, entry in enumerate(reading.entries(), start=1):
        if done % _TOLD_EVERY == 0:
            progress.tell(min(done, reading.total), reading.total, "Membaca baris acuan")
        yield entry


def _taken(earlier: Reference) -> str:
    return (
        f"Berkas yang sama sudah dimuat sebagai {earlier.get_kind_display()} per "
        f"{earlier.as_of:%d-%m-%Y}; tidak ada yang perlu dilakukan."
    )


@transaction.atomic
def run(
    *,
    actor: Actor,
    region: Region,
    on: date,
    references: Sequence[Reference] | None = None,
    progress: Progress | None = None,
) -> Screening:
    """Judge every living worker of the region for cover that begins on `on`.

    references: those to look in; by default the newest of each kind. Raises DomainError when the
    region is beyond the actor's or has no worker, or the law knows no rule for the date.
    """
    require(actor, "screening.run")
    if not region.code.startswith(actor.region_code):
        raise DomainError("Wilayah ini di luar wilayah organisasi Anda.")
    if references is None:
        references = list(selectors.latest_references(actor=actor).values())
    elif any(reference.region_id != region.city_code for reference in references):
        raise DomainError("Ada acuan dari kota lain; pilih acuan kota ini saja.")
    tell = (progress or Silent()).tell
    steps = len(references) + 2
    screening = Screening.objects.create(
        region=region, on=on, made_by=actor.user, made_at=timezone.now()
    )
    screening.references.set(references)
    bulk.analyze("workers_worker", "screening_referenceentry")
    if references:
        tell(0, steps, "Membaca pekerja terdaftar")
        known = workers_of(region.pk, on)
    for done, reference in enumerate(references):
        tell(done, steps, f"Mencocokkan dengan {reference.get_kind_display()}")
        look_up(screening=screening, reference=reference, workers=known)
    tell(steps - 2, steps, "Memeriksa usia")
    apply_rules(screening)
    carry_over_decisions(screening)
    tell(steps - 1, steps, "Menyimpulkan")
    conclude(screening)
    if not screening.workers:
        raise DomainError(
            f"Belum ada pekerja di {region.name}; terima dulu daftar nama, baru saring."
        )
    counts = selectors.counts_by_code(screening=screening)
    record(
        actor=actor,
        act="screening.run",
        noun="screening",
        object_id=screening.pk,
        after={
            "region": region.pk,
            "on": on,
            "references": [reference.pk for reference in references],
            "workers": screening.workers,
            "eligible": screening.eligible,
            "doubtful": screening.doubtful,
            "excluded": {count.code.value: count.excluded for count in counts if count.excluded},
        },
    )
    tell(steps, steps, "Selesai")
    return screening


def start_run(*, actor: Actor, region: Region, on: date, url: str = "") -> Job:
    """Queue a run with the newest references; `url`: where its result can be seen."""
    require(actor, "screening.run")
    return jobs.start(
        actor=actor,
        kind="screening.run",
        label=f"Menyaring pekerja {region.name}",
        params={"region": region.pk, "on": on.isoformat()},
        url=url,
    )


@transaction.atomic
def decide(*, actor: Actor, check: Check, same_person: bool) -> Check:
    """Settle a doubtful check: the entry means this worker, or somebody else.

    Once one is the worker, the other entries of that list need no answer. check: from
    selectors.checks. Raises DomainError when there is nothing to settle, or when somebody decided
    that the entry is another worker.
    """
    require(actor, "screening.run")
    check = Check.objects.select_for_update().select_related("screening").get(pk=check.pk)
    if check.decided_by is not None:
        raise DomainError(
            f"Sudah diputuskan oleh {check.decided_by}. Keputusan Anda tidak dicatat."
        )
    if not check.doubtful or check.entry_id is None or check.code == Code.DECILE:
        raise DomainError("Pemeriksaan ini tidak menunggu keputusan.")
    if same_person:
        _not_somebody_else(check)
    check.doubtful = False
    check.excludes = same_person
    check.decided_by = actor.user
    check.decided_at = timezone.now()
    check.save(update_fields=["doubtful", "excludes", "decided_by", "decided_at"])
    if same_person:
        others = Check.objects.filter(
            screening=check.screening_id, worker=check.worker_id, code=check.code
        )
        others.filter(doubtful=True).update(doubtful=False)
    judge_again(check)
    record(
        actor=actor,
        act="check.decided",
        noun="check",
        object_id=check.pk,
        after={"worker": check.worker_id, "code": check.code, "same_person": same_person},
    )
    return check


def _not_somebody_else(check: Check) -> None:
    """One entry is one person. Raises DomainError where it was decided to be another worker."""
    said = Check.objects.filter(
        entry=check.entry_id, excludes=True, decided_by__isnull=False, worker__same_as=None
    )
    other = said.exclude(worker=check.worker_id).select_related("worker").first()
    if other is not None:
        theirs, ours = other.worker, check.worker
        raise DomainError(
            f"Orang di acuan ini sudah diputuskan sebagai {theirs.name} (NIK "
            f"{mask_nik(theirs.nik, ours.nik)}). Bila itu keliru, tarik dahulu keputusan itu; bila "
            "keduanya satu orang, putuskan dahulu di Data ganda."
        )


@transaction.atomic
def take_back(*, actor: Actor, check: Check, reason: str) -> Check:
    """Ask again what somebody decided of a worker and an entry, in every run the decision reached.

    check: from selectors.checks. Raises DomainError without a reason, when nobody decided, or once
    the death that was decided is recorded.
    """
    require(actor, "screening.run")
    if not reason.strip():
        raise DomainError("Tuliskan alasan, misalnya «KTP orang di acuan sudah diperlihatkan».")
    found = Check.objects.select_for_update().select_related("worker").get(pk=check.pk)
    if found.decided_by_id is None or found.entry is None:
        raise DomainError("Tidak ada keputusan yang dapat ditarik pada hasil ini.")
    if found.code == Code.DEAD and found.excludes and found.worker.died_on:
        raise DomainError(
            "Kematian pekerja ini sudah dicatat; tarik dahulu catatan itu di halaman pekerjanya."
        )
    same_person = found.excludes
    for each in _carried(found):
        others = Check.objects.filter(
            screening=each.screening_id, worker=each.worker_id, code=each.code, entry__isnull=False
        ).exclude(pk=each.pk)
        is_certain = others.filter(excludes=True).exists()
        each.doubtful, each.excludes = not is_certain, False
        each.decided_by, each.decided_at = None, None
        each.save(update_fields=["doubtful", "excludes", "decided_by", "decided_at"])
        if not is_certain:
            others.filter(decided_by=None).update(doubtful=True)
        judge_again(each)
    record(
        actor=actor,
        act="check.taken_back",
        noun="check",
        object_id=found.pk,
        before={"worker": found.worker_id, "code": found.code, "same_person": same_person},
        reason=reason,
    )
    return Check.objects.get(pk=found.pk)


def _carried(decided: Check) -> list[Check]:
    """The decided checks that `carry_over_decisions` takes for one decision, in all runs."""
    said = decided.entry
    alike = Q(entry__nik=said.nik, entry__name_key=said.name_key, entry__birth_date=said.birth_date)
    if not said.nik:
        alike &= Q(code=decided.code)
    found = Check.objects.filter(Q(entry=said) | alike, worker=decided.worker_id)
    return [*found.exclude(decided_by=None).select_related("screening")]


@transaction.atomic
def confirm_deaths(*, actor: Actor, screening: Screening) -> int:
    """Record in the registry the deaths this run found beyond doubt; returns how many.

    Only where the death register says the day, under the worker's own NIK and name or of whom
    somebody decided that it is the worker.
    """
    require(actor, "screening.run")
    found = selectors.confirmable_deaths(screening=screening)
    return workers.record_deaths(
        actor=actor,
        deaths=found.values_list("worker_id", "value_date"),
        reason=f"Penyaringan {screening.pk}: NIK dan nama sama pada daftar kematian, atau sudah "
        "diputuskan orang yang sama",
    )
