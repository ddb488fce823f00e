"""Recording what was done. Called by every service, once, inside its transaction."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from payung.apps.accounts.actor import Actor
from payung.apps.audit.models import Access, Event

GENESIS = "0" * 64
_LOCK = 7_281_046_113  # any number of ours: writers of the chain queue on it


def record(
    *,
    actor: Actor | None,
    act: str,
    noun: str,
    object_id: object = "",
    rows: Iterable[int] = (),
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> Event:
    """Append one event to the chain. `rows`: ids a bulk act touched, kept as ranges.

    actor None means the system itself (first run, nightly work).
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        last = Event.objects.order_by("-id").values_list("hash", flat=True).first()
        numbers = sorted(set(rows))
        event = Event(
            at=timezone.now(),
            user=actor.user if actor else None,
            organisation=actor.organisation if actor else None,
            role=actor.role if actor else "",
            act=act,
            noun=noun,
            object_id=str(object_id),
            rows=as_ranges(numbers),
            row_count=len(numbers),
            before=_plain(before),
            after=_plain(after),
            reason=reason,
            previous_hash=last or GENESIS,
        )
        event.hash = digest(event)
        event.save(force_insert=True)
    return event


def record_access(*, actor: Actor, noun: str, object_id: object) -> None:
    """Note that the actor opened this record."""
    Access.objects.create(
        at=timezone.now(),
        user=actor.user,
        organisation=actor.organisation,
        noun=noun,
        object_id=str(object_id),
    )


def digest(event: Event) -> str:
    """SHA-256 over the event's content and the previous event's hash."""
    content = [
        event.previous_hash,
        event.at.astimezone(timezone.get_fixed_timezone(0)).isoformat(timespec="microseconds"),
        event.user_id,
        event.organisation_id,
        str(event.role),
        event.act,
        event.noun,
        event.object_id,
        event.rows,
        event.before,
        event.after,
        event.reason,
    ]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def as_ranges(numbers: list[int]) -> str:
    """[1, 2, 3, 7] as "1-3,7"."""
    parts: list[str] = []
    start = previous = None
    for number in numbers:
        if previous is not None and number == previous + 1:
            previous = number
            continue
        if start is not None:
            parts.append(str(start) if start == previous else f"{start}-{previous}")
        start = previous = number
    if start is not None:
        parts.append(str(start) if start == previous else f"{start}-{previous}")
    return ",".join(parts)


def _plain(value: Any) -> Any:
    return None if value is None else json.loads(json.dumps(value, cls=DjangoJSONEncoder))
