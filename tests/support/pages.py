"""Every page of the site, found by walking its URL patterns, and what tests ask of each.

@pytest.mark.parametrize("page", site_pages(), ids=str)
def test_a_stranger_to_the_site_is_sent_to_login(page, client): ...
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

NOBODYS_ID = 987_654_321
_SAMPLES = {
    "int": NOBODYS_ID,
    "str": "tidak-ada",
    "slug": "tidak-ada",
    "path": "tidak/ada",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


@dataclass(frozen=True)
class SitePage:
    """One of our own URL patterns. `str(page)` is its name with its namespace."""

    name: str
    route: str
    view: Callable[..., HttpResponse] = field(repr=False)
    parameters: dict[str, str] = field(hash=False)

    def __str__(self) -> str:
        return self.name

    @property
    def act(self) -> str | None:
        """The policy's act that the page asks for; None when it asks for none."""
        return getattr(self.view, "act", None)

    def url(self, **values: object) -> str:
        """Its address; parameters not given get a value that names nothing."""
        samples = {name: _SAMPLES.get(kind, "0") for name, kind in self.parameters.items()}
        return reverse(self.name, kwargs={**samples, **values})


def site_pages() -> list[SitePage]:
    """All named pages whose view is Payung's own, in the order of the URL configuration."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, namespace: str, route: str) -> Iterator[SitePage]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, inner, here)
        elif _is_ours(entry):
            yield SitePage(f"{namespace}{entry.name}", here, entry.callback, _parameters(here))


def _is_ours(entry: URLPattern) -> bool:
    ours = entry.callback.__module__.startswith("payung.")
    if ours and not entry.name:
        raise AssertionError(f"{entry.pattern} needs a name in its urls.py")
    return ours


def _parameters(route: str) -> dict[str, str]:
    found = {}
    for part in route.split("<")[1:]:
        kind, _, name = part.partition(">")[0].rpartition(":")
        found[name] = kind or "str"
    return found


def asks_for_login(response: HttpResponse) -> bool:
    """Whether the answer sends its reader to the login page."""
    return response.status_code == 302 and response.url.startswith(resolve_url(settings.LOGIN_URL))


def allowed_methods(client: Client, url: str) -> set[str]:
    """Methods the page says it takes (its 405 answer to one nobody takes names them)."""
    response = client.generic("PROPFIND", url)
    assert response.status_code == 405, (
        f"{url} must declare its methods (require_GET, require_POST, require_http_methods) "
        f"before anything else; it answered {response.status_code}"
    )
    return {method.strip() for method in response.headers["Allow"].split(",")}


def hidden_from(client: Client, url: str) -> bool:
    """Whether the page does not exist for this reader, by any method it takes."""
    methods = allowed_methods(client, url) - {"HEAD", "OPTIONS"}
    return all(client.generic(method, url).status_code == 404 for method in methods)
