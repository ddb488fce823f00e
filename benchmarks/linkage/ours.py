"""Payung's own engine, through the one function the product uses."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.linkage.fresh import Stages, Unmeasured

WEIGHTS = "weights.yaml"


def dedupe(stages: Stages, folder: Path, out: Path) -> None:
    """Weights learned in the run itself."""
    run(stages, [folder / "rows.parquet"], out)


def dedupe_elsewhere(stages: Stages, folder: Path, out: Path) -> None:
    """Weights learned before, from another city's list (`learn`)."""
    _engine()
    from payung.linkage.learning import parse_weights
    from payung.linkage.rules import packaged_rules

    file = folder / WEIGHTS
    if not file.exists():
        raise Unmeasured("no weights were learned elsewhere")
    weights = parse_weights(file.read_text("utf-8"), packaged_rules())
    run(stages, [folder / "rows.parquet"], out, weights=weights)


def link(stages: Stages, folder: Path, out: Path) -> None:
    """A list against a reference."""
    run(stages, [folder / "rows.parquet", folder / "reference.parquet"], out)


def learn(stages: Stages, folder: Path, out: Path) -> None:
    """Weights from elsewhere.parquet, another city's list, written into the folder as text."""
    engine = _engine()
    from payung.linkage.learning import weights_as_text

    with stages.stage("learn"):
        weights = engine(pl.read_parquet(folder / "elsewhere.parquet")).weights
        (folder / WEIGHTS).write_text(weights_as_text(weights), "utf-8")


def run(stages: Stages, files: list[Path], out: Path, **options: Any) -> None:
    """Read, link and write clusters and pairs; a second file is the reference."""
    engine = _engine()
    with stages.stage("read"):
        frames = [pl.read_parquet(file) for file in files]
    if len(frames) > 1:
        options["reference"] = frames[1]
    with stages.stage("link"):
        linked = engine(frames[0], **options)
    with stages.stage("write"):
        linked.clusters.write_parquet(out / "clusters.parquet", compression_level=1)
        linked.pairs.write_parquet(out / "pairs.parquet", compression_level=1)
    summary = linked.summary.as_data()
    stages.notes = {
        each: summary[each]
        for each in (
            "seconds", "threshold", "warnings", "bands", "expected_wrong", "expected_missed",
        )
    }  # fmt: skip
    stages.finished()
    if len(frames) == 1:
        _write_candidates(frames[0], out / "candidates.parquet")


def _write_candidates(frame: pl.DataFrame, file: Path) -> None:
    """The pairs that were compared, but for samples, found anew after the measured part."""
    from payung.linkage.blocking import candidates
    from payung.linkage.rows import prepare
    from payung.linkage.rules import packaged_rules

    rules = packaged_rules().for_rows(frame.height)
    found = candidates(prepare(frame, rules, date.today()), rules, learning=False)  # noqa: DTZ011
    ids = frame["id"]
    pl.DataFrame({"left_id": ids[found.left], "right_id": ids[found.right]}).write_parquet(file)


def _engine() -> Any:
    try:
        from payung.linkage.engine import link as engine
    except ImportError as error:
        raise Unmeasured(f"payung.linkage has no engine yet: {error}") from error
    return engine
