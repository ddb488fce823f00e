"""What a method gets wrong: which likenesses fool it, and which errors hide people from it."""

from typing import NamedTuple

import numpy as np
import polars as pl

from benchmarks.linkage.errors import ERRORS

_LARGEST = 50  # rows; pairs of larger clusters are not listed
FEWEST = 30  # true pairs below which an error's recall says little


class Hidden(NamedTuple):
    """An error, how many true pairs bear it on either side, and the share of them found."""

    error: str
    pairs: int
    found: float


class Faults(NamedTuple):
    """`wrong`: pairs of strangers put together, of them `family` of one household, `twins` twins.

    `hidden`: every error that enough true pairs bear, those found least first.
    """

    wrong: int
    family: int
    twins: int
    hidden: tuple[Hidden, ...]


def faults(clusters: pl.DataFrame, truth: pl.DataFrame) -> Faults:
    """`clusters`: id, cluster; `truth`: id, person, household, twin, damage (bits of ERRORS)."""
    both = clusters.select("id", "cluster").join(truth, on="id")
    pairs = _pairs(both, "cluster")
    wrong = pairs.filter(pl.col("person") != pl.col("person_right"))
    family = wrong.filter(pl.col("household") == pl.col("household_right"))
    twins = family.filter(pl.col("twin") & pl.col("twin_right"))
    true = _pairs(both, "person")
    found = (true["cluster"] == true["cluster_right"]).to_numpy()
    damage = true["damage"].to_numpy() | true["damage_right"].to_numpy()
    shares = []
    for bit, error in enumerate(ERRORS):
        bears = (damage & np.uint64(1 << bit)) > 0
        if bears.sum() >= FEWEST:
            shares.append(Hidden(error.code, int(bears.sum()), float(found[bears].mean())))
    shares.sort(key=lambda each: each.found)
    return Faults(wrong.height, family.height, twins.height, tuple(shares))


def _pairs(rows: pl.DataFrame, group: str) -> pl.DataFrame:
    several = rows.filter(pl.len().over(group).is_between(2, _LARGEST))
    joined = several.join(several, on=group)
    if group == "person":
        joined = joined.with_columns(person_right="person")
    return joined.filter(pl.col("id") < pl.col("id_right"))
