"""Correcting rows and columns before accepting."""

import pytest

from payung.apps.audit.models import Event
from payung.apps.errors import DomainError, NotAllowed
from payung.apps.lists import selectors, services
from payung.apps.lists.models import ColumnMemory, Finding, Row, Severity, State
from tests.lists.files import HEADINGS, people, person


def rows_of(found):
    return [*Row.objects.filter(list=found).order_by("number")]


def codes(row):
    return [finding.code for finding in row.findings.all()]


def test_a_corrected_row_is_judged_anew_and_its_cells_stay(disnaker):
    found = disnaker.read([person(nik="3671"), *people(2)])
    row = rows_of(found)[0]
    assert codes(row) == ["nik-length"]
    corrected = services.correct(
        actor=disnaker.actor,
        row=row,
        values={"nik": "3671014508820001"},
        reason="KTP diperlihatkan",
    )
    assert (corrected.nik, corrected.severity, codes(corrected)) == (
        "3671014508820001",
        Severity.CLEAN,
        [],
    )
    assert (corrected.cells[1], corrected.corrections) == ("3671", {"nik": "3671014508820001"})
    found.refresh_from_db()
    assert (found.clean, found.rejected) == (3, 0)


def test_the_event_says_before_and_after_without_a_whole_nik(disnaker):
    found = disnaker.read([person(nik="3671014508820000")])
    services.correct(
        actor=disnaker.actor, row=rows_of(found)[0], values={"nik": "3671014508820001"}
    )
    event = Event.objects.get(act="row.corrected")
    assert event.before == {"nik": "367101••••••0000"}
    assert event.after == {"nik": "367101••••••0001"}
    assert event.row_count == 1


def test_a_repeated_nik_is_free_again_when_the_first_row_is_corrected(disnaker):
    found = disnaker.read([person(1), person(1, name="Rohimah"), person(1, name="Kartini")])
    first, second, third = rows_of(found)
    assert [codes(row) for row in (first, second, third)] == [
        [],
        ["nik-repeated"],
        ["nik-repeated"],
    ]
    services.correct(actor=disnaker.actor, row=first, values={"nik": "3671014508820009"})
    assert [codes(row) for row in rows_of(found)] == [[], [], ["nik-repeated"]]
    third.refresh_from_db()
    assert f"baris {second.number}" in third.findings.get().message


def test_a_corrected_nik_that_another_row_has_is_found(disnaker):
    found = disnaker.read([person(1), person(2, name="Rohimah")])
    second = rows_of(found)[1]
    services.correct(actor=disnaker.actor, row=second, values={"nik": "3671014508820001"})
    assert codes(second) == ["nik-repeated"]


def test_a_nik_already_accepted_from_this_list_counts_as_seen(disnaker):
    found = disnaker.accepted([person(1), person(2, name="Rohimah", nik="36")])
    second = rows_of(found)[1]
    services.correct(actor=disnaker.actor, row=second, values={"nik": "3671014508820001"})
    assert codes(second) == ["nik-repeated"]


def test_a_correction_can_be_taken_back(disnaker):
    found = disnaker.read([person()])
    (row,) = rows_of(found)
    services.correct(actor=disnaker.actor, row=row, values={"phone": "bukan nomor"})
    assert codes(row) == ["phone-unreadable"]
    corrected = services.correct(actor=disnaker.actor, row=row, values={"phone": None})
    assert (corrected.corrections, codes(corrected)) == ({}, [])


def test_a_row_in_the_registry_an_unknown_field_and_a_stranger_are_refused(disnaker, cast):
    found = disnaker.accepted([person()])
    (row,) = rows_of(found)
    with pytest.raises(DomainError, match="halaman pekerjanya"):
        services.correct(actor=disnaker.actor, row=row, values={"name": "Lain"})
    (row,) = rows_of(disnaker.read(people(1, first=5)))
    with pytest.raises(DomainError, match="«gaji» tidak dikenal"):
        services.correct(actor=disnaker.actor, row=row, values={"gaji": "1"})
    with pytest.raises(NotAllowed):
        services.correct(actor=cast.tono.actor, row=row, values={"name": "Lain"})
    with pytest.raises(DomainError, match="jangkauan"):
        services.correct(actor=cast.wayan.actor, row=row, values={"name": "Lain"})


