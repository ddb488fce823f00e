"""Screening in the background."""

from datetime import date
from typing import Any

from payung.apps.accounts.actor import Actor
from payung.apps.jobs.models import Job
from payung.apps.jobs.progress import Progress
from payung.apps.jobs.services import handles
from payung.apps.regions.models import Region
from payung.apps.screening import services


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
