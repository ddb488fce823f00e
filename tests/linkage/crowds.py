"""One list with every kind of trouble, for two engines to agree on."""

from functools import cache

import polars as pl
from benchmarks.linkage.generator import make

from payung.linkage.rows import INPUTS
from tests.linkage.people import BUDI, Row, strangers

# alike in all that is known of them: too many for a block, for one birth date and for one house
CROWD: Row = {
    "name": "Siti", "birth_date": "17-08-1975", "mother_name": "Sumiati", "kelurahan": "Cikokol",
    "address": "Jl. Melati No. 12",
}  # fmt: skip


@cache
def troubled(rows: int) -> pl.DataFrame:
    """So many rows of the benchmark's errors, an office whose NIKs lost their last digit, a NIK
    borne by 25 rows, a crowd, and a chain of more rows than one person has."""
    made = make(rows, "tangerang", seed=7).rows.select(
        pl.col(name).cast(pl.String) for name in INPUTS if name != "id"
    )
    rounded = [{**row, "nik": f"{row['nik'][:15]}0", "office": "r"} for row in strangers(30, 3)]
    again = [
        {
            **row,
            "name": f"H. {row['name']}",
            "address": str(row["address"]).partition(" No")[0],
            "office": "r2",
        }
        for row in strangers(30, 3)
    ]
    borrowed = [{**row, "nik": BUDI["nik"], "office": "n"} for row in strangers(25, 4)]
    crowd = [{**CROWD, "office": "c", "nik": None}] * 60
    link = {**CROWD, "name": "Juminten", "birth_date": "19-09-1981", "address": "Gg. Buntu No. 3"}
    phone = {"phone": "081288880001"}
    undated = {**link, **phone, "birth_date": None, "address": "Jl. Lain No. 8"}
    chain = [*[{**link, **phone}] * 10, *[link] * 10, *[undated] * 10]
    chain = [{**row, "office": "k", "nik": None} for row in chain]
    more = pl.DataFrame([*rounded, *again, *borrowed, *crowd, *chain], infer_schema_length=None)
    every = pl.concat([made, more.select(pl.all().cast(pl.String))], how="diagonal")
    return every.with_columns(id=pl.format("r{}", pl.row_index()))
