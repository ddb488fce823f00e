"""Where Chromium is, and how the tests start it."""

import os
import shutil
import subprocess

from playwright._impl._driver import compute_driver_executable

# Without these Chromium looks for its maker's hosts at every start.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def executable() -> str | None:
    """Path of the browser: PAYUNG_CHROMIUM, or the first one on the path; None when absent."""
    names = [os.environ.get("PAYUNG_CHROMIUM", ""), "chromium", "chromium-browser"]
    return next((path for name in names if name and (path := shutil.which(name))), None)


def driver_runs() -> bool:
    """Whether Playwright's own program, which speaks to the browser, finds its libraries."""
    program = compute_driver_executable()[0]
    return subprocess.run([program, "--version"], capture_output=True).returncode == 0


def flags() -> list[str]:
    """Command-line flags; root has no sandbox to start in."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
