import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.sheets import CODES, FIELDS
from tests.sheets.people import codes, judge_for, judged


def test_a_blank_name_is_rejected():
    assert codes(name="-") == {"name-blank": "reject"}


@pytest.mark.parametrize("name", ["SITI 2", "Hj. SITI AMINAH", "SITI, S.Pd", "S", "SITI*"])
def test_an_odd_name_is_warned_of(name):
    assert codes(name=name) == {"name-odd": "warn"}


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x","SITI")', "+SITI", "@SITI", "'=1+1"])
def test_a_formula_for_a_name_is_rejected_and_never_becomes_a_key(name):
    row = judged(name=name)
    assert [(f.code, f.severity) for f in row.findings] == [("name-odd", "reject")]
    assert row.values.name_key == ""


def test_an_unknown_kelurahan_proposes_the_nearest():
    (finding,) = judged(kelurahan="Cimne").findings
    assert (finding.code, finding.severity) == ("kelurahan-unknown", "warn")
    assert "Cimone (Kecamatan Karawaci)" in finding.message


def test_a_kelurahan_of_another_kecamatan_is_warned_of():
    assert codes(kecamatan="Benda") == {"kelurahan-kecamatan": "warn"}


def test_a_kelurahan_standing_in_the_address_is_read_when_there_is_no_column():
    row = judged(kelurahan=None, address="Jl. Mawar RT 01/02 Kel. Cimone Kec. Karawaci")
    assert row.values.kelurahan == "36.71.07.1005"
    assert row.findings == []


def test_an_unknown_and_a_blank_occupation_are_warned_of():
    assert codes(occupation="astronot") == {"occupation-unknown": "warn"}
    assert codes(occupation="") == {"occupation-unknown": "warn"}


def test_an_unreadable_phone_is_warned_of_and_a_blank_one_is_not():
    assert codes(phone="abc") == {"phone-unreadable": "warn"}
    assert codes(phone="") == {}


def test_other_columns_are_read_when_they_are_there():
    row = judged(kk="3671031203100001", rt_rw="1/5", email="A@B.id", income="1,5 juta")
    values = row.values
    assert row.findings == []
    assert (values.kk, values.rt_rw) == ("3671031203100001", "001/005")
    assert (values.email, values.income) == ("a@b.id", 1_500_000)
    assert codes(kk="123", email="x", income="y", sex="?q") == {
        "kk-length": "warn",
        "email-unreadable": "warn",
        "income-unreadable": "warn",
        "sex-unreadable": "warn",
    }


@given(st.lists(st.text(max_size=30), min_size=len(FIELDS), max_size=len(FIELDS)))
def test_no_text_whatever_stops_the_judge(cells):
    row = judge_for(FIELDS).judge(2, cells)
    for finding in row.findings:
        assert finding.code in CODES
        assert finding.severity in ("reject", "warn")
        assert finding.message.endswith(".")
        assert "{" not in finding.message
