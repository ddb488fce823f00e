"""Other registers know the city as of their own day, and sometimes without a NIK."""

import csv

import pytest
from openpyxl import load_workbook


def workbook_rows(path):
    header, *rows = load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def csv_rows(path, delimiter=","):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=delimiter))


@pytest.fixture(scope="module")
def registers(town_files):
    return {
        "bpjs": workbook_rows(town_files.bpjs_active),
        "deaths": csv_rows(town_files.deaths, ";"),
        "asn": workbook_rows(town_files.asn),
        "dtsen": csv_rows(town_files.dtsen),
    }


def test_each_register_of_the_full_city_has_thousands_of_people(city):
    made = city.references

    for rows in (made.bpjs_active, made.deaths, made.asn, made.dtsen):
        assert 2_000 < len(rows) < 10_000


def test_some_people_are_in_a_register_without_their_nik(registers):
    for rows in registers.values():
        missing = sum(not row["NIK"] for row in rows) / len(rows)
        assert 0.02 < missing < 0.15


def test_listed_people_who_died_long_ago_are_in_the_death_list(town, registers):
    niks = {row["NIK"] for row in registers["deaths"]}
    dead = {row.person for row in town.truth if "dead" in row.damage}

    assert dead
    assert sum(person.nik in niks for person in dead) / len(dead) > 0.6
    assert len(registers["deaths"]) > len(dead)


def test_deaths_not_yet_registered_are_in_no_list(town, registers):
    niks = {row["NIK"] for row in registers["deaths"]}
    unlisted = {row.person for row in town.truth if "death-unlisted" in row.damage}

    assert unlisted
    assert not any(person.nik in niks for person in unlisted)


def test_the_active_list_holds_members_of_its_day_only(town, registers):
    day = town.calendar.bpjs_active
    for row in registers["bpjs"]:
        if row["NIK"]:
            person = town.by_nik[row["NIK"]]
            assert person.is_member_on(day)
            assert row["KPJ"] == person.kpj
            assert row["SEGMEN"] in {"PU", "BPU"}


def test_newer_memberships_are_in_no_active_list(town, registers):
    niks = {row["NIK"] for row in registers["bpjs"]}
    newer = {row.person for row in town.truth if "membership-new" in row.damage}

    assert newer
    assert not any(person.nik in niks for person in newer)


def test_officials_have_an_office_and_deciles_run_from_one_to_ten(registers):
    assert all(row["Instansi"] for row in registers["asn"])
    assert {int(row["Desil"]) for row in registers["dtsen"]} == set(range(1, 11))
