"""What tests of a module begin with, made once: each of them gets it as it was made.

    standing = standing_on(lambda cast, folder: way.insured(cast, months=9)[0])

    @pytest.fixture
    def worker(stood):
        return stood[1]

Who takes `worker` stands on it, and `cast` is then its cast; the module's other tests run before
and see nothing of it (tests/support/database.py puts them in that order).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import TypeVar

import pytest
from django.db import transaction
from django.test import override_settings

from tests.support.cast import Cast

Made = TypeVar("Made")


def standing_on(make: Callable[[Cast, Path], Made]):
    """The fixture `standing` of a module: the cast, and what `make(cast, folder)` made with it.

    Lists that are received are stored in that folder of the module's own.
    """

    @pytest.fixture(scope="module")
    def standing(request, django_db_setup, django_db_blocker, tmp_path_factory):
        folder = tmp_path_factory.mktemp("standing")
        with _undone_in_the_end(request, django_db_blocker):
            cast = Cast()
            with override_settings(MEDIA_ROOT=folder / "files"):
                made = make(cast, folder)
            yield cast, made

    return standing


@pytest.fixture
def stood(standing: tuple[Cast, Made], db) -> tuple[Cast, Made]:
    """The cast and what was made, for one test alone."""
    return deepcopy(standing)


@contextmanager
def _undone_in_the_end(request: pytest.FixtureRequest, blocker) -> Iterator[None]:
    """A transaction around the tests that stand on what is made in it.

    Each test's own transaction lies inside it. Tests that commit (live_server, transactional_db)
    belong in another module: RuntimeError when one is in this.
    """
    committing = {"transactional_db", "live_server"}
    for item in request.session.items:
        if item.path == request.path and committing.intersection(item.fixturenames):
            raise RuntimeError(f"{item.nodeid} commits: it cannot stand on {request.fixturename}")
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
