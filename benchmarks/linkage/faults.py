"""What a method gets wrong: which likenesses fool it, and which errors hide people from it."""

from typing import NamedTuple

import numpy as np
import polars as pl

from benchmarks.linkage.errors import ERRORS

_LARGEST = 50  # rows; pairs of larger clusters are not listed
_FEWEST = 30  # true pairs below which an error's recall says little


class Faults(NamedTuple):
    """`wrong`: pairs of strangers put together, of them `family` of one household, `twins` twins.

    `hidden`: the errors whose true pairs are found least, with the share found.
    """

    wrong: int
    family: int
    twins: int
    hidden: tuple[tuple[str, float], ...]


def faults(clusters: pl.DataFrame, truth: pl.DataFrame, *, worst: int = 5) -> Faults:
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
        if bears.sum() >= _FEWEST:
            shares.append((error.code, float(found[bears].mean())))
    shares.sort(key=lambda item: item[1])
    return Faults(wrong.height, family.height, twins.height, tuple(shares[:worst]))


def _pairs(rows: pl.DataFrame, group: str) -> pl.DataFrame:
    several = rows.filter(pl.len().over(group).is_between(2, _LARGEST))
    joined = several.join(several, on=group)
    if group == "person":
        joined = joined.with_columns(person_right="person")
    return joined.filter(pl.col("id") < pl.col("id_right"))
