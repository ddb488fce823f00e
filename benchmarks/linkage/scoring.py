"""One run measured and scored against the truth."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from benchmarks.linkage.faults import Faults, faults
from benchmarks.linkage.fresh import Unmeasured, measure
from benchmarks.linkage.measures import (
    Score,
    candidates,
    concerned,
    linked,
    pairwise,
    whole_clusters,
)
from payung.linkage.clusters import components

_THRESHOLDS = (0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999)  # tried where pairs were kept


@dataclass
class Run:
    """What one runner did with one task; `absent` says why it did nothing."""

    task: str
    runner: str
    rows: int
    seconds: dict[str, float] = field(default_factory=dict)
    inside: dict[str, float] = field(default_factory=dict)  # stages the method itself tells of
    cpu: float = 0.0
    peak: int = 0
    threshold: float = 0.95  # from which pairs count as found, where there are no clusters
    pairs: Score | None = None
    clusters: Score | None = None
    compared: Score | None = None
    best: tuple[float, float] | None = None  # threshold and F1 of the best, known by the truth
    expected: tuple[float, float] | None = None  # pairs wrong and missed, as the method says itself
    actual: tuple[int, int] | None = None  # the same by the truth, among the pairs compared
    faults: Faults | None = None
    absent: str = ""
    rounds: tuple[float, ...] = ()  # seconds of every round, of which this was the fastest

    @property
    def total(self) -> float:
        """Seconds of all stages."""
        return sum(self.seconds.values())


def score_dedupe(
    task: str, runner: str, folder: Path, rows: int, said: Callable[[str], None]
) -> Run:
    """Runs it on the list in `folder` and scores its clusters."""
    run = _measured(task, runner, folder, rows, said)
    if not run.absent:
        _score_clusters(run, folder / runner, pl.read_parquet(folder / "truth.parquet"))
    return run


def score_link(task: str, runner: str, folder: Path, rows: int, said: Callable[[str], None]) -> Run:
    """Runs it on the list and the reference in `folder` and scores its pairs."""
    run = _measured(task, runner, folder, rows, said)
    if not run.absent:
        _score_pairs(
            run, folder / runner, pl.read_parquet(folder / "truth.parquet"),
            pl.scan_parquet(folder / "reference-truth.parquet"),
        )  # fmt: skip
    return run


def score_febrl(runner: str, folder: Path, said: Callable[[str], None]) -> Run:
    """febrl3 is cleared of repeats, febrl4 linked."""
    name = runner.rpartition("-")[2]
    run = _measured(name, runner, folder, 5_000, said)
    if run.absent:
        return run
    if name == "febrl3":
        _score_clusters(run, folder / runner, pl.read_parquet(folder / "febrl3-truth.parquet"))
    else:
        left, right = (pl.scan_parquet(folder / f"febrl4{each}-truth.parquet") for each in "ab")
        _score_pairs(run, folder / runner, left.collect(), right)
    return run


def _measured(task: str, runner: str, folder: Path, rows: int, said: Callable[[str], None]) -> Run:
    run = Run(task, runner, rows)
    try:
        measured = measure(runner, folder, folder / runner)
    except Unmeasured as error:
        run.absent = str(error)
        said(f"{task}: {runner} did not run: {error}")
        return run
    run.seconds, run.cpu, run.peak = measured["seconds"], measured["cpu"], measured["peak"]
    run.inside = measured["notes"].get("seconds", {})
    notes = measured["notes"]
    run.threshold = notes.get("threshold", run.threshold)
    if "expected_wrong" in notes:
        run.expected = notes["expected_wrong"], notes["expected_missed"]
    said(f"{task}: {runner}, {run.total:.1f} s")
    return run


def _score_clusters(run: Run, out: Path, truth: pl.DataFrame) -> None:
    file = out / "clusters.parquet"
    if not file.exists():
        return
    clusters = pl.read_parquet(file)
    run.pairs, run.clusters = pairwise(clusters, truth), whole_clusters(clusters, truth)
    if "damage" in truth.columns:
        run.faults = faults(clusters, truth)
    tried = {
        float(each.stem.removeprefix("clusters-")): pairwise(pl.read_parquet(each), truth).f1
        for each in out.glob("clusters-*.parquet")
    }
    pairs = _free(out)
    if not tried:
        tried = {each: pairwise(_clustered(pairs, truth, each), truth).f1 for each in _THRESHOLDS}
    run.best = max(tried.items(), key=lambda item: item[1])
    if (out / "candidates.parquet").exists():
        run.compared = candidates(pl.read_parquet(out / "candidates.parquet"), truth)
        together = candidates(pairs.filter(pl.col("probability") >= run.threshold), truth)
        run.actual = together.found - together.right, run.compared.right - together.right


def _free(out: Path) -> pl.DataFrame:
    """The pairs that may be put together: whom a guard holds back never is."""
    pairs = pl.read_parquet(out / "pairs.parquet")
    return pairs.filter(pl.col("guard").is_null()) if "guard" in pairs.columns else pairs


def _clustered(pairs: pl.DataFrame, truth: pl.DataFrame, threshold: float) -> pl.DataFrame:
    """The clusters that pairs from the threshold on make."""
    numbers = truth.select("id", number=pl.int_range(pl.len(), dtype=pl.UInt32))
    sides = [
        pairs.filter(pl.col("probability") >= threshold)
        .join(numbers, left_on=side, right_on="id", maintain_order="left")["number"]
        .to_numpy()
        for side in ("left_id", "right_id")
    ]
    return truth.select("id", cluster=components(truth.height, sides[0], sides[1]))


def _score_pairs(run: Run, out: Path, left: pl.DataFrame, reference: pl.LazyFrame) -> None:
    file = out / "pairs.parquet"
    if not file.exists():
        return
    pairs = _free(out)
    right = concerned(reference, left, pairs)
    run.pairs = linked(pairs.filter(pl.col("probability") >= run.threshold), left, right)
    tried = {
        threshold: linked(pairs.filter(pl.col("probability") >= threshold), left, right).f1
        for threshold in _THRESHOLDS
    }
    run.best = max(tried.items(), key=lambda item: item[1])
