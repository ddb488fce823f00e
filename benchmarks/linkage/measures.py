"""How right a set of clusters is, against the truth.

Pairwise: over pairs of rows put together or belonging together, counted from the sizes of
clusters, never listed. Clusters: over groups of two or more rows, found whole or not. Candidates:
the share of true pairs that were compared at all, which no later stage can better.
"""

from typing import NamedTuple

import polars as pl


class Score(NamedTuple):
    """Shares of what was found that is right, and of what is right that was found.

    `found`, `true` and `right` are numbers of pairs (or clusters). Nothing found is precision 1.
    """

    found: int
    true: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        total = self.found + self.true
        return 2 * self.right / total if total else 1.0


def pairwise(clusters: pl.DataFrame, truth: pl.DataFrame) -> Score:
    """Pairs of rows. `clusters`: id, cluster; `truth`: id, person; each id once in both.

    Raises ValueError when the two do not hold the same ids.
    """
    both = _both(clusters, truth)
    return Score(
        found=_pairs(both, "cluster"),
        true=_pairs(both, "person"),
        right=_pairs(both, "cluster", "person"),
    )


def whole_clusters(clusters: pl.DataFrame, truth: pl.DataFrame) -> Score:
    """Groups of two or more rows that are exactly one person's rows; arguments as `pairwise`."""
    both = _both(clusters, truth).with_columns(
        here=pl.len().over("cluster"), there=pl.len().over("person")
    )
    # a cluster is right when its rows are one person's and the person has no other
    together = both.with_columns(shared=pl.len().over("cluster", "person"))
    right = together.filter(
        (pl.col("here") > 1)
        & (pl.col("shared") == pl.col("here"))
        & (pl.col("shared") == pl.col("there"))
    )
    return Score(
        found=both.filter(pl.col("here") > 1)["cluster"].n_unique(),
        true=both.filter(pl.col("there") > 1)["person"].n_unique(),
        right=right["cluster"].n_unique(),
    )


def linked(pairs: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame) -> Score:
    """Pairs between a list and a reference. `pairs`: left_id, right_id; `left`, `right`: truths.

    The columns may stand either way round; a pair given twice counts once.
    """
    persons = pl.concat([left.select("id", "person"), right.select("id", "person")])
    return Score(
        found=_either_way(pairs).height,
        true=left.select("person").join(right.select("person"), on="person").height,
        right=_same_person(_either_way(pairs), persons),
    )


def concerned(truth: pl.LazyFrame, listed: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Of a reference's truth the rows of people in the list and those of pairs, all that `linked`
    asks for: a reference may be larger than memory."""
    truth = truth.select("id", "person")
    ids = pl.concat([pairs["left_id"], pairs["right_id"]]).unique().to_frame("id")
    met = truth.join(listed.lazy(), on="person", how="semi")
    found = truth.join(ids.lazy(), on="id", how="semi")
    return pl.concat([met, found]).unique("id").collect(engine="streaming")


def candidates(pairs: pl.DataFrame, truth: pl.DataFrame) -> Score:
    """Compared pairs inside one list: left_id, right_id. Its recall is the candidate recall."""
    pairs = _either_way(pairs)
    return Score(found=pairs.height, true=_pairs(truth, "person"), right=_same_person(pairs, truth))


def _both(clusters: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    both = clusters.select("id", "cluster").join(truth.select("id", "person"), on="id")
    if not both.height == clusters.height == truth.height or both["id"].is_duplicated().any():
        raise ValueError(
            f"{clusters.height:,} clustered rows and {truth.height:,} true ones "
            f"have {both.height:,} ids in common"
        )
    return both


def _pairs(frame: pl.DataFrame, *columns: str) -> int:
    size = pl.len().cast(pl.Int64)
    counted = frame.group_by(columns).agg(pairs=size * (size - 1) // 2)
    return int(counted["pairs"].sum())


def _either_way(pairs: pl.DataFrame) -> pl.DataFrame:
    first = pl.min_horizontal("left_id", "right_id")
    second = pl.max_horizontal("left_id", "right_id")
    return pairs.select(first=first, second=second).unique()


def _same_person(pairs: pl.DataFrame, truth: pl.DataFrame) -> int:
    known = truth.select("id", "person")
    both = pairs.join(known, left_on="first", right_on="id").join(
        known, left_on="second", right_on="id"
    )
    return int((both["person"] == both["person_right"]).sum())
