"""How much waits in each stage: areas register a count, the rail shows it."""

from collections.abc import Callable

from payung.apps.accounts.actor import Actor

Count = Callable[[Actor], int]
_counts: dict[str, Count] = {}


def waits(url_name: str) -> Callable[[Count], Count]:
    """Register the decorated `(actor) -> int` as the count beside this entry of the rail.

    It runs with every full page: one cheap query.
    """

    def register(count: Count) -> Count:
        _counts[url_name] = count
        return count

    return register


def waiting(actor: Actor, url_name: str) -> int | None:
    """What waits for the actor behind this entry; None when nobody counts it."""
    count = _counts.get(url_name)
    return count(actor) if count else None
