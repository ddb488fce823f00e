"""Kin stay apart in lists that lack the columns by which they are told from one person."""

from dataclasses import replace
from string import ascii_uppercase

import pytest

from payung.linkage import tables
from payung.linkage.engine import Linked, link
from payung.linkage.learning import packaged_weights
from payung.linkage.rules import packaged_rules
from tests.linkage.duck import linked_in_tables
from tests.linkage.people import BUDI, ON, Row, a_list, pair, strangers, together

_RINA = BUDI | {"name": "Rina Wulandari", "sex": "P", "nik": "3671015203850001"}
_CARD = {"nik": "3671011506120009"}
_UNKNOWN = {"nik": ""}
_UNDATED = {"nik": "", "birth_date": ""}
_BROTHER = {"name": "Budiman Santoso", "birth_date": "27-09-1990"}
_HASAN = BUDI | {"name": "Muhammad Hasan"}
_SON = {"nik": "3671010107060004", "birth_date": "01-07-2006", "mother_name": "Sri Rahayu"}
_WIFE = {"name": "Sri Rahayu", "birth_date": "15-08-1987", "sex": "P"}

KIN: dict[str, tuple[Row, Row]] = {
    "twins with NIKs": (BUDI, BUDI | {"nik": "3671011203850002", "name": "Bayu Santoso"}),
    "twins without NIKs": (BUDI | _UNKNOWN, BUDI | _UNKNOWN | {"name": "Wahyu Santoso"}),
    "twins of whom one has a NIK": (BUDI, BUDI | _UNKNOWN | {"name": "Wahyu Santoso"}),
    "twins a letter apart": (_RINA, _RINA | {"nik": "3671015203850002", "name": "Rini Wulandari"}),
    "twins a letter apart without NIKs": (
        _RINA | _UNKNOWN, _RINA | _UNKNOWN | {"name": "Rini Wulandari"},
    ),
    "brother and sister born on one day": (
        BUDI, BUDI | {"nik": "3671015203850001", "name": "Budiarti Santoso", "sex": "P"},
    ),
    "twins of whom one's name begins the other's": (
        BUDI | _UNKNOWN | {"name": "Budi Prasetyonugroho"},
        BUDI | _UNKNOWN | {"name": "Budiman Prasetyonugroho"},
    ),
    "twins of one word, which begins the other": (
        BUDI | _UNKNOWN | {"name": "Budi"}, BUDI | _UNKNOWN | {"name": "Budiman"},
    ),
    "twins whose second names begin alike": (
        _HASAN | _UNKNOWN, _HASAN | _UNKNOWN | {"name": "Muhammad Hasanudin"},
    ),
    "twins of whom one is listed as born on 1 January": (
        BUDI | {"name": "Dewi Santoso", "birth_date": "01-01-1985"},
        BUDI | {"name": "Dewiwati Santoso", "nik": "3671011203850002"},
    ),
    "siblings with NIKs": (BUDI, BUDI | _BROTHER | {"nik": "3671012709900004"}),
    "siblings without NIKs": (BUDI | _UNKNOWN, BUDI | _BROTHER | _UNKNOWN),
    "siblings without NIKs and birth dates": (BUDI | _UNDATED, BUDI | _BROTHER | _UNDATED),
    "siblings a letter apart without NIKs and birth dates": (
        _RINA | _UNDATED, _RINA | _UNDATED | {"name": "Rini Wulandari"},
    ),
    "father and son of one name": (
        BUDI | _UNKNOWN | {"birth_date": "12-03-1960"},
        BUDI | _UNKNOWN | {"birth_date": "01-07-1991"},
    ),
    "father and son of one name under a family card": (BUDI | _CARD, BUDI | _SON | _CARD),
    "a child under the mother's NIK": (
        _RINA, _RINA | {"name": "Rini Lestari", "birth_date": "14-08-2006"},
    ),
    "spouses of whom one was born on 1 January": (
        BUDI | _UNKNOWN | {"birth_date": "01-01-1985", "mother_name": "", "sex": ""},
        BUDI | _UNKNOWN | {"name": "Sri Rahayu", "birth_date": "02-06-1985", "mother_name": ""},
    ),
    "spouses with one phone": (BUDI, BUDI | _WIFE | {"nik": "3671015508870003"}),
    "a wife under her husband's NIK": (BUDI, BUDI | _WIFE),
    "twins under a family card": (BUDI | _CARD, BUDI | _CARD | {"name": "Wahyu Santoso"}),
    "twins of names alike under a family card": (
        BUDI | _CARD | {"name": "Dewi Nugroho Saputra", "sex": "P"},
        BUDI | _CARD | {"name": "Kevin Nugroho Saputra"},
    ),
    "twins a letter apart under a family card": (
        _RINA | _CARD, _RINA | _CARD | {"name": "Rini Wulandari"},
    ),
    "brothers under a family card": (
        BUDI | _CARD, BUDI | _CARD | {"name": "Budi Santosa", "birth_date": "02-02-2007"},
    ),
}  # fmt: skip


