"""Searching for a person without writing their name or NIK into an address.

The filter form is posted; what names a person stays in the session under a short key that says
nothing, and only that key stands in the address the reader is led back to.
"""

import json
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac

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
    # the same words always get the same key: a form sent twice at once, by typing and by Enter,
    # may lose one of its two writes to the session
    said = json.dumps(hidden, sort_keys=True)
    person = str(request.user.pk)
    key = salted_hmac(_SESSION, person + said, algorithm="sha256").hexdigest()[:12]
    kept = request.session.get(_SESSION, {})
    if key not in kept:
        request.session[_SESSION] = dict([*kept.items(), (key, hidden)][-_KEPT:])
    return key
