"""`link` on an engine of tables: the same stages as `engine.py`, as the queries of `sql.py`.

Nothing but the distinct patterns and a few counts comes back to Python, where they are weighed as
everywhere. The engine is whatever can keep the rows of a query as a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from payung.linkage import sql, sql_stars
from payung.linkage.blocking import NEIGHBOURS, SAMPLE, size_limit
from payung.linkage.learning import Judged, Weights, judge, learn, packaged_weights
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
from payung.linkage.rows import INPUTS, UNREAD_SHARE, Crowds, NoAnswer, are_prepared
from payung.linkage.rules import COLUMNS, Rules, packaged_rules
from payung.linkage.summary import Summary


class Tables(Protocol):
    """An engine that keeps tables by name."""

    name: str

    def make(self, table: str, query: str) -> None:
        """Keep the rows of a query as a table, in place of one of that name.

        Queries are in DuckDB's dialect.
        """

    def normalise(self, source: str, columns: Sequence[str], on: date) -> None:
        """Make the table `normalised` of a list: its number, id and office, and the forms of
        `columns`, those of INPUTS it has, as `identity.normal` makes them."""

    def view(self, table: str, query: str) -> None:
        """Give a query a name; it is run where the name is used."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The few rows of a query."""

    def give(self, table: str, frame: pl.DataFrame) -> None:
        """Make a small table of a frame."""

    def columns(self, table: str) -> list[str]:
        """The names of a table's columns."""


@dataclass(slots=True)
class LinkedTables:
    """As `engine.Linked`, with `clusters` and `pairs` left in the engine under these names."""

    summary: Summary
    weights: Weights
    clusters: str = "clusters"
    pairs: str = "told"


@dataclass(slots=True)
class _Run:
    tables: Tables
    rules: Rules
    boundary: int | None
    rows: int
    summary: Summary
    found: list[str] = field(default_factory=list)
    cut: dict[int, tuple[int, int]] = field(default_factory=dict)  # block: (keys, rows)


def link_tables(
    tables: Tables,
    *,
    rows: int,
    reference_rows: int | None = None,
    rules: Rules | None = None,
    weights: Weights | None = None,
    threshold: float | None = None,
    on: date | None = None,
) -> LinkedTables:
    """As `engine.link`, over the tables `list` and, with `reference_rows`, `reference`.

    Each has `number`, `id` and any of `rows.INPUTS`; numbers count on from 0 through the `rows` of
    the list and then the reference. A reference may be one that was prepared. Raises NoAnswer.
    """
    rules = (rules or packaged_rules()).for_rows(rows + (reference_rows or 0))
    on = on or datetime.now(ZoneInfo("Asia/Jakarta")).date()
    threshold = rules.costs.threshold if threshold is None else threshold
    summary = Summary(tables.name, round(threshold, 4), rows=rows)
    summary.reference_rows = reference_rows or 0
    boundary = None if reference_rows is None else rows
    run = _Run(tables, rules, boundary, rows + summary.reference_rows, summary)
    with summary.stage("normalise"):
        _normalise(run, on)
    with summary.stage("block"):
        _block(run)
    with summary.stage("compare"):
        tables.make("compared", sql.compared(rules, learning=weights is None))
        seen = tables.rows(
            "SELECT pattern, blocks, count(*) FROM compared GROUP BY pattern, blocks"
        )
    with summary.stage("weigh"):
        pattern, blocks, many = (np.array(each, np.int64) for each in _columns(seen, 3))
        by = tables.rows("SELECT blocks, count(*) FROM pairs GROUP BY blocks")
        summary.pairs_found = {
            block.name: sum(held for bits, held in by if bits >> at & 1)
            for at, block in enumerate(rules.blocks)
        }
        distinct, place = np.unique(pattern, return_inverse=True)
        patterns = distinct.astype(np.uint32)
        counts = np.bincount(place, many, len(patterns)).astype(np.int64)
        if weights is None:
            many[blocks == 0] *= SAMPLE
            with_left_out = np.bincount(place, many, len(patterns)).astype(np.int64)
            weights = learn(
                patterns, with_left_out, rules, packaged_weights(),
                rows=run.rows, on=on, source="this run",
            )  # fmt: skip
        judged = judge(patterns, counts, rules, weights)
        if judged.lifted:
            summary.warnings.append(of_lifted_guards())
        _weigh(run, judged, threshold)
        summary.weights_learned, summary.weights_rows = weights.learned, weights.rows
    with summary.stage("cluster"):
        _group(run, judged, threshold)
    return LinkedTables(summary, weights)


