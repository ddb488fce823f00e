"""How fast a messy list becomes registry rows: `make bench`, or `python -m benchmarks.intake`.

Makes a small and a large list, takes each through receiving, reading (with findings) and
accepting (with sources and audit) on SQLite and on PostgreSQL, each in a fresh process with an
empty database, then the same people again as a second office's list. All of it several times:
of each the fastest run counts, as whatever else runs on a machine only makes a run slower, and
all of them are told. Prints a table and keeps it in its section of benchmarks/RESULTS.md.
PostgreSQL: PAYUNG_BENCH_PG names a server; else the tests' own is used.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from rich.console import Console
from rich.table import Table
from tests.support.postgres import server

from benchmarks.results import RESULTS, machine, write_section
from benchmarks.workload import STAGES
from payung.demo.city import write_plain_list

SIZES = (10_000, 100_000)
ROUNDS = 3
WANTED = 5_000  # rows per second, from the file to the registry
_TITLES = {
    "read": "receive, read, judge",
    "accept": "accept",
    "total": "file to registry",
    "again": "same people again",
    "search": "search a name",
}


def main(arguments: list[str] | None = None) -> None:
    """Run every size on every database; exit status 1 when slower than wanted or not linear."""
    parser = argparse.ArgumentParser("python -m benchmarks.intake", description=__doc__)
    parser.add_argument(
        "--rows",
        type=int,
        nargs=2,
        default=SIZES,
        metavar=("SMALL", "LARGE"),
        help="default: 10000 100000",
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="default: %(default)s")
    asked = parser.parse_args(arguments)
    sizes, rounds = asked.rows, asked.rounds
    console = Console(width=max(150, Console().width))
    runs: dict[tuple[str, int], list[dict]] = {}
    with tempfile.TemporaryDirectory(prefix="payung-bench-") as folder, _postgres() as url:
        files = {}
        for size in sizes:
            console.print(f"Writing a list of {size:,} rows …")
            files[size] = write_plain_list(Path(folder) / f"{size}.xlsx", size)
        for turn in range(rounds):
            for vendor in ("SQLite", "PostgreSQL"):
                for size in sizes:
                    console.print(f"{turn + 1} of {rounds}: {vendor}, {size:,} rows …")
                    measured = _measure(vendor, files[size], folder, url)
                    runs.setdefault((vendor, size), []).append({"database": vendor, **measured})
    ok = _report(console, [*runs.values()], rounds)
    sys.exit(0 if ok else 1)


@contextmanager
def _postgres() -> Iterator[str]:
    given = os.environ.get("PAYUNG_BENCH_PG")
    if given:
        yield given
    else:
        with server() as url:
            yield url


def _measure(vendor: str, path: Path, folder: str, url: str) -> dict:
    home = tempfile.mkdtemp(prefix=f"{vendor}-", dir=folder)
    env = {**os.environ, "PAYUNG_HOME": home, "DJANGO_SETTINGS_MODULE": "payung.settings.base"}
    env.pop("PAYUNG_DATABASE", None)
    if vendor == "SQLite":
        return _child(path, env)
    with _empty_database(url) as database:
        return _child(path, {**env, "PAYUNG_DATABASE": database})


@contextmanager
def _empty_database(url: str) -> Iterator[str]:
    name = f"payung_bench_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{url.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _child(path: Path, env: dict[str, str]) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.workload", str(path)],
        env=env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def _report(console: Console, runs: list[list[dict]], rounds: int) -> bool:
    results = [min(each, key=lambda run: run["total"]) for each in runs]
    heads = ["Database", "Rows", *(_TITLES[stage] for stage in (*STAGES, "total", "again"))]
    heads += ["Rows/s", "CPU", "Peak memory", "Bytes/row", _TITLES["search"]]
    table = Table(*heads)
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for each in results:
        cells = [each["database"], f"{each['rows']:,}"]
        cells += [f"{each[stage]:.2f} s" for stage in (*STAGES, "total", "again")]
        cells += [f"{each['rows'] / each['total']:,.0f}", f"{each['cpu']:.2f} s"]
        cells += [f"{each['peak'] / 2**20:.0f} MB"]
        cells += [f"{each['grown'] / each['rows']:,.0f}", f"{each['search'] * 1000:.0f} ms"]
        table.add_row(*cells)
        lines.append("| " + " | ".join(cells) + " |")
    console.print(table)
    ok = True
    notes = []
    for small, large in zip(results[::2], results[1::2], strict=True):
        ratio = large["total"] / small["total"]
        times = large["rows"] / small["rows"]
        speed = large["rows"] / large["total"]
        notes.append(
            f"{large['database']}: {times:.0f} times the rows take {ratio:.1f} times as long; "
            f"{speed:,.0f} rows/s at {large['rows']:,} rows (wanted: {WANTED:,})."
        )
        ok = ok and speed >= WANTED and ratio < 1.5 * times
    for each in runs:
        told = ", ".join(f"{run['rows'] / run['total']:,.0f}" for run in each)
        notes.append(f"All runs of {each[0]['database']}, {each[0]['rows']:,} rows: {told} rows/s.")
    for note in notes:
        console.print(note)
    outcome = results[-1]["outcome"]
    text = [
        f"{machine()}.",
        "",
        *lines,
        "",
        *(f"- {note}" for note in notes),
        f"- Of the largest list became: {outcome['findings']:,} findings, "
        + ", ".join(f"{count:,} {fate}" for fate, count in outcome["fates"].items())
        + ".",
        f"- Each line is the fastest of {rounds} runs. CPU is what Payung's own process used until "
        "the list was accepted (PostgreSQL and the judging of long lists work in processes of "
        "their own).",
        "- Peak memory is the whole process; bytes per row is what it grew by from its start.",
    ]
    write_section("Intake: from an .xlsx file to the registry", text)
    console.print(f"Written to {RESULTS.relative_to(Path.cwd())}.")
    return ok


if __name__ == "__main__":
    main()
