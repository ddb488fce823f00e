"""Messy lists of made-up Indonesian workers, with the truth kept: who each row really is.

People come from `people`, errors from `errors`; an office has its own way of writing dates, sexes,
phones, addresses and capitals. Rows come office by office, as lists do.

What these lists cannot show, so that nobody takes the figures below for those of a city:

- One team wrote generator, normaliser and method. The slips are those it knows, at rates it
  guessed; no real list was measured. The lead of the method over others is an upper estimate.
- Errors fall independently of each other. In life the same careless clerk, the same illiterate
  person and the same broken spreadsheet gather them in the same rows.
- Names are drawn from pools of a few thousand words; real names have a longer tail and stronger
  ties between village, family and name. With millions of rows in the few packaged regions, a
  kelurahan holds more people, and more of one name, than any real one.
- Nobody lies: there are no borrowed identities, no dead on purpose, no person with two NIKs.
- Every truth is certain. In life some pairs stay undecided even for the person asked.
- Cities differ in region, names and newcomers only; all have the same errors at the same rates.
  That weights learned on one serve another says nothing of offices that err in other ways.
"""

from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import polars as pl
import pyarrow.parquet as pq

from benchmarks.linkage.errors import OFFICE_ERRORS, ROW_ERRORS, Error
from benchmarks.linkage.people import chunks, people

REPEATS = 0.08
ROWS_PER_OFFICE = 2_500
COLUMNS = (
    "id", "nik", "name", "birth_date", "sex", "mother_name", "address", "kelurahan", "phone",
    "office",
)  # fmt: skip
_MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
_NEAR = 0.65  # share of rows that an office of the neighbourhood wrote
_WITHIN = 0.3  # share of repeats that stand in the same office's list


class Made(NamedTuple):
    """`rows`: the list, `COLUMNS`, all text. `truth`: id, person, household, twin,
    damage (bits of ERRORS)."""

    rows: pl.DataFrame
    truth: pl.DataFrame

    def write(self, folder: Path) -> None:
        """rows.parquet and truth.parquet."""
        self.rows.write_parquet(folder / "rows.parquet")
        self.truth.write_parquet(folder / "truth.parquet")


