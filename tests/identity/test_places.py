import pytest

from payung.identity import Places, UnknownRegionError, packaged_places


@pytest.fixture(scope="module")
def tangerang():
    return Places.of_region("36.71")


def test_kota_tangerang_has_13_kecamatan_and_104_kelurahan(tangerang):
    levels = [place.level for place in tangerang.places]
    assert levels.count("kecamatan") == 13
    assert levels.count("desa_kelurahan") == 104


def test_three_regions_are_packaged():
    regions = {place.code for place in packaged_places() if place.level == "kabkota"}
    assert regions == {"36.71", "36.04", "18.72"}


@pytest.mark.parametrize("text", ["Sukaasih", "SUKA ASIH", "Kel. Sukaasih", "kelurahan suka-asih"])
def test_a_kelurahan_is_found_however_it_is_spaced(tangerang, text):
    match = tangerang.find(text)
    assert match.place is not None
    assert match.place.code == "36.71.01.1002"


def test_a_kelurahan_is_found_by_its_code(tangerang):
    assert tangerang.find("36.71.01.1005").place.name == "Cikokol"
    assert tangerang.find("3671011005").place.name == "Cikokol"


def test_a_misspelt_kelurahan_is_proposed_but_not_taken(tangerang):
    match = tangerang.find("Cikokl")
    assert match.place is None
    assert match.nearest.name == "Cikokol"


def test_a_name_far_from_all_has_no_proposal(tangerang):
    assert tangerang.find("Zzyzx Qqq") == (None, None, False, False)


def test_another_kecamatan_than_written_is_noticed(tangerang):
    match = tangerang.find("Petir", "Benda")
    assert match.place.name == "Petir"
    assert match.other_kecamatan


def test_one_name_in_two_kecamatan_needs_the_kecamatan():
    places = Places(
        [
            ("36.04.05", "Kramatwatu", "kecamatan"),
            ("36.04.09", "Ciruas", "kecamatan"),
            ("36.04.05.2001", "Sukajaya", "desa_kelurahan"),
            ("36.04.09.2001", "Sukajaya", "desa_kelurahan"),
        ]
    )
    assert places.find("Sukajaya").ambiguous
    assert places.find("Sukajaya", "Kec. Ciruas").place.code == "36.04.09.2001"


@pytest.mark.parametrize("code", ["99.99", "abc", "", "36", "36.71.01"])
def test_an_unknown_region_names_those_that_are_known(code):
    with pytest.raises(UnknownRegionError, match=r"36\.71 \(Kota Tangerang\)"):
        Places.of_region(code)


def test_a_region_may_be_written_without_its_dot():
    assert Places.of_region("3671").by_code == Places.of_region("36.71").by_code
