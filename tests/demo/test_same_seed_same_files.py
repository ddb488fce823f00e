"""A seed decides every byte: a demo shown twice is the same demo."""

from hashlib import sha256

import pytest

from payung.demo.city import make_city, write_plain_list
from tests.demo.conftest import SEED


def digests(folder):
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_the_same_seed_makes_the_same_bytes(town_files, tmp_path):
    make_city(seed=SEED, rows=2_000).write(tmp_path)

    assert digests(tmp_path) == digests(town_files.truth.parent)


def test_another_seed_makes_other_people(town):
    other = make_city(seed=SEED + 1, rows=2_000)

    assert [p.nik for p in other.people] != [p.nik for p in town.people]


def test_a_plain_list_is_the_same_each_time(tmp_path):
    one = write_plain_list(tmp_path / "one.xlsx", 300, seed=3)
    two = write_plain_list(tmp_path / "two.xlsx", 300, seed=3)
    other = write_plain_list(tmp_path / "other.xlsx", 300, seed=4)

    assert one.read_bytes() == two.read_bytes()
    assert one.read_bytes() != other.read_bytes()


def test_too_few_rows_for_every_list_are_refused():
    with pytest.raises(ValueError, match="at least 500 rows"):
        make_city(rows=499)
