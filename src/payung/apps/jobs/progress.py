"""How far a running job is, told outside the database.

Kept in the cache, not in the Job row: work inside one transaction could not show progress to
another connection, and on SQLite would have to wait for itself.
"""

import time
from dataclasses import dataclass

from django.core.cache import cache

_EVERY = 0.3  # seconds between two writes
_KEPT = 24 * 3600


@dataclass
class Told:
    done: int
    total: int
    message: str
    at: float

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0


class Progress:
    """Call `tell` as often as you like; it writes a few times a second, and each new message."""

    def __init__(self, job_id: int) -> None:
        self._key = f"job-progress-{job_id}"
        self._last = 0.0
        self._message = ""

    def tell(self, done: int, total: int, message: str) -> None:
        """done and total in any unit, shown as a share; message in Indonesian, without personal
        data."""
        now = time.time()
        is_new = message != self._message or (total and done >= total)
        if is_new or now - self._last >= _EVERY:
            cache.set(self._key, (done, total, message, now), _KEPT)
            self._last, self._message = now, message

    def read(self) -> Told | None:
        told = cache.get(self._key)
        return Told(*told) if told else None

    def is_fresh(self, seconds: float) -> bool:
        told = self.read()
        return told is not None and time.time() - told.at < seconds

    def forget(self) -> None:
        cache.delete(self._key)


class Silent(Progress):
    """For the terminal and tests: tells nobody."""

    def __init__(self) -> None:
        super().__init__(0)

    def tell(self, done: int, total: int, message: str) -> None:
        return
