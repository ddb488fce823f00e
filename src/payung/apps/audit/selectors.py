"""Reading the chain of events, scoped to what the actor may see."""

from django.db.models import QuerySet

from payung.apps.accounts.actor import Actor, Reach
from payung.apps.audit.models import Access, Event
from payung.apps.audit.services import GENESIS, digest


def events(*, actor: Actor) -> QuerySet[Event]:
    """Events of the actor's region (or organisation), newest first."""
    found = Event.objects.select_related("user", "organisation")
    if actor.reach is Reach.REGION:
        return found.filter(organisation__region__code__startswith=actor.region_code)
    return found.filter(organisation=actor.organisation)


def events_of(*, actor: Actor, noun: str, object_id: object) -> QuerySet[Event]:
    """What was done to one record the actor may open, newest first, by any office of the city.

    A company sees only what it did itself.
    """
    found = Event.objects.select_related("user", "organisation")
    if actor.reach is Reach.FIGURES:
        found = found.filter(organisation=actor.organisation)
    else:
        found = found.filter(organisation__region__code__startswith=actor.city_code)
    return found.filter(noun=noun, object_id=str(object_id))


def accesses_of(*, actor: Actor, noun: str, object_id: object) -> QuerySet[Access]:
    """Who opened one record, newest first."""
    return Access.objects.select_related("user", "organisation").filter(
        noun=noun,
        object_id=str(object_id),
        organisation__region__code__startswith=actor.city_code,
    )


def broken_link() -> Event | None:
    """The first event whose hash or predecessor does not fit; None when the chain is whole."""
    previous = GENESIS
    for event in Event.objects.order_by("id").iterator():
        if event.previous_hash != previous or event.hash != digest(event):
            return event
        previous = event.hash
    return None
