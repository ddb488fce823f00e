"""The law over a data frame: the workers of a city or a province at once, with Polars.

No rule stands here. Workers share few kinds of months: rows are brought to their kind, each kind
is answered once by the functions that answer a single question, and the answers are joined back.

>>> import polars as pl
>>> from datetime import date
>>> from payung.law import bulk
>>> frame = pl.DataFrame({"income": [900_000, 1_150_000], "sector": ["other", "transport"],
...                       "funder": ["apbd", "self"], "month": [date(2026, 11, 1)] * 2})
>>> bulk.contributions(frame)["amount"].to_list()
[16800, 9400]

`payung.law` does not import it, to start quickly: `from payung.law import bulk`.
"""

from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from itertools import product
from math import prod

import polars as pl

from payung.law import membership
from payung.law.contributions.bpu import BASIC, check_kind, chosen_programs, month_lines
from payung.law.dates import month_index, month_of_index
from payung.law.errors import LawError
from payung.law.parameters import parameter
from payung.law.wording import Words

AMOUNTS = ("jkk", "jkm", "jht", "amount")
STATES = ("none", "medical-only", "funeral-only", "full")
_BITS = 60  # contribution months in one whole number of a worker's pattern


def contributions(frame: pl.DataFrame, programs: Collection[str] = BASIC) -> pl.DataFrame:
    """The frame with what each row's worker and month costs as BPU, in whole rupiah.

    `frame`: columns `income` (whole rupiah a month), `sector`, `funder` (as of
    `bpu_contribution`) and `month` (any day of the contribution month); other columns stay.
    Returns it, rows in their order, with `jkk`, `jkm`, `jht` (0 unless in `programs`) and
    `amount`, after relief. Raises LawError for a missing column or cell, a column of another
    kind, an income below 1 (its row is named), and what `bpu_contribution` refuses.
    """
    _check(frame, ("income", "sector", "funder", "month"))
    too_low = (frame["income"] < 1).arg_true()
    if len(too_low):
        raise LawError("bulk.income", row=too_low[0] + 1, income=frame["income"][too_low[0]])
    kinds = _Kinds(frame)
    amounts = kinds.price(programs)
    return frame.with_columns(
        pl.Series(name, amounts[name], pl.Int64).gather(kinds.key) for name in AMOUNTS
    )


class _Kinds:
    """Each row's kind as one small number, so that a kind is priced once and looked up."""

    def __init__(self, frame: pl.DataFrame) -> None:
        numbers = frame.select(_month_number())["month"]
        self.first, last = _first_and_last(numbers)
        self.sectors = frame["sector"].cast(pl.String).unique(maintain_order=True)
        self.funders = frame["funder"].cast(pl.String).unique(maintain_order=True)
        if frame.height:
            for sector, funder in product(self.sectors, self.funders):
                check_kind(month_of_index(self.first), sector, funder)
        brackets = max(len(dated.rows) for dated in parameter("bpu.brackets").values)
        self.sizes = (last - self.first + 1, brackets, len(self.sectors), len(self.funders))
        self.key = numbers - self.first
        self.key = self.key * brackets + _brackets(frame["income"], numbers)
        self.key = self.key * len(self.sectors) + _place(frame["sector"], self.sectors)
        self.key = self.key * len(self.funders) + _place(frame["funder"], self.funders)

    def price(self, programs: Collection[str]) -> dict[str, list[int]]:
        """The amounts by key; kinds that no row has stay 0."""
        amounts = {name: [0] * prod(self.sizes) for name in AMOUNTS}
        for key in self.key.unique():
            month, base, sector, funder = self._kind(key)
            check_kind(month, sector, funder)
            lines = month_lines(month, base, sector, funder, chosen_programs(month, programs))
            for line in lines:
                amounts[line.program][key] = line.amount
                amounts["amount"][key] += line.amount
        return amounts

    def _kind(self, key: int) -> tuple[date, int, str, str]:
        _, brackets, sectors, funders = self.sizes
        key, funder = divmod(key, funders)
        key, sector = divmod(key, sectors)
        number, bracket = divmod(key, brackets)
        month = month_of_index(self.first + number)
        base = int(parameter("bpu.brackets").at(month).rows[bracket]["base"])
        return month, base, self.sectors[sector], self.funders[funder]


def _brackets(income: pl.Series, numbers: pl.Series) -> pl.Series:
    """The place of each income among the brackets in force in its month."""
    places = pl.zeros(len(income), pl.Int64, eager=True)
    for number in numbers.unique().sort():
        parameter("bpu.brackets").at(month_of_index(number))  # LawError before the first rule
    for dated in parameter("bpu.brackets").values:
        edges = pl.Series([row["from_income"] for row in dated.rows], dtype=pl.Int64)
        reached = edges.search_sorted(income.cast(pl.Int64), side="right").cast(pl.Int64) - 1
        places = reached.zip_with(numbers >= month_index(dated.since), places)
    return places


def _place(words: pl.Series, known: pl.Series) -> pl.Series:
    return words.cast(pl.Enum(known)).to_physical().cast(pl.Int64)


