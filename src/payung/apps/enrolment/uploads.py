"""Answer files as they came in: looked at first, recorded after, kept for the archive."""

import hashlib
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.text import get_valid_filename

from payung.apps.enrolment.models import Batch


def keep(batch: Batch, file: File) -> str:
    """Keep an uploaded file with its batch; returns its SHA-256. The same file is kept once."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    sha256 = digest.hexdigest()
    if kept(batch, sha256) is None:
        name = get_valid_filename(Path(file.name or "jawaban").name)[-100:]
        default_storage.save(f"{_folder(batch)}/{sha256}-{name}", file)
    return sha256


def kept(batch: Batch, sha256: str) -> tuple[Path, str] | None:
    """The path of a kept file and the name it came with; None when there is none."""
    folder = Path(default_storage.path(_folder(batch)))
    if not folder.is_dir():
        return None
    for path in folder.iterdir():
        digest, _, name = path.name.partition("-")
        if digest == sha256:
            return path, name
    return None


def _folder(batch: Batch) -> str:
    return f"answers/{batch.pk}"
