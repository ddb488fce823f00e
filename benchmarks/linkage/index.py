"""References kept as an index: `python -m benchmarks.linkage.index --reference 10000000`.

Makes a reference and a list, builds the index, asks it for short lists and for the whole list, and
changes it; each in a fresh process (`fresh.py`). Prints a table; nothing is written to RESULTS.md.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq

from benchmarks.linkage.fresh import Stages, measure
from benchmarks.linkage.generator import write_with_reference
from benchmarks.linkage.measures import concerned, linked
from payung.linkage.engine import link
from payung.linkage.index import Index

_INDEX = "index"
ASKED = "asked.parquet"


def build(stages: Stages, folder: Path, out: Path) -> None:
    """The index of reference.parquet."""

    def pieces() -> Iterator[pl.DataFrame]:
        with pq.ParquetFile(folder / "reference.parquet") as file:
            for batch in file.iter_batches(250_000):
                yield pl.DataFrame(batch)

    with stages.stage("build"):
        index = Index.build(pieces(), folder / _INDEX)
    stages.notes = {"rows": index.height, "bytes": index.bytes}


def ask(stages: Stages, folder: Path, out: Path) -> None:
    """The people of asked.parquet, sought in the index."""
    with stages.stage("read"):
        rows = pl.read_parquet(folder / ASKED)
    with stages.stage("open"):
        index = Index.open(folder / _INDEX)
    with stages.stage("link"):
        found = link(rows, reference=index)
    with stages.stage("write"):
        found.pairs.write_parquet(out / "pairs.parquet")
        found.clusters.write_parquet(out / "clusters.parquet")
    summary = found.summary
    stages.notes = {
        "seconds": summary.seconds,
        "threshold": summary.threshold,
        "pairs": summary.pairs_compared,
    }


def upsert(stages: Stages, folder: Path, out: Path) -> None:
    """The rows of asked.parquet added, half of them in the place of others."""
    rows = pl.read_parquet(folder / ASKED)
    taken = pl.scan_parquet(folder / "reference.parquet").select("id").head(rows.height // 2)
    ids = pl.concat([taken.collect()["id"], rows["id"][rows.height // 2 :]])
    with stages.stage("open"):
        index = Index.open(folder / _INDEX)
    with stages.stage("upsert"):
        changed = index.upsert(rows.with_columns(id=ids))
    stages.notes = {"rows": index.height, "replaced": changed.removed}


def main() -> None:
    """Parse, make, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reference", type=int, default=1_000_000)
    parser.add_argument("--lists", default="5000,100000", help="rows of the lists asked for")
    parser.add_argument("--upsert", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--made", type=Path, help="a folder of `write_with_reference`, kept")
    chosen = parser.parse_args()
    lists = [int(each) for each in chosen.lists.split(",")]
    with tempfile.TemporaryDirectory(prefix="payung-index-") as name:
        folder = Path(name)
        if chosen.made is None:
            most = max(*lists, chosen.upsert)
            write_with_reference(folder, most, chosen.reference, seed=chosen.seed)
        else:
            for file in chosen.made.glob("*.parquet"):
                (folder / file.name).symlink_to(file.resolve())
        _measured("index-build", folder)
        for rows in lists:
            _asked(folder, rows)
            _measured("index-ask", folder)
            _scored(folder)
        _asked(folder, chosen.upsert)
        _measured("index-upsert", folder)
        _asked(folder, lists[0])
        _measured("index-ask", folder)


def _asked(folder: Path, rows: int) -> None:
    pl.scan_parquet(folder / "rows.parquet").head(rows).sink_parquet(folder / ASKED)
    print(f"{rows:,} rows")


def _measured(runner: str, folder: Path) -> None:
    started = time.perf_counter()
    told = measure(runner, folder, folder / runner)
    process = time.perf_counter() - started
    stages = ", ".join(f"{name} {seconds:.2f}" for name, seconds in told["seconds"].items())
    print(
        f"  {runner}: {sum(told['seconds'].values()):.2f} s ({stages}); with the process and its "
        f"imports {process:.2f} s; CPU {told['cpu']:.2f} s; peak {told['peak'] / 1e6:,.0f} MB; "
        f"{told['notes']}"
    )


def _scored(folder: Path) -> None:
    pairs = pl.read_parquet(folder / "index-ask" / "pairs.parquet").filter(
        pl.col("probability") >= 0.9
    )
    asked = pl.read_parquet(folder / ASKED, columns=["id"])
    truth = pl.read_parquet(folder / "truth.parquet").join(asked, on="id", how="semi")
    reference = pl.scan_parquet(folder / "reference-truth.parquet")
    score = linked(pairs, truth, concerned(reference, truth, pairs))
    print(f"  precision {score.precision:.4f}, recall {score.recall:.4f}, F1 {score.f1:.4f}")


if __name__ == "__main__":
    main()
