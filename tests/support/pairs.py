"""Two workers who may be one person, as a check of a list would have found them."""

from django.utils import timezone

from payung.apps.lists.models import Band, Pair
from payung.apps.workers.models import Worker


def doubt(one: Worker, other: Worker, band: Band = Band.REVIEW, probability: float = 0.6) -> Pair:
    """An open question about the two."""
    left, right = sorted((one, other), key=lambda worker: worker.pk)
    return Pair.objects.create(
        left=left,
        right=right,
        left_nik=left.nik,
        right_nik=right.nik,
        probability=probability,
        band=band,
        why="Nama dan tanggal lahir sama; NIK berbeda satu angka.",
        evidence=[
            {"field": "name", "level": "equal", "weight": 1.1, "text": "nama sama"},
            {"field": "nik", "level": "one-digit", "weight": -0.3, "text": "NIK berbeda"},
        ],
        found_at=timezone.now(),
    )
