"""One list through intake in a database of its own; prints its measurements as JSON."""

import csv
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

STAGES = ("read", "accept")


def main(path: Path) -> None:
    """Receive, read and accept the list, then the same people in a second office's list."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)

    from payung.apps.lists import selectors, services
    from payung.apps.lists.models import Finding
    from payung.apps.workers import selectors as workers
    from payung.apps.workers.models import Worker

    actor, sender, other = _offices()
    before = _peak()
    seconds: dict[str, float] = {}

    def timed(stage: str, work: Callable[[], object]) -> object:
        started = time.perf_counter()
        result = work()
        seconds[stage] = time.perf_counter() - started
        return result

    def receive(office, file):
        return services.receive(
            actor=actor,
            sender=office,
            file=file,
            filename=file.name,
            start_month=date(2026, 12, 1),
            in_background=False,
        )

    used = time.process_time()
    found = timed("read", lambda: receive(sender, path))
    timed("accept", lambda: services.accept(actor=actor, list=found))
    measured = {
        "rows": found.rows,
        **seconds,
        "total": sum(seconds.values()),
        "cpu": time.process_time() - used,
        "peak": _peak(),
        "grown": _peak() - before,
        "outcome": {
            "findings": Finding.objects.filter(list=found).count(),
            "fates": selectors.fates(found),
        },
    }
    second = _as_csv(path)

    def again():
        repeated = receive(other, second)
        services.accept(actor=actor, list=repeated)

    timed("again", again)
    name = Worker.objects.order_by("id").values_list("name", flat=True)[0].split()[-1]

    def search():
        matching = workers.workers(actor=actor, text=name)
        return matching.count(), [*matching[:50]]

    timed("search", search)
    print(json.dumps({**measured, "again": seconds["again"], "search": seconds["search"]}))


def _offices():
    from payung.apps.accounts.actor import Actor
    from payung.apps.accounts.models import Kind, Membership, Organisation, Role, User
    from payung.apps.regions.services import load
    from payung.identity import packaged_places

    load(
        actor=None,
        rows=[(place.code, place.name) for place in packaged_places()],
        edition="benchmark",
    )
    lead, office = (
        Organisation.objects.create(kind=kind, name=slug, slug=slug, region_id="36.71")
        for kind, slug in ((Kind.LEAD, "disnaker"), (Kind.OFFICE, "dinsos"))
    )
    user = User.objects.create_user("bench@payung.test", None, name="Bench")
    made = Membership.objects.create(user=user, organisation=lead, role=Role.ADMINISTRATOR)
    return Actor.of(made), lead, office


def _as_csv(path: Path) -> Path:
    from payung.sheets import raw_sheets

    target = path.with_suffix(".csv")
    with target.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(raw_sheets(path)[0].rows)
    return target


def _peak() -> int:
    """Most memory this program held, in bytes; ru_maxrss would count what started it as well."""
    (line,) = (
        line
        for line in Path("/proc/self/status").read_text().splitlines()
        if line.startswith("VmHWM:")
    )
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
