"""Workers as a spreadsheet."""

import openpyxl
import pytest

from payung.apps.audit.models import Event
from payung.apps.errors import NotAllowed
from payung.apps.workers import selectors
from payung.apps.workers.export import HEADINGS, export_workers
from payung.apps.workers.models import Worker
from tests.lists.files import person


def exported(person_, path):
    count = export_workers(
        actor=person_.actor,
        workers=selectors.workers(actor=person_.actor, text="siti"),
        path=path,
        filters={"text": "siti"},
    )
    page = openpyxl.load_workbook(path).active
    rows = [dict(zip(HEADINGS, values, strict=True)) for values in page.values][1:]
    assert count == len(rows)
    return rows


@pytest.fixture(autouse=True)
def known(disnaker):
    disnaker.accepted([person(1), person(2, name="Kartini")])


def test_a_verifier_gets_whole_niks_and_the_event_says_so(cast, tmp_path):
    (row,) = exported(cast.budi, tmp_path / "a.xlsx")
    assert (row["NIK"], row["Kelurahan"], row["Kecamatan"]) == (
        "3671014508820001",
        "Sukarasa",
        "Tangerang",
    )
    event = Event.objects.get(act="workers.exported")
    assert event.after == {"count": 1, "whole_nik": True, "filters": {"text": "siti"}}
    assert event.row_count == 1


def test_others_get_masked_niks(cast, tmp_path):
    (row,) = exported(cast.rina, tmp_path / "a.xlsx")
    assert row["NIK"] == "367101••••••0001"


def test_formulas_are_escaped(cast, tmp_path):
    Worker.objects.filter(name="Siti Aminah").update(name="=HYPERLINK(1)siti", address="+62")
    (row,) = exported(cast.budi, tmp_path / "a.xlsx")
    assert (row["Nama"], row["Alamat"]) == ("'=HYPERLINK(1)siti", "'+62")


def test_workers_out_of_reach_are_left_out_whatever_is_asked(cast, tmp_path):
    count = export_workers(
        actor=cast.joko.actor, workers=Worker.objects.all(), path=tmp_path / "a.xlsx"
    )
    assert count == 0


def test_a_company_exports_nobody(cast, tmp_path):
    with pytest.raises(NotAllowed):
        exported(cast.hendra, tmp_path / "a.xlsx")