_LACKING: list[tuple[str, ...]] = [
    (),
    ("mother_name",),
    ("mother_name", "sex"),
    ("mother_name", "sex", "phone"),
    ("mother_name", "nik"),
    ("mother_name", "nik", "sex", "phone"),
]


def _of_another_house(row: Row, at: int) -> Row:
    """The same relative in a house, a year of birth and a mother's family of their own."""
    born, nik = row["birth_date"] or "", row["nik"] or ""
    letter = ascii_uppercase[at]
    return row | {
        "address": f"Gg. {letter * 3}ang No. {at}7",
        "kelurahan": f"Kampung {letter}",
        "phone": f"0812{at:02d}{9876 - 5 * at}{at:02d}",
        "mother_name": f"{row['mother_name']} {letter}osidah",
        "birth_date": born and f"{born[:6]}{int(born[6:]) - at}",
        "nik": nik and f"{nik[:10]}{(int(nik[10:12]) - at) % 100:02d}{nik[12:]}",
    }


@pytest.fixture(
    scope="module", params=_LACKING, ids=lambda lacking: " and ".join(lacking) or "nothing"
)
def found(request: pytest.FixtureRequest) -> Linked:
    """All kin in one list without some columns; a pair's ids are twice its place in KIN."""
    rows = [_of_another_house(row, at) for at, kin in enumerate(KIN.values()) for row in kin]
    return link(a_list(*rows, among=100).drop(request.param), on=ON)


@pytest.mark.parametrize("kin", KIN)
def test_kin_are_not_put_together_in_a_list_without(found: Linked, kin: str) -> None:
    one, other = (str(2 * list(KIN).index(kin) + side) for side in (0, 1))
    assert not together(found, one, other)
    told = pair(found, one, other)
    assert told is None or told["band"] == "review"


@pytest.mark.parametrize(("lacking", "lifted"), [(("mother_name", "sex"), True), ((), False)])
def test_lifted_guards_hold_nobody_where_kin_cannot_be_shown_and_a_warning_says_so(
    monkeypatch: pytest.MonkeyPatch, lacking: tuple[str, ...], lifted: bool
) -> None:
    # numbers that hold no date, as in weights that such a list taught
    rows = [
        row | {"nik": f"99000000000{at:05d}"}
        for at, row in enumerate([BUDI, BUDI | {"name": "Wahyu Santoso"}, *strangers(60)])
    ]
    frame = a_list(*rows, among=0).drop(lacking)
    weights = replace(
        packaged_weights(), lifted=frozenset(guard.name for guard in packaged_rules().guards)
    )
    found = link(frame, on=ON, weights=weights)
    monkeypatch.setattr(tables, "learn", lambda *_, **__: weights)
    done, _, pairs = linked_in_tables(frame, ON)
    for told, summary in ((found.pairs, found.summary), (pairs, done.summary)):
        assert any("tidak ditahan" in said for said in summary.warnings) is lifted
        guards = told.filter(left_id="0", right_id="1")["guard"]
        assert "twins" not in guards if lifted else guards.to_list() in ([], ["twins"])
    assert found.summary.expected_wrong == done.summary.expected_wrong
    assert found.summary.expected_missed == done.summary.expected_missed


def test_one_person_is_found_without_mother_and_sex() -> None:
    rows = (BUDI, BUDI | {"nik": "", "name": "Bdui Santoso", "phone": ""})
    assert together(link(a_list(*rows, among=60).drop("mother_name", "sex"), on=ON), "0", "1")