def _columns(rows: list[tuple[Any, ...]], width: int) -> list[tuple[Any, ...]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


def _normalise(run: _Run, on: date) -> None:
    tables = run.tables
    if not run.rows or run.boundary == 0:
        raise NoAnswer("Daftar tidak berisi satu baris pun.")
    if run.boundary == run.rows:
        raise NoAnswer(NO_REFERENCE)
    sources = ["list"] if run.boundary is None else ["list", "reference"]
    for source in sources:
        _refuse_twins(tables, source)
        given = tables.columns(source)
        if are_prepared([column for column in given if column != "number"]):
            kept = ", ".join(("number", "id", *sorted(COLUMNS), "weak"))
            tables.view(f"known_{source}", f"SELECT {kept} FROM {source}")  # noqa: S608
            continue
        if "nik" not in given and "name" not in given:
            raise NoAnswer(
                "Tidak ada kolom NIK atau Nama; tanpa salah satunya tidak ada yang dicari."
            )
        columns = [column for column in INPUTS if column in given]
        tables.normalise(source, columns, on)
        tables.view("normal", sql.normal(tables.columns("normalised"), "normalised"))
        tables.make(f"known_{source}", sql.known(run.rules))
        if "nik" in given:
            _report_unread(run, source)
    bare = [_uncrowded(run, source) for source in sources]
    tables.view("known", " UNION ALL ".join(f"SELECT * FROM {each}" for each in bare))  # noqa: S608
    tables.make("shared", sql.shared(run.rules))
    shared = tables.rows(
        "SELECT shared, bearers, (SELECT count(*) FROM shared) FROM shared "
        "ORDER BY bearers DESC, shared LIMIT 1"
    )
    for nik, bearers, niks in shared:
        run.summary.warnings.insert(0, of_shared_niks(niks, nik, bearers, run.rules))
    if shared or run.boundary is None:
        tables.make("people", sql.people(counted=run.boundary is None))
    else:
        tables.view("people", "SELECT * FROM known")


def _report_unread(run: _Run, source: str) -> None:
    """Warns when most NIKs of a list cannot be read, as `rows.unread_niks`."""
    ((written, read, nik),) = run.tables.rows(sql.unread(source))
    unread = written - read
    if unread > UNREAD_SHARE * written:
        of_reference = source == "reference"
        run.summary.warnings.append(of_unread_niks(unread, written, nik, reference=of_reference))


def _uncrowded(run: _Run, source: str) -> str:
    """The table of a list's known rows without what too many of them share."""
    tables, known, crowds = run.tables, f"known_{source}", f"crowds_{source}"
    ((rows,),) = tables.rows(f"SELECT count(*) FROM {known}")  # noqa: S608
    tables.make(crowds, sql.crowds(run.rules, known, rows))
    found = dict(tables.rows(f"SELECT kind, count(*) FROM {crowds} GROUP BY kind"))  # noqa: S608
    if not found:
        return known
    if source == "list":
        many = Crowds(*(found.get(kind, 0) for kind in ("phone", "address", "born", "born_nik")))
        run.summary.warnings.append(of_crowds(many, run.rules))
    tables.make(f"bare_{source}", sql.uncrowded(known, crowds))
    return f"bare_{source}"


def _refuse_twins(tables: Tables, source: str) -> None:
    """Raises NoAnswer when two rows have one id."""
    ((many, first),) = tables.rows(
        "SELECT count(*), min_by(id, first) FROM (SELECT id, min(number) AS first "  # noqa: S608
        f"FROM {source} GROUP BY id HAVING count(*) > 1) twice"
    )
    if many:
        raise NoAnswer(
            f"{many} id dipakai oleh lebih dari satu baris, misalnya “{first}”; "
            "beri setiap baris id sendiri, atau hapus kolom id."
        )


def _block(run: _Run) -> None:
    """The table `pairs`, depth by depth: keys of too many rows are made longer."""
    tables, rules = run.tables, run.rules
    _refuse_without_keys(run)
    if run.boundary is None:
        tables.view("keyed_0", sql.keys(rules))
    else:
        tables.make("keys", sql.keys(rules))
        tables.view("keyed_0", sql.keyed(run.boundary))
    deepest = max(len(block.longer) for block in rules.blocks)
    for depth in range(deepest + 1):
        sized = f"sized_{depth}"
        tables.make(sized, sql.sized(f"keyed_{depth}"))
        limits, above = _limits(run, sized, depth)
        if not limits:
            break
        tables.view(f"found_{depth}", sql.whole(rules, sized, limits, run.boundary))
        run.found.append(f"found_{depth}")
        ended = {at: limit for at, limit in above.items() if depth == len(rules.blocks[at].longer)}
        if ended:
            _neighbours(run, sized, ended, depth)
        above = {at: limit for at, limit in above.items() if at not in ended}
        if not above:
            break
        tables.view(f"keyed_{depth + 1}", sql.larger(rules, sized, above, depth))
    if run.cut:
        cut = {rules.blocks[at].name: counts for at, counts in run.cut.items()}
        run.summary.warnings.append(of_cut_blocks(cut, rules))
    tables.make("pairs", sql.pairs(run.found))


def _refuse_without_keys(run: _Run) -> None:
    """Raises NoAnswer when no two rows can be brought together, as `engine.link`."""
    # what only a small list is searched by tells nobody from another
    telling = [at for at, block in enumerate(run.rules.blocks) if not block.until]
    sides = [
        {at for at in telling if known[at]}
        for _, *known in sorted(run.tables.rows(sql.borne(run.rules, run.boundary)))
    ]
    if not set.intersection(*sides):
        said = NOTHING_IN_COMMON if sides[-1] else REFERENCE_TELLS_NOTHING
        said = said if sides[0] else NOTHING_TO_COMPARE
        raise NoAnswer(" ".join([*run.summary.warnings, said]))


def _limits(run: _Run, sized: str, depth: int) -> tuple[dict[int, int], dict[int, int]]:
    """The largest size whose keys are compared whole, per block; and that of blocks above it."""
    # at first every block is there, though none of its keys may be shared
    seen: dict[int, dict[int, int]] = {at: {} for at in range(len(run.rules.blocks)) if not depth}
    for at, size, rows in run.tables.rows(sql.sizes(run.rules, sized)):
        seen.setdefault(at, {})[size] = rows
    limits, above = {}, {}
    for at, rows_of in seen.items():
        block = run.rules.blocks[at]
        limit = block.limit
        if depth < len(block.longer):
            many = np.array([rows_of.get(size, 0) // max(size, 1) for size in range(limit + 1)])
            limit = size_limit(many, run.boundary or run.rows)
        limits[at] = limit
        if max(rows_of, default=0) > limit:
            above[at] = limit
    return limits, above


def _neighbours(run: _Run, sized: str, ended: dict[int, int], depth: int) -> None:
    near = f"near_{depth}"
    run.tables.view(near, sql.neighbours(run.rules, sized, ended, NEIGHBOURS, run.boundary))
    run.found.append(near)
    for at, keys, rows in run.tables.rows(sql.cut(sized, ended)):
        run.cut[at] = (keys, rows)


def _weigh(run: _Run, judged: Judged, threshold: float) -> None:
    """The table `judged` and the pairs that are told."""
    band = bands(judged, run.rules)
    summary, counts = run.summary, judged.counts
    summary.pairs_compared, summary.patterns = int(counts.sum()), len(judged.patterns)
    summary.bands = {name: int(counts[band == at].sum()) for at, name in enumerate(BANDS) if at}
    proposed = proposals(judged, band, threshold, run.rules)
    patterns = judged.patterns.astype(np.int32)
    run.tables.give(
        "judged",
        proposed.select(
            pl.Series("pattern", patterns[proposed["place"].to_numpy()], pl.Int32),
            pl.Series("believed", judged.believed[proposed["place"].to_numpy()]),
            pl.exclude("place"),
        ),
    )
    columns = [name for name in proposed.columns if name not in ("place", "why", OTHERWISE)]
    named = run.boundary is None and "name" in run.tables.columns("list")
    run.tables.view("told", sql_stars.told(columns, named=named))


def _group(run: _Run, judged: Judged, threshold: float) -> None:
    """The tables `stars`, each clustered row beside the first of its cluster, and `clusters`."""
    tables, rules, summary = run.tables, run.rules, run.summary
    tables.make(
        "together",
        "SELECT one, other, probability, believed FROM compared "  # noqa: S608
        "JOIN judged ON compared.pattern = judged.pattern "
        f"WHERE guard IS NULL AND probability >= {threshold!r}",
    )
    apart, believed = ~joined(judged, threshold), judged.believed
    summary.pairs_together = int(judged.counts[~apart].sum())
    wrong = float((judged.counts * (1 - believed))[~apart].sum())
    missed = float((judged.counts * believed)[apart].sum())
    settle_stars(tables, "together")
    largest = _largest(tables)
    if largest > rules.largest:
        tables.make("sure", sql_stars.sure(rules))
        ((summary.pairs_together,),) = tables.rows("SELECT count(*) FROM sure")
        ((all_wrong, all_right),) = tables.rows(sql_stars.expected("together"))
        ((kept_wrong, kept_right),) = tables.rows(sql_stars.expected("sure"))
        wrong -= all_wrong - kept_wrong
        missed += all_right - kept_right
        settle_stars(tables, "sure")
        largest = _largest(tables)
    summary.expected_wrong, summary.expected_missed = round(wrong, 1), round(missed, 1)
    tables.view("clusters", sql_stars.clusters(run.boundary))
    _count(run, largest)
    for held in tables.rows(sql_stars.held()):
        summary.warnings.append(of_held_pairs(*held))


def settle_stars(tables: Tables, edges: str) -> None:
    """The table `stars`: every row of `edges` but the lowest of its component, as `other`, beside
    that lowest, as `one`."""
    tables.make("stars", f"SELECT one, other FROM {edges}")  # noqa: S608
    while tables.rows(sql_stars.not_stars("stars")) != [(0,)]:
        tables.make("spread", sql_stars.large_stars("stars"))
        tables.make("stars", sql_stars.small_stars("spread"))


def _largest(tables: Tables) -> int:
    ((most,),) = tables.rows(
        "SELECT max(held) FROM (SELECT count(*) + 1 AS held FROM stars GROUP BY one) sizes"
    )
    return int(most or 1)


def _count(run: _Run, largest: int) -> None:
    summary, listed = run.summary, run.boundary or run.rows
    ((joined, heads),) = run.tables.rows(
        f"SELECT count(*) FILTER (WHERE other < {listed}), "  # noqa: S608
        f"count(DISTINCT one) FILTER (WHERE one < {listed}) FROM stars"
    )
    summary.clusters = listed - joined
    summary.clustered_rows = joined + heads
    summary.largest_cluster = largest
    if summary.largest_cluster > run.rules.largest:
        large = run.tables.rows(
            "SELECT id, held FROM people JOIN (SELECT one, count(*) + 1 AS held FROM stars "  # noqa: S608
            f"GROUP BY one HAVING count(*) >= {run.rules.largest}) sizes ON number = one "
            f"WHERE number < {listed} ORDER BY number"
        )
        summary.warnings += [of_large_cluster(name, size, run.rules) for name, size in large]
