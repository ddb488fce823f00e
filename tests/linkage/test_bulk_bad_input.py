"""Lists that would drown a comparison of everybody with everybody."""

import time
from datetime import date, timedelta

import polars as pl
import pytest

from payung.linkage.engine import Linked, link
from payung.linkage.rows import INPUTS, NoAnswer
from tests.linkage.people import ON

_SYLLABLES = [
    "ba",
    "de",
    "fi",
    "go",
    "hu",
    "ka",
    "le",
    "mi",
    "no",
    "pu",
    "ra",
    "se",
    "ti",
    "wo",
    "yu",
    "za",
]
# as many as a list has that is not searched as widely as a small one
_MANY = 25_000
_MOST_PAIRS = 750_000


def _names(count: int, words: int = 2) -> list[str]:
    """Different names, as different as may be."""
    found = []
    for at in range(count):
        number = at * 2_654_435_761 % 2**32
        name = "".join(_SYLLABLES[number >> shift & 15] for shift in range(0, 32, 4))
        found.append(f"{name[:8]} {name[8:]}" if words == 2 else name)
    return found


def _no_cluster_of_strangers(found: Linked) -> None:
    sizes = found.clusters.group_by("cluster").len().filter(pl.col("len") > 20)
    for cluster in sizes["cluster"]:
        assert any(f"“{cluster}”" in warning for warning in found.summary.warnings)


def _timed(frame: pl.DataFrame, seconds: float) -> Linked:
    start = time.perf_counter()
    found = link(frame, on=ON)
    assert time.perf_counter() - start < seconds
    _no_cluster_of_strangers(found)
    return found


# as many as may share a birth date before it counts for nothing, and far more than a block takes
_DAYS = [f"{day:02d}-{month:02d}-1975" for month in range(2, 6) for day in range(1, 27)]


def _days(rows: int) -> list[str]:
    return [_DAYS[at % len(_DAYS)] for at in range(rows)]


def test_blocks_of_many_rows_of_one_birth_date() -> None:
    found = _timed(pl.DataFrame({"name": _names(_MANY), "birth_date": _days(_MANY)}), 60)
    assert found.summary.pairs_compared < _MOST_PAIRS
    assert found.summary.largest_cluster <= 20


def test_blocks_of_many_rows_of_one_birth_date_and_one_first_name() -> None:
    names = [f"siti {name}" for name in _names(_MANY, 1)]
    found = _timed(pl.DataFrame({"name": names, "birth_date": _days(_MANY)}), 60)
    assert found.summary.pairs_compared < _MOST_PAIRS
    assert found.summary.largest_cluster <= 20


@pytest.mark.parametrize("day", ["01-01-1970", "17-08-1975"])
def test_a_birth_date_that_everybody_bears_is_no_answer(day: str) -> None:
    with pytest.raises(NoAnswer, match=r"1 tanggal lahir .* terlalu banyak baris.*nama saja"):
        link(pl.DataFrame({"name": _names(_MANY), "birth_date": [day] * _MANY}), on=ON)


def test_a_birth_date_that_everybody_of_a_village_bears_puts_nobody_together() -> None:
    frame = pl.DataFrame({"name": _names(_MANY), "birth_date": ["17-08-1975"] * _MANY})
    found = _timed(frame.with_columns(kelurahan=pl.lit("Cikokol")), 60)
    assert found.summary.pairs_compared < _MOST_PAIRS
    assert found.summary.largest_cluster == 1


def test_rows_all_alike_are_warned_about_by_name() -> None:
    row = {"name": "Budi Santoso", "birth_date": "17-08-1975", "mother_name": "Sumiati"}
    found = _timed(pl.DataFrame([row] * _MANY), 60)
    assert found.summary.pairs_compared < _MOST_PAIRS
    assert found.summary.warnings


def test_many_rows_of_one_nik() -> None:
    born = [date(1960, 1, 2) + timedelta(days=at % 17_000) for at in range(_MANY)]
    frame = pl.DataFrame(
        {"nik": ["3671011203850001"] * _MANY, "name": _names(_MANY), "birth_date": born}
    )
    found = _timed(frame, 60)
    assert found.summary.largest_cluster <= 20
    assert any("3671011203850001" in warning for warning in found.summary.warnings)


def test_a_nik_alone_borne_by_everybody_puts_nobody_together() -> None:
    frame = pl.DataFrame({"nik": ["3671011203850001"] * 500, "name": _names(500)})
    frame = frame.with_columns(phone=pl.format("0812{}", pl.row_index() + 10_000_000))
    found = _timed(frame, 30)
    assert found.summary.largest_cluster == 1


def test_nulls_everywhere_but_a_few_cells() -> None:
    names = [None] * 5_000 + ["Budi Santoso"] * 2
    born = [None] * 5_000 + ["12-03-1985"] * 2
    found = _timed(pl.DataFrame({"nik": [None] * 5_002, "name": names, "birth_date": born}), 30)
    assert found.summary.clusters == 5_001 or found.summary.clusters == 5_002
    assert found.summary.pairs_compared == 1


def test_many_rows_of_one_birth_date_whose_names_share_words_are_not_put_together() -> None:
    names = [f"{name} {other}" for name in _names(160, 1) for other in _names(160, 1)]
    found = _timed(pl.DataFrame({"name": names, "birth_date": _days(len(names))}), 60)
    assert found.summary.pairs_compared < _MOST_PAIRS
    assert found.summary.largest_cluster <= 20


def test_a_nik_that_is_everybodys_and_nothing_else_is_said_to_be_so() -> None:
    with pytest.raises(NoAnswer, match=r"3671011203850001 oleh 25\.000 baris.*nama saja"):
        link(pl.DataFrame({"nik": ["3671011203850001"] * _MANY}), on=ON)


def test_nulls_in_every_cell_leave_nothing_to_compare() -> None:
    nothing = pl.DataFrame({column: [None] * _MANY for column in INPUTS})
    with pytest.raises(NoAnswer, match="Tidak ada yang bisa dibandingkan"):
        link(nothing, on=ON)
