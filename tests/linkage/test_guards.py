"""People who agree in much and are two: each case the issue names, by name."""

import polars as pl
import pytest

from payung.linkage.engine import link
from tests.linkage.people import BUDI, ON, Row, a_list, linked, pair, strangers, together


def test_brothers_of_one_house_whose_niks_are_unknown_stay_two_people() -> None:
    brother = BUDI | {"nik": "", "name": "Budiman Santoso", "birth_date": "27-09-1990"}
    assert not together(linked(BUDI | {"nik": ""}, brother), "0", "1")


def test_strangers_of_a_common_name_and_one_day_with_nearly_one_nik_stay_two_people() -> None:
    moved = {"address": "Kp. Rawa RT 3", "kelurahan": "Poris", "phone": "", "mother_name": ""}
    namesakes = [row | {"name": BUDI["name"]} for row in strangers(150, 5)]
    found = linked(BUDI, BUDI | moved | {"nik": "3671021203850001"}, *namesakes)
    assert not together(found, "0", "1")
    told = pair(found)
    assert told is None or told["guard"] == "neighbour-nik"


def test_spouses_sharing_a_phone_and_a_house_stay_two_people() -> None:
    wife = BUDI | {
        "nik": "3671015508870003",
        "name": "Sri Rahayu",
        "birth_date": "15-08-1987",
        "sex": "P",
        "mother_name": "Kartini",
    }
    assert not together(linked(BUDI, wife), "0", "1")


def test_spouses_of_whom_only_phone_and_house_are_listed_stay_two_people() -> None:
    known = {name: BUDI[name] for name in ("name", "address", "kelurahan", "phone")}
    found = linked(known, known | {"name": "Sri Rahayu"}, among=0)
    assert not together(found, "0", "1")
    told = pair(found)
    assert told is None or told["guard"] == "household"


def test_spouses_with_one_phone_stay_two_people_though_one_was_born_on_1_january() -> None:
    husband = BUDI | {"nik": "", "birth_date": "01-01-1985", "mother_name": "", "sex": ""}
    found = linked(husband, husband | {"name": "Sri Rahayu", "birth_date": "02-06-1985"})
    assert not together(found, "0", "1")
    told = pair(found)
    assert told is None or told["guard"] == "twins-unproven"


def test_a_wife_listed_with_her_husbands_nik_stays_herself() -> None:
    wife = BUDI | {
        "name": "Sri Rahayu",
        "birth_date": "15-08-1987",
        "sex": "P",
        "mother_name": "Kartini",
    }
    found = linked(BUDI, wife)
    assert not together(found, "0", "1")
    told = pair(found)
    assert told is None or told["band"] == "review"


def test_a_wife_under_her_husbands_nik_stays_herself_though_little_else_is_known() -> None:
    known = {name: BUDI[name] for name in ("nik", "name", "address", "kelurahan", "phone")}
    found = linked(known | {"birth_date": BUDI["birth_date"]}, known | {"name": "Sri Rahayu"})
    assert not together(found, "0", "1")
    told = pair(found)
    assert told is None or told["guard"] == "borrowed-nik"


def test_a_row_that_took_the_nik_of_the_row_above_joins_neither_it_nor_leaves_its_own_person() -> (
    None
):
    above = strangers(3, 7)[0]
    found = linked(BUDI, BUDI | {"nik": above["nik"]}, above)
    assert together(found, "0", "1")
    assert not together(found, "1", "2")


def test_one_person_under_the_nik_of_a_spouse_is_found_by_all_else() -> None:
    assert together(linked(BUDI, BUDI | {"nik": "3671015508870003"}), "0", "1")


def test_who_moved_house_is_found_by_nik_name_and_birth_date() -> None:
    moved = BUDI | {"address": "Kp. Rawa RT 3", "kelurahan": "Poris", "phone": "081399887766"}
    assert together(linked(BUDI, moved), "0", "1")
    mistyped = linked(BUDI, moved | {"nik": "3671011203850091", "phone": BUDI["phone"]})
    assert together(mistyped, "0", "1")


def test_a_nik_in_which_no_date_can_be_read_is_one_that_no_date_contradicts() -> None:
    odd = {"nik": "3671019999990001"}
    told = pair(linked(BUDI | odd, BUDI | odd | {"name": "Budi S"}))
    assert told is not None
    assert "mungkin nomor KK" not in told["why"]
    assert "NIK" in told["why"]


