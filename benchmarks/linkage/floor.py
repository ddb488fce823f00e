"""The floor under every method: read the lists and write them again, nothing else."""

from pathlib import Path

import polars as pl

from benchmarks.linkage.fresh import Stages


def dedupe(stages: Stages, folder: Path, out: Path) -> None:
    with stages.stage("all"):
        pl.read_parquet(folder / "rows.parquet").write_parquet(out / "rows.parquet")


def link(stages: Stages, folder: Path, out: Path) -> None:
    with stages.stage("all"):
        pl.read_parquet(folder / "rows.parquet").write_parquet(out / "rows.parquet")
        pl.read_parquet(folder / "reference.parquet").write_parquet(out / "reference.parquet")
