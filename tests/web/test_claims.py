"""The claim's pages: the counter, the papers, the dates, the money and the family's sheet."""

from datetime import date

import pytest
from django.urls import reverse

from payung import law
from payung.apps.audit.models import Access
from payung.apps.claims import services
from payung.apps.claims.models import Claim, ClaimKind, ClaimState
from tests.claims import conftest as families
from tests.claims.conftest import SEPTEMBER, complete
from tests.support import way

standing, worker = families.standing, families.worker

SAID = {"kind": "jkm", "event_at": "2026-09-12T05:00", "reporter_name": "Tetangga almarhum"}


@pytest.fixture
def claim(cast, worker):
    return services.open_claim(
        actor=cast.yanti.actor,
        worker=worker,
        kind=ClaimKind.JKM,
        event_at=SEPTEMBER,
        reporter_name="Tetangga almarhum",
    )


def test_a_kelurahan_opens_a_claim_and_sees_what_is_owed_and_missing(cast, worker, client_of):
    client = client_of(cast.yanti)
    said = client.post(reverse("claims:new", args=[worker.pk]), SAID, follow=True)
    page = said.content.decode()
    assert said.redirect_chain == [(reverse("claims:detail", args=[Claim.objects.get().pk]), 302)]
    assert "Rp42.000.000" in page
    assert "Masih kurang 6 dokumen" in page
    assert "Akta kematian" in page


def test_opening_a_claim_is_noted_in_the_access_log(cast, claim, client_of):
    client_of(cast.budi).get(reverse("claims:detail", args=[claim.pk]))
    assert Access.objects.filter(user=cast.budi.user, noun="claim", object_id=claim.pk).exists()


def test_a_death_without_cover_says_why_on_the_form(cast, worker, client_of):
    said = client_of(cast.rina).post(
        reverse("claims:new", args=[worker.pk]), {**SAID, "event_at": "2025-12-31T05:00"}
    )
    assert said.status_code == 200
    assert "Tidak ada perlindungan pada 31 Desember 2025" in said.content.decode()
    assert not Claim.objects.exists()


@pytest.mark.parametrize("missing", ["event_at", "reporter_name"])
def test_what_must_be_said_is_asked_for(cast, worker, client_of, missing):
    said = client_of(cast.rina).post(reverse("claims:new", args=[worker.pk]), {**SAID, missing: ""})
    assert said.context["form"].errors[missing]


