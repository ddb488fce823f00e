"""Between a list and a reference, whom a birth date brings together must not differ in all else."""

from dataclasses import replace
from importlib.resources import files

import numpy as np
import pytest

from payung.linkage.blocking import SAMPLE, Candidates, candidates
from payung.linkage.rows import prepare
from payung.linkage.rules import Rules, RulesError, packaged_rules, parse_rules
from tests.linkage.people import BUDI, ON, Row, a_list

_RULES = packaged_rules()
NOBODY = BUDI | {"nik": "", "phone": "", "kelurahan": ""}
# of Budi's birth date and with the head of his name
OTHER = NOBODY | {"name": "Budiman Wijaya", "mother_name": "Kartini", "address": "Kp. Bojong 3"}


def _rules(*names: str) -> Rules:
    rules = packaged_rules()
    return replace(rules, blocks=tuple(each for each in rules.blocks if each.name in names))


def _found(one: Row, other: Row, *, listed: int = 3, blocks: tuple[str, ...] = ()) -> Candidates:
    """What is found of the first row of the reference by the last of the list."""
    rows = prepare(a_list(*[OTHER | {"birth_date": ""}] * (listed - 1), one, other), _RULES, ON)
    return candidates(rows, _rules(*(blocks or ("born-name",))), listed)


@pytest.mark.parametrize(
    ("other", "compared"),
    [
        (OTHER, 0),
        (OTHER | {"name": "Budi Santoso"}, 1),
        (OTHER | {"mother_name": "Sumiati"}, 1),
        (OTHER | {"address": "Jl. Melati No. 12"}, 1),
        # who does not say his address, or his mother, may be of one house
        (OTHER | {"address": ""}, 1),
        (OTHER | {"mother_name": ""}, 1),
    ],
)
def test_a_birth_date_and_the_head_of_a_name_do_not_suffice(other: Row, compared: int) -> None:
    assert _found(NOBODY, other).found == {"born-name": compared}


def test_a_list_of_names_and_birth_dates_alone_finds_as_many_as_ever() -> None:
    bare = NOBODY | {"mother_name": "", "address": ""}
    assert _found(bare, OTHER).found == {"born-name": 1}


def test_inside_a_list_they_are_compared() -> None:
    rows = prepare(a_list(NOBODY, OTHER), _RULES, ON)
    assert candidates(rows, _rules("born-name")).found == {"born-name": 1}


def test_who_shares_another_key_is_compared_whatever_else() -> None:
    phone = {"phone": "081200112233"}
    found = _found(NOBODY | phone, OTHER | phone, blocks=("born-name", "phone"))
    assert found.found == {"born-name": 0, "phone": 1}
    assert list(zip(found.left, found.right, strict=True)) == [(2, 3)]
    assert not found.sample.any()


def test_of_those_left_out_some_are_compared_and_stand_for_the_others_in_learning() -> None:
    assert not len(_found(NOBODY, OTHER, listed=SAMPLE).left)
    one = _found(NOBODY, OTHER, listed=SAMPLE + 1)
    assert one.sample.tolist() == [True]
    place, counts = np.array([0, 1, 1]), np.array([1, 2])
    three = Candidates(one.left, one.right, sample=np.array([True, False, True]))
    assert three.with_left_out(place, counts).tolist() == [SAMPLE, 1 + SAMPLE]


def test_a_column_that_is_none_is_not_asked_for() -> None:
    text = (files("payung.linkage") / "rules.yaml").read_text("utf-8")
    with pytest.raises(RulesError, match="unknown column 'shoe_size'"):
        parse_rules(text.replace("also: [name_head,", "also: [shoe_size,"))