def test_a_father_and_a_son_of_one_name_and_house_stay_two_people() -> None:
    son = BUDI | {
        "nik": "3671010107060004",
        "birth_date": "01-07-2006",
        "mother_name": "Sri Rahayu",
    }
    assert not together(linked(BUDI, son), "0", "1")


def test_a_father_and_a_son_of_whom_no_nik_is_known_are_told_apart_by_a_generation() -> None:
    father = BUDI | {"nik": "", "mother_name": "", "birth_date": "12-03-1960"}
    found = linked(father, father | {"birth_date": "01-07-1991"})
    assert not together(found, "0", "1")
    assert pair(found) is None


def test_a_son_of_his_fathers_name_is_told_by_the_date_in_the_niks() -> None:
    father = BUDI | {"birth_date": "", "mother_name": ""}
    son = BUDI | {
        "nik": "3671010107060004",
        "birth_date": "01-07-2006",
        "mother_name": "Sri Rahayu",
    }
    told = pair(linked(father, son))
    assert told is None or told["guard"] == "namesake-parent-undated"
    assert not together(linked(father, son), "0", "1")
    # of one mother they are one person under somebody else's NIK
    assert together(linked(father | {"mother_name": "Sri Rahayu"}, son), "0", "1")


def test_a_son_of_his_fathers_name_under_one_family_card_stays_himself() -> None:
    card = {"nik": "3671011506120009"}
    son = {"birth_date": "01-07-2006", "mother_name": "Sri Rahayu"}
    found = linked(BUDI | card, BUDI | card | son)
    assert not together(found, "0", "1")
    told = pair(found)
    assert told is None or told["guard"] == "namesake-parent"


def test_a_child_under_the_mothers_nik_stays_itself_though_names_are_alike() -> None:
    mother = BUDI | {"name": "Dyah Lestari", "sex": "P", "nik": "3671015203850001"}
    for child in ("Yutha Lestari", "Lestari"):
        found = linked(mother, mother | {"name": child, "birth_date": "14-08-2006"})
        assert not together(found, "0", "1")
        told = pair(found)
        assert told is None or told["guard"] == "family-card-generation"


@pytest.mark.parametrize(
    ("differs", "guard"),
    [({"mother_name": "Kartini"}, "family-card-mother"), ({"sex": "L"}, "family-card-sex")],
)
def test_a_part_of_the_name_under_one_nik_with_another_mother_or_sex_is_asked_about(
    differs: Row, guard: str
) -> None:
    undated = BUDI | {"birth_date": "", "sex": "P", "name": "Syamsinar binti Syahril"}
    told = pair(linked(undated, undated | {"name": "Syahril"} | differs))
    assert told is not None
    assert (told["guard"], told["band"]) == (guard, "review")


@pytest.mark.parametrize(
    "differs", [{"phone": "081399887766"}, {"phone": ""}, {"mother_name": "Kartini", "phone": ""}]
)
def test_namesakes_of_one_house_of_whom_nothing_else_is_known_are_asked_about(differs: Row) -> None:
    known = {name: BUDI[name] for name in ("name", "sex", "address", "kelurahan", "phone")}
    mother = {"mother_name": BUDI["mother_name"]} if "mother_name" in differs else {}
    found = linked(known | mother, known | differs)
    assert not together(found, "0", "1")
    told = pair(found)
    assert told is not None
    assert (told["guard"], told["band"]) == ("little-known", "review")


def test_strangers_whose_parents_share_a_name_stay_two_people() -> None:
    other = BUDI | {
        "nik": "3671051203850007",
        "name": "Rudi Hartono",
        "address": "Gg. Mawar 3",
        "kelurahan": "Poris",
        "phone": "081399887766",
    }
    assert not together(linked(BUDI, other), "0", "1")


@pytest.fixture(scope="module")
def rounded_office() -> pl.DataFrame:
    """An office whose every NIK lost its last digit, and a good list with some of its people."""
    lost = {"birth_date": "", "mother_name": "", "phone": "", "office": "Dinas A"}
    office = [row | lost | {"nik": f"{row['nik'][:15]}0"} for row in strangers(60)]
    good = [row | {"office": "Dinas B"} for row in strangers(60)[:20]]
    neighbours: list[Row] = [
        row
        | {
            "nik": f"{row['nik'][:15]}{(int(row['nik'][15]) + 5) % 10}",
            "name": "Zainal Arifin",
            "sex": "L",
            "mother_name": "Khadijah",
            "phone": "",
            "address": "",
            "office": "Dinas C",
        }
        for row in strangers(60)[20:40]
    ]
    rows = [{"id": str(at), **row} for at, row in enumerate([*office, *good, *neighbours])]
    return pl.DataFrame(rows, infer_schema_length=None)


