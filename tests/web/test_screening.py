"""Screening on the site: references, runs, findings and what to do about them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from payung.apps.jobs.models import Job
from payung.apps.screening.models import (
    Check,
    Reference,
    ReferenceEntry,
    ReferenceKind,
    Screening,
    Verdict,
)
from payung.web.screening.views import waiting
from payung.web.shell.history import act_name

INDEX, LOAD, RUN = (reverse(f"screening:{name}") for name in ("index", "load", "run"))


def detail(run, **query):
    return reverse("screening:detail", args=[run.pk], query=query)


def upload(content: str, name="asn.csv"):
    return {
        "kind": "asn",
        "as_of": "2025-12-01",
        "file": SimpleUploadedFile(name, content.encode()),
    }


def test_an_empty_office_is_told_what_is_missing(client_of, cast):
    text = client_of(cast.budi).get(INDEX).text
    assert text.count("Belum ada") >= 5
    assert "Muat data acuan yang ada, lalu saring semua pekerja" in text
    assert "Verifikator dinas pengampu menjalankannya" in client_of(cast.rina).get(INDEX).text


def test_a_reference_is_uploaded_and_shown_with_its_day(client_of, cast):
    client = client_of(cast.budi)
    answer = client.post(
        LOAD, upload("NIK,Nama,Instansi\n3671010302809001,Udin Pratama,Dishub\n"), follow=True
    )
    assert "Acuan dimuat: 1 orang." in answer.text
    assert "1 Des 2025" in answer.text
    assert "asn.csv" in answer.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("%PDF-1.7 satu", "Berkas ini PDF"),
        ("Nama,Instansi\nBudi,A\nSiti,B\nRina,C\n", "perlu kolom NIK, atau Nama"),
    ],
)
def test_a_bad_reference_is_a_sentence_on_the_form(client_of, cast, content, sentence):
    answer = client_of(cast.budi).post(LOAD, upload(content))
    assert answer.status_code == 200
    assert sentence in answer.text
    assert not Reference.objects.exists()


def test_the_same_reference_twice_is_told_so(client_of, cast):
    client = client_of(cast.budi)
    for _ in range(2):
        answer = client.post(LOAD, upload("NIK,Nama,Instansi\n3671010302809001,Budi,Dishub\n"))
    assert "sudah dimuat sebagai Daftar ASN/TNI/Polri" in answer.text


def test_the_run_button_starts_a_job_that_leads_to_the_findings(
    client_of,
    cast,
    worker,
    django_capture_on_commit_callbacks,
):
    worker(1, "Udin Pratama", date(1950, 1, 1))
    client = client_of(cast.budi)
    assert "Belum ada acuan" in client.get(RUN).text
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(RUN, {"on": "2026-01"})
    job = Job.objects.get()
    assert answer.url == reverse("job", args=[job.pk])
    assert job.state == "done"
    run = Screening.objects.get()
    assert client.get(job.url).url == detail(run)
    text = client.get(detail(run)).text
    assert "Mencapai batas usia" in text
    assert "Udin Pratama" in text


def test_a_large_reference_is_loaded_in_the_background(
    client_of, cast, settings, tmp_path, monkeypatch, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("payung.web.screening.views.WAITED_FOR", 60)
    client, head = client_of(cast.budi), "NIK,Nama,Instansi\n"
    rows = "".join(f"36710103028090{number:02},Budi {number},Dishub\n" for number in range(1, 9))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(LOAD, upload(head + rows))
    job = Job.objects.get()
    assert answer.url == reverse("job", args=[job.pk])
    assert (job.state, job.result["rows"], job.url) == ("done", 8, INDEX)
    made = Reference.objects.get()
    assert (made.filename, made.rows, made.received_by) == ("asn.csv", 8, cast.budi.user)
    assert list((tmp_path / "incoming").iterdir()) == []

    with django_capture_on_commit_callbacks(execute=True):
        client.post(LOAD, upload(head + rows))
    again = Job.objects.first()
    assert again.state == "failed"
    assert "sudah dimuat sebagai Daftar ASN/TNI/Polri" in again.error
    assert list((tmp_path / "incoming").iterdir()) == []

    ahead = client.post(LOAD, {**upload(head + rows), "as_of": "2090-01-01"})
    assert "masih di depan" in ahead.text
    assert Job.objects.count() == 2


def test_a_small_reference_is_loaded_at_once(client_of, cast):
    client_of(cast.budi).post(LOAD, upload("NIK,Nama,Instansi\n3671010302809001,Budi,Dishub\n"))
    assert Reference.objects.count() == 1
    assert not Job.objects.exists()


def test_findings_are_filtered_by_code_and_doubt(client_of, cast, worker, reference, screen):
    worker(1, "Udin Pratama")
    worker(2, "Siti Aminah", date(1950, 1, 1))
    reference(ReferenceKind.ASN, ",Udin Pratama,03/02/1980,Dishub")
    run, client = screen(), client_of(cast.budi)
    both, doubtful = client.get(detail(run)).text, client.get(detail(run, keadaan="pastikan")).text
    old = client.get(detail(run, hasil="age-65", keadaan="gugur")).text
    assert ("Siti Aminah" in both, "Udin Pratama" in both) == (True, True)
    assert ("Siti Aminah" in doubtful, "Udin Pratama" in doubtful) == (False, True)
    assert ("Siti Aminah" in old, "Udin Pratama" in old) == (True, False)
    assert client.get(detail(run, hasil="ngawur")).status_code == 200


def test_no_whole_nik_is_shown(client_of, cast, worker, reference, screen):
    made = worker(1, "Udin Pratama")
    other = worker(2, "Siti Aminah")
    reference(ReferenceKind.ASN, f"{other.nik},Udin Pratama,03/02/1980,Dishub")
    text = client_of(cast.budi).get(detail(screen())).text
    assert "Perlu dipastikan" in text
    assert made.nik not in text
    assert other.nik not in text


def test_what_speaks_for_a_doubt_is_told_field_by_field(client_of, cast, worker, reference, screen):
    sure, _ = worker(1, "Siti Aminah"), worker(2, "Udin Pratama")
    reference(
        ReferenceKind.ASN,
        f"{sure.nik},Siti Aminah,03/02/1980,Dishub",
        ",Udin Pratama,03/02/1980,Dishub",
    )
    run, client = screen(), client_of(cast.budi)
    asked = client.get(detail(run, keadaan="pastikan"))
    assert asked.text.count("Bukti tiap isian") == 1
    reasons = asked.context["page"].object_list[0].reasons
    assert reasons[0].says.endswith("mendukung")
    assert not reasons[0].is_joint
    assert all(reason.text in asked.text for reason in reasons)
    assert "Bukti tiap isian" not in client.get(detail(run, keadaan="gugur")).text


def test_a_doubt_is_settled_with_a_button(client_of, cast, worker, reference, screen):
    worker(1, "Udin Pratama")
    reference(ReferenceKind.ASN, ",Udin Pratama,03/02/1980,Dishub")
    run, client = screen(), client_of(cast.budi)
    assert waiting(cast.budi.actor) == 1
    assert waiting(cast.rina.actor) == 0
    url = reverse("screening:decide", args=[run.pk, Check.objects.get().pk])
    assert client.get(url).status_code == 405
    assert client_of(cast.rina).post(url, {"keputusan": "sama"}).status_code == 403
    for neither in ({}, {"keputusan": "ya"}):
        client.post(url, neither)
        assert waiting(cast.budi.actor) == 1
    answer = client.post(url, {"keputusan": "sama"}, follow=True)
    assert "pekerja ini gugur" in answer.text
    assert not Verdict.objects.get().eligible
    assert waiting(cast.budi.actor) == 0
    back = reverse("screening:take_back", args=[run.pk, Check.objects.get().pk])
    assert back in client.get(detail(run)).text
    assert client.get(back).status_code == 405
    assert client_of(cast.rina).post(back, {"reason": "x"}).status_code == 403
    assert "perlu dipastikan lagi" in client.post(back, {"reason": "x"}, follow=True).text
    assert waiting(cast.budi.actor) == 1
    assert act_name("check.taken_back") != "check.taken_back"


def test_a_decile_in_doubt_is_called_unused_and_not_asked_about(
    client_of, cast, worker, reference, screen
):
    made = worker(1, "Udin Pratama")
    reference(ReferenceKind.DTSEN, ",Udin Pratama,03/02/1980,2")
    run, client = screen(), client_of(cast.budi)
    assert Check.objects.get().doubtful
    for page in (detail(run), reverse("workers:detail", args=[made.pk])):
        text = client.get(page).text
        assert "eragukan, tidak dipakai" in text
        assert 'warn">Perlu dipastikan' not in text
    assert "Tidak ada temuan" in client.get(detail(run, keadaan="pastikan")).text


def test_decided_findings_are_found_again(client_of, cast, worker, reference, screen):
    worker(1, "Udin Pratama")
    reference(ReferenceKind.ASN, ",Udin Pratama,03/02/1980,Dishub")
    run, client = screen(), client_of(cast.budi)
    decided = detail(run, keadaan="diputuskan")
    assert "Tidak ada temuan" in client.get(decided).text
    url = reverse("screening:decide", args=[run.pk, Check.objects.get().pk])
    assert "Udin Pratama: orang lain." in client.post(url, {"keputusan": "lain"}, follow=True).text
    assert "Tarik keputusan" in client.get(decided).text


def test_the_evidence_of_a_likeness_stands_on_the_run_and_the_workers_page_after_a_decision_too(
    client_of, cast, worker, reference, screen
):
    made = worker(1, "Udin Pratama", mother_name="Rukmini")
    worker(2, "Siti Aminah")
    reference(ReferenceKind.DEATHS, ",Oedin Pratama,03/02/1980,12/11/2025")
    ReferenceEntry.objects.update(mother_name="Roekmini")
    run, client = screen(), client_of(cast.budi)
    url = reverse("screening:decide", args=[run.pk, Check.objects.get().pk])
    for word in ("Perlu dipastikan", "orang lain, diputuskan"):
        for page in (detail(run), reverse("workers:detail", args=[made.pk])):
            text = client.get(page).text
            assert "data diri mirip" in text
            assert "anggal lahir" in text
            assert "peluang 0," in text or "peluang di atas 0,99" in text
            assert word in text
        assert "ibu Roekmini" in client.get(detail(run)).text
        said = client.post(url, {"keputusan": "lain"}, follow=True).text
    assert f"Sudah diputuskan oleh {cast.budi.user}" in said


def test_the_likeliest_comes_first_and_the_next_is_among_those_asked_for(
    client_of, cast, worker, reference, screen
):
    worker(1, "Siti Aminah Sari")
    worker(2, "Udin Pratama")
    reference(
        ReferenceKind.ASN, ",Siti Aminah,03/02/1980,Dishub", ",Udin Pratama,03/02/1980,Dishub"
    )
    run, client = screen(), client_of(cast.budi)
    asked = {"hasil": "asn", "keadaan": "pastikan"}
    found = [*client.get(detail(run, **asked)).context["page"].object_list]
    assert [check.worker.name for check in found] == ["Udin Pratama", "Siti Aminah Sari"]
    assert found[0].probability > found[1].probability
    url = reverse("screening:decide", args=[run.pk, found[0].pk])
    assert f"{url}?hasil=asn&amp;keadaan=pastikan" in client.get(detail(run, **asked)).text
    went = client.post(f"{url}?hasil=asn&keadaan=pastikan&x=y", {"keputusan": "lain"})
    assert went.url == detail(run, **asked)


def test_deaths_are_recorded_by_a_button(client_of, cast, worker, reference, screen):
    made = worker(1, "Udin Pratama")
    reference(ReferenceKind.DEATHS, f"{made.nik},Udin Pratama,03/02/1980,12/11/2025")
    run, client = screen(), client_of(cast.budi)
    assert "1 pekerja tercatat meninggal" in client.get(detail(run)).text
    url = reverse("screening:confirm_deaths", args=[run.pk])
    assert client.get(url).status_code == 405
    assert "1 kematian dicatat" in client.post(url, follow=True).text
    made.refresh_from_db()
    assert made.died_on == date(2025, 11, 12)


def test_another_city_finds_nothing_of_ours(client_of, cast, worker, reference, screen):
    worker(1, "Udin Pratama")
    reference(ReferenceKind.ASN, ",Udin Pratama,03/02/1980,Dishub")
    run, client = screen(), client_of(cast.stranger)
    assert client.get(detail(run)).status_code == 404
    assert client.post(reverse("screening:confirm_deaths", args=[run.pk])).status_code == 404
    for name in ("screening:decide", "screening:take_back"):
        check = reverse(name, args=[run.pk, Check.objects.get().pk])
        assert client.post(check, {"keputusan": "sama"}).status_code == 404
    assert "Belum ada penyaringan" in client.get(INDEX).text


def test_a_kelurahan_sees_its_own_numbers_only(client_of, cast, worker, screen):
    worker(1, "Udin Pratama", date(1950, 1, 1))
    worker(2, "Siti Aminah", date(1950, 1, 1), region="36.71.02.1001")
    text = client_of(cast.yanti).get(detail(screen())).text
    assert "Udin Pratama" in text
    assert "Siti Aminah" not in text
