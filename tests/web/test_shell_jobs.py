"""A job's page: what it shows while running and after, and to whom."""

import pytest

from payung.apps.jobs.models import Job, State
from payung.apps.jobs.progress import Progress

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def job(cast):
    return Job.objects.create(
        kind="test",
        label="Membaca daftar Benda",
        membership=cast.budi.membership,
        state=State.RUNNING,
        url="/tentang/",
    )


def test_a_running_job_tells_how_far_it_is_and_asks_again(cast, client_of, job):
    progress = Progress(job.pk)
    progress.tell(4_120, 10_000, "memeriksa baris")
    body = client_of(cast.budi).get(f"/pekerjaan/{job.pk}/", headers=HTMX).content.decode()
    progress.forget()
    assert "41% · memeriksa baris" in body
    assert 'value="41"' in body
    assert 'hx-trigger="every 1s"' in body
    assert "<html" not in body


def test_a_finished_job_stops_the_asking_and_leads_to_its_result(cast, client_of, job):
    Job.objects.update(state=State.DONE)
    response = client_of(cast.budi).get(f"/pekerjaan/{job.pk}/", headers=HTMX)
    assert response.status_code == 286
    assert "hx-trigger" not in response.content.decode()
    assert 'href="/tentang/">Lihat hasil' in response.content.decode()


def test_a_failed_job_says_why(cast, client_of, job):
    Job.objects.update(state=State.FAILED, error="Berkas ini terkunci kata sandi.")
    body = client_of(cast.budi).get(f"/pekerjaan/{job.pk}/").content.decode()
    assert "Berkas ini terkunci kata sandi." in body


def test_without_scripts_the_page_of_a_running_job_loads_itself_anew(cast, client_of, job):
    client = client_of(cast.budi)
    assert '<noscript><meta http-equiv="refresh"' in client.get(f"/pekerjaan/{job.pk}/").text
    Job.objects.update(state=State.DONE)
    assert "http-equiv" not in client.get(f"/pekerjaan/{job.pk}/").text


def test_another_office_does_not_see_it(cast, client_of, job):
    assert client_of(cast.dewi).get(f"/pekerjaan/{job.pk}/").status_code == 404
    assert client_of(cast.stranger).get(f"/pekerjaan/{job.pk}/").status_code == 404
