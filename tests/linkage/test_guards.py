"""People who agree in much and are two: each case the issue names, by name."""

import polars as pl
import pytest

from payung.linkage.engine import link
from tests.linkage.people import BUDI, ON, Row, a_list, linked, pair, strangers, together


def test_twins_with_their_own_niks_stay_two_people() -> None:
    found = linked(BUDI, BUDI | {"nik": "3671011203850002", "name": "Bayu Santoso"})
    assert not together(found, "0", "1")


def test_twins_whose_niks_are_unknown_are_never_sure() -> None:
    found = linked(BUDI | {"nik": ""}, BUDI | {"nik": "", "name": "Wahyu Santoso"})
    told = pair(found)
    assert told is None or told["band"] != "same"
    assert not together(found, "0", "1")


def test_twins_of_nearly_one_name_stay_two_people_and_the_clerk_is_told_why() -> None:
    hasan = BUDI | {"name": "Hasan Basri", "nik": "3671011203850001"}
    found = linked(hasan, hasan | {"name": "Hasana Basri", "nik": "3671011203850002"})
    told = pair(found)
    assert told is not None
    assert told["guard"] == "twins-alike"
    assert told["w_guard"] < 0
    assert "kembar" in told["why"]
    assert told["band"] == "review"


def test_nearly_one_name_and_no_nik_may_be_a_twin_and_is_never_sure() -> None:
    sister = BUDI | {"name": "Siti Aminah", "nik": "", "sex": "P"}
    told = pair(linked(sister, sister | {"name": "Sita Aminah"}))
    assert told is not None
    assert (told["guard"], told["band"]) == ("twins-unproven", "review")


def test_twins_whose_names_differ_in_a_letter_are_never_sure_without_both_niks() -> None:
    twins = [("Rina", "Rini"), ("Andi", "Ando"), ("Hasan", "Husen"), ("Ali", "Alia")]
    rows: list[Row] = []
    for at, (one, other) in enumerate(twins):
        day = {"birth_date": f"1{at}-05-1990", "mother_name": f"Kartini {'ABCD'[at] * 4}"}
        first = BUDI | day | {"nik": f"36710{at + 1}1{at}05900001", "name": f"{one} Wulandari"}
        rows += [first, first | {"nik": "", "name": f"{other} Wulandari"}]
    found = linked(*rows)
    for at in range(0, len(rows), 2):
        told = pair(found, str(at), str(at + 1))
        assert told is not None
        assert told["band"] == "review"
        assert "kembar" in told["why"]


def test_letters_that_changed_places_are_a_slip_and_no_twin() -> None:
    slip = BUDI | {"nik": "", "name": "Budi Snatoso"}
    told = pair(linked(BUDI, slip))
    assert told is not None
    assert (told["guard"], told["band"]) == (None, "same")


def test_brother_and_sister_born_on_one_day_stay_two_people() -> None:
    sister = BUDI | {"nik": "3671015203850001", "name": "Budiarti Santoso", "sex": ""}
    found = linked(BUDI, sister)
    assert not together(found, "0", "1")


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


def test_a_name_in_another_order_is_not_taken_for_a_twin() -> None:
    found = linked(BUDI | {"nik": ""}, BUDI | {"nik": "", "name": "Santoso Budi"})
    told = pair(found)
    assert told is not None
    assert told["guard"] is None
    assert together(found, "0", "1")


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