def cover(paid: pl.DataFrame, days: Sequence[date]) -> pl.DataFrame:
    """For what each worker is covered on each of the days, from the months that were paid.

    `paid`: one row for each paid month, columns `worker` (any key) and `month` (any day of it),
    and if known `registered_on`, the day the number was issued, the same in all of a worker's
    rows. Months count as paid in time and may come twice. Returns one row for each worker and
    day, columns `worker`, `on`, `jkk` and `jkm` (words of `STATES`, as in `Cover`), by worker and
    then as the days were given. Raises LawError for a missing column or cell, a column of another
    kind, and a day that `payung.law.cover` refuses.
    """
    issued = ["registered_on"] if "registered_on" in paid.columns else []
    _check(paid, ("worker", "month"), optional=issued)
    numbered = paid.select("worker", *issued, _month_number().alias("__number"))
    first, last = _first_and_last(numbered["__number"])
    words = [f"__{word}" for word in range((last - first) // _BITS + 1)]
    workers = _patterns(numbered, first, words, issued)
    kinds = workers.select(*words, *issued).unique()
    states = _states(kinds, first, words, tuple(dict.fromkeys(days)))
    joined = workers.sort("worker").join(
        states, on=[*words, *issued], nulls_equal=True, maintain_order="left_right"
    )
    return joined.select("worker", "on", "jkk", "jkm")


def _month_number() -> pl.Expr:
    """Months since year 0, as `month_index` counts them."""
    return pl.col("month").dt.year().cast(pl.Int64) * 12 + pl.col("month").dt.month() - 1


def _first_and_last(numbers: pl.Series) -> tuple[int, int]:
    """The lowest and highest month number; zeros when there is none."""
    lowest, highest = numbers.min(), numbers.max()
    if not isinstance(lowest, int) or not isinstance(highest, int):
        return 0, 0
    return lowest, highest


def _patterns(
    numbered: pl.DataFrame, first: int, words: Sequence[str], issued: Sequence[str]
) -> pl.DataFrame:
    """One row for each worker: the paid months as bits, `_BITS` months in each word."""
    offset = pl.col("__number") - first
    bits = pl.lit(pl.Series([1 << bit for bit in range(_BITS)], dtype=pl.Int64))
    marked = numbered.select(
        "worker",
        *issued,
        (offset // _BITS).alias("__word"),
        bits.gather(offset % _BITS).alias("__bit"),
    )
    in_words = [
        pl.col("__bit").filter(pl.col("__word") == word).bitwise_or().fill_null(0).alias(name)
        for word, name in enumerate(words)
    ]
    if len(words) == 1:
        in_words = [pl.col("__bit").bitwise_or().alias(words[0])]
    return marked.group_by("worker", *issued).agg(in_words)


def _states(
    kinds: pl.DataFrame, first: int, words: Sequence[str], days: Sequence[date]
) -> pl.DataFrame:
    """Each kind of worker on each day, answered by the function for one worker."""
    found: dict[str, list[object]] = {name: [] for name in (*kinds.columns, "on", "jkk", "jkm")}
    for kind in kinds.iter_rows(named=True):
        numbers = [
            first + word * _BITS + bit
            for word, name in enumerate(words)
            for bit in range(_BITS)
            if kind[name] >> bit & 1
        ]
        months = [month_of_index(number) for number in numbers]
        for day in days:
            until = bisect_right(numbers, month_index(day))  # later months change neither state
            answer = membership.cover(months[:until], day, kind.get("registered_on"))
            for name, value in kind.items():
                found[name].append(value)
            found["on"].append(day)
            found["jkk"].append(answer.jkk)
            found["jkm"].append(answer.jkm)
    states = pl.Enum(STATES)
    return pl.DataFrame(found, schema={**kinds.schema, "on": pl.Date, "jkk": states, "jkm": states})


def _is_text(kind: pl.DataType) -> bool:
    return isinstance(kind, pl.String | pl.Categorical | pl.Enum)


def _is_date(kind: pl.DataType) -> bool:
    return isinstance(kind, pl.Date)


_KINDS: Mapping[str, tuple[Callable[[pl.DataType], bool], Words]] = {
    "income": (lambda kind: kind.is_integer(), Words("bilangan bulat", "whole numbers")),
    "sector": (_is_text, Words("teks", "text")),
    "funder": (_is_text, Words("teks", "text")),
    "month": (_is_date, Words("tanggal", "dates")),
    "registered_on": (_is_date, Words("tanggal", "dates")),
    "worker": (lambda kind: True, Words("kunci", "keys")),
}


def _check(frame: pl.DataFrame, required: Sequence[str], optional: Sequence[str] = ()) -> None:
    """LawError for a missing column or cell or a column of another kind."""
    for name in required:
        if name not in frame.columns:
            raise LawError("bulk.no-column", column=name, needed=tuple(required))
        empty = frame[name].is_null().arg_true()
        if len(empty):
            raise LawError("bulk.empty-cell", column=name, row=empty[0] + 1)
    for name in (*required, *optional):
        fits, wanted = _KINDS[name]
        if not fits(frame.schema[name]):
            raise LawError(
                "bulk.column-kind", column=name, wanted=wanted, found=str(frame.schema[name])
            )