def make(
    rows: int,
    city: str = "tangerang",
    *,
    seed: int = 1,
    repeats: float = REPEATS,
    dirt: float = 1.0,
) -> Made:
    """Lists of a city in which the share `repeats` of the rows is of people already in them.

    `city` is one of names.yaml; `dirt` multiplies the rate of every error. The same arguments
    give the same lists.
    """
    rng = np.random.default_rng([seed, 977])
    extra = int(rows * repeats)
    folk = people(rows - extra, city, seed)
    again = rng.integers(0, folk.height, extra)
    who = np.concatenate([np.arange(folk.height), again])
    offices = max(4, rows // ROWS_PER_OFFICE)
    office = _offices(rng, folk, offices)
    other = np.where(rng.random(extra) < _WITHIN, office[again], rng.integers(0, offices, extra))
    return _lists(rng, folk, who, np.concatenate([office, other]), offices, dirt, "")


def write_with_reference(
    folder: Path,
    rows: int,
    reference: int,
    city: str = "all",
    *,
    seed: int = 1,
    known: float = 0.6,
) -> None:
    """Writes a list, of which the share `known` is in a reference, and that reference.

    rows.parquet and truth.parquet, reference.parquet and reference-truth.parquet. The reference
    has a row per person, a third of the errors of rows and none of offices, as a national file
    would. It is made and written piece by piece, so its size is bounded by the disk.
    """
    rng = np.random.default_rng([seed, 978])
    inside = int(rows * known)
    met: list[pl.DataFrame] = []
    with (
        _Parquet(folder / "reference.parquet") as kept,
        _Parquet(folder / "reference-truth.parquet") as truth,
    ):
        for number, folk in enumerate(chunks(reference + rows - inside, city, seed)):
            held = folk.filter(pl.col("person") < reference)
            met.append(folk.filter(pl.col("person") >= reference))
            if held.is_empty():
                continue
            last = int(held["person"].max())  # type: ignore[arg-type]
            share = (
                inside * (last + 1) // reference - inside * (last + 1 - held.height) // reference
            )
            met.append(held[rng.choice(held.height, share, replace=False)])
            everybody = np.arange(held.height)
            piece = _lists(
                rng, held, everybody, np.zeros(held.height, int), 1, 0.33, f"ref-{number}-",
                office_errors=False,
            )  # fmt: skip
            kept.add(piece.rows)
            truth.add(piece.truth)
    listed = pl.concat(met)
    offices = max(4, rows // ROWS_PER_OFFICE)
    office = _offices(rng, listed, offices)
    _lists(rng, listed, np.arange(rows), office, offices, 1.0, "").write(folder)


class _Parquet:
    """A Parquet file of frames that are added one after the other."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: pq.ParquetWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failed: object) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, frame: pl.DataFrame) -> None:
        table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        self._file = self._file or pq.ParquetWriter(self._path, table.schema, compression="zstd")
        self._file.write_table(table)


def _offices(rng: np.random.Generator, folk: pl.DataFrame, offices: int) -> np.ndarray:
    """The office that wrote each person: mostly one near home."""
    home = folk["kelurahan"].rank("dense").to_numpy().astype(np.int64) - 1
    near = home * offices // (home.max() + 1) + rng.integers(0, 1 + offices // 100, len(home))
    return np.where(
        rng.random(len(home)) < _NEAR, near % offices, rng.integers(0, offices, len(home))
    )


def _lists(
    rng: np.random.Generator,
    folk: pl.DataFrame,
    who: np.ndarray,
    office: np.ndarray,
    offices: int,
    dirt: float,
    prefix: str,
    *,
    office_errors: bool = True,
) -> Made:
    order = np.lexsort((rng.random(len(who)), office))
    who, office = who[order], office[order]
    frame = _written(rng, folk, who).with_columns(
        _office_place=pl.Series(_office_places(rng, folk, offices)).gather(office)
    )
    damage = np.zeros(len(who), dtype=np.uint64)
    for bit, error in enumerate(ROW_ERRORS):
        here = rng.random(len(who)) < error.rate * dirt
        frame = _made(rng, frame, error, here)
        damage[here] |= np.uint64(1 << bit)
    frame = frame.with_columns(
        _style=pl.Series(
            np.array(["iso", "dmy", "slash", "words"])[rng.integers(0, 4, offices)]
        ).gather(office)
    )
    if office_errors:
        for bit, error in enumerate(OFFICE_ERRORS, start=len(ROW_ERRORS)):
            here = _spread(rng, offices, error.rate * dirt)[office]
            frame = _made(rng, frame, error, here)
            damage[here] |= np.uint64(1 << bit)
    frame = _styled(rng, frame, office, offices)
    width = len(str(len(who)))
    ids = pl.concat_str(
        pl.lit(prefix), pl.int_range(pl.len()).cast(pl.String).str.pad_start(width, "0")
    )
    rows = frame.with_columns(
        id=ids, office=pl.concat_str(pl.lit("K"), pl.Series("office", office).cast(pl.String))
    ).select(COLUMNS)
    truth = rows.select("id").with_columns(
        folk.select("person", "household", "twin")[who], damage=pl.Series(damage)
    )
    return Made(rows, truth)


def _spread(rng: np.random.Generator, offices: int, rate: float) -> np.ndarray:
    """Which offices do it: as near to the rate as whole offices allow, never all by chance."""
    count = int(offices * rate + rng.random())
    chosen = np.zeros(offices, bool)
    chosen[rng.permutation(offices)[:count]] = True
    return chosen


def _written(rng: np.random.Generator, folk: pl.DataFrame, who: np.ndarray) -> pl.DataFrame:
    """The rows before any error, with what errors need (columns that start with _)."""
    size = folk.height
    folk = folk.with_columns(
        address=pl.concat_str(
            pl.col("street"), pl.lit(" No. "), "house", pl.lit(" RT "),
            pl.col("rt").cast(pl.String).str.pad_start(3, "0"), pl.lit(" RW "),
            pl.col("rw").cast(pl.String).str.pad_start(3, "0"),
        )
    ).select(
        "nik", "name", "sex", "mother_name", "address", "phone",
        kelurahan="place", day="born", _kk="kk", _partner_nik="partner_nik", _father="father_name",
    )  # fmt: skip
    strangers = [rng.integers(0, size, size) for _ in range(4)]
    folk = folk.with_columns(
        _called=folk["name"].gather(strangers[0]).str.split(" ").list.first(),
        _other_mother=folk["mother_name"].gather(strangers[1]),
        _other_phone=folk["phone"].gather(strangers[2]),
        # people move with their address, to where somebody else lives
        _other_place=folk["kelurahan"].gather(strangers[3]),
        _other_address=folk["address"].gather(strangers[3]),
    )
    return folk[who].with_columns(_nik_above=pl.col("nik").shift(1))


def _office_places(rng: np.random.Generator, folk: pl.DataFrame, offices: int) -> np.ndarray:
    known = folk["place"].unique(maintain_order=True).to_list()
    return np.array(known, dtype=object)[rng.integers(0, len(known), offices)]


def _made(
    rng: np.random.Generator, frame: pl.DataFrame, error: Error, here: np.ndarray
) -> pl.DataFrame:
    if not here.any():
        return frame
    mask = pl.Series(here)
    part = frame.filter(mask).with_columns(
        _u=pl.Series(rng.random(int(here.sum()))), _v=pl.Series(rng.random(int(here.sum())))
    )
    changed = part.select(**error.change)
    where = pl.Series(np.maximum(np.cumsum(here) - 1, 0))
    if changed.height == 1:  # the same value everywhere
        changed = changed.select(pl.all().repeat_by(part.height).explode())
    return frame.with_columns(
        changed[column].gather(where).zip_with(mask, frame[column]).alias(column)
        for column in error.change
    )


def _styled(
    rng: np.random.Generator, frame: pl.DataFrame, office: np.ndarray, offices: int
) -> pl.DataFrame:
    """Each office's own way of writing."""

    def styles(count: int) -> pl.Series:
        return pl.Series(rng.integers(0, count, offices)[office])

    spoken = dict(enumerate(_MONTHS.split(), start=1))
    day, style = pl.col("day"), pl.col("_style")
    frame = frame.with_columns(_case=styles(3), _sex=styles(3), _phone=styles(5), _road=styles(3))
    case, road = pl.col("_case"), pl.col("_road")

    def cased(column: str) -> pl.Expr:
        text = pl.col(column)
        return pl.when(case == 0).then(text.str.to_uppercase()).otherwise(text)

    return frame.with_columns(
        birth_date=pl.when(style == "iso")
        .then(day.dt.strftime("%Y-%m-%d"))
        .when(style == "dmy")
        .then(day.dt.strftime("%d-%m-%Y"))
        .when(style == "slash")
        .then(day.dt.strftime("%d/%m/%Y"))
        .when(style == "us")
        .then(day.dt.strftime("%m/%d/%Y"))
        .otherwise(
            pl.concat_str(
                day.dt.day().cast(pl.String), pl.lit(" "),
                day.dt.month().cast(pl.Int64).replace_strict(spoken, return_dtype=pl.String),
                pl.lit(" "), day.dt.year().cast(pl.String),
            )
        ),
        name=cased("name"),
        mother_name=cased("mother_name"),
        kelurahan=cased("kelurahan"),
        sex=pl.when(pl.col("_sex") == 0)
        .then(pl.col("sex"))
        .when(pl.col("_sex") == 1)
        .then(pl.col("sex").replace({"L": "Laki-laki", "P": "Perempuan"}))
        .otherwise(pl.col("sex").replace({"L": "LK", "P": "PR"})),
        phone=pl.when(pl.col("_phone") == 0)
        .then(pl.col("phone").str.replace("^0", "+62"))
        .when(pl.col("_phone") == 1)
        .then(pl.col("phone").str.replace(r"^(\d{4})(\d{4})", "${1}-${2}-"))
        .when(pl.col("_phone") == 2)
        .then(pl.col("phone").str.replace("^0", "62"))
        .otherwise(pl.col("phone")),
        address=pl.when(road == 0)
        .then(pl.col("address").str.to_uppercase())
        .when(road == 1)
        .then(
            pl.col("address")
            .str.replace("Jl.", "Jalan", literal=True)
            .str.replace("Gg.", "Gang", literal=True)
            .str.replace("Kp.", "Kampung", literal=True)
            .str.replace(r" RT 0*(\d+) RW 0*(\d+)", " RT.${1}/RW.${2}")
        )
        .otherwise(pl.col("address")),
    )  # fmt: skip
