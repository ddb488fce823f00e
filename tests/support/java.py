"""The Java that Spark runs on."""

import os
import re
import shutil
import subprocess
from pathlib import Path

LEAST = 17


def version() -> int | None:
    """The version of the Java that Spark would take; None when there is none."""
    home = os.environ.get("JAVA_HOME")
    java = Path(home) / "bin/java" if home else shutil.which("java")
    if java is None or not Path(java).exists():
        return None
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else None
