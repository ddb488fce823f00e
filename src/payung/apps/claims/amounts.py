"""What the law gives for one event of one worker, from the months that were really paid."""

from dataclasses import dataclass
from datetime import date

from payung import law
from payung.apps.claims.models import ClaimKind
from payung.apps.contributions import selectors as contributions
from payung.apps.contributions.models import PaidMonth
from payung.apps.errors import DomainError
from payung.apps.workers.models import Worker


@dataclass(frozen=True)
class Assessment:
    """income: the registered base in rupiah, as paid for."""

    cover: law.Cover
    benefit: law.Benefit
    income: int


def assess(
    *, worker: Worker, kind: ClaimKind, on: date, months_unable: int | None = None
) -> Assessment:
    """Cover on that day and its benefits. Raises DomainError when there was no cover at all."""
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
    if kind == ClaimKind.JKM:
        benefit = law.jkm_benefit(on, cover, income)
    elif kind == ClaimKind.JKK_DEATH:
        benefit = law.jkk_death_benefit(on, cover, income)
    else:
        benefit = law.stmb_benefit(on, months_unable or 0, income, cover)
    return Assessment(cover, benefit, income)
