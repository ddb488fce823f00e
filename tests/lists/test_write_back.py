"""Giving a list back with its problems marked."""

import openpyxl
import pytest

from payung.apps.errors import DomainError
from payung.apps.lists import services
from payung.apps.lists.models import Row
from payung.sheets import NOTE_HEADING
from tests.lists.files import person


def test_problem_cells_are_coloured_and_explained_until_corrected(disnaker, tmp_path):
    found = disnaker.read([person(1, nik="36"), person(2, name="=1+1"), person(3)])
    row = Row.objects.get(list=found, number=4)
    services.correct(actor=disnaker.actor, row=row, values={"nik": person(1)[0]})
    path = services.write_back(actor=disnaker.actor, list=found, path=tmp_path / "kembali.xlsx")
    page = openpyxl.load_workbook(path)["Data"]
    notes = {cell.row: cell.value for cell in page["J"] if cell.value}
    assert notes.keys() == {3, 5}
    assert notes[3] == NOTE_HEADING
    assert "rumus" in notes[5]
    assert page["C5"].value == "'=1+1"
    assert page["C5"].fill.start_color.rgb.endswith("F6C7C1")


def test_a_list_sent_again_keeps_what_was_corrected_here(disnaker, tmp_path):
    found = disnaker.read([person(1, nik="36"), person(2, nik="37")])
    row = Row.objects.get(list=found, number=4)
    services.correct(actor=disnaker.actor, row=row, values={"nik": person(1)[0], "email": "a@b.id"})
    path = services.write_back(actor=disnaker.actor, list=found, path=tmp_path / "kembali.xlsx")
    page = openpyxl.load_workbook(path)["Data"]
    assert [page["B4"].value, page["B5"].value] == [person(1)[0], "37"]


def test_a_list_not_yet_read_is_not_given_back(disnaker, tmp_path):
    found = disnaker.receive(disnaker.file([person()]))
    with pytest.raises(DomainError, match="belum dibaca"):
        services.write_back(actor=disnaker.actor, list=found, path=tmp_path / "x.xlsx")
