"""What every view begins with: who asks, may they, and what becomes of a refusal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, resolve_url
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from payung.apps.accounts import policy
from payung.apps.accounts.actor import Actor
from payung.apps.errors import DomainError, NotAllowed

View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request past the access helper: there is an actor. For type hints only."""

    actor: Actor
    htmx: HtmxDetails
    opened: list[tuple[str, object]]


def page(act: str) -> Callable[[View], View]:
    """A view that shows something: GET only, logged in, and the policy permits the act."""
    return _gate(act, "GET", "HEAD")


def form_page(act: str) -> Callable[[View], View]:
    """A view that shows a form on GET and does what it says on POST."""
    return _gate(act, "GET", "HEAD", "POST")


def act(act: str) -> Callable[[View], View]:
    """A view that does something: POST only; a GET gets 405."""
    return _gate(act, "POST")


def _gate(act: str, *methods: str) -> Callable[[View], View]:
    if act not in policy.ACTS:
        raise KeyError(act)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if not request.user.is_authenticated:
                return _to_login(request)
            if request.actor is None:
                raise NotAllowed(
                    "Akun Anda belum mempunyai peran di organisasi mana pun. "
                    "Mintalah administrator dinas pengampu memberikannya."
                )
            policy.require(request.actor, act)
            return view(request, *args, **kwargs)

        guarded.act = act
        return guarded

    return guard


def _to_login(request: Request) -> HttpResponse:
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    if request.htmx:
        back = request.htmx.current_url_abs_path or "/"
        return HttpResponseClientRedirect(redirect_to_login(back).url)
    return redirect_to_login(back)


def opened(request: Request, *, noun: str, object_id: object) -> None:
    """Note that the actor opens this record. Written to the access log when the view is done.

    Only records that the view really shows: what ends in an error is not noted.
    """
    request.opened.append((noun, object_id))


@contextmanager
def errors_on(form: BaseForm) -> Iterator[None]:
    """A DomainError inside becomes an error at the top of the form, which is then shown again."""
    try:
        yield
    except NotAllowed:
        raise
    except DomainError as error:
        form.add_error(None, str(error))


def go(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Redirect to a URL name, object or path, for a browser's request and for htmx's."""
    if request.htmx:
        return HttpResponseClientRedirect(resolve_url(to, *args, **kwargs))
    return redirect(to, *args, **kwargs)
