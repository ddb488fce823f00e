"""What all tests of a module begin with, made once: each of them gets it as it was made.

    @pytest.fixture(scope="module", autouse=True)
    def standing(request, django_db_setup, django_db_blocker):
        with stands(request, django_db_blocker):
            cast = Cast()
            yield cast, way.insured(cast, months=9)[0]

    @pytest.fixture
    def stood(standing, db):
        return deepcopy(standing)

The fixture is the module's own (autouse): whichever test comes first, all see the same rows.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction


@contextmanager
def stands(request: pytest.FixtureRequest, blocker) -> Iterator[None]:
    """A transaction around the tests of a module, undone when the last has ended.

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
