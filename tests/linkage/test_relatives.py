"""Relatives of one house who agree in nearly all that a poor list says of them."""

import pytest

from payung.linkage.pairs import PERSON, weigh
from tests.linkage.people import BUDI, ON, Row

UNKNOWN: Row = {"nik": "", "birth_date": "", "mother_name": ""}


@pytest.mark.parametrize(
    ("one", "other", "guard"),
    [
        pytest.param(
            {"nik": "", "name": "Rina Wati", "birth_date": "05-05-1990"},
            {"nik": "", "name": "Rini Wati", "birth_date": "05-05-1992"},
            "siblings-one-part",
            id="sisters of one birthday, years apart",
        ),
        pytest.param(
            {"name": "Andi Wijaya"},
            {"name": "Ani Wijaya", "sex": "P", "mother_name": "Tuti", "nik": "3671015203850001"},
            "other-sex-and-mother",
            id="spouses of one birth date and nearly one name",
        ),
        pytest.param(
            UNKNOWN | {"name": "Andi Wijaya", "sex": ""},
            UNKNOWN | {"name": "Ani Wijaya", "sex": ""},
            "household-alike",
            id="spouses of whom only names, house and phone are known",
        ),
        pytest.param(
            UNKNOWN | {"name": "Andi Wijaya"},
            UNKNOWN | {"name": "Ani Wijaya", "sex": "P"},
            "household-sex",
            id="spouses of nearly one name and another sex",
        ),
        pytest.param(
            UNKNOWN | {"name": "S. Wulandari"},
            UNKNOWN | {"name": "Sari Wulandari"},
            "initial-undated",
            id="an initial that fits a sister too",
        ),
        pytest.param(
            {"name": "Sukarno", "birth_date": "12-03-1985"},
            {"name": "Sukarna", "birth_date": "07-07-2005", "mother_name": "Warni"},
            "namesake-parent-nik",
            id="a son under the NIK of his dead father",
        ),
        pytest.param(
            {"nik": "", "name": "Ahmad Fauzan"},
            {"nik": "", "name": "Ahmad Fauzi"},
            "twins-one-letter",
            id="twins whose names end otherwise",
        ),
        pytest.param(
            {"name": "Slamet Riyadi", "birth_date": "", "mother_name": ""},
            {"name": "Ny. Slamet Riyadi", "birth_date": "", "sex": "P"},
            "one-card-sex",
            id="a wife under the name and NIK of her husband",
        ),
        pytest.param(
            UNKNOWN | {"name": "Siti Aminah", "mother_name": "Sumiati"},
            UNKNOWN | {"name": "Siti Aminah", "mother_name": "Kartini"},
            "cousins",
            id="cousins of one name in one house",
        ),
    ],
)
def test_relatives_are_asked_about(one: Row, other: Row, guard: str) -> None:
    people = [[(BUDI | row)[name] for name in PERSON] for row in (one, other)]
    [told] = weigh(people[:1], people[1:], on=ON)
    assert (told.guard, told.band) == (guard, "review")
