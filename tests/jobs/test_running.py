"""Background work: it ends with a result, a sentence, or is taken up again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from payung.apps.errors import DomainError
from payung.apps.jobs import services
from payung.apps.jobs.models import Job, State
from payung.apps.jobs.progress import Progress


@pytest.fixture
def handler():
    """Handlers of one test only."""
    kinds = []

    def register(kind, function):
        services.handles(kind)(function)
        kinds.append(kind)

    yield register
    for kind in kinds:
        del services._handlers[kind]


def start(cast, kind):
    return services.start(actor=cast.rina.actor, kind=kind, label="Uji", params={"n": 3})


def test_a_job_runs_once_the_transaction_is_committed(
    cast, handler, django_capture_on_commit_callbacks
):
    handler("uji", lambda job, progress: {"twice": job.params["n"] * 2})
    with django_capture_on_commit_callbacks(execute=True):
        job = start(cast, "uji")
        assert job.state == State.WAITING
    job.refresh_from_db()
    assert (job.state, job.result) == (State.DONE, {"twice": 6})


def test_a_domain_error_ends_the_job_with_its_sentence(cast, handler):
    def refuse(job, progress):
        raise DomainError("Berkas kosong.")

    handler("uji", refuse)
    job = start(cast, "uji")
    services.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == (State.FAILED, "Berkas kosong.")


def test_an_unforeseen_error_is_logged_and_told_gently(cast, handler, caplog):
    def burst(job, progress):
        raise ZeroDivisionError("rahasia")

    handler("uji", burst)
    job = start(cast, "uji")
    services.run(job.pk)
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "rahasia" not in job.error
    assert "ZeroDivisionError" in caplog.text


def test_a_finished_job_is_not_run_again(cast, handler):
    calls = []
    handler("uji", lambda job, progress: calls.append(1))
    job = start(cast, "uji")
    services.run(job.pk)
    services.run(job.pk)
    assert calls == [1]


def test_a_job_whose_worker_died_is_taken_up_again(
    cast, handler, django_capture_on_commit_callbacks
):
    handler("uji", lambda job, progress: {"ok": True})
    job = start(cast, "uji")
    long_ago = timezone.now() - timedelta(minutes=10)
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, started_at=long_ago, attempts=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.recover() == 1
    job.refresh_from_db()
    assert job.state == State.DONE


def test_a_job_that_died_three_times_is_given_up(cast, handler):
    handler("uji", lambda job, progress: None)
    job = start(cast, "uji")
    long_ago = timezone.now() - timedelta(minutes=10)
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, started_at=long_ago, attempts=3)
    assert services.recover() == 0
    job.refresh_from_db()
    assert job.state == State.FAILED


def test_a_job_that_still_tells_progress_is_left_alone(cast, handler):
    handler("uji", lambda job, progress: None)
    job = start(cast, "uji")
    long_ago = timezone.now() - timedelta(minutes=10)
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, started_at=long_ago, attempts=1)
    Progress(job.pk).tell(1, 2, "setengah jalan")
    assert services.recover() == 0
    assert Progress(job.pk).read().percent == 50
    Progress(job.pk).forget()


def test_a_new_message_is_told_at_once_and_the_rest_a_few_times_a_second(cast):
    progress = Progress(7)
    progress.tell(0, 2_000, "Membaca")
    progress.tell(1_000, 2_000, "Membandingkan")
    for done in range(1_001, 1_010):
        progress.tell(done, 2_000, "Membandingkan")
    told = progress.read()
    assert (told.done, told.message) == (1_000, "Membandingkan")
