"""What the claim's page says of papers, dates and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import F
from django.utils.timezone import localdate, localtime

from payung import law
from payung.apps.claims.models import Claim, ClaimState, Deadline, Document, DocumentState
from payung.web.shell.formats import tanggal, tanggal_short, waktu

_NAMED = 4  # missing papers named in one sentence; all stand in the table
_YEAR = 365
_WHO = {"keluarga": "Keluarga", "bpjs": "BPJS Ketenagakerjaan"}
_AFTER = {
    "stage-one": "setelah laporan tahap I diterima",
    "concluded": "setelah kesimpulan BPJS Ketenagakerjaan",
    "asked": "setelah BPJS Ketenagakerjaan bertanya",
    "outcome": "setelah dokter menyatakan sembuh atau cacat",
    "submitted": "setelah klaim diajukan",
    "complete": "setelah berkas lengkap diajukan",
    "checked": "setelah pemeriksaan lapangan",
}
# met by filing and paying themselves; the others are noted by hand
_BY_ITSELF = {"stage-two", "payment", "lapse"}
_OVER = {ClaimState.PAID, ClaimState.REFUSED, ClaimState.CLOSED}


@dataclass(frozen=True)
class DueLine:
    """A deadline as a reader needs it: who, by when, and how urgent."""

    deadline: Deadline
    who: str
    by: str
    word: str
    tone: str
    can_meet: bool


@dataclass(frozen=True)
class HeirLine:
    name: str
    rank: str
    order: int
    phone: str


def due_lines(claim: Claim, on: date) -> list[DueLine]:
    """The claim's deadlines, nearest first; those without a date yet at the end."""
    found = claim.deadlines.order_by(F("due_at").asc(nulls_last=True), "id")
    return [_due_line(claim, item, on) for item in found]


def _due_line(claim: Claim, item: Deadline, on: date) -> DueLine:
    is_over = claim.state in _OVER
    word, tone = _urgency(item, on, is_over)
    can_meet = not (is_over or item.met_on or item.code in _BY_ITSELF) and bool(item.due_at)
    return DueLine(item, _WHO.get(item.who, item.who), _by(item), word, tone, can_meet)


def first_report(on: date) -> str:
    """How soon a work accident must be reported, in a sentence."""
    event = datetime.combine(on, time())
    (report,) = (each for each in law.claim_deadlines("jkk", event) if each.code == "stage-one")
    return report.steps[0].text


def _by(item: Deadline) -> str:
    if item.due_at is None:
        return _AFTER.get(item.counts_from, "menunggu tahap sebelumnya")
    local = localtime(item.due_at)
    return tanggal(local) if (local.hour, local.minute) == (23, 59) else waktu(local)


def _urgency(item: Deadline, on: date, is_over: bool) -> tuple[str, str]:
    if item.met_on:
        return f"Dipenuhi {tanggal_short(item.met_on)}", "good"
    if is_over:
        return "Tidak diperlukan lagi", "plain"
    if item.due_at is None:
        return "Belum berjalan", "plain"
    days = (localdate(item.due_at) - on).days
    if days < 0:
        return f"Lewat {-days} hari", "bad"
    if days == 0:
        return "Hari ini", "warn"
    if days > _YEAR:
        return f"{days // _YEAR} tahun lagi", "plain"
    return f"{days} hari lagi", "warn" if days <= 3 else "info"


def missing(papers: Sequence[Document]) -> list[Document]:
    """Required papers nobody has brought yet."""
    return [paper for paper in papers if paper.required and paper.state == DocumentState.MISSING]


def heir_lines(claim: Claim, day: date) -> list[HeirLine]:
    """Noted heirs in legal order, each with its rank in words."""
    ranks = {rank.code: rank.name for rank in law.heirs_order(day)}
    return [
        HeirLine(heir.name, ranks.get(heir.relation, heir.relation), heir.order, heir.phone)
        for heir in claim.heirs.all()
    ]


def next_step(
    claim: Claim, lacking: Sequence[Document], heirs: Sequence[HeirLine], due: list[DueLine]
) -> str:
    """What has to happen now, in one sentence; empty when the claim is over."""
    if claim.state == ClaimState.OPEN:
        if lacking:
            names = "; ".join(paper.name for paper in lacking[:_NAMED])
            more = f"; dan {len(lacking) - _NAMED} lagi" if len(lacking) > _NAMED else ""
            return f"Masih kurang {len(lacking)} dokumen. Mintalah kepada keluarga: {names}{more}."
        if claim.kind != "jkk" and not heirs:
            return "Dokumen lengkap. Catat ahli warisnya, mulai dari urutan pertama."
        return "Berkas lengkap. Serahkan ke kantor BPJS Ketenagakerjaan, lalu catat tanggalnya."
    if claim.state == ClaimState.FILED:
        payment = next((line for line in due if line.deadline.code == "payment"), None)
        by = f", paling lambat {payment.by}" if payment and payment.deadline.due_at else ""
        return f"Menunggu pembayaran dari BPJS Ketenagakerjaan{by}."
    return ""


def nearest(due: Sequence[DueLine], on: date) -> DueLine | None:
    """The first of these lines that still has to be met within a year."""
    for line in due:
        item = line.deadline
        if item.due_at and not item.met_on and (localdate(item.due_at) - on).days <= _YEAR:
            return line
    return None
