import pytest
from hypothesis import given
from hypothesis import strategies as st

from payung.identity import clean_name, has_odd_sign, has_title, is_formula, is_plain, name_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Drs. H. Moch. Soejono, S.Pd", "Muhammad Suyono"),
        ("M. Ali", "MOHAMAD ALI"),
        ("Moh Ali", "Mochammad Ali"),
        ("Djoko Tjahjono", "Joko Cahyono"),
        ("Hj. Siti Aminah", "SITI AMINAH"),
        ("Ahmad bin Sulaiman", "Achmad Sulaiman"),
        ("Aminah binti Hasan", "Aminah Hasan"),
        ("Nurul  Hidayatt", "Nurul Hidayat"),
        ("Ir. Budi Santoso", "Budi Santoso"),
        ("Abd. Rahman", "Abdul Rahman"),
        ("Ma'ruf", "Maruf"),
        ("Ma`ruf", "Maruf"),
        ("SITI AMINAH SPD", "Siti Aminah"),
        ("Budi Santoso S.Pd.I", "Budi Santoso"),
        ("M.A. Rahman", "Muhammad A Rahman"),
        ("Abdurrohim", "Abdul Rohim"),
        ("Rizky Hendry", "Riski Hendri"),
        ("Romadlon", "Ramadan"),
        ("Abdul Rochman", "Abdurrahman"),
        ("Fathur Rohman", "Fatur Rahman"),
        ("Rohmatulloh", "Rachmatullah"),
        ("Nurrohmah", "Nurahmah"),
        ("Harun Rosjid", "Harun Rasyid"),
        ("Sholeh", "Saleh"),
        ("Solikhah", "Shalihah"),
        ("Choerul Anwar", "Khairul Anwar"),
        ("Khoirunnisa", "Chairunisa"),
        ("Shodiq", "Sodik"),
        ("Fadlilah", "Fadhilah"),
        ("Ridhwan", "Ridlwan"),
        ("Djaenudin", "Zainuddin"),
        ("Qomarudin", "Kamaruddin"),
        ("Abdul Ghofar", "Abdul Gaffar"),
        ("Rofiqoh", "Rafikah"),
        ("Arip Hidayatuloh", "Arief Hidayatullah"),
        ("Pauji", "Fauzi"),
        ("Mustopa", "Musthafa"),
        ("SULAIMAN (ALM)", "Sulaiman"),
    ],
)
def test_two_spellings_of_a_name_have_one_key(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Budi Santoso", "Budi Susanto"),
        ("Siti Aminah", "Siti Fatimah"),
        ("Hasan", "Husen"),
        ("Abdul Rahman", "Abdul Rahim"),
        ("Siti", "Siti Aminah"),
        ("Nur Hayati", "Nur Haryati"),
        ("Abdul Rohman", "Abdul Rohim"),
        ("Rahmat", "Rahman"),
        ("Rohmah", "Rohimah"),
        ("Shodiq", "Siddiq"),
        ("Ridho", "Ridha"),
        ("Salahudin", "Salehudin"),
        ("Ramdan", "Ramadhan"),
        ("Fauzi", "Fauzan"),
        ("Komar", "Umar"),
        ("Sobari", "Sobirin"),
        ("Asep", "Asef"),
        ("Aji", "Aziz"),
        ("Marji", "Marzuki"),
        ("Saroh", "Sarah"),
    ],
)
def test_different_names_keep_different_keys(one, other):
    assert name_key(one) != name_key(other)


def test_a_lone_initial_is_no_title():
    assert name_key("S. Ahmad") == "s ahmad"
    assert name_key("H") == "h"
    assert name_key("M") == "m"


@pytest.mark.parametrize(
    "name",
    ["Hj. Siti", "Drs. Joko", "Budi, S.Pd", "H Ahmad", "H.Ahmad", "Ani S.Kom", "Ustdzh. Ani"],
)
def test_titles_and_degrees_are_seen(name):
    assert has_title(name)
    assert not is_plain(name)


@pytest.mark.parametrize("name", ["Siti Aminah", "M. Ali", "Abd. Rahman", "Ma'ruf", "S. Ahmad"])
def test_ordinary_names_have_no_title(name):
    assert not has_title(name)


def test_digits_and_strange_signs_are_odd():
    assert has_odd_sign("Budi 2")
    assert has_odd_sign("Budi*")
    assert not has_odd_sign("Ma’ruf Al-Amin, S.E.")


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1+1", "@SUM(A1)", "-2+3"])
def test_what_a_spreadsheet_would_run_is_a_formula(text):
    assert is_formula(text)


def test_spaces_are_put_right_and_nothing_else():
    assert clean_name("  SITI \u00a0 aminah\n") == "SITI aminah"
    assert clean_name("-") == ""


@given(st.text())
def test_a_key_never_raises_and_is_lower_case_words(text):
    key = name_key(text)
    assert key == " ".join(key.split())
    assert key == key.lower()


@given(st.text(alphabet="abcdefghij klmnopqrstuvwxyz", max_size=30))
def test_case_and_spaces_never_change_a_key(text):
    assert name_key(text.upper()) == name_key("  ".join(text.split(" ")))
