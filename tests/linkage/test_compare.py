from dataclasses import replace
from datetime import date
from random import Random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.linkage import Record, compare, evidence_table

AMINAH = Record(
    nik="3671014512800017",
    name="Siti Aminah",
    birth_date=date(1980, 12, 5),
    sex="P",
    mother_name="Rohimah",
    kelurahan="36.71.01.1001",
    phone="6281200000001",
)
OTHER_NIK = "3671025512810009"


def like(**values) -> Record:
    """Aminah's record with other values; keys follow the names."""
    if "name" in values:
        values.setdefault("name_key", "")
    if "mother_name" in values:
        values.setdefault("mother_key", "")
    return replace(AMINAH, **values)


def bare(**values) -> Record:
    return like(**{"mother_name": "", "kelurahan": "", "phone": "", "sex": ""} | values)


def levels(match):
    return {each.field: each.level for each in match.evidence}


def test_the_same_record_is_the_same_person():
    match = compare(AMINAH, like())
    assert match.band == "same"
    assert match.probability > 0.999


def test_the_same_nik_and_name_or_birth_date_is_the_same_person():
    assert compare(bare(), bare(birth_date=None)).band == "same"
    assert compare(bare(), bare(name="Siti Aminnah")).band == "same"
    assert compare(bare(name="Hj. Siti Aminah, S.Pd"), bare()).band == "same"


def test_the_same_nik_with_another_name_and_birth_date_is_reviewed():
    other = like(name="Bambang Riyadi", birth_date=date(1970, 3, 3), sex="L", mother_name="Sumiati")
    match = compare(AMINAH, other)
    assert match.band == "review"
    assert match.probability < 0.01
    assert "nik-shared" in match.evidence[-1].level


def test_the_same_nik_with_another_name_is_never_taken_as_the_same():
    assert compare(AMINAH, like(name="Bambang Riyadi", mother_name="")).band == "review"


@pytest.mark.parametrize("known", ["mother_name", "kelurahan"])
def test_another_nik_with_the_same_name_and_birth_date_is_reviewed(known):
    person = bare(**{known: getattr(AMINAH, known)})
    assert compare(person, replace(person, nik=OTHER_NIK)).band == "review"


def test_two_different_niks_are_never_taken_as_the_same_whatever_else_agrees():
    match = compare(AMINAH, like(nik=OTHER_NIK))
    assert match.band == "review"
    assert match.probability > 0.99
    assert "dua NIK yang berbeda" in match.explain()


@pytest.mark.parametrize("nik", ["3671914512800017", "3617014512800017"])
def test_one_wrong_or_swapped_digit_with_the_same_name_and_birth_date_is_reviewed(nik):
    match = compare(bare(), bare(nik=nik))
    assert (match.band, levels(match)["nik"]) == ("review", "one-digit")
    assert match.probability > 0.9


@pytest.mark.parametrize("name", ["Siti Aisyah", "Sita Aminah", "Siti Aminih", "Sri Wahyuni"])
@pytest.mark.parametrize("nik", ["3671014512800018", "3671014512800029", ""])
def test_twins_are_never_taken_as_the_same(name, nik):
    match = compare(AMINAH, like(name=name, nik=nik))
    assert match.band != "same"
    assert "saudara kembar" in match.explain()


@pytest.mark.parametrize("name", ["Siti Aisyah", "Sita Rahayu", "Sri Wahyuni"])
def test_a_twin_listed_under_the_other_ones_nik_is_reviewed(name):
    assert compare(AMINAH, like(name=name)).band == "review"


@pytest.mark.parametrize("name", ["Siti Aminih", "Siti Nur Aminah"])
def test_under_one_nik_a_slip_in_the_name_is_a_slip(name):
    assert compare(AMINAH, like(name=name)).band == "same"


def test_a_possible_twin_is_named_as_such():
    match = compare(AMINAH, like(nik="3671014512800018", name="Sita Rahayu"))
    assert "saudara kembar" in match.explain()


def test_spouses_who_share_phone_and_house_are_different():
    husband = like(
        nik="3671010503780004",
        name="Bambang Riyadi",
        birth_date=date(1978, 3, 5),
        sex="L",
        mother_name="Sumiati",
    )
    assert compare(AMINAH, husband).band == "different"


def test_a_family_that_wrote_its_kk_number_as_nik_is_reviewed_and_not_joined():
    kk = "3671011209100005"
    child = like(nik=kk, name="Fajar Nugraha", birth_date=date(2001, 5, 6), sex="L")
    assert compare(like(nik=kk), child).band == "review"


