import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.identity import read_email, read_money, read_phone, read_rt_rw, read_sex


@pytest.mark.parametrize(
    "text",
    [
        "081234567890",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "6281234567890",
        "81234567890",
        "(0812) 34567890",
        "'081234567890",
        "081234567890 / 085700000001",
        "WA 081234567890",
        "0812 3456 7890 (istri)",
    ],
)
def test_a_mobile_number_is_read_however_written(text):
    assert read_phone(text) == "081234567890"


def test_a_landline_is_read():
    assert read_phone("021-5551234") == "0215551234"


@pytest.mark.parametrize("text", ["", "-", "0", "tidak ada"])
def test_no_number_is_no_problem(text):
    assert read_phone(text) == ""


@pytest.mark.parametrize(
    "text", ["abc", "wa", "64>`-", "{08}", "08", "0812345678901234", "0800000000", "12"]
)
def test_what_is_no_number_is_unreadable(text):
    assert read_phone(text) is None


@pytest.mark.parametrize("text", ["L", "l", "Laki-laki", "LAKI - LAKI", "pria", "Lk."])
def test_men(text):
    assert read_sex(text) == "L"


@pytest.mark.parametrize("text", ["P", "p", "Perempuan", "wanita", "Pr."])
def test_women(text):
    assert read_sex(text) == "P"


def test_a_sex_that_is_neither_is_nothing():
    assert read_sex("x") == ""


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("2000000", 2_000_000),
        ("1.500.000", 1_500_000),
        ("Rp 1.500.000,00", 1_500_000),
        ("Rp. 1.000.000,-", 1_000_000),
        ("1,500,000", 1_500_000),
        ("1,5 juta", 1_500_000),
        ("500 ribu", 500_000),
        ("750rb", 750_000),
    ],
)
def test_money_is_whole_rupiah(text, rupiah):
    assert read_money(text) == rupiah


@pytest.mark.parametrize("text", ["abc", "1.5.0", "", "1-2 juta"])
def test_what_is_no_money_is_unreadable(text):
    assert read_money(text) is None


def test_rt_and_rw_get_three_digits():
    assert read_rt_rw("1/5") == "001/005"
    assert read_rt_rw("RT 01 RW 12") == "001/012"
    assert read_rt_rw("Blok C") == "Blok C"


def test_an_address_is_lower_case_or_unreadable():
    assert read_email("Budi@Contoh.ID") == "budi@contoh.id"
    assert read_email("budi") is None
    assert read_email("-") == ""


@given(st.text())
def test_none_of_the_readings_ever_raises(text):
    read_phone(text)
    read_email(text)
    read_money(text)
    read_rt_rw(text)
    read_sex(text)


@given(st.integers(0, 10**12))
def test_grouped_thousands_come_back(amount):
    assert read_money(f"Rp {amount:,}".replace(",", ".")) == amount
