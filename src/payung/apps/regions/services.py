"""Loading region codes."""

import csv
from collections.abc import Iterable
from io import StringIO

from django.db import transaction

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.errors import DomainError
from payung.apps.regions.models import Level, Region
from payung.identity.places import packaged_places

PACKAGED_EDITION = "Kepmendagri 300.2.2-2430/2025"
_LEVEL_BY_LENGTH = {2: Level.PROVINCE, 5: Level.KABKOTA, 8: Level.KECAMATAN, 13: Level.KELURAHAN}


@transaction.atomic
def load(*, actor: Actor | None, rows: Iterable[tuple[str, str]], edition: str) -> int:
    """Take over codes and names (code like 36.71.01.1001); returns how many areas there are.

    Existing codes get the new name; none is removed, because records point at them. A province
    that the table leaves out is added under its code, so that every area has its parents.
    actor None: the first run.
    Raises DomainError on a code that is none.
    """
    if actor:
        require(actor, "accounts.manage")
    found: dict[str, str] = {}
    for number, (code, name) in enumerate(rows, start=1):
        code, name = code.strip(), name.strip()
        if len(code) not in _LEVEL_BY_LENGTH or not code.replace(".", "").isdigit() or not name:
            raise DomainError(
                f"Baris {number}: «{code}» bukan kode wilayah. Tulis kode bertitik seperti "
                "36.71.01.1001 dan namanya."
            )
        found[code] = name
    for code in list(found):
        for length in (2, 5, 8):
            if length < len(code):
                found.setdefault(code[:length], code[:length])
    areas = [
        Region(
            code=code,
            name=name,
            level=_LEVEL_BY_LENGTH[len(code)],
            edition=edition,
            parent_id=code.rpartition(".")[0] or None,
        )
        for code, name in sorted(found.items())
    ]
    Region.objects.bulk_create(
        areas,
        batch_size=2000,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "edition"],
    )
    record(
        actor=actor,
        act="regions.loaded",
        noun="region",
        after={"areas": len(areas), "edition": edition},
    )
    return len(areas)


def load_packaged(*, actor: Actor | None) -> int:
    """Load the small table that comes with Payung."""
    rows = [(place.code, place.name) for place in packaged_places()]
    return load(actor=actor, rows=rows, edition=PACKAGED_EDITION)


def parse_csv(text: str) -> list[tuple[str, str]]:
    """Code and name from a CSV whose first two columns are those; a heading row is passed over.

    Raises DomainError when a line has no second column.
    """
    rows = []
    for number, line in enumerate(csv.reader(StringIO(text)), start=1):
        if not line or (number == 1 and not line[0].strip()[:1].isdigit()):
            continue
        if len(line) < 2:
            raise DomainError(f"Baris {number} berkas wilayah tidak berisi kode dan nama.")
        rows.append((line[0], line[1]))
    return rows
