"""Ours and Splink side by side in one run: `python -m benchmarks.linkage`, `make bench-linkage`.

Makes the lists, runs every method in a fresh process over the same files and scores what each wrote
against the truth: first the small files, then lists from the shortest to the longest, then links.
Every line is in its section of benchmarks/RESULTS.md as soon as it is known; a list is deleted when
all have run over it.
"""

import argparse
import math
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from rich.console import Console

from benchmarks.linkage import report
from benchmarks.linkage.generator import make, write_with_reference
from benchmarks.linkage.index import ASKED
from benchmarks.linkage.scoring import Run, score_dedupe, score_febrl, score_link

DEDUPE = (
    "floor", "learn", "ours-elsewhere", "ours", "splink", "splink-untrained", "splink-tuned",
)  # fmt: skip
# the city whose list teaches the weights of "ours-elsewhere", and how many rows of it
TEACHER, TEACHER_ROWS = "tangerang", 200_000
# lists that are gone over more than once if asked, as the machine is not always as quick
_ROUNDED = 1_000_000
FEBRL = (
    "ours-febrl3", "ours-guarded-febrl3", "splink-febrl3",
    "ours-febrl4", "ours-guarded-febrl4", "splink-febrl4",
)  # fmt: skip


def main() -> None:
    """Parse, make, measure, report."""
    chosen = _arguments()
    console = Console(width=max(170, Console().width))
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(prefix="payung-linkage-", dir=chosen.work) as name:
        work = Path(name)
        lists = [
            _dedupe(console, work, size, city, chosen)
            for size in sorted(chosen.sizes)
            for city in chosen.cities
        ]
        links = [
            _link(console, work, rows, reference, chosen)
            for rows, reference in sorted(chosen.link, key=sum)
        ]
        febrl = [_febrl(console, work, chosen)] if chosen.febrl else []
        for run in chain(*febrl, *lists, *links):
            runs.append(run)
            if chosen.write:
                report.write(runs, chosen)
    report.show(console, runs, chosen)
    if chosen.write:
        console.print("Written to benchmarks/RESULTS.md.")


def _arguments() -> argparse.Namespace:
    def numbers(text: str) -> list[int]:
        return [int(part) for part in text.replace("_", "").split(",") if part]

    def against(text: str) -> list[tuple[int, int]]:
        pairs = [part.split("x") for part in text.replace("_", "").split(",") if part]
        return [(int(rows), int(reference)) for rows, reference in pairs]

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=numbers, default=[100_000], help="rows: 100000,1000000")
    parser.add_argument("--cities", type=lambda text: text.split(","), default=["serang"])
    parser.add_argument("--link", type=against, default=[], help="list x reference: 10000x1000000")
    parser.add_argument("--only", type=lambda text: text.split(","), help="runners to run")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--dirt", type=float, default=1.0, help="multiplies every error's rate")
    parser.add_argument(
        "--rounds", type=int, default=1, help=f"of lists up to {_ROUNDED:,} rows; fastest counts"
    )
    parser.add_argument("--no-febrl", dest="febrl", action="store_false")
    parser.add_argument("--no-write", dest="write", action="store_false")
    parser.add_argument("--work", type=Path, help="folder for the lists while it runs")
    return parser.parse_args()


def _wanted(runners: tuple[str, ...], chosen: argparse.Namespace) -> list[str]:
    return [each for each in runners if not chosen.only or each in chosen.only]


def _dedupe(
    console: Console, work: Path, size: int, city: str, chosen: argparse.Namespace
) -> Iterator[Run]:
    folder = work / f"{city}-{size}"
    folder.mkdir()
    console.print(f"Making {size:,} rows of {city} …")
    make(size, city, seed=chosen.seed, dirt=chosen.dirt).write(folder)
    teacher = make(min(size, TEACHER_ROWS), TEACHER, seed=chosen.seed + 1)
    teacher.rows.write_parquet(folder / "elsewhere.parquet")
    del teacher
    task = f"{size:,} rows, {city}"
    fastest: dict[str, Run] = {}
    for left in reversed(range(chosen.rounds if size <= _ROUNDED else 1)):
        for runner in _wanted(DEDUPE, chosen):
            run = score_dedupe(task, runner, folder, size, said=console.print)
            before = fastest.get(runner, run)
            rounds = (*before.rounds, run.total)
            fastest[runner] = replace(min(run, before, key=_seconds), rounds=rounds)
            if not left:
                yield fastest[runner]
    shutil.rmtree(folder)


def _seconds(run: Run) -> float:
    return math.inf if run.absent else run.total


def _link(
    console: Console, work: Path, rows: int, reference: int, chosen: argparse.Namespace
) -> Iterator[Run]:
    folder = work / f"link-{rows}-{reference}"
    folder.mkdir()
    console.print(f"Making {rows:,} rows and a reference of {reference:,} …")
    write_with_reference(folder, rows, reference, seed=chosen.seed)
    (folder / ASKED).hardlink_to(folder / "rows.parquet")
    task = f"{rows:,} against {reference:,}"
    for runner in _wanted(report.LINK, chosen):
        yield score_link(task, runner, folder, rows, said=console.print)
    shutil.rmtree(folder)


def _febrl(console: Console, work: Path, chosen: argparse.Namespace) -> Iterator[Run]:
    from benchmarks.linkage import febrl

    folder = work / "febrl"
    folder.mkdir()
    febrl.write(folder)
    for runner in _wanted(FEBRL, chosen):
        yield score_febrl(runner, folder, said=console.print)


if __name__ == "__main__":
    main()
