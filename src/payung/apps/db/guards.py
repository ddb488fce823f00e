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


@dataclass(frozen=True)
class Reference:
    """`column` of `table` names a row of `parent`: a foreign key for tables written in bulk.

    PostgreSQL checks a foreign key with a query per row; this asks once per statement. The
    model's own key says `db_constraint=False`.
    """

    table: str
    column: str
    parent: str
    key: str = "id"

    def statements(self, vendor: str) -> list[str]:
        # names of triggers end after 63 characters; those of functions too
        name = f"refers_{self.table}_{self.column}"
        made = self._on_sqlite(name) if vendor == "sqlite" else self._on_postgresql(name)
        return [statement.format(**vars(self), name=name) for statement in made]

    def _on_sqlite(self, name: str) -> list[str]:
        missing = (
            "NEW.{column} IS NOT NULL AND NOT EXISTS "
            "(SELECT 1 FROM {parent} WHERE {key} = NEW.{column})"
        )
        used = "EXISTS (SELECT 1 FROM {table} WHERE {column} = OLD.{key})"
        made = []
        for what, table, event, refused in (
            ("insert", "{table}", "INSERT", missing),
            ("update", "{table}", "UPDATE OF {column}", missing),
            ("removed", "{parent}", "DELETE", used),
            ("renamed", "{parent}", "UPDATE OF {key}", "NEW.{key} <> OLD.{key} AND " + used),
        ):
            made += [
                f"DROP TRIGGER IF EXISTS {name}_{what}",
                f"CREATE TRIGGER {name}_{what} BEFORE {event} ON {table} FOR EACH ROW "
                f"WHEN {refused} BEGIN SELECT RAISE(ABORT, '{_DANGLING}'); END",
            ]
        return made

    def _on_postgresql(self, name: str) -> list[str]:
        refuse = f"THEN RAISE EXCEPTION '{_DANGLING}' USING ERRCODE = 'foreign_key_violation'"
        missing = (
            "EXISTS (SELECT 1 FROM (SELECT DISTINCT {column} AS named FROM written "
            "WHERE {column} IS NOT NULL) AS n WHERE NOT EXISTS "
            "(SELECT 1 FROM {parent} p WHERE p.{key} = n.named))"
        )
        used = "EXISTS (SELECT 1 FROM {table} c JOIN removed r ON c.{column} = r.{key})"
        made = [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {missing} {refuse}; END IF; RETURN NULL; END $$",
            # the lock waits for those who are writing rows that name what is being removed
            f"CREATE OR REPLACE FUNCTION {name}_removed() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE; "
            f"IF {used} {refuse}; END IF; RETURN NULL; END $$",
            f"CREATE OR REPLACE FUNCTION {name}_renamed() RETURNS trigger LANGUAGE plpgsql AS "  # noqa: S608
            "$$ BEGIN IF EXISTS (SELECT 1 FROM {table} WHERE {column} = OLD.{key}) "
            f"{refuse}; END IF; RETURN NEW; END $$",
        ]
        for what, trigger in {
            "insert": "AFTER INSERT ON {table} REFERENCING NEW TABLE AS written "
            "FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
            "update": "AFTER UPDATE ON {table} REFERENCING NEW TABLE AS written "
            "FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
            "removed": "AFTER DELETE ON {parent} REFERENCING OLD TABLE AS removed "
            "FOR EACH STATEMENT EXECUTE FUNCTION {name}_removed()",
            "renamed": "BEFORE UPDATE OF {key} ON {parent} FOR EACH ROW "
            "WHEN (NEW.{key} <> OLD.{key}) EXECUTE FUNCTION {name}_renamed()",
        }.items():
            table = "{parent}" if what in ("removed", "renamed") else "{table}"
            made += [
                f"DROP TRIGGER IF EXISTS {name}_{what} ON {table}",
                f"CREATE TRIGGER {name}_{what} {trigger}",
            ]
        return made


@dataclass(frozen=True)
class Unfit:
    """A new row of `table` may not name by `column` a `parent` for which `refuse_when` holds.

    refuse_when: SQL over the parent as `p`. Asked once per statement on PostgreSQL.
    """

    name: str
    table: str
    column: str
    parent: str
    refuse_when: str
    message: str

    def statements(self, vendor: str) -> list[str]:
        trigger = f"guard_{self.name}_insert"
        text = self.message.replace("'", "''")
        if vendor == "sqlite":
            return [
                f"DROP TRIGGER IF EXISTS {trigger}",
                f"CREATE TRIGGER {trigger} BEFORE INSERT ON {self.table} FOR EACH ROW "  # noqa: S608
                f"WHEN EXISTS (SELECT 1 FROM {self.parent} p WHERE p.id = NEW.{self.column} "
                f"AND {self.refuse_when}) BEGIN SELECT RAISE(ABORT, '{text}'); END",
            ]
        return [
            f"CREATE OR REPLACE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS "  # noqa: S608
            f"$$ BEGIN IF EXISTS (SELECT 1 FROM written n JOIN {self.parent} p "
            f"ON p.id = n.{self.column} WHERE {self.refuse_when}) THEN RAISE EXCEPTION '{text}' "
            "USING ERRCODE = 'check_violation'; END IF; RETURN NULL; END $$",
            f"DROP TRIGGER IF EXISTS {trigger} ON {self.table}",
            f"CREATE TRIGGER {trigger} AFTER INSERT ON {self.table} "
            f"REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION {trigger}()",
        ]


_DANGLING = "{table}.{column} must name a row of {parent}"


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


def guards_of(app_name: str) -> list[Guard | Reference | Unfit]:
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
            if isinstance(guard, Reference | Unfit) and guard.parent not in existing:
                continue
            for statement in guard.statements(connection.vendor):
                cursor.execute(statement)
