"""Screening in the background."""

from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Organisation
from payung.apps.jobs.models import Job
from payung.apps.jobs.progress import Progress
from payung.apps.jobs.services import handles
from payung.apps.regions.models import Region
from payung.apps.screening import services
from payung.apps.screening.models import ReferenceKind


@handles("screening.run")
def run_screening(job: Job, progress: Progress) -> dict[str, Any]:
    """Run with the newest references, for the person who asked."""
    screening = services.run(
        actor=Actor.of(job.membership),
        region=Region.objects.get(pk=job.params["region"]),
        on=date.fromisoformat(job.params["on"]),
        progress=progress,
    )
    return {"screening": screening.pk}


@handles("screening.load")
def load_reference(job: Job, progress: Progress) -> dict[str, Any]:
    """Take the file that was put aside, which goes when this ends; a killed worker leaves it."""
    asked = job.params
    path = Path(settings.MEDIA_ROOT) / "incoming" / asked["file"]
    try:
        made = services.load_reference(
            actor=Actor.of(job.membership),
            kind=ReferenceKind(asked["kind"]),
            path=path,
            filename=asked["filename"],
            as_of=date.fromisoformat(asked["as_of"]),
            source=Organisation.objects.filter(pk=asked["source"]).first(),
            progress=progress,
        )
    finally:
        path.unlink(missing_ok=True)
    return {"reference": made.pk, "rows": made.rows}
