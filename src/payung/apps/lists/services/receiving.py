"""Taking a file in: once, readable, from an office within reach; and sending it away again."""

import hashlib
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Organisation
from payung.apps.accounts.policy import require
from payung.apps.agreements.models import Agreement
from payung.apps.audit.services import record
from payung.apps.db.months import first_day
from payung.apps.errors import DomainError
from payung.apps.jobs.progress import Progress
from payung.apps.jobs.services import start
from payung.apps.lists.models import List, State
from payung.apps.lists.selectors import senders
from payung.apps.lists.services.reach import held
from payung.apps.lists.services.reading import ages_on, clear, opened, read
from payung.apps.regions.models import Region
from payung.sheets import MAX_BYTES

_BLOCK = 1024 * 1024


def receive(
    *,
    actor: Actor,
    sender: Organisation,
    file: Path | BinaryIO,
    filename: str,
    start_month: date,
    subject: str = "",
    agreement: Agreement | None = None,
    region: Region | None = None,
    in_background: bool = True,
    progress: Progress | None = None,
) -> List:
    """Take a list in and read it: in the background, or before this returns.

    file: a path, or anything with `read(size)` (an uploaded file). region: the city whose
    kelurahan are known; default the sender's.
    Raises DomainError when the sender is out of reach, the file unreadable or taken already, or
    the law has no rule for the month; then nothing is kept.
    """
    require(actor, "lists.upload")
    if not senders(actor=actor).filter(pk=sender.pk).exists():
        raise DomainError(
            f"Anda tidak dapat mengirim daftar atas nama {sender.name}; pilih instansi dalam "
            "jangkauan Anda."
        )
    ages_on(first_day(start_month))
    region = region or _city(sender)
    folder = Path(settings.MEDIA_ROOT) / "lists"
    folder.mkdir(parents=True, exist_ok=True)
    incoming, sha256, size = _store(file, folder)
    try:
        _check_new(sha256, region)
        book = opened(incoming, filename)
        found = _record(
            actor=actor,
            in_background=in_background,
            fields={
                "sender": sender,
                "region": region,
                "agreement": agreement,
                "subject": subject.strip()[:160],
                "filename": Path(filename).name[:255],
                "sha256": sha256,
                "size": size,
                "start_month": first_day(start_month),
            },
            place=lambda: incoming.replace(folder / sha256),
        )
    except IntegrityError:
        # somebody sent the same file in the same moment
        _check_new(sha256, region)
        raise
    finally:
        incoming.unlink(missing_ok=True)
    return found if in_background else read(actor=actor, list=found, book=book, progress=progress)


@transaction.atomic
def withdraw(*, actor: Actor, list: List, reason: str) -> List:
    """Take back a list that has not been accepted; its rows and findings are removed.

    The file and the list's own record stay, so that what happened can be seen.
    """
    require(actor, "lists.upload")
    found = held(actor, list)
    if found.state in {State.ACCEPTED, State.ACCEPTING}:
        raise DomainError("Daftar ini sudah diterima, jadi tidak dapat ditarik lagi.")
    if found.state == State.WITHDRAWN:
        raise DomainError("Daftar ini sudah ditarik.")
    if not reason.strip():
        raise DomainError("Tuliskan alasan menarik daftar ini.")
    before = found.state
    clear(found)
    List.objects.filter(pk=found.pk).update(state=State.WITHDRAWN)
    record(
        actor=actor,
        act="list.withdrawn",
        noun="list",
        object_id=found.pk,
        before={"state": before, "rows": found.rows},
        reason=reason,
    )
    found.refresh_from_db()
    return found


@transaction.atomic
def _record(*, actor: Actor, in_background: bool, fields: dict, place) -> List:
    found = List.objects.create(
        **fields, state=State.READING, uploaded_by=actor.user, received_at=timezone.now()
    )
    record(
        actor=actor,
        act="list.received",
        noun="list",
        object_id=found.pk,
        after={
            "sender": found.sender_id,
            "filename": found.filename,
            "sha256": found.sha256,
            "size": found.size,
            "start_month": found.start_month,
        },
    )
    if in_background:
        found.job = start(
            actor=actor,
            kind="lists.read",
            label=f"Membaca daftar {found.filename}"[:160],
            params={"list": found.pk},
            url=f"/daftar/{found.pk}/",
        )
        found.save(update_fields=["job"])
    place()
    return found


def _store(file: Path | BinaryIO, folder: Path) -> tuple[Path, str, int]:
    """Copy the file beside its later place, readable by us alone: path, SHA-256, size in bytes."""
    digest, size = hashlib.sha256(), 0
    handle, name = tempfile.mkstemp(prefix=".masuk-", dir=folder)  # 0600
    incoming = Path(name)
    try:
        with os.fdopen(handle, "wb") as target:
            source = file.open("rb") if isinstance(file, Path) else file
            try:
                while block := source.read(_BLOCK):
                    size += len(block)
                    if size > MAX_BYTES:
                        raise DomainError(
                            f"Berkas ini lebih besar dari {MAX_BYTES // _BLOCK} MB. Bagi daftar "
                            "menjadi beberapa berkas, lalu unggah satu per satu."
                        )
                    digest.update(block)
                    target.write(block)
            finally:
                if isinstance(file, Path):
                    source.close()
    except FileNotFoundError as error:
        incoming.unlink()
        raise DomainError("Berkas tidak ditemukan; periksa nama dan letak berkasnya.") from error
    except OSError as error:
        incoming.unlink()
        raise DomainError("Berkas tidak bisa dibuka; periksa izin membacanya.") from error
    except BaseException:
        incoming.unlink()
        raise
    return incoming, digest.hexdigest(), size


def _check_new(sha256: str, region: Region) -> None:
    earlier = (
        List.objects.filter(sha256=sha256, region=region)
        .exclude(state__in=[State.WITHDRAWN, State.FAILED])
        .select_related("sender")
        .first()
    )
    if earlier:
        when = date_format(timezone.localtime(earlier.received_at), "j F Y")
        raise DomainError(
            f"Berkas yang sama sudah diterima pada {when} sebagai daftar nomor {earlier.pk} "
            f"({earlier.filename}) dari {earlier.sender.name}. Buka daftar itu; berkas tidak "
            "perlu dikirim lagi."
        )


def _city(sender: Organisation) -> Region:
    return Region.objects.get(pk=sender.region_id[:5])
