from django.db.models import Count, Q, QuerySet

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.outreach.models import Circular, Gathering, Pledge, Reply


def circulars(*, actor: Actor) -> QuerySet[Circular]:
    """Circulars of the city with how many companies got and answered them; a company sees those
    sent to it."""
    found = Circular.objects.filter(region_id=actor.city_code)
    if actor.reach is not Reach.REGION:
        found = found.filter(recipients__company=actor.organisation)
    return found.annotate(
        sent=Count("recipients", distinct=True),
        answered=Count("recipients", filter=~Q(recipients__reply=Reply.NONE), distinct=True),
    )


def pledges(*, actor: Actor) -> QuerySet[Pledge]:
    """Pledges of the city's companies; a company sees its own."""
    found = Pledge.objects.select_related("company", "circular", "fund")
    if actor.reach is Reach.REGION:
        return found.filter(company__region__code__startswith=actor.city_code)
    return found.filter(company=actor.organisation)


def gatherings(*, actor: Actor) -> QuerySet[Gathering]:
    """Socialisations within the actor's region."""
    return Gathering.objects.filter(region__code__startswith=actor.region_code).select_related(
        "region"
    )
