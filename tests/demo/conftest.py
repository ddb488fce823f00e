"""A small made-up city for the tests of this folder; the full one only where sizes matter."""

import pytest

from payung.demo.city import make_city

SEED = 7


@pytest.fixture(scope="session")
def town():
    return make_city(seed=SEED, rows=2_000)


@pytest.fixture(scope="session")
def town_files(town, tmp_path_factory):
    return town.write(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="session")
def city():
    return make_city(rows=20_000)
