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
from axe_playwright_python.base import AXE_SCRIPT
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


class Handed:
    """A page that one test after another is handed, as clean as a new one.

    A new one costs a process and the compiling of its scripts, as much as all a test does with it.
    """

    def __init__(self, chromium: Browser, site: str) -> None:
        self._site = site
        self._context = chromium.new_context(
            base_url=site, locale="id-ID", timezone_id="Asia/Jakarta"
        )
        self._context.set_default_timeout(PATIENCE)
        self.page = self._context.new_page()
        self.complaints = Complaints(self.page, site)
        self._listeners = self._count_listeners()

    def begin(self, person: Person | None, width: int) -> Page:
        """The page, of that width in pixels, logged in as somebody or nobody."""
        self.complaints.found.clear()
        self.page.set_viewport_size({"width": width, "height": WIDTHS.get(width, 900)})
        self.page.emulate_media(media="null", color_scheme="light", reduced_motion="reduce")
        if person:
            self._context.add_cookies([_session_cookie(person, self._site)])
        return self.page

    def end(self) -> bool:
        """Leave the page and forget what it kept; whether another test may have it."""
        if self.page.is_closed():
            return False
        if self.page.url.startswith(self._site):
            self.page.evaluate("stop(), localStorage.clear(), sessionStorage.clear()")
        # Not about:blank, to which Chromium gives a process of its own.
        self.page.set_content("")
        self.page.mouse.move(0, 0)
        self._context.clear_cookies()
        return self._count_listeners() == self._listeners

    def close(self) -> None:
        self._context.close()

    def _count_listeners(self) -> int:
        """Playwright gives no other way to see that a test listens to its page."""
        emitter = self.page._impl_obj
        return sum(len(emitter.listeners(event)) for event in emitter.event_names())


@pytest.fixture(scope="session")
def handed(chromium: Browser) -> list[Handed]:
    """Pages no test has just now; the browser closes them."""
    return []


@pytest.fixture
def page_of(live_server, chromium: Browser, handed: list[Handed]) -> Iterator[Callable[..., Page]]:
    """page_of(cast.rina) is a page of the running site, logged in as Rina; page_of() as nobody.

    Takes a viewport width in pixels too. `page.goto("/path")` is enough.
    """
    opened: list[Handed] = []

    def made(person: Person | None = None, *, width: int = 1360) -> Page:
        opened.append(handed.pop() if handed else Handed(chromium, live_server.url))
        return opened[-1].begin(person, width)

    yield made
    for each in opened:
        if each.end():
            handed.append(each)
        else:
            each.close()
    found = [complaint for each in opened for complaint in each.complaints.found]
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
    page.evaluate(AXE_SCRIPT)
    already_there = Axe("0")
    for scheme, rules in questions.items():
        page.emulate_media(color_scheme=scheme)
        options = {"runOnly": rules, "resultTypes": ["violations"]}
        result = already_there.run(page, options=options)
        assert result.violations_count == 0, f"{page.url} ({scheme}):\n{result.generate_report()}"
    page.emulate_media(color_scheme="light")