def test_an_office_whose_every_nik_lost_its_last_digit_still_finds_its_people(
    rounded_office: pl.DataFrame,
) -> None:
    found = link(rounded_office, on=ON)
    assert all(together(found, str(at), str(60 + at)) for at in range(20))
    told = found.pairs.filter(left_id="0", right_id="60")["why"].item()
    assert "angka terakhir hilang" in told


def test_a_lost_last_digit_does_not_make_neighbours_of_one_registration_the_same(
    rounded_office: pl.DataFrame,
) -> None:
    found = link(rounded_office, on=ON)
    assert not any(together(found, str(20 + at), str(80 + at)) for at in range(20))


def test_a_family_card_typed_as_nik_does_not_make_a_family_one_person() -> None:
    card = "3671011506120009"
    family = [
        BUDI | {"nik": card},
        BUDI
        | {
            "nik": card,
            "name": "Sri Rahayu",
            "birth_date": "15-08-1987",
            "sex": "P",
            "mother_name": "Kartini",
        },
        BUDI
        | {
            "nik": card,
            "name": "Dewi Santoso",
            "birth_date": "02-02-2007",
            "sex": "P",
            "mother_name": "Sri Rahayu",
        },
    ]
    found = link(a_list(*family), on=ON)
    assert not together(found, "0", "1")
    assert not together(found, "0", "2")
    assert not together(found, "1", "2")


def test_a_family_of_names_alike_under_one_card_stays_a_family() -> None:
    card = {"nik": "3671011506120009"}
    brother = {"name": "Budi Santosa", "birth_date": "02-02-2007"}
    told = pair(linked(BUDI | card, BUDI | card | brother))
    assert told is None or (told["guard"], told["band"]) == ("family-card", "review")
    named_alike = {"birth_date": "02-02-2007", "sex": "P"}
    told = pair(linked(BUDI | card, BUDI | card | named_alike))
    assert told is None or (told["guard"], told["band"]) == ("family-card-both", "review")


def test_twins_of_names_alike_under_a_family_card_are_asked_about() -> None:
    card = BUDI | {"nik": "3671011506120009"}
    for one, other, guard in (
        ("Dewi Nugroho Saputra", "Kevin Nugroho Saputra", "family-card-twins"),
        ("Hasan Basri", "Hasana Basri", "twins-one-letter"),
    ):
        told = pair(linked(card | {"name": one}, card | {"name": other}))
        assert told is not None
        assert (told["guard"], told["band"]) == (guard, "review")


def test_names_alike_under_one_nik_and_no_birth_dates_are_asked_about() -> None:
    undated = BUDI | {"birth_date": "", "sex": ""}
    told = pair(linked(undated, undated | {"name": "Budi Sanusi"}))
    assert told is not None
    assert (told["guard"], told["band"]) == ("family-card-undated", "review")
    other_sex = [undated | {"sex": "L"}, undated | {"sex": "P", "name": "Budi Sanusi"}]
    told = pair(linked(*other_sex))
    assert told is not None
    assert (told["guard"], told["band"]) == ("family-card-sex", "review")


def test_one_person_twice_under_a_family_card_is_still_found() -> None:
    card = "3671011506120009"
    assert together(linked(BUDI | {"nik": card}, BUDI | {"nik": card}), "0", "1")


def test_one_name_and_house_but_another_birth_date_and_no_common_nik_are_asked_about() -> None:
    unknown = BUDI | {"nik": "", "phone": ""}
    told = pair(linked(unknown, unknown | {"birth_date": "27-09-1990"}, among=20))
    assert told is not None
    assert (told["guard"], told["band"]) == ("namesake", "review")


def test_a_neighbours_nik_on_one_phone_is_a_slip_of_who_moved() -> None:
    moved = {"address": "Kp. Rawa RT 3", "kelurahan": "Poris", "mother_name": ""}
    found = linked(BUDI, BUDI | moved | {"nik": "3671021203850001"}, among=20)
    assert together(found, "0", "1")
