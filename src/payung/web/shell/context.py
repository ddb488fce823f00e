"""What the base template needs on every page."""

from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from payung.apps.accounts.models import Membership
from payung.web.shell.navigation import rail


def shell(request: HttpRequest) -> dict[str, Any]:
    """The actor, the rail and their other memberships: counted only if a template asks."""
    actor = getattr(request, "actor", None)  # absent when an outer middleware failed
    return {
        "actor": actor,
        "rail": SimpleLazyObject(lambda: rail(actor, request.path) if actor else []),
        "other_memberships": SimpleLazyObject(lambda: _others(actor)),
        "is_demo": settings.DEMO,
        "version": version("payung"),
    }


def _others(actor: Any) -> list[Membership]:
    if actor is None:
        return []
    mine = Membership.objects.filter(user=actor.user, is_active=True)
    return list(mine.exclude(pk=actor.membership.pk).select_related("organisation"))
