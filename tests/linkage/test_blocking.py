from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.linkage import Record, blocking_keys, match_key

AMINAH = Record(
    nik="3671014512800017",
    name="Siti Aminah",
    birth_date=date(1980, 12, 5),
    mother_name="Rohimah",
    kelurahan="36.71.01.1001",
    phone="6281200000001",
)


def meet(a: Record, b: Record) -> bool:
    return bool(set(blocking_keys(a)) & set(blocking_keys(b)))


@pytest.mark.parametrize(
    "other",
    [
        replace(AMINAH, nik="", phone="", kelurahan=""),
        replace(AMINAH, name_key="", name="Siti Aminnah", nik=""),
        replace(AMINAH, birth_date=None, phone="", kelurahan="", name_key="", name="Budi"),
        replace(AMINAH, nik="3671014512800099", birth_date=None, phone="", kelurahan=""),
        replace(AMINAH, nik="9999994512800017", birth_date=None, phone="", kelurahan=""),
        replace(AMINAH, nik="", name_key="", name="Aminah", kelurahan="", phone=""),
        replace(AMINAH, nik="", birth_date=None, mother_key="", mother_name="", phone=""),
    ],
)
def test_records_damaged_in_one_way_still_meet_under_some_key(other):
    assert meet(AMINAH, other)


def test_a_leading_muhammad_does_not_keep_two_records_apart():
    one = Record(name="Muhammad Ridwan", birth_date=date(1990, 4, 2))
    assert meet(one, Record(name="Ridwan", birth_date=date(1990, 4, 2)))


def test_strangers_do_not_meet():
    other = Record(
        nik="3671020101700001",
        name="Bambang",
        birth_date=date(1970, 1, 1),
        mother_name="Sumi",
        kelurahan="36.71.02.1001",
        phone="62811",
    )
    assert not meet(AMINAH, other)


def test_the_stored_key_joins_name_key_and_birth_date():
    assert match_key("siti aminah", date(1980, 12, 5)) == "siti aminah|1980-12-05"
    assert match_key("", date(1980, 12, 5)) == ""
    assert match_key("siti aminah", None) == ""


@given(st.text(max_size=20), st.text(max_size=20), st.none() | st.dates())
def test_a_record_has_no_key_twice_and_none_for_what_is_unknown(nik, name, born):
    keys = blocking_keys(Record(nik=nik, name=name, birth_date=born))
    assert len(keys) == len(set(keys))
    assert not any(key.endswith((":", ":|")) for key in keys)
    assert blocking_keys(Record()) == ()
