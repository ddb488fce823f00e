from datetime import date

from django.db.models import Q, QuerySet

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.agreements.models import Agreement


def agreements(*, actor: Actor) -> QuerySet[Agreement]:
    """Agreements of the actor's city; others see those they are a party to."""
    found = Agreement.objects.select_related("parent", "first_party", "second_party")
    if actor.reach is Reach.REGION:
        return found.filter(region_id=actor.city_code)
    return found.filter(Q(first_party=actor.organisation) | Q(second_party=actor.organisation))


def in_force(*, actor: Actor, on: date) -> QuerySet[Agreement]:
    """Agreements whose dates include the day."""
    return agreements(actor=actor).filter(starts_on__lte=on, ends_on__gte=on)
