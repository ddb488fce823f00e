"""Made-up people have numbers of the right form that nobody real can have."""

from payung.identity.nik import Nik


def test_every_true_nik_is_possible_and_says_sex_and_birth_date(town):
    for person in town.people:
        nik = Nik.read(person.nik)
        assert nik.ok
        assert nik.sex == person.sex
        born = person.birth_date
        assert nik.birth_parts == (born.day, born.month, born.year % 100)


def test_every_nik_and_kk_ends_in_an_invented_serial(town):
    for person in town.people:
        assert person.nik[12] == "9"
        assert person.nik[15] != "0"
        assert person.kk[12] == "9"


def test_no_two_people_share_a_nik_or_a_kpj(town):
    assert len({person.nik for person in town.people}) == len(town.people)
    assert len({person.kpj for person in town.people}) == len(town.people)
    assert {len(person.kpj) for person in town.people} == {11}


def test_the_civil_register_finds_everybody_by_their_nik(town):
    assert all(town.by_nik[person.nik] is person for person in town.people)
    assert len(town.by_nik) == len(town.people)


def test_most_but_not_all_were_first_registered_in_the_city(town):
    local = sum(person.nik.startswith("3671") for person in town.people) / len(town.people)

    assert 0.5 < local < 0.75


def test_couples_share_a_household(town):
    couples = [person for person in town.people if person.spouse]

    assert len(couples) > 100
    for person in couples:
        assert person.spouse.spouse is person
        assert person.spouse.kk == person.kk
        assert {person.sex, person.spouse.sex} == {"L", "P"}


def test_twins_share_birth_date_and_mother_but_no_nik(town):
    twins = [person for person in town.people if person.twin]

    assert twins
    for person in twins:
        assert person.twin.birth_date == person.birth_date
        assert person.twin.mother_name == person.mother_name
        assert person.twin.nik != person.nik
        assert person.twin.name != person.name
