"""Searching for a person without writing their name or NIK into an address.

The filter form is posted; what names a person stays in the session under a short random key, and
only that key stands in the address the reader is led back to.
"""

import secrets
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

PRIVATE = ("q",)
KEY = "cari"
_SESSION = "private-searches"
_KEPT = 20


def keep(request: HttpRequest, *, private: Iterable[str] = PRIVATE) -> HttpResponse:
    """Lead from a posted filter form to the same page, its private words kept aside."""
    hidden = {name: request.POST[name] for name in private if request.POST.get(name)}
    query = QueryDict(mutable=True)
    for name, value in request.POST.items():
        if value and name not in hidden and name != "csrfmiddlewaretoken":
            query[name] = value
    if hidden:
        query[KEY] = _remember(request, hidden)
    return redirect(f"{request.path}{'?' if query else ''}{query.urlencode()}")


def asked(request: HttpRequest, query: QueryDict | None = None) -> dict[str, str]:
    """What was asked: the address's words (or those of `query`) with the private ones put back."""
    words = (request.GET if query is None else query).dict()
    return {**words, **request.session.get(_SESSION, {}).get(words.pop(KEY, ""), {})}


def _remember(request: HttpRequest, hidden: dict[str, str]) -> str:
    kept = request.session.get(_SESSION, {})
    for key, words in kept.items():
        if words == hidden:
            return key
    key = secrets.token_urlsafe(6)
    request.session[_SESSION] = dict([*kept.items(), (key, hidden)][-_KEPT:])
    return key
