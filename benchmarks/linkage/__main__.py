"""Ours and Splink side by side in one run: `python -m benchmarks.linkage`, `make bench-linkage`.

Makes the lists, runs every method in a fresh process over the same files, scores what each wrote
against the truth, prints one table and writes its section of benchmarks/RESULTS.md.
"""

import argparse
import tempfile
from pathlib import Path

from rich.console import Console

from benchmarks.linkage import report
from benchmarks.linkage.generator import make, write_with_reference
from benchmarks.linkage.scoring import Run, score_dedupe, score_febrl, score_link

DEDUPE = (
    "floor", "learn", "ours-elsewhere", "ours", "splink", "splink-untrained", "splink-tuned",
)  # fmt: skip
# the city whose list teaches the weights of "ours-elsewhere", and how many rows of it
TEACHER, TEACHER_ROWS = "tangerang", 200_000
LINK = ("floor-link", "ours-link", "splink-link", "splink-link-untrained")
FEBRL = ("ours-febrl3", "splink-febrl3", "ours-febrl4", "splink-febrl4")


def main() -> None:
    """Parse, make, measure, report."""
    chosen = _arguments()
    console = Console(width=max(170, Console().width))
    runs: list[Run] = []
    with tempfile.TemporaryDirectory(prefix="payung-linkage-", dir=chosen.work) as name:
        work = Path(name)
        for size in chosen.sizes:
            for city in chosen.cities:
                runs += _dedupe(console, work, size, city, chosen)
        for rows, reference in chosen.link:
            runs += _link(console, work, rows, reference, chosen)
        if chosen.febrl:
            runs += _febrl(console, work, chosen)
    report.show(console, runs, chosen)
    if chosen.write:
        report.write(runs, chosen)
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
    parser.add_argument("--no-febrl", dest="febrl", action="store_false")
    parser.add_argument("--no-write", dest="write", action="store_false")
    parser.add_argument("--work", type=Path, help="folder for the lists while it runs")
    return parser.parse_args()


def _wanted(runners: tuple[str, ...], chosen: argparse.Namespace) -> list[str]:
    return [each for each in runners if not chosen.only or each in chosen.only]


def _dedupe(
    console: Console, work: Path, size: int, city: str, chosen: argparse.Namespace
) -> list[Run]:
    folder = work / f"{city}-{size}"
    folder.mkdir()
    console.print(f"Making {size:,} rows of {city} …")
    make(size, city, seed=chosen.seed, dirt=chosen.dirt).write(folder)
    teacher = make(min(size, TEACHER_ROWS), TEACHER, seed=chosen.seed + 1)
    teacher.rows.write_parquet(folder / "elsewhere.parquet")
    del teacher
    task = f"{size:,} rows, {city}"
    return [
        score_dedupe(task, runner, folder, size, said=console.print)
        for runner in _wanted(DEDUPE, chosen)
    ]


def _link(
    console: Console, work: Path, rows: int, reference: int, chosen: argparse.Namespace
) -> list[Run]:
    folder = work / f"link-{rows}-{reference}"
    folder.mkdir()
    console.print(f"Making {rows:,} rows and a reference of {reference:,} …")
    write_with_reference(folder, rows, reference, seed=chosen.seed)
    task = f"{rows:,} against {reference:,}"
    return [
        score_link(task, runner, folder, rows, said=console.print)
        for runner in _wanted(LINK, chosen)
    ]


def _febrl(console: Console, work: Path, chosen: argparse.Namespace) -> list[Run]:
    from benchmarks.linkage import febrl

    folder = work / "febrl"
    folder.mkdir()
    febrl.write(folder)
    return [score_febrl(runner, folder, said=console.print) for runner in _wanted(FEBRL, chosen)]


if __name__ == "__main__":
    main()
