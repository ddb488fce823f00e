"""Workers as a spreadsheet."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import transaction

from payung.apps.accounts.actor import Actor
from payung.apps.accounts.policy import allows, require
from payung.apps.audit.services import record
from payung.apps.regions.models import Region
from payung.apps.workers.models import Worker, WorkerQuerySet
from payung.identity import Occupations, mask_nik
from payung.sheets import escape_formula

HEADINGS = (
    "NIK",
    "Nama",
    "Tempat Lahir",
    "Tanggal Lahir",
    "Jenis Kelamin",
    "Alamat",
    "RT/RW",
    "Kelurahan",
    "Kecamatan",
    "Pekerjaan",
    "Telepon",
    "KPJ",
    "Meninggal",
)
_FIELDS = (
    "nik", "name", "birth_place", "birth_date", "sex", "address", "rt_rw", "region_id",
    "occupation", "occupation_text", "phone", "kpj", "died_on",
)  # fmt: skip


@transaction.atomic
def export_workers(
    *, actor: Actor, workers: WorkerQuerySet, path: Path, filters: Mapping[str, Any] | None = None
) -> int:
    """Write workers from a scoped selector as .xlsx; returns how many.

    NIK are masked unless the policy lets the actor export them whole. All cells are texts, those
    that look like formulas escaped. Constant memory. The event names the workers and filters.
    """
    require(actor, "workers.view")
    whole = allows(actor, "workers.export")
    areas = dict(
        Region.objects.filter(code__startswith=actor.city_code).values_list("code", "name")
    )
    known = Occupations.packaged().by_code
    scoped = workers & Worker.objects.visible_to(actor)
    found = scoped.select_related(None).order_by("name", "id").values_list("id", *_FIELDS)
    numbers = []
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        page = book.add_worksheet("Pekerja")
        text = book.add_format({"num_format": "@"})
        page.set_column(0, len(HEADINGS) - 1, 18, text)
        page.freeze_panes(1, 0)
        page.write_row(0, 0, HEADINGS, book.add_format({"bold": True, "num_format": "@"}))
        for at, row in enumerate(found.iterator(chunk_size=2_000), 1):
            (number, nik, name, place, born, sex, address, rt_rw, region, occupation,
             occupation_text, phone, kpj, died_on) = row  # fmt: skip
            numbers.append(number)
            trade = known[occupation].name if occupation in known else occupation_text
            values = (
                nik if whole else mask_nik(nik), name, place, born, sex, address, rt_rw,
                areas.get(region, "") if len(region) == 13 else "", areas.get(region[:8], ""),
                trade, phone, kpj, died_on,
            )  # fmt: skip
            for column, value in enumerate(values):
                if value:
                    page.write_string(at, column, escape_formula(str(value)), text)
    record(
        actor=actor,
        act="workers.exported",
        noun="worker",
        rows=numbers,
        after={"count": len(numbers), "whole_nik": whole, "filters": dict(filters or {})},
    )
    return len(numbers)
