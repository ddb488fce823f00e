"""What every pair shows: one level per field and the marks, as one number per pair.

A pattern is the number made of the levels' places and the marks. Everything after this stage works
on the few thousand distinct patterns, not on the pairs.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from payung.linkage.blocking import Candidates, Numbers
from payung.linkage.rows import for_comparing
from payung.linkage.rules import Condition, Rules
from payung.linkage.sorting import ordered, told_apart

Patterns = npt.NDArray[np.uint32]

# pairs laid side by side at once, so many that rows of one such piece lie near each other
_AT_ONCE = 32_768
# pairs for which making the query quicker takes longer than asking it as it is
_FEW = 2_000
_ARROW = pl.CompatLevel.newest()
_SIDE = re.compile(r"\b([lr])\.(?=[a-z])")
# functions that conditions name again and again, and what each gives for equal values
_ALIKE = {"jaro_winkler_similarity": "1.0", "hamming": "0"}
# what conditions ask of one row alone, worked out once for each row
_SPACES, _WITHOUT_SPACES = "_spaces", "_without_spaces"
_COUNTED = re.compile(r"length\(([lr]\.[a-z_]+)\)\s+-\s+length\(replace\(\1, ' ', ''\)\)")
_JOINED = re.compile(r"replace\(([lr]\.[a-z_]+), ' ', ''\)")
_HAS_ALL = re.compile(r"list_has_all\(string_split\((\S+), ' '\), string_split\((\S+), ' '\)\)")
# what a planner tries that makes so long a query no quicker
_IN_VAIN = "expression_rewriter,statistics_propagation"
# nothing is fetched from anywhere, whatever a query asks for
_CLOSED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}


@dataclass(frozen=True)
class Scheme:
    """How levels and marks make a pattern's number."""

    rules: Rules

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many values each field, then each mark, takes."""
        sizes = {field: len(levels) for field, levels in self.rules.fields.items()}
        return sizes | dict.fromkeys(self.rules.marks, 2)

    def places(self, patterns: Patterns) -> dict[str, npt.NDArray[np.int64]]:
        """The place of the level of each field and of `together`, and 0 or 1 for each mark."""
        left, found = patterns, {}
        for name, size in self.sizes.items():
            # several times as quick as the remainder, as numbers go through the division together
            rest = left // np.uint32(size)
            found[name] = (left - rest * np.uint32(size)).astype(np.int64)
            left = rest
        for name, together in self.rules.together.items():
            cell, known = np.zeros(len(patterns), np.int64), np.ones(len(patterns), bool)
            for field, places in together.places.items():
                known &= found[field] > 0
                group = np.array(places)[np.maximum(found[field] - 1, 0)]
                cell = cell * len(together.groups[field]) + group
            found[name] = np.where(known, cell + 1, 0)
        return found

    def holding(
        self, condition: Condition, places: Mapping[str, npt.NDArray[np.int64]]
    ) -> npt.NDArray[np.bool_]:
        """Which patterns, given their places, fulfil a condition."""
        holds = np.ones(len(next(iter(places.values()))), bool)
        for field, wanted in condition.levels.items():
            allowed = np.array([level.name in wanted for level in self.rules.fields[field]])
            holds &= allowed[places[field]]
        for mark in condition.marks:
            holds &= places[mark] == 1
        return holds

    def levels(self, pattern: int) -> tuple[dict[str, str], frozenset[str]]:
        """The levels' names and the marks of one pattern."""
        at = {name: int(places[0]) for name, places in self.places(np.array([pattern])).items()}
        levels = {field: each[at[field]].name for field, each in self.rules.fields.items()}
        return levels, frozenset(mark for mark in self.rules.marks if at[mark])

    def sql(self) -> str:
        """The pattern of a pair as one expression in DuckDB's SQL over rows l and r."""
        terms, radix = [], 1
        for name, size in self.sizes.items():
            if name in self.rules.marks:
                case = f"CASE WHEN {self.rules.marks[name]} THEN 1 ELSE 0 END"
            else:
                levels = self.rules.fields[name]
                whens = " ".join(
                    f"WHEN {level.when} THEN {at}" for at, level in enumerate(levels[:-1])
                )
                case = f"CASE {whens} ELSE {len(levels) - 1} END"
            terms.append(f"{radix} * ({case})")
            radix *= size
        if radix > 2**31:
            raise OverflowError("too many levels for one number")
        return " + ".join(terms)


