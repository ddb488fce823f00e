"""How fast people's data are normalised: `python -m benchmarks.identity` prints a table.

A million rows of made-up lists (`benchmarks.linkage.generator`), one Polars thread, column by
column, with all the forms made of it. CPU seconds of this process, as others may be using the
machine. Exit status 1 when a million names take two seconds or more.
"""

import os
import sys
import time
from datetime import date

os.environ["POLARS_MAX_THREADS"] = "1"

import polars as pl
from rich.console import Console
from rich.table import Table

from benchmarks.linkage import generator
from benchmarks.results import machine
from payung.identity.normal import FORMS, normalise

ROWS = 1_000_000
WANTED = 2.0
ON = date(2026, 11, 22)


def main() -> None:
    """Measure, print, and fail when slower than wanted."""
    people = generator.make(ROWS).rows
    table = Table("Column", "CPU", "Rows/s", box=None)
    taken: dict[str, float] = {}
    for column in FORMS:
        began = time.process_time()
        normalise(people.select(column), on=ON)
        taken[column] = time.process_time() - began
    for name, seconds in (*taken.items(), ("all together", sum(taken.values()))):
        table.add_row(name, f"{seconds:.2f} s", f"{ROWS / seconds:,.0f}")
    console = Console(width=max(80, Console().width))
    console.print(table)
    console.print(f"{ROWS:,} rows, one thread, Polars {pl.__version__}; {machine()}.")
    sys.exit(1 if taken["name"] >= WANTED else 0)


if __name__ == "__main__":
    main()
