"""What every test has; each kind of thing is in tests/support, and named there."""

import gc
import os
from collections.abc import Iterator
from datetime import date

import pytest
from django.conf import settings as site
from django.core.cache import cache
from hypothesis import settings

pytest_plugins = [
    "tests.support.network",
    "tests.support.database",
    "tests.support.templates",
    "tests.support.cast",
    "tests.support.standing",
    "tests.support.browser",
]

# The machine is shared and slow at times: an example may take long; CI tries the same ones always.
settings.register_profile("payung", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("payung")


def pytest_configure() -> None:
    """WhiteNoise warns of a missing folder; here static files come from their sources."""
    site.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """What lives to the end, of Django and the tests, is not looked through for garbage again.

    A file left open in a circle of objects is found later than before, but fails the run still.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 20, 20)
        gc.enable()


def pytest_unconfigure() -> None:
    """Libraries that count what is left at the end, such as DuckDB's, find nothing left."""
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _nothing_told_before() -> None:
    """Jobs of two tests have one number, under which the cache keeps how far they are."""
    cache.clear()


@pytest.fixture
def today() -> date:
    """A day for rules that take one: Saturday 21 November 2026."""
    return date(2026, 11, 21)