def connect() -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that never reaches for an extension."""
    return duckdb.connect(":memory:", config=_CLOSED)


class Beside(NamedTuple):
    """Pairs whose rows are at hand in two `comparable` frames: the rows' numbers in them, and the
    places of the pairs among all that are compared."""

    left: pl.DataFrame
    right: pl.DataFrame
    one: Numbers
    other: Numbers
    place: npt.NDArray[np.int64]


def compare(rows: pl.DataFrame, pairs: Candidates, rules: Rules) -> Patterns:
    """The pattern of every pair, in the order of the pairs."""

    def paired() -> Iterator[Beside]:
        there = np.zeros(rows.height, bool)
        there[pairs.left] = there[pairs.right] = True
        number = np.cumsum(there, dtype=np.uint32) - np.uint32(1)
        both = comparable(rows[np.flatnonzero(there)], rules)
        left, right = number[pairs.left], number[pairs.right]
        yield Beside(both, both, left, right, np.arange(len(left)))

    return patterns_of(paired(), len(pairs.left), rows, rules)


def comparable(rows: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """What comparing asks of prepared rows, once for each row."""
    rows = for_comparing(rows)
    # one piece of memory for each column, or gathering takes several times as long
    texts = frozenset(name for name, kind in rows.schema.items() if kind == pl.String)
    return rows.select(_columns(_once(Scheme(rules).sql()), texts)).rechunk()


def patterns_of(pieces: Iterator[Beside], pairs: int, like: pl.DataFrame, rules: Rules) -> Patterns:
    """The pattern of every pair of the pieces, which have so many, in the order of their places.

    `like` are prepared rows, of which only the columns count. What pieces raise, this raises.
    """
    found = np.empty(pairs, np.uint32)
    if not pairs:
        return found
    order: list[npt.NDArray[np.int64]] = []
    failed: list[Exception] = []

    def beside() -> Iterator[pa.RecordBatch]:
        try:
            for piece in pieces:
                by = _order(piece.other)
                order.append(piece.place[by])
                yield from _beside(piece, by)
        except Exception as error:
            failed.append(error)
            raise

    with ThreadPoolExecutor(1) as pool:
        # the first batch is made while the database opens
        batches = _ahead(beside(), pool)
        none = comparable(like.clear(), rules)
        schema = _side_by_side(none, none).to_arrow(compat_level=_ARROW).schema
        read = pa.RecordBatchReader.from_batches(schema, batches)
        with connect() as database:
            # batches are made by whichever thread is free, and answered in their order
            database.execute(f"SET threads = {pl.thread_pool_size()}")
            database.execute("SET preserve_insertion_order = true")
            database.execute(f"SET disabled_optimizers = '{_IN_VAIN}'")
            if pairs <= _FEW:
                database.execute("PRAGMA disable_optimizer")
            database.register("pairs", read)
            try:
                shown = database.execute(_once(Scheme(rules).sql())).fetchnumpy()["pattern"]
            except duckdb.Error:
                if failed:
                    raise failed[0] from None
                raise
    found[np.concatenate(order)] = shown
    return found


def _ahead(made: Iterator[pa.RecordBatch], pool: Executor) -> Iterator[pa.RecordBatch]:
    """The same, each made while the one before is used, the first at once."""
    coming = pool.submit(next, made, None)

    def rest(coming: Future[pa.RecordBatch | None]) -> Iterator[pa.RecordBatch]:
        while (here := coming.result()) is not None:
            coming = pool.submit(next, made, None)
            yield here

    return rest(coming)


def _order(right: Numbers) -> Numbers:
    """The order in which pairs are compared: in each piece by the right row, as pairs come by the
    left one, and reading rows that lie apart takes longer than comparing them."""
    packed = right.astype(np.uint64) << np.uint64(32) | np.arange(len(right), dtype=np.uint64)
    pieces = [ordered(packed[at : at + _AT_ONCE]) for at in range(0, len(packed), _AT_ONCE)]
    return np.concatenate([packed[:0], *pieces]).astype(np.uint32)


def _beside(piece: Beside, order: Numbers) -> Iterator[pa.RecordBatch]:
    """Both rows of every pair side by side, some pairs at a time."""
    for at in range(0, len(order), _AT_ONCE):
        here = order[at : at + _AT_ONCE]
        both = _side_by_side(piece.left[piece.one[here]], piece.right[piece.other[here]])
        yield from both.to_arrow(compat_level=_ARROW).to_batches()


def _side_by_side(left: pl.DataFrame, right: pl.DataFrame) -> pl.DataFrame:
    sides = (("l_", left), ("r_", right))
    return pl.concat(
        [rows.select(pl.all().name.prefix(side)) for side, rows in sides], how="horizontal"
    )


@lru_cache(maxsize=8)
def _once(pattern: str) -> str:
    """The query for a pattern's number over `pairs`, in which both sides of a pair lie in one row,
    so that a condition's l.nik is the column l_nik; what costs most is asked no more than needed.
    """
    # every word of a text can only be among another's if the last is
    pattern = _HAS_ALL.sub(
        r"(CASE WHEN contains(\1, split_part(\2, ' ', -1)) THEN \g<0> ELSE false END)", pattern
    )
    pattern = _COUNTED.sub(rf"\1{_SPACES}", pattern)
    pattern = _JOINED.sub(rf"\1{_WITHOUT_SPACES}", pattern)
    same, shared = [], []
    asked = Counter(re.findall(r"\bl\.([a-z_]+) (?:=|<>) r\.\1\b", pattern))
    for column in sorted(asked):
        if asked[column] > 1:
            same.append(f"l.{column} = r.{column} AS same_{column}")
            pattern = re.sub(rf"\bl\.{column} = r\.{column}\b", f"same_{column}", pattern)
            pattern = re.sub(rf"\bl\.{column} <> r\.{column}\b", f"NOT same_{column}", pattern)
    for function, alike in _ALIKE.items():
        calls = Counter(re.findall(rf"\b{function}\(l\.([a-z_]+), r\.\1\)", pattern))
        for column in sorted(calls):
            if calls[column] > 1:
                call, name = f"{function}(l.{column}, r.{column})", f"{function}_of_{column}"
                equal = f"same_{column}" if asked[column] > 1 else f"l.{column} = r.{column}"
                shared.append(f"CASE WHEN {equal} THEN {alike} ELSE {call} END AS {name}")
                pattern = pattern.replace(call, name)
    pairs = f"(SELECT {', '.join(['*', *same])} FROM pairs)"  # noqa: S608
    pairs = f"(SELECT {', '.join(['*', *shared])} FROM {pairs})"  # noqa: S608
    query = f"SELECT ({pattern})::UINTEGER AS pattern FROM {pairs}"  # noqa: S608
    return _SIDE.sub(r"\1_", query)


@lru_cache(maxsize=8)
def _columns(query: str, texts: frozenset[str]) -> tuple[pl.Expr, ...]:
    """The columns of a row that a query over pairs speaks of; texts of which it only asks whether
    they are the same as numbers, which are moved and compared faster."""
    asked, same, known = (
        Counter(re.findall(rf"\b{said}", query))
        for said in (
            "[lr]_([a-z_]+)",
            r"l_([a-z_]+) (?:=|<>) r_\1\b",
            r"[lr]_([a-z_]+) IS (?:NOT )?NULL\b",
        )
    )
    columns = []
    for name in sorted(asked):
        stored = name.removesuffix(_WITHOUT_SPACES).removesuffix(_SPACES)
        column = pl.col(stored)
        if name.endswith(_WITHOUT_SPACES):
            column = column.str.replace_all(" ", "", literal=True)
        elif name.endswith(_SPACES):
            column = column.str.count_matches(" ", literal=True)
        text = stored in texts and not name.endswith(_SPACES)
        if text and asked[name] == 2 * same[name] + known[name]:
            column = pl.when(pl.col(stored).is_not_null()).then(column.hash())
        columns.append(column.alias(name))
    return tuple(columns)


def distinct(
    pattern_of: Patterns,
) -> tuple[Patterns, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The different patterns in order, the place among them of every pair's, and their counts: as
    `numpy.unique`, without sorting the pairs."""
    patterns, which = told_apart(pl.Series(pattern_of))
    order = np.argsort(patterns)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    place = place[which]
    return patterns[order], place, np.bincount(place, minlength=len(order))