def test_without_a_nik_name_birth_date_and_one_more_thing_make_the_same_person():
    assert compare(bare(nik=""), bare(nik="")).band == "review"
    house = "36.71.01.1001"
    assert compare(bare(nik="", kelurahan=house), bare(kelurahan=house)).band == "same"


def test_a_default_birth_date_says_less():
    first = date(1980, 1, 1)
    plain = compare(bare(), bare()).weight
    default = compare(bare(birth_date=first), bare(birth_date=first))
    assert levels(default)["birth_date"] == "equal-default"
    assert default.weight < plain


@pytest.mark.parametrize(
    ("other", "level"),
    [
        (date(1980, 5, 12), "swapped"),
        (date(1980, 12, 6), "one-part"),
        (date(1981, 12, 5), "one-part"),
        (date(1990, 7, 1), "different"),
        (None, "missing"),
    ],
)
def test_birth_dates_are_compared_by_what_lists_get_wrong(other, level):
    assert levels(compare(AMINAH, like(birth_date=other)))["birth_date"] == level


@pytest.mark.parametrize(
    ("other", "level"),
    [
        ("Siti Aminah", "equal"),
        ("Aminah Siti", "reordered"),
        ("Siti Aminnahh", "equal"),
        ("Siti Aminahe", "close"),
        ("Aminah", "partial"),
        ("Siti Amirul", "similar"),
        ("Bambang", "different"),
        ("", "missing"),
    ],
)
def test_names_are_compared_by_their_keys(other, level):
    assert levels(compare(AMINAH, like(name=other)))["name"] == level


def test_a_nik_that_has_not_16_digits_is_not_compared():
    assert levels(compare(AMINAH, like(nik="3671E+15")))["nik"] == "missing"


def test_nothing_known_is_different():
    match = compare(Record(), Record())
    assert (match.band, match.weight) == ("different", evidence_table().prior)
    assert match.explain() == "Peluang 0,00."


def test_the_explanation_is_a_sentence_a_clerk_reads():
    match = compare(bare(), bare(nik="3671914512800017"))
    assert match.explain().startswith("NIK berbeda satu angka")
    assert "tanggal lahir sama" in match.explain()


RECORDS = st.builds(
    Record,
    nik=st.sampled_from(["", AMINAH.nik, "3671014512800018", "3671914512800017", OTHER_NIK]),
    name=st.sampled_from(["", "Siti Aminah", "Siti Aisyah", "Aminah", "Budi", "M. Budi"])
    | st.text("abcdehins ", max_size=20),
    birth_date=st.none() | st.dates(date(1980, 1, 1), date(1981, 12, 31)),
    sex=st.sampled_from(["", "L", "P"]),
    mother_name=st.sampled_from(["", "Rohimah", "Rohima", "Sumi"]),
    kelurahan=st.sampled_from(["", "1", "2"]),
    phone=st.sampled_from(["", "1", "2"]),
)


@given(RECORDS, RECORDS)
def test_the_order_of_the_two_records_does_not_matter(a, b):
    assert compare(a, b) == compare(b, a)


@given(RECORDS, RECORDS)
def test_prior_and_evidence_sum_to_the_weight(a, b):
    match = compare(a, b)
    total = evidence_table().prior + sum(each.weight for each in match.evidence)
    assert match.weight == pytest.approx(total)
    assert 0 < match.probability < 1


@given(RECORDS, RECORDS)
def test_nobody_is_proposed_as_the_same_across_two_niks_or_two_names(a, b):
    match = compare(a, b)
    found = levels(match)
    if found["nik"] not in ("equal", "missing") or found["name"] == "different":
        assert match.band != "same"
    if found["nik"] == "equal":
        assert match.band != "different"


def test_many_pairs_are_compared_each_second():
    random = Random(3)
    names = ["Siti Aminah", "Budi Santoso", "Ahmad Fauzi", "Siti Aisyah", "Sri Wahyuni"]
    people = [
        like(
            nik=f"36710145128{random.randint(0, 99_999):05}",
            name=random.choice(names),
            mother_name=random.choice(["Rohimah", "Sumiati"]),
        )
        for _ in range(500)
    ]
    started = perf_counter()
    for one in people[:40]:
        for other in people:
            compare(one, other)
    assert 20_000 / (perf_counter() - started) > 10_000
