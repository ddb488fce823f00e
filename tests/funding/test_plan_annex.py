from io import BytesIO

import openpyxl
import pytest

from payung.apps.audit.models import Event
from payung.apps.errors import NotAllowed
from payung.apps.funding import annex
from payung.apps.funding.models import FundKind
from payung.identity import mask_nik
from tests.funding.conftest import YEAR


def sheet(content: bytes):
    return openpyxl.load_workbook(BytesIO(content)).active


def test_the_annex_names_each_worker_with_fund_months_and_amount(cast, fund, workers, planned):
    one, _ = workers(2, occupation="linmas")
    plan = planned([fund(9 * YEAR)])
    page = sheet(annex.export(actor=cast.budi.actor, plan=plan))
    rows = list(page.iter_rows(min_row=4, values_only=True))
    assert rows[0][:3] == ("No", "Nama", "NIK")
    assert rows[1] == (
        1, one.name, one.nik, "Sukarasa", "Anggota linmas", "APBD 2026", "Januari 2026",
        "Desember 2026", YEAR,
    )  # fmt: skip
    assert rows[3][1] == "Jumlah"
    assert rows[3][8] == 2 * YEAR
    assert page["C5"].data_type == "s"


def test_who_may_not_export_workers_gets_masked_niks(cast, fund, workers, planned):
    (one,) = workers(1)
    plan = planned([fund(9 * YEAR)])
    page = sheet(annex.export(actor=cast.sari.actor, plan=plan))
    assert page["C5"].value == mask_nik(one.nik)
    assert Event.objects.get(act="plan.exported").after == {"rows": 1, "whole_nik": False}


def test_a_formula_in_a_name_is_only_text(cast, fund, workers, planned):
    (one,) = workers(1)
    one.name = '=HYPERLINK("http://contoh.test","klik")'
    one.save()
    plan = planned([fund(9 * YEAR)])
    cell = sheet(annex.export(actor=cast.budi.actor, plan=plan))["B5"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'=")


def test_an_operator_of_a_kelurahan_gets_no_annex(cast, fund, workers, planned):
    workers(1)
    plan = planned([fund(9 * YEAR)])
    with pytest.raises(NotAllowed):
        annex.export(actor=cast.yanti.actor, plan=plan)


def test_a_second_sheet_says_why_a_month_costs_what_it_costs(cast, fund, workers, planned):
    workers(1)
    plan = planned([fund(YEAR, kind=FundKind.APBDES)])
    book = openpyxl.load_workbook(BytesIO(annex.export(actor=cast.sari.actor, plan=plan)))
    rows = list(book["Dasar iuran"].iter_rows(min_row=2, values_only=True))
    assert {row[:5] for row in rows} == {
        ("Januari 2026", "Maret 2026", "APBDes", "Lainnya", 16_800),
        ("April 2026", "Desember 2026", "APBDes", "Lainnya", 16_800),
    }
    assert "tidak menyebut APBDes" in rows[-1][5]
    assert rows[-1][6:] == ("PP 50/2025 Pasal 2-4", "belum")
