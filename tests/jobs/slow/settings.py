from payung.settings.base import *  # noqa: F403
from payung.settings.base import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs.slow"]
