"""Who acts, what they opened, and that looking changes nothing."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Membership
from payung.apps.audit.services import record_access
from payung.apps.errors import DomainError, NotAllowed
from payung.web.access import go

SESSION_KEY = "membership"
_SAFE = {"GET", "HEAD", "OPTIONS"}


class ActorMiddleware:
    """Gives each request its actor, keeps the access log, and turns refusals into sentences."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = _actor_of(request)
        request.opened = []
        response = self.get_response(request)
        if response.status_code < 400:
            # Before the answer leaves: what cannot be noted is not shown.
            for noun, object_id in request.opened:
                record_access(actor=request.actor, noun=noun, object_id=object_id)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A DomainError as the page or message a clerk can act on; anything else stays an error."""
        if isinstance(error, NotAllowed):
            return render(request, "403.html", {"exception": error}, status=403)
        if not isinstance(error, DomainError):
            return None
        if request.method in _SAFE:
            return render(request, "400.html", {"exception": error}, status=400)
        messages.error(request, str(error))
        return go(request, _came_from(request))


def _actor_of(request: HttpRequest) -> Actor | None:
    if not request.user.is_authenticated:
        return None
    memberships = Membership.objects.filter(user=request.user, is_active=True)
    memberships = list(memberships.select_related("user", "organisation__region"))
    chosen = request.session.get(SESSION_KEY)
    for membership in memberships:
        if membership.pk == chosen:
            return Actor.of(membership)
    return Actor.of(memberships[0]) if memberships else None


def _came_from(request: HttpRequest) -> str:
    """The path of the page whose form was sent; the front page when that is unknown."""
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, allowed_hosts={request.get_host()}):
        parts = urlsplit(referer)
        return parts.path + ("?" + parts.query if parts.query else "")
    return "/"


class WriteDuringReadError(RuntimeError):
    """A view changed the database while answering a GET."""


_WRITES = re.compile(
    r"\s*(?:(?:INSERT|REPLACE|MERGE)\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|TRUNCATE)\s+\"?(\w+)"
    r"|\s*WITH\b.*?\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)",
    re.IGNORECASE | re.DOTALL,
)
# The session, the access log, and allauth's note that recovery codes were looked at.
_MAY_BE_WRITTEN = {"django_session", "audit_access", "mfa_authenticator"}


def refuse_writes(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
    """A wrapper of `connection.execute_wrapper` that lets only reading through."""
    found = _WRITES.match(sql)
    if found and (found[1] or found[2]) not in _MAY_BE_WRITTEN:
        raise WriteDuringReadError(f"A GET may not write: {sql[:60]}")
    return execute(sql, params, many, context)


class ReadOnlyGetMiddleware:
    """A GET that writes raises, in tests and in production alike."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in _SAFE:
            return self.get_response(request)
        with connections["default"].execute_wrapper(refuse_writes):
            return self.get_response(request)
