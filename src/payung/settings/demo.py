"""The made-up city: its own folder and database, never the office's real one."""

import os

os.environ["PAYUNG_HOME"] = os.environ.get("PAYUNG_DEMO_HOME", "var/demo")
os.environ["PAYUNG_DATABASE"] = os.environ.get("PAYUNG_DEMO_DATABASE", "")

from payung.settings.base import *  # noqa: F403

DEMO = STYLEGUIDE = True
