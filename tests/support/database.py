"""The test databases: which tests touch one, and how one is emptied again."""

import fcntl
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseOperations
from django.db.models.signals import post_migrate

_TESTS = Path(__file__).parent.parent
# Knowledge has no database, nor has the demo's paper: the second run need not even read them.
WITHOUT_DATABASE = {"demo", "identity", "law", "linkage", "planning", "sheets"}


def pytest_addoption(parser):
    parser.addoption(
        "--touching-database",
        action="store_true",
        help="run only tests that use the database, without the browser",
    )


def touches_database(item) -> bool:
    """Whether pytest-django gives this test a database."""
    fixtures = {"db", "transactional_db", "live_server"}.intersection(item.fixturenames)
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


def is_browser_test(item) -> bool:
    """Whether this test drives Chromium."""
    return "chromium" in item.fixturenames


def pytest_ignore_collect(collection_path, config):
    """None leaves the decision to others."""
    passed_by = collection_path.parent == _TESTS and collection_path.name in WITHOUT_DATABASE
    return True if passed_by and config.getoption("--touching-database") else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    for item in items:
        folder = item.path.relative_to(_TESTS).parts[0] if item.path.is_relative_to(_TESTS) else ""
        if folder in WITHOUT_DATABASE and touches_database(item):
            raise pytest.UsageError(
                f"{item.nodeid} touches the database: take its folder out of WITHOUT_DATABASE"
            )
        if is_browser_test(item):
            item.add_marker("browser")
    # Playwright's event loop stays with the process: what needs none runs before it. So does, with
    # its module, what tests stand on (tests/support/standing.py).
    modules = {path: place for place, path in enumerate(dict.fromkeys(item.path for item in items))}
    items.sort(
        key=lambda item: (
            is_browser_test(item),
            modules[item.path],
            "standing" in item.fixturenames,
        )
    )
    if config.getoption("--touching-database"):
        groups = {True: [], False: []}
        for item in items:
            groups[touches_database(item) and not is_browser_test(item)].append(item)
        config.hook.pytest_deselected(items=groups[False])
        items[:] = groups[True]


def _flush_past_guards(self, sql_list):
    """Append-only tables refuse DELETE; flush's post_migrate puts their guards back."""
    with self.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {self.quote_name(name)}")
    _plain_flush(self, sql_list)


_plain_flush = DatabaseOperations.execute_sql_flush


@pytest.fixture(scope="session", autouse=True)
def emptying_works_past_guards():
    """Transactional tests can empty the database though it refuses deletions."""
    DatabaseOperations.execute_sql_flush = _flush_past_guards
    # Payung's policy is its own: Django's permissions would be made anew after each emptying
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    yield
    DatabaseOperations.execute_sql_flush = _plain_flush


@pytest.fixture(scope="session")
def django_db_keepdb(
    request, tmp_path_factory, django_db_modify_db_settings, django_db_blocker
) -> Iterator[bool]:
    """Of several processes on SQLite the first applies the migrations; each begins with a copy."""
    if connection.vendor != "sqlite" or not hasattr(request.config, "workerinput"):
        yield request.config.getoption("reuse_db")
        return
    shared = tmp_path_factory.getbasetemp().parent
    template = shared / "schema.sqlite3"
    own = Path(connection.settings_dict["TEST"]["NAME"])
    with (shared / "schema.lock").open("w") as lock, django_db_blocker.unblock():
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            _migrated(shared / "schema-unfinished.sqlite3").rename(template)
    shutil.copy(template, own)
    yield True
    for ending in ("", "-wal", "-shm"):
        own.with_name(own.name + ending).unlink(missing_ok=True)


def _migrated(path: Path) -> Path:
    named = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(path)
    try:
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = named
    return path
