"""The keys by which people are found again, made anew when the rules of names have changed.

A worker, a list's row and an entry of a reference keep `name_key` and `match_key`. After an
upgrade with other rules, keys made before would no longer meet those made since.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction

from payung.apps.audit.services import record
from payung.apps.db import bulk
from payung.apps.workers.models import NameRules
from payung.identity import is_formula, name_key, names_fingerprint

_KEPT = {"name", "name_key", "match_key", "birth_date"}


def renew() -> dict[str, int]:
    """Make the stored keys anew if they were made by other rules than today's.

    Returns how many rows got another key, by table; empty when the rules are the same. Set-based
    and in one transaction, which last keeps by which rules the keys are made: a run that is killed
    leaves all as it was. Only keys change: nobody is asked about, and nobody becomes one.
    """
    today = names_fingerprint()
    if NameRules.objects.filter(fingerprint=today).exists():
        return {}
    with transaction.atomic():
        rules, _ = NameRules.objects.select_for_update().get_or_create(pk=1)
        if rules.fingerprint == today:  # somebody else was quicker
            return {}
        before, rules.fingerprint = rules.fingerprint, today
        changed = _write_keys()
        if any(changed.values()):
            record(
                actor=None,
                act="keys.renewed",
                noun="key",
                before={"rules": before},
                after={"rules": today, **changed},
            )
        rules.save()
    return changed


def _write_keys() -> dict[str, int]:
    tables = _tables()
    bulk.execute(
        "CREATE TEMPORARY TABLE renewed_keys (name varchar(200) NOT NULL, "
        "old_key varchar(200) NOT NULL, new_key varchar(200) NOT NULL, PRIMARY KEY (name, old_key))"
    )
    found = 0
    for batch in _changes(tables):
        found += bulk.fill("renewed_keys", ("name", "old_key", "new_key"), batch)
    bulk.analyze("renewed_keys")
    names = [model._meta.db_table for model in tables]
    changed = {table: _update(table) if found else 0 for table in names}
    bulk.execute("DROP TABLE renewed_keys")
    return changed


def _tables() -> list[type[models.Model]]:
    """Whatever keeps both keys beside what they are made of."""
    return [
        model
        for model in apps.get_models()
        if {field.name for field in model._meta.get_fields()} >= _KEPT
    ]


def _changes(tables: list[type[models.Model]]) -> Iterator[list[tuple[str, str, str]]]:
    """Names whose key is another now, with the key as stored and as it should be, in batches."""
    first, *others = (
        model._default_manager.order_by().values_list("name", "name_key") for model in tables
    )
    batch = []
    # each name once, as long as it has one key
    for name, old in first.union(*others).iterator(chunk_size=bulk.CHUNK):
        if not old and is_formula(name.lstrip("'")):  # what a list's row says is then no name
            continue
        new = name_key(name)[:200]
        if new != old:
            batch.append((name, old, new))
        if len(batch) == bulk.CHUNK:
            yield batch
            batch = []
    yield batch


def _update(table: str) -> int:
    """Write the changed keys; `match_key` as `payung.linkage.match_key` makes it."""
    changed = bulk.execute(
        f"UPDATE {table} SET name_key = n.new_key, match_key = CASE "  # noqa: S608
        f"WHEN n.new_key = '' OR {table}.birth_date IS NULL THEN '' "
        f"ELSE n.new_key || '|' || CAST({table}.birth_date AS text) END "
        f"FROM renewed_keys n WHERE n.name = {table}.name AND n.old_key = {table}.name_key"
    )
    if changed:
        bulk.analyze(table)
    return changed
