import pytest

from payung.identity import Occupations


@pytest.fixture(scope="module")
def occupations():
    return Occupations.packaged()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ojol", "ojek-online"),
        ("driver ojek online", "ojek-online"),
        ("Marbot Masjid Al-Ikhlas", "marbot"),
        ("GURU NGAJI", "guru-ngaji"),
        ("Kader Posyandu", "kader-posyandu"),
        ("Petani/Pekebun", "petani"),
        ("pedagang sayur", "pedagang"),
        ("LINMAS", "linmas"),
    ],
)
def test_the_words_of_lists_are_known(occupations, text, code):
    assert occupations.find(text).occupation.code == code


def test_a_misspelling_is_proposed_but_not_taken(occupations):
    match = occupations.find("nelyan")
    assert match.occupation is None
    assert match.nearest.code == "nelayan"


def test_a_general_word_does_not_decide_a_trade(occupations):
    assert occupations.find("tukang sulap").occupation is None


def test_only_those_who_drive_are_transport(occupations):
    transport = {entry.code for entry in occupations.entries if entry.sector == "transport"}
    assert {"ojek-online", "ojek-pangkalan", "sopir", "kurir"} <= transport
    assert "nelayan" not in transport


def test_no_word_names_two_occupations(occupations):
    words = [word for entry in occupations.entries for word in (entry.name, *entry.synonyms)]
    for word in words:
        found = occupations.find(word).occupation
        assert word in (found.name, *found.synonyms)
