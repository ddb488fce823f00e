"""The list a service is about to change: within reach, and held until the change is done."""

from payung.apps.accounts.actor import Actor
from payung.apps.errors import DomainError
from payung.apps.lists.models import List


def held(actor: Actor, list: List) -> List:
    """The list, locked; DomainError when the actor cannot see it."""
    found = List.objects.select_for_update().visible_to(actor).filter(pk=list.pk).first()
    if found is None:
        raise DomainError("Daftar ini tidak ada dalam jangkauan Anda.")
    return found
