"""A plan as the annex of an SK: one line per worker, in order of priority, and why a month costs
what it costs."""

from datetime import date
from io import BytesIO
from typing import IO

import xlsxwriter
from django.db import transaction
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from payung.apps.accounts import policy
from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import require
from payung.apps.audit.services import record
from payung.apps.funding.models import FundKind, Plan
from payung.apps.funding.selectors import allocations
from payung.apps.workers.models import Sector
from payung.identity import Occupations, mask_nik
from payung.law import month_name, steps_from_data
from payung.sheets import escape_formula

HEADINGS = (
    "No", "Nama", "NIK", "Kelurahan/desa", "Pekerjaan", "Dana", "Bulan pertama", "Bulan terakhir",
    "Jumlah (Rp)",
)  # fmt: skip
REASONS = (
    "Bulan pertama", "Bulan terakhir", "Sumber dana", "Sektor", "Iuran sebulan (Rp)", "Perhitungan",
    "Peraturan", "Dilihat di naskah",
)  # fmt: skip
_REASON_WIDTHS = (16, 16, 20, 14, 14, 70, 40, 14)
_WIDTHS = (6, 32, 20, 24, 28, 28, 16, 16, 14)


@transaction.atomic
def export(*, actor: Actor, plan: Plan) -> bytes:
    """The annex as an .xlsx workbook; the NIK is whole only for those who may export workers.

    plan: from selectors.plans. Cells a spreadsheet would run are escaped. Records an event.
    """
    require(actor, "plans.view")
    whole = policy.allows(actor, "workers.export")
    stream = BytesIO()
    count = _write(stream, actor, plan, whole_nik=whole)
    record(
        actor=actor,
        act="plan.exported",
        noun="plan",
        object_id=plan.pk,
        after={"rows": count, "whole_nik": whole},
    )
    return stream.getvalue()


def _write(stream: IO[bytes], actor: Actor, plan: Plan, *, whole_nik: bool) -> int:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    occupations = Occupations.packaged().by_code
    count = total = 0
    with xlsxwriter.Workbook(stream, options) as book:
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "top"})
        money = book.add_format({"num_format": "#,##0"})
        page = book.add_worksheet("Lampiran")
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(3)
        for column, width in enumerate(_WIDTHS):
            page.set_column(column, column, width)
        page.write_string(0, 0, escape_formula(f"Daftar penerima: {plan.name}"), bold)
        page.write_string(
            1, 0, f"{plan.region.name}, {month_name(plan.first_month)} sampai "
            f"{month_name(plan.last_month)} ({plan.get_state_display().lower()})",
        )  # fmt: skip
        page.write_row(3, 0, HEADINGS, head)
        held = allocations(actor=actor, plan=plan).filter(dropped_because="")
        for count, row in enumerate(held.iterator(chunk_size=2_000), 1):
            worker = row.worker
            known = occupations.get(worker.occupation)
            texts = (
                worker.name,
                worker.nik if whole_nik else mask_nik(worker.nik),
                worker.region.name,
                known.name if known else worker.occupation_text,
                row.fund.name,
                month_name(row.first_month),
                month_name(row.last_month),
            )
            page.write_number(count + 3, 0, count)
            for column, text in enumerate(texts, 1):
                page.write_string(count + 3, column, escape_formula(text))
            page.write_number(count + 3, 8, row.amount, money)
            total += row.amount
        page.write_string(count + 4, 1, "Jumlah", bold)
        page.write_number(count + 4, 8, total, money)
        _write_reasons(book.add_worksheet("Dasar iuran"), plan, head, money)
    return count


def _write_reasons(page: Worksheet, plan: Plan, head: Format, money: Format) -> None:
    """One line for each step of the law behind each price the plan used."""
    for column, width in enumerate(_REASON_WIDTHS):
        page.set_column(column, column, width)
    page.write_row(0, 0, REASONS, head)
    lines = [
        (price, step) for price in plan.rules["prices"] for step in steps_from_data(price["steps"])
    ]
    for row, (price, step) in enumerate(lines, 1):
        page.write_string(row, 0, month_name(date.fromisoformat(price["first_month"])))
        page.write_string(row, 1, month_name(date.fromisoformat(price["last_month"])))
        page.write_string(row, 2, FundKind(price["kind"]).label)
        page.write_string(row, 3, Sector(price["sector"]).label)
        page.write_number(row, 4, price["amount"], money)
        page.write_string(row, 5, step.text)
        page.write_string(row, 6, str(step.source))
        page.write_string(row, 7, "ya" if step.verified else "belum")
