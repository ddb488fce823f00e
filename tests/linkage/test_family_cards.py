"""A family card's number typed as NIK for several of one family whose birth dates are missing."""

from payung.linkage.pairs import PERSON, Weighed, weigh
from tests.linkage.people import BUDI, ON, Row, linked, pair, together

CARD: Row = {"nik": "3671011506120009"}
FATHER = BUDI | CARD
SON = FATHER | {"birth_date": "01-07-2006", "mother_name": "Sri Rahayu"}
UNDATED: Row = {"birth_date": ""}
UNKNOWN_MOTHER: Row = {"mother_name": ""}
OF_A_CARD = {"one-card-namesake", "one-card-years", "one-card-mother", "one-card-letter"} | {
    f"family-card-{which}" for which in ("generation", "mother", "part", "undated")
}


def _weighed(*pairs: tuple[Row, Row]) -> list[Weighed]:
    left, right = ([[row[name] for name in PERSON] for row in side] for side in zip(*pairs))  # noqa: B905
    return weigh(left, right, on=ON)


def _all_asked(*pairs: tuple[Row, Row]) -> None:
    for (one, other), told in zip(pairs, _weighed(*pairs), strict=True):
        assert (told.band, told.guard in OF_A_CARD) == ("review", True), (one, other, told.why)


def test_a_father_and_a_son_of_whom_one_has_no_birth_date_are_asked_about() -> None:
    names = ["Budi Santoso", "Budi Santosa", "Budi S.", "Budi", "Andi Santoso"]
    sons = [SON | {"name": name} for name in names]
    known = [pair for son in sons for pair in ((FATHER | UNDATED, son), (FATHER, son | UNDATED))]
    unknown = [(one | UNKNOWN_MOTHER, other | UNKNOWN_MOTHER) for one, other in known]
    _all_asked(*known, *unknown)


def test_they_are_not_put_together_either() -> None:
    found = linked(FATHER | UNDATED, SON, among=20)
    told = pair(found)
    assert told is not None
    assert told["guard"] == "one-card-namesake"
    assert not together(found, "0", "1")


def test_a_father_and_a_son_without_birth_dates_are_told_by_their_mothers() -> None:
    names = ["Budi Santoso", "Budi Santosa", "Santoso", "Andi Santoso"]
    _all_asked(*((FATHER | UNDATED, SON | UNDATED | {"name": name}) for name in names))


def test_a_grandmother_and_her_granddaughter_are_asked_about() -> None:
    woman = FATHER | UNKNOWN_MOTHER | {"name": "Siti Aminah", "sex": "P"}
    old, young = woman | {"birth_date": "02-03-1948"}, woman | UNDATED
    _all_asked((old, young), (old, young | {"name": "Siti Aminah Putri"}))


def test_sisters_and_brothers_of_nearly_one_name_are_asked_about() -> None:
    names = [
        ("Rina Wulansari", "Rini Wulansari"),
        ("Andi Santoso", "Adi Santoso"),
        ("Dyah Lestari", "Lestari"),
    ]
    child = FATHER | UNDATED | UNKNOWN_MOTHER
    undated = [(child | {"name": one}, child | {"name": other}) for one, other in names]
    dated = [(one, other | {"birth_date": "03-04-1991"}) for one, other in undated]
    _all_asked(*undated, *dated)


def test_who_has_a_nik_of_their_own_is_the_same_though_one_row_has_no_birth_date() -> None:
    slips: list[Row] = [{}, {"name": "Budi S."}, {"name": "Budi Santosa"}, UNKNOWN_MOTHER]
    written = [BUDI, BUDI | {"birth_date": "12-03-1986"}, BUDI | {"birth_date": "03-12-1985"}]
    pairs = [(dated, BUDI | UNDATED | slip) for dated in written for slip in slips]
    for told in _weighed(*pairs):
        assert (told.band, told.guard) == ("same", "")


def test_one_date_in_two_niks_is_not_said_again_as_a_birth_date() -> None:
    undated = BUDI | UNDATED
    first, elsewhere = (undated | {"nik": nik} for nik in ("3671011203850042", "3201021203850077"))
    same_head, other_head = _weighed((undated, first), (undated, elsewhere))
    assert same_head.level_of("nik") == "same-head"
    assert same_head.level_of("birth_date") == ""
    assert other_head.level_of("birth_date") == "as-in-nik"
