"""The page of measurements: each benchmark writes its own section and leaves the others alone."""

import os
import platform
from datetime import date
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
_HEAD = "# Measured\n\nEach section is written anew by its own command: {commands}.\n"
_COMMANDS = "`make bench` (intake), `make bench-linkage` (linkage)"


def write_section(title: str, lines: list[str], page: Path = RESULTS) -> None:
    """Puts `lines` under the heading `title`, in the place of what stood there, else at the end."""
    text = page.read_text("utf-8") if page.exists() else ""
    sections = [part for part in ("\n" + text).split("\n## ")[1:] if part.strip()]
    kept = {part.split("\n", 1)[0].strip(): part.strip() for part in sections}
    kept[title] = "\n".join([title, "", *lines]).strip()
    body = "".join(f"\n## {section}\n" for section in kept.values())
    page.write_text(_HEAD.format(commands=_COMMANDS) + body, "utf-8")


def machine() -> str:
    """Today, cores, memory, system and Python, and the load of the last minutes, for the reader."""
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{date.today():%d %B %Y}; {os.cpu_count()} cores, {gigabytes:.0f} GB, "  # noqa: DTZ011
        f"{platform.system()}, Python {platform.python_version()}, "
        f"load {os.getloadavg()[2]:.1f} meanwhile"
    )
