"""Rules a CHECK constraint cannot say, kept by triggers on SQLite and PostgreSQL alike.

An app lists its rules as GUARDS in `<app>/guards.py`. They are installed anew after every
migrate, because Django rebuilds SQLite tables on some alterations and loses triggers with them.
"""

from dataclasses import dataclass
from importlib import import_module, util
from typing import Any

from django.apps import AppConfig
from django.db import connections


@dataclass(frozen=True)
class Guard:
    """Refuse a write on `table` when `refuse_when` holds.

    events: any of INSERT, UPDATE, UPDATE OF a_column, DELETE. refuse_when: SQL over NEW and OLD
    that both databases understand. message: what the database says; services say it better, before.
    """

    name: str
    table: str
    events: tuple[str, ...]
    refuse_when: str
    message: str

    def statements(self, vendor: str) -> list[str]:
        made = []
        text = self.message.replace("'", "''")
        for event in self.events:
            trigger = f"guard_{self.name}_{event.split()[0].lower()}"
            if vendor == "sqlite":
                made += [
                    f"DROP TRIGGER IF EXISTS {trigger}",
                    f"CREATE TRIGGER {trigger} BEFORE {event} ON {self.table} FOR EACH ROW "
                    f"WHEN {self.refuse_when} BEGIN SELECT RAISE(ABORT, '{text}'); END",
                ]
            else:
                made += [
                    f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN IF {self.refuse_when} THEN RAISE EXCEPTION '{text}' "
                    f"USING ERRCODE = 'check_violation'; END IF; "
                    f"RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END $$",
                    f"DROP TRIGGER IF EXISTS {trigger} ON {self.table}",
                    f"CREATE TRIGGER {trigger} BEFORE {event} ON {self.table} "
                    f"FOR EACH ROW EXECUTE FUNCTION {trigger}()",
                ]
        return made


def append_only(table: str) -> Guard:
    """Rows of this table are written once, never changed or removed."""
    return Guard(
        f"{table}_append_only", table, ("UPDATE", "DELETE"), "1 = 1", f"{table} is append-only"
    )


def first_of_month(table: str, column: str) -> Guard:
    """A month is stored as its first day."""
    return Guard(
        f"{table}_{column}_first_day",
        table,
        ("INSERT", "UPDATE"),
        f"substr(CAST(NEW.{column} AS text), 9, 2) <> '01'",
        f"{table}.{column} must be the first day of a month",
    )


def guards_of(app_name: str) -> list[Guard]:
    """The guards an app declares; none when it has no guards module."""
    if util.find_spec(f"{app_name}.guards") is None or app_name == "payung.apps.db":
        return []
    return list(import_module(f"{app_name}.guards").GUARDS)


def install_for_app(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After migrate: make the app's triggers as declared."""
    if not sender.name.startswith("payung.apps."):
        return
    connection = connections[using]
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in guards_of(sender.name):
            if guard.table not in existing:
                continue
            for statement in guard.statements(connection.vendor):
                cursor.execute(statement)
