"""The offices of the made-up city, their people and what they agreed."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from payung.apps.accounts import first_run, services
from payung.apps.accounts.actor import Actor
from payung.apps.accounts.models import Kind, Membership, Organisation, Role, User
from payung.apps.agreements import services as agreements
from payung.apps.agreements.models import Agreement
from payung.apps.agreements.models import Kind as AgreementKind
from payung.apps.regions.models import Region
from payung.apps.regions.services import load_packaged as load_regions
from payung.demo.accounts import MEMBERS, PASSWORD
from payung.demo.senders import SENDERS

CITY = "36.71"
_SENDER_KINDS = {
    "opd": Kind.OFFICE,
    "puskesmas": Kind.OFFICE,
    "association": Kind.ASSOCIATION,
}


@dataclass(frozen=True)
class Office:
    """The people who act in the demo year, and the organisations by short code."""

    administrator: Actor
    operator: Actor
    verifier: Actor
    approver: Actor
    branch_officer: Actor
    organisations: dict[str, Organisation]

    def sender(self, slug: str) -> Organisation:
        return self.organisations[slug.replace(".", "-")]


def found_city() -> Office:
    """Region codes, organisations and one account per role."""
    load_regions(actor=None)
    first_run.found(
        region_code=CITY,
        office_name="Dinas Tenaga Kerja Kota Tangerang",
        name=MEMBERS[0][2],
        email=MEMBERS[0][3],
    )
    city = Region.objects.get(pk=CITY)
    government = Organisation.objects.get(slug="pemda", region=city)
    others = [
        (Kind.LEAD, "Dinas Sosial Kota Tangerang", "dinsos", government),
        (Kind.INSPECTORATE, "Inspektorat Kota Tangerang", "inspektorat", government),
        (Kind.BRANCH, "BPJS Ketenagakerjaan Cabang Tangerang (rekaan)", "bpjs", None),
        (Kind.COMPANY, "PT Sinar Abadi (rekaan)", "pt-sinar-abadi", None),
        (Kind.COMPANY, "PT Cahaya Benteng (rekaan)", "pt-cahaya-benteng", None),
    ]
    others += [
        (_SENDER_KINDS[sender.kind], sender.name, sender.slug, government)
        for sender in SENDERS.values()
        if sender.kind in _SENDER_KINDS
    ]
    services.create_organisations(
        actor=None,
        organisations=[
            Organisation(kind=kind, name=name, slug=slug, region=city, parent=parent)
            for kind, name, slug, parent in others
        ],
    )
    organisations = {
        organisation.slug: organisation
        for organisation in Organisation.objects.select_related("region")
    }
    actors = {}
    for slug, role, name, email in MEMBERS:
        if role != "administrator":
            services.add_member(
                actor=None,
                email=email,
                name=name,
                organisation=organisations[slug],
                role=Role(role),
            )
        membership = Membership.objects.select_related("user", "organisation").get(
            user__email=email
        )
        actors[slug, role] = Actor.of(membership)
    # one hash for all: they share one password, printed on the log-in page
    User.objects.update(password=make_password(PASSWORD))
    return Office(
        administrator=actors["pengampu", "administrator"],
        operator=actors["pengampu", "operator"],
        verifier=actors["pengampu", "verifier"],
        approver=actors["pemda", "approver"],
        branch_officer=actors["bpjs", "branch_officer"],
        organisations=organisations,
    )


def sign_agreements(office: Office) -> dict[str, Agreement]:
    """An MoU of three years and two PKS under it: the city's budget, a company's money."""
    mou = agreements.sign(
        actor=office.approver,
        kind=AgreementKind.MOU,
        number="560/01-MoU/2025",
        title="Pelindungan jaminan sosial ketenagakerjaan bagi pekerja rentan",
        first_party=office.organisations["pemda"],
        second_party=office.organisations["bpjs"],
        signed_on=date(2025, 11, 10),
        starts_on=date(2025, 12, 1),
        ends_on=date(2028, 11, 30),
    )
    clauses = [
        {
            "kind": "replacement",
            "text": "Peserta yang meninggal atau ditolak diganti dari daftar tunggu.",
        },
        {
            "kind": "refund",
            "text": "Iuran bulan setelah peserta meninggal dikembalikan ke sumber dananya.",
        },
        {"kind": "data", "text": "Perubahan data dilaporkan paling lambat tujuh hari kerja."},
    ]
    apbd = agreements.sign(
        actor=office.approver,
        kind=AgreementKind.PKS,
        number="560/02-PKS-Disnaker/2025",
        title="Iuran JKK dan JKM pekerja rentan tahun anggaran 2026",
        first_party=office.organisations["pengampu"],
        second_party=office.organisations["bpjs"],
        signed_on=date(2025, 12, 8),
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        parent=mou,
        quota=10_500,
        ceiling=2_116_800_000,
        clauses=clauses,
    )
    csr = agreements.sign(
        actor=office.approver,
        kind=AgreementKind.PKS,
        number="560/03-PKS-CSR/2025",
        title="Pelindungan pekerja rentan dari tanggung jawab sosial perusahaan",
        first_party=office.organisations["pengampu"],
        second_party=office.organisations["bpjs"],
        signed_on=date(2025, 12, 10),
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
        parent=mou,
        quota=3_000,
        clauses=clauses,
    )
    return {"mou": mou, "apbd": apbd, "csr": csr}
