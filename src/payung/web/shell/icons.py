"""Lucide icons as inline SVG, drawn once."""

from functools import lru_cache

from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide


@lru_cache(maxsize=512)
def svg(name: str, size: int = 18) -> SafeString:
    """The icon in its text's colour, hidden from screen readers: a word stands by it."""
    return lucide(name, size=size, **{"class": "icon", "aria-hidden": "true", "focusable": "false"})
