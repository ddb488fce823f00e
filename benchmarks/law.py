"""How fast the law answers for a whole province: `python -m benchmarks.law` prints a table.

Contributions of a million worker-months, with the lowest income as sponsored workers have it and
with every income, sector and source of money; then cover of a million workers on a day of each of
twelve months. Each is asked twice: "first" with nothing remembered, "again" as a running site does
it. Exit status 1 when a million contributions take a second or more on the first asking.
"""

import os
import platform
import random
import resource
import sys
import time
from collections.abc import Callable
from datetime import date

import polars as pl
from rich.console import Console
from rich.table import Table

from payung.law import all_parameters, bulk, parameter
from payung.law.contributions import bpu
from payung.law.dates import add_months

ROWS = 1_000_000
WANTED = 1.0  # seconds for the contributions of a million worker-months
FIRST = date(2026, 4, 1)  # twelve months in and out of both reliefs


def main() -> None:
    """Measure, print, and fail when slower than wanted."""
    all_parameters()
    months = [add_months(FIRST, each) for each in range(12)]
    measured = [
        ("contributions, lowest income", *_contributions(_sponsored(months))),
        ("contributions, every kind", *_contributions(_every_kind(months))),
        ("cover of 1,000,000 workers on 12 days", *_cover(months)),
    ]
    console = Console(width=max(110, Console().width))
    table = Table("Question", "Rows in", "Answers", "First", "Again", "Answers/s", box=None)
    for name, rows, answers, first, again in measured:
        table.add_row(
            name,
            f"{rows:,}",
            f"{answers:,}",
            f"{first:.2f} s",
            f"{again:.2f} s",
            f"{answers / again:,.0f}",
        )
    console.print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    console.print(
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"Polars {pl.__version__}, load {os.getloadavg()[0]:.1f}, peak memory {peak:,} MB."
    )
    slow = [name for name, _, _, first, _ in measured[:2] if first >= WANTED]
    if slow:
        console.print(f"Slower than {WANTED} s: {', '.join(slow)}.")
    sys.exit(1 if slow else 0)


def _contributions(frame: pl.DataFrame) -> tuple[int, int, float, float]:
    for remembered in (bpu.month_lines, bpu._relief):
        remembered.cache_clear()
    first, again = (_seconds(lambda: bulk.contributions(frame)) for _ in range(2))
    return frame.height, frame.height, first, again


def _cover(months: list[date]) -> tuple[int, int, float, float]:
    """Nine of ten months are paid, by chance: many more patterns than a real city has."""
    chance = random.Random(3)
    worker = [who for who in range(ROWS) for _ in months]
    kept = pl.Series([chance.random() < 0.9 for _ in range(ROWS * len(months))])
    paid = pl.DataFrame({"worker": worker, "month": months * ROWS}).filter(kept)
    days = [month.replace(day=20) for month in months]
    first, again = (_seconds(lambda: bulk.cover(paid, days)) for _ in range(2))
    return paid.height, ROWS * len(days), first, again


def _sponsored(months: list[date]) -> pl.DataFrame:
    chance = random.Random(1)
    return pl.DataFrame(
        {
            "income": chance.choices(range(300_000, 1_100_000, 50_000), k=ROWS),
            "sector": chance.choices(["other", "transport"], [4, 1], k=ROWS),
            "funder": chance.choices(["apbd", "dbhcht", "csr", "baznas"], [6, 2, 1, 1], k=ROWS),
            "month": chance.choices(months, k=ROWS),
        }
    )


def _every_kind(months: list[date]) -> pl.DataFrame:
    chance = random.Random(2)
    funders = [row["code"] for row in parameter("bpu.funders").latest.rows]
    return pl.DataFrame(
        {
            "income": [chance.randrange(1, 25_000_000) for _ in range(ROWS)],
            "sector": chance.choices(["other", "transport"], k=ROWS),
            "funder": chance.choices(funders, k=ROWS),
            "month": chance.choices(months, k=ROWS),
        }
    )


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
