"""What the law gives for one event of one worker, from the months that were really paid."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from payung import law
from payung.apps.claims.models import ClaimKind
from payung.apps.contributions import selectors as contributions
from payung.apps.contributions.models import PaidMonth
from payung.apps.errors import DomainError
from payung.apps.workers.models import Worker

_CASES = {
    ClaimKind.JKM: "death",
    ClaimKind.JKK: "temporary-disability",
    ClaimKind.JKK_DEATH: "work-death",
}


@dataclass(frozen=True)
class Assessment:
    """income: the registered base in rupiah, as paid for."""

    cover: law.Cover
    benefit: law.Benefit
    income: int


def assess(
    *,
    worker: Worker,
    kind: ClaimKind,
    on: date,
    months_unable: int | None = None,
    sudden: bool = False,
    disability: Sequence[str] = (),
    left_handed: bool = False,
    children: Sequence[int] = (),
) -> Assessment:
    """Cover on that day and its benefits; `children`: ages of those who could have a scholarship.

    `sudden`: a sudden death while working. `disability`: codes of `law.disability_benefit`.
    Raises DomainError when there was no cover at all, for what does not belong to the kind or
    what the law cannot count, and for a sudden death that is no work accident yet.
    """
    cover = contributions.cover_on(worker=worker, day=on)
    income = (
        PaidMonth.objects.filter(worker=worker, program="jkk", month__lte=on)
        .order_by("-month")
        .values_list("base", flat=True)
        .first()
    )
    has_cover = cover.jkm if kind == ClaimKind.JKM else cover.jkk
    if income is None or has_cover == "none":
        raise DomainError(
            f"Tidak ada perlindungan pada {law.long_date(on)} menurut bulan iuran yang terbayar. "
            + " ".join(step.text for step in cover.steps)
            + " Periksa tanggal kejadian dan pembayaran iurannya."
        )
    if children and kind == ClaimKind.JKK and not disability:
        raise DomainError(
            "Beasiswa anak tidak diberikan untuk kecelakaan ini; kosongkan umur anak."
        )
    if months_unable and kind == ClaimKind.JKM:
        raise DomainError("Bulan tidak mampu bekerja hanya untuk kecelakaan kerja; kosongkan.")
    if sudden and kind != ClaimKind.JKK_DEATH:
        raise DomainError(
            "Meninggal mendadak saat bekerja hanya dicatat pada meninggal karena kecelakaan kerja "
            "(JKK); ganti jenisnya atau hapus centangnya."
        )
    counted = _counted(worker, on)
    cover = replace(cover, paid_months=len(counted.months))
    try:
        benefit = law.benefit(
            "work-disability" if disability else _CASES[kind],
            on,
            cover,
            income=income,
            children=children,
            months_unable=months_unable or 0,
            sudden=sudden,
            disability=disability,
            left_handed=left_handed,
        )
    except law.LawError as error:
        raise DomainError(str(error)) from error
    for step in benefit.steps:
        if step.sentence == "benefits.sudden-too-early":
            raise DomainError(f"{step.text} Pilih jenis «{ClaimKind.JKM.label}».")
    if counted.elsewhere:
        why = [step for step in counted.steps if step.rule == "bpu.counted-months"]
        benefit = replace(benefit, steps=(*benefit.steps, *why))
    return Assessment(cover, benefit, income)


def _counted(worker: Worker, on: date) -> law.CountedMonths:
    """The months paid by then on the number that held on that day; others do not add up."""
    paid = PaidMonth.objects.filter(worker=worker, program="jkm", payment__paid_on__lte=on)
    rows = list(paid.order_by("month").values_list("month", "kpj"))
    numbers = [kpj for month, kpj in rows if month <= on]
    return law.counted_months(
        [law.PaidMonth(month, kpj, worker.nik) for month, kpj in rows],
        on,
        kpj=numbers[-1] if numbers else None,
        nik=worker.nik if numbers else None,
    )
