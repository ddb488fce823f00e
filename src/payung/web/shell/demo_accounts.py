"""Who may log in to the demo: asked of the demo, and only there."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings


def demo_accounts() -> list[dict[str, str]]:
    """role, name, email, password and organisation of each demo account; none outside the demo."""
    if not settings.DEMO or not find_spec("payung.demo.accounts"):
        return []
    return import_module("payung.demo.accounts").DEMO_ACCOUNTS
