"""A real Chromium against the running site: `page`, `page_of(person)`, `shot`, `axe`.

A browser test fails on anything its page complains about: an error in the console (a breach of
the Content-Security-Policy is one), an exception in a script, a request to another host, an
answer of 500. With PAYUNG_PICTURES=1 `tests/screenshots` keeps what `shot` saw.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.support import chromium as program
from tests.support.cast import Person

SCREENSHOTS = Path(__file__).parent.parent / "screenshots"
WIDTHS = {390: 844, 1360: 900}
SCHEMES = ("light", "dark")
PATIENCE = 30_000  # milliseconds that a busy machine may take to show something
WCAG_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]  # all of axe's AA rules that look at them


class Complaints:
    """What a page did that no page of Payung may do."""

    def __init__(self, page: Page, site: str) -> None:
        self.found: list[str] = []
        self._host = urlsplit(site).netloc
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"script error: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message) -> None:
        # An expected 4xx of a form is logged by the browser as a failed load; the test sees it.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.found.append(f"console: {message.text}")

    def _request(self, request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.netloc != self._host:
            self.found.append(f"request to another host: {request.url}")

    def _response(self, response) -> None:
        is_missing_file = response.status == 404 and response.request.resource_type != "document"
        if response.status >= 500 or is_missing_file:
            self.found.append(f"{response.status} from {response.url}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests that need one."""
    path = program.executable()
    if path is None:
        raise RuntimeError("No Chromium here; `python -m tests.ground` installs it.")
    # Playwright's event loop lives in this thread, where Django then refuses its ORM.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, headless=True, args=program.flags()
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page_of(live_server, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """page_of(cast.rina) is a page of the running site, logged in as Rina; page_of() as nobody.

    Takes a viewport width in pixels too. `page.goto("/path")` is enough.
    """
    opened: list[tuple[Page, Complaints]] = []

    def made(person: Person | None = None, *, width: int = 1360) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": WIDTHS.get(width, 900)},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            reduced_motion="reduce",
        )
        context.set_default_timeout(PATIENCE)
        if person:
            context.add_cookies([_session_cookie(person, live_server.url)])
        page = context.new_page()
        opened.append((page, Complaints(page, live_server.url)))
        return page

    yield made
    for page, _ in opened:
        page.context.close()
    found = [complaint for _, complaints in opened for complaint in complaints.found]
    assert not found, "The page complained:\n" + "\n".join(found)


@pytest.fixture
def page(page_of) -> Page:
    """A page of the running site with nobody logged in."""
    return page_of()


def _session_cookie(person: Person, url: str) -> dict[str, str]:
    client = Client()
    client.force_login(person.user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def shot(page: Page, name: str) -> list[Path]:
    """The page, phone and desk, may not scroll sideways.

    With PAYUNG_PICTURES=1 whole pages are pictured too, light and dark, for people to look at.
    """
    schemes = SCHEMES if os.environ.get("PAYUNG_PICTURES") else ()
    SCREENSHOTS.mkdir(exist_ok=True)
    before = page.viewport_size
    pictures = []
    for width, height in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            path = SCREENSHOTS / f"{name}-{width}-{scheme}.png"
            page.screenshot(path=path, full_page=True, animations="disabled")
            pictures.append(path)
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{name} scrolls sideways by {overflow} px at {width} px"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(before)
    return pictures


def axe(page: Page) -> None:
    """Nothing on the page, as it stands, breaks WCAG 2.2 AA, in light or dark.

    A scheme changes colours only (tests/architecture/test_ground.py), so the dark is asked of them.
    """
    questions = dict(zip(SCHEMES, (WCAG_AA, OF_COLOURS), strict=True))
    for scheme, rules in questions.items():
        page.emulate_media(color_scheme=scheme)
        result = Axe().run(page, options={"runOnly": rules, "resultTypes": ["violations"]})
        assert result.violations_count == 0, f"{page.url} ({scheme}):\n{result.generate_report()}"
    page.emulate_media(color_scheme="light")
