"""Workers found to be one person: one of them goes on, the others are its aliases.

An alias keeps all it has, its NIK, sources and history; it is left out wherever people are counted
or chosen. Which records are one person is decided in `lists`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from payung.apps.db import bulk
from payung.apps.workers.models import Worker

_AT_ONCE = 2_000


@dataclass(frozen=True)
class Built:
    """What a later stage has built on a worker.

    weight: of two records the heavier goes on. at: when something was built last. stops: why the
    worker cannot become an alias just now, as a sentence, or "".
    """

    weight: int = 0
    at: datetime | None = None
    stops: str = ""


Teller = Callable[[Collection[int]], Mapping[int, Built]]
_TELLERS: dict[str, Teller] = {}


def built_by(stage: str, teller: Teller) -> None:
    """A later stage says what it has built: `teller(worker ids)`, for those that it knows."""
    _TELLERS[stage] = teller


def built_on(ids: Collection[int]) -> dict[int, Built]:
    """What all stages together have built on each of the workers."""
    found = dict.fromkeys(ids, Built())
    for teller in _TELLERS.values():
        for number, told in teller(ids).items():
            one = found[number]
            found[number] = Built(
                one.weight + told.weight,
                max(filter(None, (one.at, told.at)), default=None),
                one.stops or told.stops,
            )
    return found


def make_one(groups: Sequence[tuple[int, Collection[int]]]) -> None:
    """Each group (who goes on, all members) is one person from now on, and nobody else.

    Part of the caller's act, which locks the workers and records the event.
    """
    members = [number for _, group in groups for number in group]
    Worker.objects.filter(pk__in=members).exclude(same_as=None).update(same_as=None)
    for going_on, group in groups:
        others = [number for number in group if number != going_on]
        if others:
            Worker.objects.filter(pk__in=others).update(same_as=going_on)
    aliases_follow([going_on for going_on, _ in groups])


def aliases_follow(ids: Collection[int]) -> None:
    """The aliases of these workers died when they did, and live when they live."""
    if not ids:
        return
    for start in range(0, len(numbers := [*ids]), _AT_ONCE):
        marks = ", ".join(str(int(number)) for number in numbers[start : start + _AT_ONCE])
        bulk.execute(
            "UPDATE workers_worker SET died_on = (SELECT s.died_on FROM workers_worker s "  # noqa: S608
            f"WHERE s.id = workers_worker.same_as_id) WHERE same_as_id IN ({marks})"
        )
