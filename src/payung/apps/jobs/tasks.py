"""The one task of the queue: run a Job by its number."""

from django_tasks import task

from payung.apps.jobs import services


@task()
def run_job(job_id: int) -> None:
    services.run(job_id)