@pytest.mark.parametrize("who", ["joko", "asep", "wayan"])
def test_a_claim_and_its_worker_do_not_exist_elsewhere(cast, claim, client_of, who):
    client = client_of(cast.people[who])
    for name, args in (
        ("claims:detail", [claim.pk]),
        ("claims:sheet", [claim.pk]),
        ("claims:new", [claim.worker_id]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404, name
    assert claim.number not in client.get(reverse("claims:index")).content.decode()


def test_a_company_never_comes_near_a_claim(cast, claim, client_of):
    client = client_of(cast.hendra)
    for name, args in (("claims:index", []), ("claims:detail", [claim.pk])):
        said = client.get(reverse(name, args=args))
        assert said.status_code == 403
        assert claim.worker.name not in said.content.decode()


@pytest.mark.parametrize("name", ["heir", "file", "paid", "end", "outcome"])
def test_what_writes_refuses_a_get(cast, claim, client_of, name):
    assert client_of(cast.agus).get(reverse(f"claims:{name}", args=[claim.pk])).status_code == 405


def test_papers_come_in_one_by_one(cast, claim, client_of):
    paper = claim.documents.get(code="death-certificate")
    client = client_of(cast.yanti)
    address = reverse("claims:document", args=[claim.pk, paper.pk])
    client.post(address, {"state": "received"})
    paper.refresh_from_db()
    assert paper.state == "received"
    client.post(address, {"state": "hilang"})
    paper.refresh_from_db()
    assert paper.state == "received"
    page = client.get(reverse("claims:detail", args=[claim.pk])).content.decode()
    assert "Masih kurang 5 dokumen" in page


def test_a_paper_of_another_claim_is_not_found(cast, claim, client_of):
    other = way.insured(cast, months=9, first=30)[0]
    second = services.open_claim(
        actor=cast.rina.actor,
        worker=other,
        kind=ClaimKind.JKM,
        event_at=SEPTEMBER,
        reporter_name="X",
    )
    strange = reverse("claims:document", args=[claim.pk, second.documents.first().pk])
    assert client_of(cast.rina).post(strange, {"state": "received"}).status_code == 404
    strange = reverse("claims:deadline", args=[claim.pk, second.deadlines.first().pk])
    assert client_of(cast.rina).post(strange, {"on": "2026-09-13"}).status_code == 404


def test_from_heir_to_money(cast, claim, client_of):
    complete(cast, claim)
    client = client_of(cast.rina)
    here = reverse("claims:detail", args=[claim.pk])
    assert "Berkas lengkap" in client.get(here).content.decode()
    client.post(reverse("claims:file", args=[claim.pk]), {"on": "2026-09-21"})
    assert "paling lambat 24 September 2026" in client.get(here).content.decode()
    branch = client_of(cast.maya)
    short = {"paid_on": "2026-09-23", "amount": "40000000"}
    said = branch.post(reverse("claims:paid", args=[claim.pk]), short)
    assert "berbeda dari perhitungan" in said.content.decode()
    branch.post(reverse("claims:paid", args=[claim.pk]), {**short, "amount": "42000000"})
    claim.refresh_from_db()
    assert (claim.state, claim.paid_on) == (ClaimState.PAID, date(2026, 9, 23))
    page = client.get(here).content.decode()
    assert "Tidak diperlukan lagi" in page
    assert "Dipenuhi 23 Sep 2026" in page


def test_an_incomplete_file_comes_back_with_what_is_missing(cast, claim, client_of):
    here = reverse("claims:detail", args=[claim.pk])
    said = client_of(cast.rina).post(
        reverse("claims:file", args=[claim.pk]),
        {"on": "2026-09-21"},
        follow=True,
        headers={"referer": f"http://testserver{here}"},
    )
    assert "masih kurang: Kartu peserta" in said.content.decode()


def test_the_first_report_of_an_accident_is_noted(cast, worker, client_of):
    claim = services.open_claim(
        actor=cast.rina.actor,
        worker=worker,
        kind=ClaimKind.JKK,
        event_at=SEPTEMBER,
        reporter_name="Rekan",
        months_unable=2,
    )
    client = client_of(cast.rina)
    first = claim.deadlines.get(code="stage-one")
    client.post(reverse("claims:deadline", args=[claim.pk, first.pk]), {"on": "2026-09-13"})
    client.post(reverse("claims:outcome", args=[claim.pk]), {"on": "2026-10-01"})
    page = client.get(reverse("claims:detail", args=[claim.pk])).content.decode()
    assert "13 Oktober 2026" in page
    assert "Dipenuhi 13 Sep 2026" in page
    assert claim.deadlines.get(code="stage-two").due_at is not None


@pytest.fixture
def injury(cast, worker):
    return services.open_claim(
        actor=cast.rina.actor,
        worker=worker,
        kind=ClaimKind.JKK,
        event_at=SEPTEMBER,
        reporter_name="Rekan",
    )


def test_a_disability_is_chosen_by_name_and_its_amount_shown(cast, injury, client_of):
    client = client_of(cast.rina)
    here = reverse("claims:detail", args=[injury.pk])
    outcome = reverse("claims:outcome", args=[injury.pk])
    assert "Tangan dari atau di atas pergelangan ke bawah, kanan" in client.get(here).text
    said = {"on": "2026-10-01", "months_unable": "2", "part1": "hand-right", "extent1": "40"}
    page = client.post(outcome, {**said, "part2": "sight", "extent2": "20"}, follow=True).text
    injury.refresh_from_db()
    assert injury.disability == ["hand-right@40", "sight:20"]
    assert "Cacat sebagian fungsi: Tangan" in page
    assert law.rupiah(injury.benefit_total) in page
    form = client.get(here).context["outcome_form"]
    assert form["extent1"].initial == "40"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"part1": "thumb-right", "part2": "thumb-right"}, "dua kali"),
        ({"part1": "sight"}, "diukur"),
        ({"extent1": "40"}, "Pilih cacatnya"),
        ({"children": "tujuh"}, "Tulis umur anak dengan angka"),
    ],
)
def test_a_disability_that_cannot_be_counted_stays_on_the_form(
    cast, injury, client_of, said, sentence
):
    outcome = reverse("claims:outcome", args=[injury.pk])
    page = client_of(cast.rina).post(outcome, {"on": "2026-10-01", **said})
    assert page.status_code == 200
    assert sentence in page.text
    injury.refresh_from_db()
    assert injury.disability == []


def test_a_sudden_death_is_ticked_and_refused_before_its_months(cast, worker, client_of):
    new = reverse("claims:new", args=[worker.pk])
    page = client_of(cast.yanti).post(new, {**SAID, "kind": "jkk_death", "sudden": "on"}).text
    assert "Meninggal mendadak baru menjadi JKK setelah" in page
    assert not Claim.objects.exists()


def test_a_family_without_a_claim_is_at_the_top(cast, worker, client_of):
    from payung.apps.workers import services as workers

    workers.record_death(actor=cast.rina.actor, worker=worker, died_on=date(2026, 9, 12))
    page = client_of(cast.yanti).get(reverse("claims:index")).content.decode()
    assert "Keluarga yang perlu dihubungi" in page
    assert worker.name in page
    assert "Keluarga yang perlu" not in (
        client_of(cast.joko).get(reverse("claims:index")).content.decode()
    )


def test_the_familys_sheet_has_no_nik_and_what_to_bring(cast, claim, client_of):
    page = client_of(cast.yanti).get(reverse("claims:sheet", args=[claim.pk])).content.decode()
    assert claim.worker.nik not in page
    for words in ("Rp42.000.000", "Dokumen yang masih harus dibawa", "Janda, duda, atau anak"):
        assert words in page


def test_ages_of_children_are_asked_for_and_their_scholarship_shown(cast, worker, client_of):
    client, new = client_of(cast.yanti), reverse("claims:new", args=[worker.pk])
    assert "48 jam" in client.get(new).text
    at_work = {**SAID, "kind": "jkk_death"}
    refused = client.post(new, {**at_work, "children": "tujuh"})
    assert "Tulis umur anak dengan angka" in refused.text
    page = client.post(new, {**at_work, "children": "7; 16"}, follow=True).text
    assert "dibayar setiap tahun ajaran" in page
    assert "Untuk beasiswa." in page
    assert "Mengapa tanggal-tanggal ini?" in page
    sheet = client.get(reverse("claims:sheet", args=[Claim.objects.get().pk])).text
    assert "belum terverifikasi" in sheet
