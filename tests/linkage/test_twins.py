"""Twins, and slips of the pen that make one person look like two of them."""

import pytest

from tests.linkage.people import BUDI, Row, linked, pair, together


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nurhayati Lestari", "Nur Hayati Lestari"),
        ("Iwan Hidayat", "Iwanhidayat"),
        ("Siti Nurhayati", "Siti Nur Hayati"),
    ],
)
def test_a_name_whose_words_are_parted_otherwise_is_no_twins(one: str, other: str) -> None:
    for nik in ("3671011203850011", "3671011203850777"):
        told = pair(linked(BUDI | {"name": one}, BUDI | {"name": other, "nik": nik}))
        assert told is not None
        assert (told["guard"], told["band"]) == (None, "same")


def test_letters_that_changed_places_are_a_slip_and_no_twin() -> None:
    slip = BUDI | {"nik": "", "name": "Budi Snatoso"}
    told = pair(linked(BUDI, slip))
    assert told is not None
    assert (told["guard"], told["band"]) == (None, "same")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Budi Prasetyonugroho", "Budiman Prasetyonugroho"),
        ("Hasan Kusumaatmaja", "Hasanudin Kusumaatmaja"),
        ("Muhammad Hasan", "Muhammad Hasanudin"),
        ("Yulia Setiawan Hadiprana", "Yuliana Setiawan Hadiprana"),
    ],
)
def test_twins_of_whom_one_bears_the_beginning_of_the_others_name_are_asked_about(
    one: str, other: str
) -> None:
    unknown = BUDI | {"nik": ""}
    found = linked(unknown | {"name": one}, unknown | {"name": other})
    told = pair(found)
    assert told is not None
    assert told["guard"] in ("twins-one-letter", "twins-unproven")
    assert told["band"] == "review"
    assert not together(found, "0", "1")
    under_one_nik = pair(linked(BUDI | {"name": one}, BUDI | {"name": other}))
    assert under_one_nik is not None
    assert under_one_nik["guard"] is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sumtinah Parwati Lestariningrum", "SUMTINAH PARWATI LESTARIN"),
        ("Agus Prasetyo", "Agusprasetyo"),
        ("Siti Nurjanah", "Siti Nurjana"),
    ],
)
def test_a_name_cut_short_or_written_together_is_no_twins(one: str, other: str) -> None:
    unknown = BUDI | {"nik": ""}
    told = pair(linked(unknown | {"name": one}, unknown | {"name": other}))
    assert told is not None
    assert (told["guard"], told["band"]) == (None, "same")


@pytest.mark.parametrize(
    "slip",
    [
        {"name": "Budi Santosa", "birth_date": "13-03-1985"},
        {"name": "Budi Snatoso"},
        {"name": "Budi Santoso bin Hartono", "phone": ""},
    ],
)
def test_one_first_name_and_a_slip_in_the_niks_serial_number_is_asked_about(slip: Row) -> None:
    told = pair(linked(BUDI, BUDI | {"nik": "3671011203850002"} | slip))
    assert told is not None
    assert (told["guard"], told["band"]) == ("twins-or-slip", "review")
    assert "mungkin salah tulis, mungkin saudara kembar" in str(told["why"])


def test_twins_with_their_own_niks_stay_two_people_whatever_birth_dates_were_written() -> None:
    dewi = BUDI | {"name": "Dewi Santoso", "birth_date": "23-10-1985"}
    other = dewi | {"name": "Dewiwati Santoso", "nik": "3671011203850002"}
    for written in ("01-01-1985", ""):
        assert not together(linked(dewi, other | {"birth_date": written}), "0", "1")


def test_twins_of_both_sexes_who_share_a_name_are_asked_about() -> None:
    unknown = BUDI | {"nik": ""}
    sister = unknown | {"name": "Santoso", "sex": "P"}
    told = pair(linked(unknown, sister))
    assert told is None or told["guard"] == "twins-of-both-sexes"
    told = pair(linked(unknown, sister | {"sex": "L"}))
    assert told is not None
    assert told["guard"] is None


def test_brother_and_sister_born_on_one_day_stay_two_people() -> None:
    sister = BUDI | {"nik": "3671015203850001", "name": "Budiarti Santoso", "sex": ""}
    found = linked(BUDI, sister)
    assert not together(found, "0", "1")


def test_a_name_in_another_order_is_not_taken_for_a_twin() -> None:
    found = linked(BUDI | {"nik": ""}, BUDI | {"nik": "", "name": "Santoso Budi"})
    told = pair(found)
    assert told is not None
    assert told["guard"] is None
    assert together(found, "0", "1")


def test_an_initial_that_fits_both_twins_is_asked_about() -> None:
    rina = BUDI | {"name": "Rina Wulansari", "birth_date": "05-05-1990", "sex": "P"}
    rina |= {"nik": "3671014505900001"}
    rini = rina | {"name": "Rini Wulansari", "nik": "3671014505900002"}
    for nik in ("3671014505900003", "3671024505900001", ""):
        found = linked(rina, rini, rina | {"name": "R. Wulansari", "nik": nik}, among=20)
        for twin in ("0", "1"):
            told = pair(found, twin, "2")
            assert told is not None
            assert (told["guard"], told["band"]) == ("twins-initial", "review")
            assert not together(found, twin, "2")


def test_an_initial_under_the_nik_of_one_twin_is_hers() -> None:
    rina = BUDI | {"name": "Rina Wulansari", "birth_date": "05-05-1990", "sex": "P"}
    rina |= {"nik": "3671014505900001"}
    rini = rina | {"name": "Rini Wulansari", "nik": "3671014505900002"}
    found = linked(rina, rini, rina | {"name": "R. Wulansari"}, among=20)
    assert together(found, "0", "2")
    assert not together(found, "1", "2")
