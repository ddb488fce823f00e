"""The claim's pages as people see them, on phone, desk and paper."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from payung.apps.claims.models import ClaimKind
from tests.claims import conftest as families
from tests.support import way
from tests.support.browser import axe, shot

opened = families.opened


@pytest.fixture
def worker(cast):
    """Nine months of 2026 paid, January to September."""
    return way.insured(cast, months=9)[0]


def test_the_claim_of_an_injury_is_accessible(cast, opened, page_of):
    injury = opened(kind=ClaimKind.JKK)
    page = page_of(cast.yanti)
    page.goto(reverse("claims:detail", args=[injury.pk]))
    page.get_by_text("Mengapa sebesar ini?").click()
    page.get_by_text("In English").first.click()
    expect(page.get_by_text("No arrears on 12 September 2026.")).to_be_visible()
    shot(page, "klaim-kecelakaan")
    axe(page)


def test_the_claim_looks_right_is_accessible_and_prints(cast, opened, page_of):
    claim = opened()
    page = page_of(cast.yanti)
    page.goto(reverse("claims:detail", args=[claim.pk]))
    expect(page.get_by_role("heading", name=f"Klaim {claim.number}")).to_be_visible()
    shot(page, "klaim")
    axe(page)
    page.get_by_role("link", name="Lembar untuk keluarga").click()
    expect(page.get_by_role("button", name="Cetak")).to_be_visible()
    shot(page, "klaim-lembar")
    axe(page)
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Cetak")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Menu utama")).to_be_hidden()
    expect(page.get_by_text("Dokumen yang masih harus dibawa")).to_be_visible()


def test_the_form_to_open_one_is_accessible(cast, worker, page_of):
    page = page_of(cast.yanti)
    page.goto(reverse("claims:new", args=[worker.pk]))
    shot(page, "klaim-baru")
    axe(page)
