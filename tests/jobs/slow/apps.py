import time
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class Config(AppConfig):
    name = "tests.jobs.slow"
    label = "slow"

    def ready(self) -> None:
        from payung.apps.jobs.services import handles

        handles("slow")(_until_enough)


def _until_enough(job, progress):
    home = Path(settings.HOME)
    (home / "begun").touch()
    ends = time.monotonic() + 300
    while not (home / "enough").exists() and time.monotonic() < ends:
        time.sleep(0.1)
    (home / "done").touch()
