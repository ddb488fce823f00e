"""Plans in the background."""

from datetime import date
from typing import Any

from django.db import transaction

from payung import planning
from payung.apps.accounts.actor import Actor
from payung.apps.funding import plans
from payung.apps.funding.models import Fund
from payung.apps.jobs.models import Job
from payung.apps.jobs.progress import Progress
from payung.apps.jobs.services import handles
from payung.apps.screening.models import Screening


@handles("plans.make")
@transaction.atomic
def make(job: Job, progress: Progress) -> dict[str, Any]:
    """Make the plan and let the job lead to it; one that was made already is not made again."""
    asked = job.params
    if job.url != plans.PLANS_URL:
        return {}
    funds = Fund.objects.in_bulk(asked["funds"])
    made = plans.make(
        actor=Actor.of(job.membership),
        name=asked["name"],
        screening=Screening.objects.get(pk=asked["screening"]),
        first_month=date.fromisoformat(asked["first_month"]),
        last_month=date.fromisoformat(asked["last_month"]),
        funds=[funds[number] for number in asked["funds"]],
        rules=_rules(asked["rules"]),
        progress=progress,
    )
    Job.objects.filter(pk=job.pk).update(url=f"{plans.PLANS_URL}{made.pk}/")
    return {"plan": made.pk}


def _rules(told: dict[str, Any]) -> plans.Rules:
    priorities = tuple(
        planning.Priority(each["key"], tuple(each["order"])) for each in told["priorities"]
    )
    return plans.Rules(**{**told, "priorities": priorities})
