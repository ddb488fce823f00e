"""Deciding about two workers in a browser: by keys, on phone and desk, for everybody."""

from playwright.sync_api import Page, expect

from payung.apps.enrolment.services import make_batches
from payung.apps.jobs.services import run
from payung.apps.lists import services
from payung.apps.lists.models import Band, Decision, Pair
from payung.apps.workers.models import Worker
from tests.enrolment import way
from tests.enrolment.way import JANUARY
from tests.lists.files import person
from tests.support.browser import axe, shot
from tests.support.pairs import doubt

AMINAH = person(1, phone="081234567890")
AGAIN = person(1, born="06-08-1982", phone="081234567890", nik="3671014508820007")


def test_pairs_are_decided_by_keys_and_shown_to_everybody(
    disnaker, sukarasa, worker, cast, page_of
):
    disnaker.accepted([AMINAH])
    found = sukarasa.accepted([AGAIN])
    found.refresh_from_db()
    run(found.checking_id)
    pair = doubt(worker(1), worker(2), Band.SAME, 0.995)
    page: Page = page_of(cast.budi)
    page.goto(f"/daftar/{found.pk}/")
    expect(page.locator("#pemeriksaan")).to_contain_text("1 pasangan pekerja mungkin")
    shot(page, "daftar-dibandingkan")
    axe(page)
    page.goto("/pekerja/ganda/")
    shot(page, "data-ganda-pekerja")
    axe(page)
    page.keyboard.press("j")
    first = page.locator(".pair").first
    expect(first).to_be_focused()
    reason = first.get_by_label("Alasan")
    reason.fill("Dua KTP")
    reason.press("Enter")
    assert not Pair.objects.exclude(decision=Decision.OPEN).exists()
    expect(reason).to_have_value("Dua KTP")
    first.focus()
    page.keyboard.press("b")
    expect(page.get_by_text("): orang berbeda.")).to_be_visible()
    expect(page.locator(".pair").first).to_be_focused()
    page.keyboard.press("s")  # the next pair, which has the focus by itself
    expect(page.get_by_text("Tidak ada yang menunggu")).to_be_visible()
    assert Worker.objects.get(pk=pair.right_id).same_as_id == pair.left_id
    assert set(Pair.objects.values_list("decision", flat=True)) == {
        Decision.SAME,
        Decision.DIFFERENT,
    }
    page.goto(f"/pekerja/{pair.left_id}/")
    shot(page, "pekerja-dengan-alias")
    axe(page)
    page.goto(f"/pekerja/{pair.right_id}/")
    shot(page, "pekerja-alias")
    axe(page)


def test_a_batch_says_whom_it_will_leave_out(cast, page_of):
    workers = way.people(3)
    plan = way.plan(cast, [(way.fund(cast), workers)])
    [batch] = make_batches(actor=cast.budi.actor, plan=plan, start_month=JANUARY).batches
    doubt(workers[0], workers[1])
    services.decide_pair(
        actor=cast.budi.actor, pair=doubt(workers[0], workers[2]), decision=Decision.SAME
    )
    page: Page = page_of(cast.budi)
    page.goto(f"/pendaftaran/{batch.pk}/")
    expect(page.get_by_text("2 orang tidak akan ikut berkas ini")).to_be_visible()
    shot(page, "pendaftaran-ditahan")
    axe(page)
