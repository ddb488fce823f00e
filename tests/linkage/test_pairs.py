"""Two given people weighed by the product's evidence: which band they fall in, and why."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payung.linkage import PERSON, Weighed, alike, match_key, packaged_weights, prepared, weigh

AMINAH = {
    "nik": "3671014512800017",
    "name": "Siti Aminah",
    "birth_date": date(1980, 12, 5),
    "sex": "P",
    "mother_name": "Rohimah",
    "address": None,
    "kelurahan": "36.71.01.1001",
    "phone": "6281200000001",
}
ON = date(2026, 11, 22)
OTHER_NIK = "3671025512810009"
BARE = dict.fromkeys(("sex", "mother_name", "kelurahan", "phone"))


def people(*values: dict) -> list[tuple]:
    return [tuple({**AMINAH, **each}[name] for name in PERSON) for each in values]


def weighed(one: dict, other: dict) -> Weighed:
    return weigh(people(one), people(other), on=ON)[0]


def bare(**values) -> dict:
    return {**BARE, **values}


def test_the_same_record_is_the_same_person():
    found = weighed({}, {})
    assert found.band == "same"
    assert found.probability > 0.999
    assert found.is_clear_under_one_nik()


@pytest.mark.parametrize(
    "other",
    [
        bare(birth_date=None),
        bare(name="Siti Aminnah"),
        bare(name="Hj. Siti Aminah, S.Pd"),
        bare(birth_date=date(1980, 5, 12)),
        {"name": "Siti Aminih"},
        {"name": "Siti Nur Aminah"},
        {"name": "Siti A."},
        {"name": "Aminah Siti"},
    ],
)
def test_one_nik_and_a_slip_in_name_or_date_is_clearly_one_person(other):
    assert weighed(bare() if "sex" in other else {}, other).is_clear_under_one_nik()


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Bambang Riyadi", "birth_date": date(1970, 3, 3), "sex": "L", "mother_name": "S"},
        {"name": "Bambang Riyadi", "mother_name": None},
        {"name": "Siti Aisyah"},
        {"name": "Sita Rahayu"},
        {"name": "Sri Wahyuni"},
    ],
)
def test_one_nik_on_people_of_other_names_twins_too_is_not_clear(other):
    assert not weighed({}, other).is_clear_under_one_nik()


def test_a_family_that_wrote_its_kk_number_as_nik_is_not_clear():
    kk = "3671011209100005"
    child = {"name": "Fajar Nugraha", "birth_date": date(2001, 5, 6), "sex": "L"}
    assert not weighed({"nik": kk}, {"nik": kk, **child}).is_clear_under_one_nik()


@pytest.mark.parametrize("known", [{}, {"mother_name": "Rohimah"}, {"kelurahan": "36.71.01.1001"}])
def test_another_nik_with_the_same_name_and_birth_date_is_to_be_looked_at(known):
    assert weighed(bare(**known), bare(**known, nik=OTHER_NIK)).band == "review"


@pytest.mark.parametrize("nik", ["3671914512800017", "3617014512800017"])
def test_one_wrong_or_swapped_digit_weighs_nearly_as_one_person(nik):
    found = weighed(bare(), bare(nik=nik))
    assert found.band != "different"
    assert found.probability > weighed(bare(), bare(nik=OTHER_NIK)).probability
    assert "NIK berbeda satu angka" in found.why


@pytest.mark.parametrize("name", ["Siti Aisyah", "Sita Aminah", "Sri Wahyuni"])
@pytest.mark.parametrize("nik", ["3671014512800018", "3671014512800029", None])
def test_twins_are_never_taken_as_the_same(name, nik):
    assert weighed({}, {"name": name, "nik": nik}).band != "same"


def test_a_possible_twin_is_named_as_such():
    found = weighed({}, {"nik": "3671014512800018", "name": "Siti Aisyah"})
    assert "saudara kembar" in found.why
    assert found.evidence[-1].field == "guard"
    assert found.evidence[-1].weight < 0


def test_spouses_who_share_phone_and_house_are_different():
    husband = {
        "nik": "3671010503780004",
        "name": "Bambang Riyadi",
        "birth_date": date(1978, 3, 5),
        "sex": "L",
        "mother_name": "Sumiati",
    }
    assert weighed({}, husband).band == "different"


def test_another_birth_date_or_day_and_month_exchanged_speak_less_than_the_same():
    nik = {"nik": None}
    same = weighed(bare(**nik), bare(**nik)).probability
    swapped = weighed(bare(**nik), bare(**nik, birth_date=date(1980, 5, 12))).probability
    other = weighed(bare(**nik), bare(**nik, birth_date=date(1990, 7, 1))).probability
    assert same > swapped > other


def test_a_default_birth_date_says_less():
    first = {"nik": None, "birth_date": date(1980, 1, 1)}
    plain = weighed(bare(nik=None), bare(nik=None)).probability
    assert weighed(bare(**first), bare(**first)).probability < plain


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Siti Aminah", False),
        ("SITI  AMINAH ", False),
        ("Hj. Sitti Aminah, S.Pd", True),
        ("Siti Aminnah", True),
    ],
)
def test_names_that_are_the_same_only_in_uniform_spelling_are_told_so(name, told):
    found = weighed({}, {"name": name})
    assert found.level_of("name") == "equal"
    assert ("nama sama setelah ejaannya diseragamkan" in found.why) is told


def test_names_that_differ_are_not_called_the_same_in_uniform_spelling():
    assert "diseragamkan" not in weighed({}, {"name": "Siti Aminih"}).why


def test_nothing_known_is_no_evidence():
    nothing = dict.fromkeys(PERSON)
    found = weighed(nothing, nothing)
    assert [(each.field, each.level) for each in found.evidence] == [("guard", "nobody-known")]
    assert found.band == "different"


def test_many_pairs_at_once_get_what_each_gets_alone():
    others = [{}, {"name": "Sri Wahyuni"}, {"nik": OTHER_NIK}, {"birth_date": None}, {}]
    at_once = weigh(people(*[{}] * len(others)), people(*others), on=ON)
    assert at_once == [weighed({}, other) for other in others]


def test_no_pairs_are_no_work_and_half_a_pair_is_refused():
    assert weigh([], [], on=ON) == []
    with pytest.raises(ValueError, match="two sides"):
        weigh(people({}), [], on=ON)


RECORDS = st.fixed_dictionaries(
    {
        "nik": st.sampled_from([None, AMINAH["nik"], "3671014512800018", OTHER_NIK, "3671E+15"]),
        "name": st.sampled_from([None, "Siti Aminah", "Siti Aisyah", "Aminah", "Budi", "M. Budi"])
        | st.text("abcdehins ", max_size=20),
        "birth_date": st.none() | st.dates(date(1980, 1, 1), date(1981, 12, 31)),
        "sex": st.sampled_from([None, "L", "P"]),
        "mother_name": st.sampled_from([None, "Rohimah", "Rohima", "Sumi"]),
        "kelurahan": st.sampled_from([None, "36.71.01.1001", "36.71.01.1002"]),
        "phone": st.sampled_from([None, "6281200000001", "6281200000002"]),
    }
)


@settings(max_examples=8)
@given(st.lists(st.tuples(RECORDS, RECORDS), min_size=1, max_size=40))
def test_the_order_of_the_two_does_not_matter_and_evidence_sums_to_the_odds(pairs):
    left, right = people(*(one for one, _ in pairs)), people(*(other for _, other in pairs))
    for there, back in zip(weigh(left, right, on=ON), weigh(right, left, on=ON), strict=True):
        assert there == back
        odds = packaged_weights().prior + sum(each.weight for each in there.evidence)
        assert there.probability == pytest.approx(1 / (1 + 2**-odds), abs=0.01)


def test_the_stored_key_joins_name_key_and_birth_date():
    assert match_key("siti aminah", date(1980, 12, 5)) == "siti aminah|1980-12-05"
    assert match_key("", date(1980, 12, 5)) == ""
    assert match_key("siti aminah", None) == ""


def test_ours_and_theirs_are_found_by_any_key_and_given_pairs_are_weighed_with_them():
    stranger = {"nik": "3671010101700001", "name": "Joko Wahyono", "birth_date": date(1970, 1, 9)}
    slip = bare(nik="3671014512800047", name="St. Aminah")
    ours = prepared(people(stranger, {}), on=ON)
    theirs = prepared(people(bare(**stranger, mother_name="Wagiyem"), slip), on=ON)
    also = (np.array([1], np.uint32), np.array([0], np.uint32))
    found = {(left, right): each.band for left, right, each in alike(ours, theirs, also, on=ON)}
    assert found.keys() == {(0, 0), (1, 0), (1, 1)}
    assert found[1, 0] == "different"
    assert found[1, 1] != "different"
    nobody = (np.empty(0, np.uint32), np.empty(0, np.uint32))
    assert alike(ours, theirs.clear(), nobody, on=ON) == []


def test_a_birth_date_that_too_many_of_theirs_bear_is_unknown():
    day = date(1970, 7, 1)
    names = [f"Orang {chr(97 + at)}{chr(99 + at)}o" for at in range(25)]
    crowd = [bare(name=name, nik=None, mother_name=None, birth_date=day) for name in names]
    me = bare(nik=None, birth_date=day)
    nobody = (np.array([0], np.uint32), np.array([25], np.uint32))
    ours, theirs = prepared(people(me), on=ON), prepared(people(*crowd, me), on=ON)
    ((_, _, weighed),) = alike(ours, theirs, nobody, on=ON)
    assert weighed.level_of("birth_date") == ""
    ((_, _, alone),) = alike(ours, theirs[-1:], (nobody[0], nobody[0]), on=ON)
    assert alone.level_of("birth_date") == "equal"


@pytest.mark.parametrize("name", ["AMINAH SITI", "SITI A.", "SITI AMINAH RAHAYU"])
@pytest.mark.parametrize("born", [date(1987, 5, 14), date(1980, 12, 6), date(1980, 12, 5)])
def test_another_form_of_a_name_proves_no_more_than_the_name_itself(name, born):
    left = people(*[bare(name="Siti Aminah", birth_date=date(1980, 12, 5))] * 2)
    right = people(*(bare(name=each, birth_date=born) for each in (name, "Siti Aminah")))
    other, same = weigh(left, right, on=ON)
    assert other.probability <= same.probability
