"""What every test has; each kind of thing is in tests/support, and named there."""

import os
from datetime import date

import pytest
from django.conf import settings as site
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


@pytest.fixture
def today() -> date:
    """A day for rules that take one: Saturday 21 November 2026."""
    return date(2026, 11, 21)
