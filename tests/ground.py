"""Makes sure of what the tests need besides Python: `python -m tests.ground`.

Chromium, PostgreSQL and Java come from Debian's packages. As root they are installed when absent;
otherwise the command stops with a sentence that names the packages. Nothing is skipped.
"""

import os
import shutil
import subprocess
import sys

from tests.support import java
from tests.support.chromium import driver_runs, executable
from tests.support.postgres import binaries


def missing_packages() -> list[str]:
    """Debian packages that would bring what is not on this machine."""
    packages = []
    if executable() is None:
        packages += ["chromium", "fonts-dejavu-core"]
    if not driver_runs():
        packages.append("libatomic1")
    if binaries() is None:
        packages.append("postgresql")
    if (java.version() or 0) < java.LEAST:
        packages.append("default-jre-headless")
    return packages


def install(packages: list[str]) -> None:
    """Install Debian packages as root."""
    print(f"Installing {' '.join(packages)} from Debian's packages …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run(["apt-get", "-qq", *arguments], env=environment, check=True)


def main() -> None:
    """Install what is missing, or say what must be installed."""
    packages = missing_packages()
    if packages and (os.geteuid() != 0 or not shutil.which("apt-get")):
        sys.exit(
            f"The tests need these packages: {' '.join(packages)}. Install them "
            f"(sudo apt-get install {' '.join(packages)}), then run the same command again."
        )
    if packages:
        install(packages)
    if still_missing := missing_packages():
        sys.exit(f"Still not found after installing: {' '.join(still_missing)}.")


if __name__ == "__main__":
    main()
