"""Settings of the tests: the real ones, with a database and folder of their own."""

import os
import tempfile

os.environ.setdefault("PAYUNG_HOME", tempfile.mkdtemp(prefix="payung-test-"))
os.environ.setdefault("PAYUNG_SECRET_KEY", "only-for-tests")

from payung.settings.base import *  # noqa: F403
from payung.settings.base import DATABASES, HOME, STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": HOME / "test.sqlite3"}
ALLOWED_HOSTS = ["*"]
STYLEGUIDE = True
