"""Damage happens as often as declared, and about one row in ten cannot be insured as sent."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from payung.demo.damage import (
    BRANCH_ONLY,
    HIDDEN_RATES,
    NIK_RATES,
    REJECTED,
    SCREENED,
    misspell,
    write_date,
)
from payung.demo.lists import TRUTH_RATES
from payung.demo.names import make_name, respell


@pytest.fixture(scope="module")
def counts(city):
    return Counter(code for row in city.truth for code in row.damage)


def share_with(city, codes):
    return sum(bool(codes.intersection(row.damage)) for row in city.truth) / city.rows


def test_about_one_row_in_ten_is_rejected_or_bounced(city):
    assert 0.085 < share_with(city, REJECTED | SCREENED | BRANCH_ONLY) < 0.115


def test_the_branch_alone_can_see_about_two_percent(city):
    assert 0.013 < share_with(city, BRANCH_ONLY) < 0.03


def test_about_eight_percent_are_on_the_list_of_another_office(city):
    assert 0.07 < share_with(city, {"other-list"}) < 0.09


def test_every_kind_of_declared_damage_occurs_near_its_rate(counts):
    for code, rate in (NIK_RATES | HIDDEN_RATES | TRUTH_RATES).items():
        if code == "nik-damaged":
            continue
        assert 0 < counts[code] / 20_000 < rate * 1.5, code


def test_one_percent_are_twice_in_one_list(counts):
    assert counts["nik-repeated"] == pytest.approx(200, abs=5)


def test_one_office_lost_a_digit_of_every_nik(city):
    (made,) = [made for made in city.lists if made.layout.nik == "number"]

    hurt = sum({"nik-damaged", "nik-blank"}.intersection(row.damage) != set() for row in made.truth)
    assert hurt == made.rows


def test_somebody_named_twice_in_a_list_is_written_differently(town):
    for made in town.lists:
        for row in made.truth:
            if "nik-repeated" in row.damage:
                assert "name-respelt" in row.damage
                assert sum(other.person is row.person for other in made.truth) >= 2


def test_people_on_another_list_really_are_on_two(town):
    where = Counter((row.person.id, row.file) for row in town.truth)
    files = Counter(person for person, _ in where)

    for row in town.truth:
        if "other-list" in row.damage:
            assert files[row.person.id] >= 2


def test_a_respelt_name_is_never_the_same_text():
    random = Random(1)
    for _ in range(3_000):
        name = make_name(random, random.choice("LP"))
        assert respell(random, name) != name


def test_a_misspelt_kelurahan_is_never_the_right_name():
    random = Random(1)
    for place in ("Poris Plawad Indah", "Gaga", "Kreo", "Petir", "Cibodas"):
        assert all(misspell(random, place) != place for _ in range(200))


@pytest.mark.parametrize(
    ("style", "written"),
    [
        ("slash", "12/01/1980"),
        ("dash", "12-01-1980"),
        ("dots", "12.01.1980"),
        ("short", "12-01-80"),
        ("long", "12 Januari 1980"),
        ("abbr", "12 Jan 1980"),
        ("iso", "1980-01-12"),
        ("excel", date(1980, 1, 12)),
    ],
)
def test_dates_are_written_in_the_style_of_the_office(style, written):
    assert write_date(Random(1), date(1980, 1, 12), style) == written
