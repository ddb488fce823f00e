"""The made-up city's year 2026, lived through the same services an office uses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.utils import timezone

from payung.apps.accounts.actor import Actor
from payung.apps.agreements.models import Agreement
from payung.apps.claims import services as claims
from payung.apps.claims.models import Claim, ClaimKind, DocumentState
from payung.apps.contributions import services as contributions
from payung.apps.contributions.models import PaidMonth
from payung.apps.db.months import months_between
from payung.apps.enrolment import services as enrolment
from payung.apps.enrolment.models import Batch
from payung.apps.funding import decisions, plans
from payung.apps.funding import services as funding
from payung.apps.funding.models import Fund, FundKind, Plan
from payung.apps.jobs.progress import Progress, Silent
from payung.apps.lists import selectors as list_selectors
from payung.apps.lists import services as lists
from payung.apps.lists.models import Band, Decision
from payung.apps.outreach import services as outreach
from payung.apps.outreach.models import Reply
from payung.apps.regions.models import Region
from payung.apps.screening import services as screening
from payung.apps.screening.models import ReferenceKind, Screening
from payung.apps.workers.models import Worker
from payung.demo.branch import answer
from payung.demo.city import City, CityFiles, make_city
from payung.demo.office import CITY, Office, found_city, sign_agreements
from payung.law import bpu_contribution

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 1)
# December is paid ahead, with the last payment order of the budget year
_LAST_PAYMENT = date(2026, 11, 20)
_APBD_PEOPLE = 9_000
_TOLD_APART = 2  # pairs; the others wait for whoever tries the demo
_DEATH = datetime(2026, 9, 12, 5, 30)  # noqa: DTZ001
_ACCIDENT = datetime(2026, 6, 9, 16, 45)  # noqa: DTZ001


@dataclass
class Year:
    """One run: call `steps`, each yields its Indonesian name before it begins."""

    folder: Path
    rows: int = 20_000
    progress: Progress = field(default_factory=Silent)
    city: City | None = None
    files: CityFiles | None = None

    def steps(self) -> Iterator[str]:
        """Live the year; every stage in its own transaction. Yields what comes next."""
        yield "Membuat warga dan berkas kota rekaan"
        city = self.city = make_city(rows=self.rows)
        files = self.files = city.write(self.folder)
        yield "Organisasi dan akun"
        office = found_city()
        yield "MoU, dua PKS dan janji perusahaan"
        agreements = sign_agreements(office)
        _ask_companies(office)
        for number, sent in enumerate(files.lists, start=1):
            yield f"Daftar {number} dari {len(files.lists)}: {sent.sender.name}"
            taken = lists.receive(
                actor=office.operator,
                sender=office.sender(sent.sender.slug),
                file=sent.path,
                filename=sent.path.name,
                start_month=FIRST,
                subject=sent.subject,
                agreement=agreements["apbd"],
                in_background=False,
                progress=self.progress,
            )
            lists.accept(
                actor=office.verifier, list=taken, progress=self.progress, then_check=False
            )
        yield "Pekerja baru dibandingkan dengan seluruh daftar pekerja"
        _tell_apart(office, self.progress)
        yield "Penyaringan terhadap empat daftar acuan"
        screened = _screen(office, files, self.progress)
        yield "Dana APBD dan dua CSR, lalu rencana"
        plan = _plan(office, agreements, screened)
        yield "Berkas pendaftaran ke BPJS dan jawabannya"
        _enrol(office, plan, city, self.folder)
        for month in months_between(FIRST, LAST):
            yield f"Iuran {month:%m-%Y}"
            _contribute(office, month)
            if month.month == _ACCIDENT.month:
                _accident(office)
            if month.month == _DEATH.month:
                _death(office)
        yield "Selesai"


def _tell_apart(office: Office, progress: Progress) -> None:
    """Who may be one person is looked for in the whole registry; the verifier confirms who is
    almost certainly one and tells a few others apart."""
    everything = list_selectors.lists(actor=office.verifier)
    lists.check_lists(actor=office.verifier, lists=[*everything], progress=progress)
    waiting = list_selectors.worker_reviews(actor=office.verifier)
    lists.decide_pairs(
        actor=office.verifier,
        pairs=waiting.filter(band=Band.SAME),
        decision=Decision.SAME,
        reason="KTP keduanya sudah dicocokkan",
    )
    for pair in waiting.order_by("probability")[:_TOLD_APART]:
        lists.decide_pair(
            actor=office.verifier,
            pair=pair,
            decision=Decision.DIFFERENT,
            reason="Dua orang, menurut RT",
        )


def _ask_companies(office: Office) -> None:
    companies = [office.organisations[slug] for slug in ("pt-sinar-abadi", "pt-cahaya-benteng")]
    circular = outreach.send_circular(
        actor=office.operator,
        number="500.15/117-SE/2025",
        title="Ajakan melindungi pekerja rentan di sekitar perusahaan",
        signed_on=date(2025, 11, 17),
        companies=companies,
    )
    for recipient in circular.recipients.all():
        outreach.note_reply(
            actor=office.operator, recipient=recipient, reply=Reply.YES, on=date(2025, 12, 1)
        )
    for company, people, amount in zip(
        companies, (1_000, 1_500), (126_000_000, 151_200_000), strict=True
    ):
        outreach.pledge(
            actor=office.operator,
            company=company,
            people=people,
            months=12,
            amount=amount,
            pledged_on=date(2025, 12, 1),
            circular=circular,
        )
    outreach.hold_gathering(
        actor=office.operator,
        region=Region.objects.get(pk="36.71.05.1001"),
        on=date(2026, 1, 22),
        topic="Hak keluarga atas santunan dan cara melapor",
        place="Aula Kelurahan Cipondoh",
        attended=140,
    )


def _screen(office: Office, files: CityFiles, progress: Progress) -> Screening:
    calendar = files.calendar
    for kind, path, as_of in (
        (ReferenceKind.BPJS_ACTIVE, files.bpjs_active, calendar.bpjs_active),
        (ReferenceKind.DEATHS, files.deaths, calendar.deaths),
        (ReferenceKind.ASN, files.asn, calendar.asn),
        (ReferenceKind.DTSEN, files.dtsen, calendar.dtsen),
    ):
        screening.load_reference(actor=office.verifier, kind=kind, path=path, as_of=as_of)
    made = screening.run(
        actor=office.verifier, region=Region.objects.get(pk=CITY), on=FIRST, progress=progress
    )
    screening.confirm_deaths(actor=office.verifier, screening=made)
    return made


def _plan(office: Office, agreements: dict[str, Agreement], screened: Screening) -> Plan:
    funds = [
        _fund(
            office,
            "APBD 2026",
            FundKind.APBD,
            "pemda",
            agreements["apbd"],
            _APBD_PEOPLE * bpu_contribution(FIRST, funder="apbd", months=12).amount,
        ),
        _fund(
            office,
            "CSR PT Sinar Abadi 2026",
            FundKind.CSR,
            "pt-sinar-abadi",
            agreements["csr"],
            126_000_000,
            kelurahan_prefixes=["36.71.02", "36.71.07", "36.71.08", "36.71.09"],
        ),
        _fund(
            office,
            "CSR PT Cahaya Benteng 2026",
            FundKind.CSR,
            "pt-cahaya-benteng",
            agreements["csr"],
            151_200_000,
            categories=["transportasi"],
        ),
    ]
    for fund in funds[1:]:
        pledge = fund.organisation.pledges.get()
        outreach.fulfil_pledge(actor=office.operator, pledge=pledge, fund=fund)
    plan = plans.make(
        actor=office.verifier,
        name="Pelindungan pekerja rentan 2026",
        screening=screened,
        first_month=FIRST,
        last_month=LAST,
        funds=funds,
    )
    return decisions.approve(actor=office.approver, plan=plan)


def _fund(
    office: Office,
    name: str,
    kind: FundKind,
    owner: str,
    agreement: Agreement,
    amount: int,
    **limits: list[str],
) -> Fund:
    fund = funding.create_fund(
        actor=office.approver,
        name=name,
        kind=kind,
        organisation=office.organisations[owner],
        first_month=FIRST,
        last_month=LAST,
        agreement=agreement,
        **limits,
    )
    funding.grant(
        actor=office.approver, fund=fund, amount=amount, on=date(2026, 1, 2), note="Anggaran 2026"
    )
    fund.refresh_from_db()
    return fund


def _enrol(office: Office, plan: Plan, city: City, folder: Path) -> None:
    sent, answered = folder / "kirim", folder / "jawab"
    for place in (sent, answered):
        place.mkdir(exist_ok=True)
    made = enrolment.make_batches(actor=office.verifier, plan=plan, start_month=FIRST)
    for batch in made.batches:
        upload = sent / f"{batch.number}.xlsx".replace("/", "-")
        upload.write_bytes(enrolment.export(actor=office.verifier, batch=batch))
        batch = enrolment.mark_sent(actor=office.verifier, batch=_fresh(batch))
        reply = answered / upload.name
        answer(upload, reply, city=city, on=FIRST)
        enrolment.read_answer(
            actor=office.branch_officer, batch=batch, path=reply, filename=reply.name
        )


def _fresh(batch: Batch) -> Batch:
    return Batch.objects.get(pk=batch.pk)


def _contribute(office: Office, month: date) -> None:
    region = Region.objects.get(pk=CITY)
    for invoice in contributions.issue(actor=office.verifier, region=region, month=month):
        contributions.pay(
            actor=office.approver,
            invoice=invoice,
            amount=invoice.amount,
            paid_on=min(month.replace(day=10), _LAST_PAYMENT),
            reference=f"SP2D-{invoice.number}",
        )


def _accident(office: Office) -> None:
    """An ojek driver falls in the rain and cannot work for three months."""
    claim = claims.open_claim(
        actor=office.operator,
        worker=_insured(sector="transport"),
        kind=ClaimKind.JKK,
        event_at=timezone.make_aware(_ACCIDENT),
        place="Jalan Daan Mogot, Batuceper",
        story="Terjatuh saat mengantar penumpang di jalan licin.",
        reporter_name="Ketua paguyuban ojek",
        reporter_phone="081200000001",
        months_unable=3,
    )
    _follow(office, claim, filed=date(2026, 9, 14), paid=date(2026, 9, 22))


def _death(office: Office) -> None:
    """A street worker dies of illness after nine paid months."""
    claim = claims.open_claim(
        actor=office.operator,
        worker=_insured(sector="other"),
        kind=ClaimKind.JKM,
        event_at=timezone.make_aware(_DEATH),
        place="Rumah",
        story="Meninggal karena sakit.",
        reporter_name="Istri almarhum",
        reporter_phone="081200000002",
    )
    claims.add_heir(
        actor=office.operator, claim=claim, name="Istri almarhum (rekaan)", relation="spouse-child"
    )
    _follow(office, claim, filed=date(2026, 9, 23), paid=date(2026, 9, 25))


def _insured(*, sector: str) -> Worker:
    """The first living worker of that sector with cover paid from the first month."""
    paid = PaidMonth.objects.filter(month=FIRST, worker__sector=sector, worker__died_on=None)
    return paid.select_related("worker").earliest("worker_id").worker


def _follow(office: Office, claim: Claim, *, filed: date, paid: date) -> None:
    for document in claim.documents.all():
        claims.set_document(
            actor=office.operator, claim=claim, document=document, state=DocumentState.VERIFIED
        )
    claims.file(actor=office.operator, claim=claim, on=filed)
    claims.record_payment(
        actor=office.branch_officer, claim=claim, paid_on=paid, amount=claim.benefit_total
    )


def actor_for_report() -> Actor:
    """Who reads the report: the lead office's administrator."""
    from payung.apps.accounts.selectors import terminal_actor

    return terminal_actor(email=None)
