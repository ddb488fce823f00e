"""Batches on the site: make, prepare, download, send, answer, follow up."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from payung.apps.audit.models import Access
from payung.apps.enrolment import services
from payung.apps.enrolment.models import Answer, Batch, BatchState, Line
from tests.enrolment import way


@pytest.fixture
def fund(cast):
    return way.fund(cast)


@pytest.fixture
def plan(cast, fund):
    return way.plan(cast, [(fund, way.people(3))])


@pytest.fixture
def batch(cast, plan):
    return way.sent(cast, plan)[0]


def url(name: str, *args: object) -> str:
    return reverse(f"enrolment:{name}", args=args)


def upload(client, batch: Batch, rows):
    file = SimpleUploadedFile("jawaban cabang.xlsx", way.workbook(rows))
    return client.post(url("answer", batch.pk), {"file": file})


def test_without_batches_the_page_says_what_to_do(cast, client_of):
    assert "Belum ada gelombang" in client_of(cast.budi).get(url("index")).content.decode()


def test_a_plan_is_previewed_then_made(cast, client_of, plan):
    client = client_of(cast.budi)
    assert "belum didaftarkan" in client.get(url("index")).content.decode()
    shown = client.get(url("new"), {"plan": plan.pk, "start_month": "2026-01"})
    assert "untuk 3 orang" in shown.content.decode()
    assert not Batch.objects.exists()
    made = client.post(url("new"), {"plan": plan.pk, "start_month": "2026-01"})
    assert made.url == url("index")
    assert Batch.objects.get().lines_count == 3
    after = client.get(made.url).content.decode()
    assert "1 gelombang dibuat untuk Januari 2026." in after
    assert "belum dikirim ke BPJS" in after
    assert url("detail", Batch.objects.get().pk) in after


def test_a_month_nobody_starts_in_is_said_on_the_form(cast, client_of, plan):
    answer = client_of(cast.budi).post(url("new"), {"plan": plan.pk, "start_month": "2027-01"})
    assert "Tidak ada jatah rencana ini" in answer.content.decode()


def test_the_file_is_prepared_by_post_and_downloaded_by_get(cast, client_of, plan):
    services.make_batches(actor=cast.budi.actor, plan=plan, start_month=way.JANUARY)
    batch, client = Batch.objects.get(), client_of(cast.budi)
    assert client.get(url("file", batch.pk)).status_code == 404
    assert client.get(url("prepare", batch.pk)).status_code == 405
    client.post(url("prepare", batch.pk))
    batch.refresh_from_db()
    assert batch.state == BatchState.READY
    file = client.get(url("file", batch.pk))
    assert hashlib.sha256(file.content).hexdigest() == batch.file_sha256
    assert file["Content-Disposition"] == 'attachment; filename="36.71-2026-01-001.xlsx"'
    assert Access.objects.filter(noun="batch", object_id=batch.pk, user=cast.budi.user).exists()
    assert client.get(url("sent", batch.pk)).status_code == 405
    client.post(url("sent", batch.pk))
    batch.refresh_from_db()
    assert batch.state == BatchState.SENT


def test_an_answer_is_shown_before_it_is_recorded(cast, client_of, batch):
    client = client_of(cast.maya)
    rows = way.accepting(batch)
    rows[2][2:] = ["DITOLAK", "", "", "T01", "NIK tidak ditemukan di Dukcapil"]
    sent = upload(client, batch, rows)
    shown = client.get(sent.url).content.decode()
    assert "Catat jawaban" in shown
    assert not Line.objects.exclude(answer=Answer.WAITING).exists()
    client.post(sent.url + "catat/")
    batch.refresh_from_db()
    assert (batch.state, batch.accepted, batch.rejected) == (BatchState.PROCESSED, 2, 1)
    assert batch.answer_filename == "jawaban_cabang.xlsx"
    detail = client.get(url("detail", batch.pk)).content.decode()
    assert "T01" in detail and "NIK tidak ditemukan" in detail
    queue = client.get(url("rejected")).content.decode()
    assert "T01" in queue
    again = client.get(sent.url).content.decode()
    assert "sudah dicatat" in again


def test_an_answer_with_faults_names_the_rows_and_cannot_be_recorded(cast, client_of, batch):
    client = client_of(cast.maya)
    rows = way.accepting(batch)
    rows[1][3] = "123"
    sent = upload(client, batch, rows)
    shown = client.get(sent.url).content.decode()
    assert "Baris 3: KPJ harus 11" in shown
    assert "Catat jawaban" not in shown
    client.post(sent.url + "catat/")
    assert not Line.objects.exclude(answer=Answer.WAITING).exists()


def test_a_file_that_is_no_workbook_is_told_so(cast, client_of, batch):
    file = SimpleUploadedFile("jawaban.xlsx", b"%PDF-1.4 x")
    client = client_of(cast.maya)
    sent = client.post(url("answer", batch.pk), {"file": file})
    shown = client.get(sent.url)
    assert shown.status_code == 400
    assert "PDF" in shown.content.decode()


def test_lines_are_filtered_by_answer(cast, client_of, batch):
    Line.objects.filter(number=1).update(answer="rejected", reject_code="T01", reject_reason="x")
    page = client_of(cast.budi).get(url("detail", batch.pk), {"jawaban": "rejected", "kode": "T01"})
    assert [line.number for line in page.context["page"]] == [1]


def test_a_nik_is_masked_in_lists(cast, client_of, batch):
    shown = client_of(cast.budi).get(url("detail", batch.pk)).content.decode()
    assert not any(line.nik in shown for line in batch.lines.all())


def test_a_kelurahan_sees_the_batch_with_its_people_only(cast, client_of, batch):
    assert client_of(cast.yanti).get(url("detail", batch.pk)).context["counts"]["waiting"] == 3
    assert client_of(cast.joko).get(url("detail", batch.pk)).status_code == 404


@pytest.mark.parametrize("name", ["detail", "file", "answer"])
def test_another_city_does_not_find_it(cast, client_of, batch, name):
    assert client_of(cast.stranger).get(url(name, batch.pk)).status_code == 404


def test_a_company_sees_no_batch_at_all(cast, client_of, batch):
    for page in ("index", "rejected"):
        assert client_of(cast.hendra).get(url(page)).status_code == 403
    assert client_of(cast.hendra).get(url("detail", batch.pk)).status_code == 403


def test_the_rail_counts_batches_that_wait(cast, client_of, batch):
    from payung.web.enrolment.views import waiting

    assert waiting(cast.budi.actor) == 1
    assert waiting(cast.stranger.actor) == 0