OTHER_HEADINGS = [*HEADINGS[:3], "Tgl. Masuk Kerja", *HEADINGS[4:]]


def test_a_corrected_column_reads_all_rows_anew_and_keeps_their_corrections(disnaker):
    found = disnaker.read([person(1), person(2, name="Rohimah", nik="36")], OTHER_HEADINGS)
    row = rows_of(found)[1]
    services.correct(actor=disnaker.actor, row=row, values={"nik": "3671014508820002"})
    (sheet,) = selectors.sheets(found)
    services.set_mapping(
        actor=disnaker.actor, sheet=sheet, mapping={"Tgl. Masuk Kerja": None, "L/P": ""}
    )
    assert [(each.sex, str(each.birth_date)) for each in rows_of(found)] == [("", "1982-08-05")] * 2
    services.set_mapping(
        actor=disnaker.actor, sheet=sheet, mapping={"Tgl. Masuk Kerja": "birth_date"}
    )
    first, second = rows_of(found)
    assert (second.pk, second.nik) == (row.pk, "3671014508820002")
    assert first.match_key == "siti aminah|1982-08-05"
    found.refresh_from_db()
    assert (found.state, found.rows, found.rejected) == (State.READ, 2, 0)
    assert Event.objects.filter(act="list.mapped").count() == 2


def test_the_next_list_of_that_sender_is_read_as_corrected(disnaker, dinsos):
    found = disnaker.read(people(2), OTHER_HEADINGS)
    (sheet,) = selectors.sheets(found)
    services.set_mapping(
        actor=disnaker.actor, sheet=sheet, mapping={"Tgl. Masuk Kerja": "birth_date", "L/P": None}
    )
    assert dict(ColumnMemory.objects.values_list("heading", "field")) == {
        "Tgl. Masuk Kerja": "birth_date",
        "L/P": "",
    }

    def mapping(read):
        return {each["heading"]: each["field"] for each in selectors.sheets(read)[0].columns}

    again = mapping(disnaker.read(people(2, first=9), OTHER_HEADINGS))
    assert (again["Tgl. Masuk Kerja"], again["L/P"]) == ("birth_date", None)
    assert mapping(dinsos.read(people(2, first=20)))["L/P"] == "sex"


def test_a_long_list_is_read_anew_in_the_background(
    disnaker, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("payung.apps.lists.services.mapping.AT_ONCE", 3)
    found = disnaker.read(people(5))
    (sheet,) = selectors.sheets(found)
    with django_capture_on_commit_callbacks(execute=True):
        services.set_mapping(actor=disnaker.actor, sheet=sheet, mapping={"L/P": None})
        found.refresh_from_db()
        assert found.state == State.READING
    found.refresh_from_db()
    assert (found.state, found.job.state) == (State.READ, "done")
    assert {row.sex for row in rows_of(found)} == {""}


def test_an_unknown_column_a_field_given_twice_and_an_accepted_list_are_refused(disnaker):
    found = disnaker.read(people(2))
    (sheet,) = selectors.sheets(found)
    for mapping, said in (
        ({"Gaji": "income"}, "Tidak ada kolom «Gaji»"),
        ({"No HP": "gaji"}, "«gaji» tidak dikenal"),
        ({"No HP": "name", "L/P": "name"}, "hanya boleh diberikan pada satu kolom"),
    ):
        with pytest.raises(DomainError, match=said):
            services.set_mapping(actor=disnaker.actor, sheet=sheet, mapping=mapping)
    assert Finding.objects.count() == 0
    services.accept(actor=disnaker.accepter, list=found)
    with pytest.raises(DomainError, match="belum diterima"):
        services.set_mapping(actor=disnaker.actor, sheet=sheet, mapping={"L/P": None})
