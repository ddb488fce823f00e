"""Screening, funds and plans as people see them, on phone and desk."""

from datetime import date

from playwright.sync_api import expect

from payung.apps.funding import decisions
from payung.apps.funding.models import FundKind
from payung.apps.screening.models import ReferenceKind
from tests.funding.conftest import YEAR
from tests.support.browser import axe, shot

PICTURED = {"plan-draft", "funds", "screening-found"}


def test_the_pages_are_whole_and_readable_by_everybody(
    cast, page_of, workers, worker, reference, fund, screened, planned
):
    people = workers(9, sector="transport") + workers(6, region="36.71.02.1001")
    worker(400, "Udin Pratama", date(1950, 1, 1))
    reference(
        ReferenceKind.ASN,
        f"{people[0].nik},{people[0].name},03/02/1980,Dinas Perhubungan",
        f",{people[1].name},03/02/1980,Dinas Kesehatan",
    )
    reference(ReferenceKind.DEATHS, f"{people[2].nik},{people[2].name},03/02/1980,12/11/2025")
    run = screened()
    apbd = fund(9 * YEAR, "APBD 2026")
    csr = fund(2 * YEAR, "CSR PT Sepatu", kind=FundKind.CSR, categories=["transportasi"])
    plan = planned([apbd, csr], screening=run)
    page = page_of(cast.sari)
    for name, path in [
        ("plan-draft", f"/rencana/{plan.pk}/"),
        ("plan-workers", f"/rencana/{plan.pk}/pekerja/"),
        ("plan-left-out", f"/rencana/{plan.pk}/tidak-tertampung/"),
        ("fund-new", "/dana/baru/"),
        ("screening", "/penyaringan/"),
    ]:
        page.goto(path)
        axe(page)
        if name in PICTURED:
            shot(page, name)
    page.goto(f"/rencana/{plan.pk}/")
    page.get_by_text("Mengapa sebesar ini?").first.click()
    expect(page.get_by_text("JKM tetap Rp6.800.").first).to_be_visible()
    decisions.approve(actor=cast.sari.actor, plan=plan)
    for name, path in [("funds", "/dana/"), ("fund", f"/dana/{apbd.pk}/")]:
        page.goto(path)
        axe(page)
        if name in PICTURED:
            shot(page, name)
    page = page_of(cast.budi)
    for name, path in [
        ("screening-run", "/penyaringan/jalankan/"),
        ("reference-load", "/penyaringan/acuan/"),
        ("screening-found", f"/penyaringan/{run.pk}/"),
        ("plan-new", "/rencana/baru/"),
    ]:
        page.goto(path)
        axe(page)
        if name in PICTURED:
            shot(page, name)
    page.goto(f"/penyaringan/{run.pk}/")
    page.get_by_label("Keadaan").select_option("pastikan")
    page.wait_for_url("**keadaan=pastikan**")
    page.get_by_role("button", name="Orang lain").first.click()
    page.get_by_text(": orang lain. Keputusan ini diingat").wait_for()
