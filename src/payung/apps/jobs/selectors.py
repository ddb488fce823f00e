from django.db.models import QuerySet

from payung.apps.accounts.actor import Actor
from payung.apps.jobs.models import Job


def jobs(*, actor: Actor) -> QuerySet[Job]:
    """Jobs started by people of the actor's organisation, newest first."""
    return Job.objects.filter(membership__organisation=actor.organisation)
