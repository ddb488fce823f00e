"""Who is who in a list, or between a list and a reference: the stages in order, in memory.

Normalise, block, compare once per pair, weigh once per distinct pattern, group. Nothing is merged
here: clusters and pairs are proposals, each with its probability, its band and its reasons.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import polars as pl

from payung.linkage.blocking import Candidates, Numbers, candidates
from payung.linkage.clusters import components, sizes
from payung.linkage.explain import spelled
from payung.linkage.index import Index
from payung.linkage.learning import Judged, Weights, judge, learn, packaged_weights
from payung.linkage.levels import compare, distinct
from payung.linkage.lookup import Sought
from payung.linkage.proposals import (
    BANDS,
    NO_REFERENCE,
    NOTHING_IN_COMMON,
    NOTHING_TO_COMPARE,
    OTHERWISE,
    REFERENCE_TELLS_NOTHING,
    bands,
    joined,
    of_crowds,
    of_cut_blocks,
    of_held_pairs,
    of_large_cluster,
    of_lifted_guards,
    of_shared_niks,
    of_unread_niks,
    proposals,
)
from payung.linkage.rows import (
    NoAnswer,
    bearers,
    bearing_none,
    identified,
    prepare,
    uncrowded,
    unread_niks,
)
from payung.linkage.rules import Block, Rules, packaged_rules
from payung.linkage.sorting import ordered
from payung.linkage.summary import Summary


@dataclass(frozen=True, slots=True)
class Linked:
    """Proposals: `clusters` (id, cluster), `pairs` with weights and reasons, and the summary.

    With a reference, `clusters` also says the `side` of an id, "list" or "reference", and holds
    only those rows of the reference that a row of the list was put together with. `weights` are
    those the pairs were weighed with.
    """

    clusters: pl.DataFrame
    pairs: pl.DataFrame
    summary: Summary
    weights: Weights


def link(
    frame: pl.DataFrame,
    *,
    reference: pl.DataFrame | Index | None = None,
    rules: Rules | None = None,
    weights: Weights | None = None,
    threshold: float | None = None,
    on: date | None = None,
) -> Linked:
    """Find the rows of one person in a list, or the rows of a reference that rows of a list are.

    `frame` and `reference` have any subset of the columns of `rows.INPUTS` as text, at least a NIK
    or a name; a reference may be prepared once, by `rows.as_reference` or as an `Index`, which
    gives the same pairs. Without given `weights` they are learned from the pairs found, starting
    from the project's own. From the `threshold`, a probability, pairs are put together; without it
    from where the declared costs of errors say. `on` decides the century of two-digit years: today
    when not given. Raises NoAnswer, whose text says in Indonesian what is missing.
    """
    everybody = frame.height + (reference.height if reference is not None else 0)
    rules = (rules or packaged_rules()).for_rows(everybody)
    on = on or datetime.now(ZoneInfo("Asia/Jakarta")).date()
    threshold = rules.costs.threshold if threshold is None else threshold
    summary = Summary("duckdb", round(threshold, 4), rows=frame.height)
    if isinstance(reference, Index):
        if not reference.height:
            raise NoAnswer(f"Indeks {reference.folder} tidak berisi satu baris pun.")
        if any(block.until for block in rules.blocks):
            with summary.stage("lookup"):
                reference = reference.rows()
    summary.reference_rows = everybody - frame.height
    with summary.stage("normalise"):
        boundary: int | None
        if isinstance(reference, Index):
            reference.expect(frame.height)
            ids, boundary = identified(frame), frame.height
            rows = _comparable(frame, rules, on, summary)
        else:
            rows, ids, boundary = _normalised(frame, reference, rules, on, summary)
        # of a reference that was prepared only the spelling made uniform is known
        names = frame["name"] if reference is None and "name" in frame.columns else None
        del frame
    sought = None
    if isinstance(reference, Index):
        with summary.stage("lookup"):
            sought = Sought(rows, reference, rules)
            rows = sought.rows
    sides = [rows] if boundary is None else [rows[:boundary], sought or rows[boundary:]]
    if said := _without_keys(sides, rules):
        raise NoAnswer(" ".join([*summary.warnings, said]))
    with summary.stage("block"):
        found = candidates(sought or rows, rules, boundary, learning=weights is None)
        _report_cuts(found, rules, summary)
    with summary.stage("compare"):
        pattern_of = sought.compare(found) if sought else compare(rows, found, rules)
        if sought:
            _report_shared(sought.shared_niks(), rules, summary)
            found.right, ids = sought.numbered(found.right), pl.concat([ids, sought.ids])
    with summary.stage("weigh"):
        patterns, place, counts = distinct(pattern_of)
        if weights is None:
            weights = learn(
                patterns, found.with_left_out(place, counts), rules, packaged_weights(),
                rows=everybody, on=on, source="this run",
            )  # fmt: skip
        judged = judge(patterns, counts, rules, weights)
        if judged.lifted:
            summary.warnings.append(of_lifted_guards())
        band = bands(judged, rules)
        probability = judged.probability[place]
        summary.pairs_compared, summary.patterns = len(place), len(patterns)
        summary.weights_learned, summary.weights_rows = weights.learned, weights.rows
        summary.bands = {name: int(counts[band == at].sum()) for at, name in enumerate(BANDS) if at}
    with ThreadPoolExecutor(1) as pool:
        # who are together and why is told at once, as neither asks for the other
        coming = pool.submit(_pairs, found, place, judged, band, ids, names, threshold, rules)
        with summary.stage("cluster"):
            together = joined(judged, threshold)[place]
            label, together = _grouped(len(ids), found, probability, together, rules)
            summary.expect(judged.believed[place], together)
            clusters = _clusters(ids, label, boundary, rules, summary)
            told = (judged.guard >= 0) & ((band > 0) | (judged.probability >= threshold))
            held = told[place] & (label[found.left] == label[found.right])
            if held.any():
                first = int(held.argmax())
                one, other = ids[int(found.left[first])], ids[int(found.right[first])]
                summary.warnings.append(of_held_pairs(int(held.sum()), one, other))
        with summary.stage("explain"):
            pairs = coming.result()
    return Linked(clusters, pairs, summary, weights)


def _normalised(
    frame: pl.DataFrame,
    reference: pl.DataFrame | None,
    rules: Rules,
    on: date,
    summary: Summary,
) -> tuple[pl.DataFrame, pl.Series, int | None]:
    """Comparable rows of the list and then the reference, their ids, and where it begins."""
    boundary = None
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(identified, frame)
        rows = _comparable(frame, rules, on, summary, counting=reference is None)
        ids = coming.result()
    if reference is not None:
        if not reference.height:
            raise NoAnswer(NO_REFERENCE)
        boundary = frame.height
        ids = pl.concat([ids, identified(reference)])
        others = _comparable(reference, rules, on, summary, reference=True)
        rows = pl.concat([rows, others.select(rows.columns)])
    shared = _in_more_rows(rows["nik"].drop_nulls(), rules.largest)
    if shared.height:
        _report_shared(shared, rules, summary)
        of = rows["nik"].is_in(shared["nik"].implode()).fill_null(value=False)
        rows = bearing_none(rows, of)
    return rows.rechunk(), ids, boundary


def _comparable(
    frame: pl.DataFrame,
    rules: Rules,
    on: date,
    summary: Summary,
    *,
    counting: bool = False,
    reference: bool = False,
) -> pl.DataFrame:
    """Prepared rows of one list without what too many of them share; its names counted if asked."""
    rows = prepare(frame, rules, on)
    if unread := unread_niks(frame, rows):
        summary.warnings.append(of_unread_niks(*unread, reference=reference))
    with ThreadPoolExecutor(1) as pool:
        counts = pool.submit(bearers, rows) if counting else None
        rows, crowds = uncrowded(rows, rules)
        if counts:
            rows = rows.with_columns(counts.result())
    if not reference and any(crowds):
        summary.warnings.append(of_crowds(crowds, rules))
    return rows


def _in_more_rows(values: pl.Series, most: int) -> pl.DataFrame:
    """The values that stand in more rows than `most`, each with its `count`."""
    # equal values have equal hashes, and sorting numbers is quick
    hashes = ordered(values.hash().to_numpy())
    if not (hashes[most:] == hashes[: max(0, len(hashes) - most)]).any():
        values = values.clear()
    return values.value_counts().filter(pl.col("count") > most)


def _without_keys(sides: Sequence[pl.DataFrame | Sought], rules: Rules) -> str:
    """Why no two rows can be brought together, or "": of a list, or of it and its reference.

    What only a small list is searched by tells nobody from another.
    """
    blocks = [block for block in rules.blocks if not block.until]
    if any(all(_has_key(side, block) for side in sides) for block in blocks):
        return ""
    bare = [not any(_has_key(side, block) for block in blocks) for side in sides]
    if bare[0]:
        return NOTHING_TO_COMPARE
    return REFERENCE_TELLS_NOTHING if bare[1] else NOTHING_IN_COMMON


def _has_key(rows: pl.DataFrame | Sought, block: Block) -> bool:
    if isinstance(rows, Sought):
        return rows.bears(block)
    return any(
        rows.select(
            pl.all_horizontal(pl.col(part.column).is_not_null() for part in key).any()
        ).item()
        for key in block.keys
    )


def _report_shared(shared: pl.DataFrame, rules: Rules, summary: Summary) -> None:
    if shared.height:
        nik, most = shared.sort("count", "nik", descending=[True, False]).row(0)
        summary.warnings.insert(0, of_shared_niks(shared.height, nik, most, rules))


def _report_cuts(found: Candidates, rules: Rules, summary: Summary) -> None:
    summary.pairs_found = found.found
    if found.cut:
        summary.warnings.append(of_cut_blocks(found.cut, rules))


def _grouped(
    rows: int,
    found: Candidates,
    probability: npt.NDArray[np.float64],
    together: npt.NDArray[np.bool_],
    rules: Rules,
) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """The cluster of each row and which of the pairs `together` were put together.

    A cluster above the largest is built again from pairs that are sure.
    """
    label = components(rows, found.left[together], found.right[together])
    large = sizes(label) > rules.largest
    if large.any():
        together &= ~large[found.left] | (probability >= rules.costs.same)
        label = components(rows, found.left[together], found.right[together])
    return label, together


def _clusters(
    ids: pl.Series, label: Numbers, boundary: int | None, rules: Rules, summary: Summary
) -> pl.DataFrame:
    size = sizes(label)
    heads = np.flatnonzero(label == np.arange(len(label), dtype=label.dtype))
    clusters = pl.DataFrame({"id": ids, "cluster": ids[label]})
    if boundary is not None:
        listed = np.arange(len(label)) < boundary
        # a reference's row is named only when a row of the list was put together with it
        clusters = clusters.with_columns(
            pl.Series("side", listed).replace_strict({True: "list", False: "reference"})
        ).filter(pl.Series(listed | (label < boundary)))
        heads = heads[heads < boundary]
    summary.clusters = len(heads)
    summary.clustered_rows = int((size[: boundary or len(size)] > 1).sum())
    summary.largest_cluster = int(size.max(initial=0))
    for head in heads[size[heads] > rules.largest]:
        summary.warnings.append(of_large_cluster(ids[int(head)], int(size[head]), rules))
    return clusters


def _pairs(
    found: Candidates,
    place: npt.NDArray[np.int64],
    judged: Judged,
    band: npt.NDArray[np.int64],
    ids: pl.Series,
    names: pl.Series | None,
    threshold: float,
    rules: Rules,
) -> pl.DataFrame:
    """The pairs worth a look or a merge, with weights, guard and sentence."""
    known = proposals(judged, band, threshold, rules)
    keep = np.isin(place, known["place"])
    left, right = found.left[keep], found.right[keep]
    respelled: pl.Series | bool = False
    if names is not None:
        one, other = (names.gather(side).cast(pl.String) for side in (left, right))
        respelled = (one != other).fill_null(value=False)
        at = respelled.arg_true()
        respelled = respelled.scatter(at, spelled(one.gather(at)) != spelled(other.gather(at)))
    return (
        pl.DataFrame(
            {
                "left_id": ids[left],
                "right_id": ids[right],
                "place": place[keep],
            }
        )
        .with_columns(respelled=respelled)
        .join(known, on="place", how="left", maintain_order="left")
        .with_columns(why=pl.when("respelled").then(OTHERWISE).otherwise("why"))
        .drop("place", "respelled", OTHERWISE)
    )
