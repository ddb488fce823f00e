"""Made-up people with an approved plan, ready to be sent to BPJS."""

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import xlsxwriter
from django.utils import timezone

from payung.apps.enrolment import services
from payung.apps.enrolment.models import Batch
from payung.apps.funding.models import Allocation, Fund, FundKind, Plan, PlanState
from payung.apps.screening.models import Screening
from payung.apps.workers.models import Worker
from payung.law import bpu_contribution
from tests.support.cast import Cast

JANUARY, DECEMBER = date(2026, 1, 1), date(2026, 12, 1)
ANSWER = [
    "NOMOR_IDENTITAS", "NAMA_LENGKAP", "STATUS", "KPJ", "TGL_MULAI", "KODE_TOLAK", "ALASAN",
]  # fmt: skip


def kpj(number: int) -> str:
    return f"26{number:09}"


def people(
    count: int, region: str = "36.71.01.1001", first: int = 0, **values: object
) -> list[Worker]:
    """So many workers of a kelurahan, numbered from `first`; their NIK follows from the number."""
    now = timezone.now()
    defaults = {
        "birth_date": date(1980, 1, 12),
        "occupation": "pedagang",
        "region_id": region,
        "created_at": now,
        "updated_at": now,
    }
    return Worker.objects.bulk_create(
        Worker(nik=nik(number), name=f"Orang Rekaan {number}", **{**defaults, **values})
        for number in range(first, first + count)
    )


def nik(number: int) -> str:
    """Sixteen digits, a possible date, another one for each number up to 2,799,000."""
    day, serial = divmod(number, 9_999)
    return f"367101{1 + day % 28:02}{1 + day // 28:02}80{serial + 1:04}"


def fund(cast: Cast, kind: FundKind = FundKind.APBD, name: str = "", granted: int = 10**12) -> Fund:
    organisation = cast.perusahaan if kind == FundKind.CSR else cast.disnaker
    return Fund.objects.create(
        name=name or kind.label,
        kind=kind,
        region_id="36.71",
        organisation=organisation,
        first_month=JANUARY,
        last_month=DECEMBER,
        granted=granted,
        reserved=granted // 2,
    )


def plan(
    cast: Cast,
    who: Sequence[tuple[Fund, Iterable[Worker]]],
    first: date = JANUARY,
    last: date = DECEMBER,
    state: PlanState = PlanState.APPROVED,
) -> Plan:
    """A plan that gives each fund's workers all months from first to last."""
    screening = Screening.objects.create(
        region_id="36.71", on=first, made_by=cast.budi.user, made_at=timezone.now()
    )
    made = Plan.objects.create(
        name="Rencana percobaan",
        region_id="36.71",
        screening=screening,
        first_month=first,
        last_month=last,
        rules={},
        state=state,
        made_by=cast.budi.user,
        approved_by=cast.sari.user if state == PlanState.APPROVED else None,
    )
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    Allocation.objects.bulk_create(
        Allocation(
            plan=made,
            worker=worker,
            fund=fund,
            rank=rank,
            first_month=first,
            last_month=last,
            amount=months * bpu_contribution(first, funder=fund.kind).amount,
            reason="desil 1",
        )
        for fund, workers in who
        for rank, worker in enumerate(workers, start=1)
    )
    return made


def sent(cast: Cast, the_plan: Plan, start: date = JANUARY) -> list[Batch]:
    """The plan's batches, exported and marked as sent."""
    made = services.make_batches(actor=cast.budi.actor, plan=the_plan, start_month=start)
    for batch in made.batches:
        services.export(actor=cast.budi.actor, batch=batch)
        services.mark_sent(actor=cast.budi.actor, batch=batch)
        batch.refresh_from_db()
    return made.batches


def accepting(batch: Batch, on: date | None = None) -> list[list[str]]:
    """Answer rows that accept every line of the batch."""
    on = on or batch.start_month
    return [
        [line.nik, line.worker.name, "DITERIMA", kpj(line.worker_id), f"{on:%d-%m-%Y}", "", ""]
        for line in batch.lines.select_related("worker")
    ]


def workbook(
    rows: Sequence[Sequence[str]], headings: Sequence[str] = ANSWER, titles: int = 0
) -> bytes:
    """An answer workbook with sheet Hasil, every cell a text."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet("Hasil")
    for title in range(titles):
        page.write_string(title, 0, "BPJS Ketenagakerjaan cabang rekaan")
    page.write_row(titles, 0, headings)
    for at, row in enumerate(rows, start=titles + 1):
        for column, cell in enumerate(row):
            page.write_string(at, column, cell)
    book.close()
    return made.getvalue()


def answer_file(folder: Path, rows: Sequence[Sequence[str]], **how: object) -> Path:
    path = folder / "jawaban.xlsx"
    path.write_bytes(workbook(rows, **how))
    return path


def enrolled(cast: Cast, folder: Path, the_plan: Plan, start: date = JANUARY) -> list[Batch]:
    """The plan's batches, all accepted by the branch."""
    batches = sent(cast, the_plan, start)
    for batch in batches:
        services.read_answer(
            actor=cast.maya.actor, batch=batch, path=answer_file(folder, accepting(batch))
        )
        batch.refresh_from_db()
    return batches
