"""Reading: every row as sent, judged, and safe to be interrupted."""

import pytest
from django.db import IntegrityError, connection, transaction

from payung.apps.audit.models import Event
from payung.apps.errors import DomainError
from payung.apps.jobs.progress import Silent
from payung.apps.lists import selectors, services
from payung.apps.lists.models import Finding, Row, Severity, Sheet, State
from tests.lists.files import HEADINGS, people, person


def test_rows_are_kept_as_sent_and_as_read(disnaker):
    found = disnaker.read([person(name="  Hj. Siti  Aminah ", phone="+62 812-3456-7890")])
    row = Row.objects.get(list=found)
    assert row.number == 4
    assert row.cells[2] == "Hj. Siti  Aminah"
    assert (row.name, row.name_key, row.phone) == ("Hj. Siti Aminah", "siti aminah", "081234567890")
    assert (row.match_key, row.region_id) == ("siti aminah|1982-08-05", "36.71.01.1001")
    assert row.severity == Severity.WARN
    assert [finding.code for finding in row.findings.all()] == ["name-odd"]


def test_counts_sheets_and_problems_are_known_after_reading(disnaker):
    bad = person(2, nik="3671")
    found = disnaker.read([person(), bad, person(3, name="Ani", occupation="Penambang bulan")])
    assert (found.state, found.rows) == (State.READ, 3)
    assert (found.clean, found.warned, found.rejected) == (1, 1, 1)
    (sheet,) = selectors.sheets(found)
    assert (sheet.name, sheet.header_row, sheet.rows) == ("Data", 3, 3)
    assert {each["heading"]: each["field"] for each in sheet.columns}["NIK"] == "nik"
    assert [(each.code, each.count) for each in selectors.problems(found)] == [
        ("nik-length", 1),
        ("occupation-unknown", 1),
    ]
    event = Event.objects.get(act="list.read")
    assert event.after == {"rows": 3, "clean": 1, "warned": 1, "rejected": 1}


def test_an_interrupted_reading_starts_anew(disnaker, monkeypatch):
    monkeypatch.setattr("payung.apps.lists.services.reading.CHUNK", 4)
    found = disnaker.receive(disnaker.file(people(10)))

    class PowerCut(Silent):
        def tell(self, done, total, message):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.read(actor=disnaker.actor, list=found, progress=PowerCut())
    found.refresh_from_db()
    assert (found.state, Row.objects.count()) == (State.READING, 4)
    services.read(actor=disnaker.actor, list=found)
    assert (found.state, found.rows, Row.objects.count(), Sheet.objects.count()) == (
        State.READ,
        10,
        10,
        1,
    )


def test_a_list_withdrawn_while_it_is_read_stays_withdrawn_and_empty(disnaker, monkeypatch):
    monkeypatch.setattr("payung.apps.lists.services.reading.CHUNK", 4)
    found = disnaker.receive(disnaker.file(people(10)))

    class Impatient(Silent):
        def tell(self, done, total, message):
            services.withdraw(actor=disnaker.actor, list=found, reason="Salah kirim")

    with pytest.raises(DomainError, match="ditarik selagi dibaca"):
        services.read(actor=disnaker.actor, list=found, progress=Impatient())
    found.refresh_from_db()
    assert (found.state, Row.objects.count()) == (State.WITHDRAWN, 0)


def test_progress_is_told_in_rows(disnaker, monkeypatch):
    monkeypatch.setattr("payung.apps.lists.services.reading.CHUNK", 4)
    told = []

    class Listener(Silent):
        def tell(self, done, total, message):
            told.append((done, total))

    disnaker.receive(disnaker.file(people(10)), in_background=False, progress=Listener())
    assert told == [(4, 10), (8, 10), (10, 10)]


def test_a_file_that_became_unreadable_fails_with_its_sentence(disnaker):
    found = disnaker.receive(disnaker.file(people(2)))
    from payung.apps.lists.services.reading import stored_path

    stored_path(found).write_bytes(b"PK\x03\x04 rusak")
    with pytest.raises(DomainError, match="rusak"):
        services.read(actor=disnaker.actor, list=found)
    found.refresh_from_db()
    assert found.state == State.FAILED
    assert "rusak" in found.error


def test_a_list_is_not_read_twice(disnaker):
    found = disnaker.read(people(1))
    with pytest.raises(DomainError, match="sudah dibaca"):
        services.read(actor=disnaker.actor, list=found)


def test_the_database_keeps_cells_as_sent(disnaker):
    disnaker.read(people(1))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE lists_row SET cells = '[\"lain\"]'")


def test_a_formula_in_a_name_is_kept_as_text_and_rejected(disnaker):
    found = disnaker.read([person(name='=HYPERLINK("http://x.test","klik")')])
    row = Row.objects.get(list=found)
    assert row.cells[2].startswith("=HYPERLINK")
    assert row.severity == Severity.REJECT
    assert Finding.objects.get(row=row).code == "name-odd"


def test_signs_no_database_keeps_are_left_out(disnaker, tmp_path):
    path = tmp_path / "nol.csv"
    header, row = ";".join(HEADINGS), ";".join(["1", *person(name="Siti\x01 Aminah")])
    path.write_bytes(f"{header}\n{row}\n".encode("utf-16"))
    found = disnaker.receive(path, in_background=False)
    assert found.rows == 1


def test_very_long_cells_are_cut_to_their_column_and_kept_whole_as_sent(disnaker):
    found = disnaker.read([person(name="Siti " * 100, kelurahan="x" * 400)])
    row = Row.objects.get(list=found)
    assert len(row.name) == 200
    assert len(row.cells[6]) == 400


def test_a_large_list_is_judged_in_a_second_process_with_the_same_result(disnaker, monkeypatch):
    rows = [*people(6), people(6)[2], person(9, nik="3671")]
    here = disnaker.read(rows)
    monkeypatch.setattr("payung.apps.lists.services.reading._WORTH_A_PROCESS", 1)
    aside = disnaker.read([*rows, person(11)])

    def read(found):
        kept = Row.objects.filter(list=found).order_by("number")[: len(rows)]
        findings = Finding.objects.filter(list=found).values_list("row__number", "code")
        values = kept.values_list("number", "cells", "nik", "match_key", "severity", "region")
        return list(values), sorted(findings)

    assert read(aside) == read(here)
    assert "nik-repeated" in {code for _, code in read(aside)[1]}
    assert aside.rows == here.rows + 1
