"""Small lists with one pair in question among people who have nothing to do with it."""

from datetime import date, timedelta
from functools import cache
from random import Random

import polars as pl

from payung.linkage.engine import Linked, link

ON = date(2026, 11, 22)
Row = dict[str, str | None]

BUDI: Row = {
    "nik": "3671011203850001",
    "name": "Budi Santoso",
    "birth_date": "12-03-1985",
    "sex": "L",
    "mother_name": "Sumiati",
    "address": "Jl. Melati No. 12",
    "kelurahan": "Cikokol",
    "phone": "081200112233",
}
_MEN = [
    "Agus",
    "Dedi",
    "Hendra",
    "Joko",
    "Slamet",
    "Wahyu",
    "Rudi",
    "Eko",
    "Bambang",
    "Yanto",
    "Surya",
    "Firman",
    "Gilang",
    "Tono",
]
_WOMEN = [
    "Ani",
    "Dewi",
    "Lestari",
    "Rina",
    "Yuni",
    "Wati",
    "Ratna",
    "Fitri",
    "Maya",
    "Nina",
    "Endah",
    "Tuti",
    "Lilis",
    "Mira",
]
_LAST = [
    "Hidayat",
    "Saputra",
    "Wijaya",
    "Kurniawan",
    "Nugroho",
    "Setiawan",
    "Gunawan",
    "Permana",
    "Halim",
    "Pratama",
]
_PLACES = [
    "Cikokol",
    "Babakan",
    "Sukasari",
    "Kelapa_Indah",
    "Poris",
    "Cipondoh",
    "Ketapang",
    "Petir",
]


def someone(random: Random) -> Row:
    """A made-up person of their own NIK, mother, house and phone."""
    born = date(1962, 1, 2) + timedelta(days=random.randrange(15_000))
    woman = random.random() < 0.5
    day = born.day + 40 * woman
    district, serial = random.randrange(1, 14), random.randrange(1, 9999)
    return {
        "nik": f"3671{district:02d}{day:02d}{born:%m%y}{serial:04d}",
        "name": f"{random.choice(_WOMEN if woman else _MEN)} {random.choice(_LAST)}",
        "birth_date": f"{born:%d-%m-%Y}",
        "sex": "P" if woman else "L",
        "mother_name": f"{random.choice(_WOMEN)} {random.choice(_WOMEN)}",
        "address": f"Jl. {random.choice(_LAST)} No. {random.randrange(1, 200)}",
        "kelurahan": random.choice(_PLACES).replace("_", " "),
        "phone": f"0812{random.randrange(10**7, 10**8)}",
    }


@cache
def strangers(count: int, seed: int = 1) -> tuple[Row, ...]:
    random = Random(seed)
    return tuple(someone(random) for _ in range(count))


def a_list(*rows: Row, among: int = 200) -> pl.DataFrame:
    """The rows with ids "0", "1" … and then strangers."""
    everybody = [*rows, *strangers(among)]
    return pl.DataFrame(
        [{"id": str(at), **row} for at, row in enumerate(everybody)], infer_schema_length=None
    )


def linked(*rows: Row, among: int = 200, **options: object) -> Linked:
    return link(a_list(*rows, among=among), on=ON, **options)  # type: ignore[arg-type]


def pair(found: Linked, left: str = "0", right: str = "1") -> dict[str, object] | None:
    """The pair as told, or None when it is not worth a look."""
    told = found.pairs.filter(left_id=left, right_id=right)
    return told.row(0, named=True) if told.height else None


def together(found: Linked, *ids: str) -> bool:
    """Whether the rows are in one cluster."""
    return found.clusters.filter(pl.col("id").is_in(ids))["cluster"].n_unique() == 1
