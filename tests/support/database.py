"""The test databases: which tests touch one, and how one is emptied again."""

from pathlib import Path

import pytest
from django.db.backends.sqlite3.base import DatabaseOperations

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


def pytest_collection_modifyitems(config, items):
    for item in items:
        folder = item.path.relative_to(_TESTS).parts[0] if item.path.is_relative_to(_TESTS) else ""
        if folder in WITHOUT_DATABASE and touches_database(item):
            raise pytest.UsageError(
                f"{item.nodeid} touches the database: take its folder out of WITHOUT_DATABASE"
            )
        if is_browser_test(item):
            item.add_marker("browser")
    # Playwright's event loop stays with the process: what needs none runs before it.
    items.sort(key=is_browser_test)
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
    yield
    DatabaseOperations.execute_sql_flush = _plain_flush
