"""A made-up population in households, with what makes strangers look alike.

Brothers and sisters share a mother, spouses a phone, twins birth date, mother, house and almost
the NIK, sons their father's name; whole villages share a handful of names and 1 January.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl

from benchmarks.linkage.naming import full_name, names, pools, skewed, words
from payung.identity.places import packaged_places

CHUNK = 500_000
SERIALS = 60  # serial numbers kept for one chunk of people, so that no two people share a NIK
_EPOCH = date(1970, 1, 1)
_LAST_BIRTH = (date(2009, 6, 1) - _EPOCH).days

# Shares of couples, children and adults, for the docstring's likenesses.
SHARES = {
    "spouses with one phone": 0.35,
    "children with a parent's phone": 0.15,
    "adults with a brother or sister in another house": 0.4,
    "births that are twins": 0.012,
    "twins with names one letter apart": 0.25,
    "children with the father's last name": 0.25,
    "sons with the whole name of the father": 0.012,
    "born on 1 January before 1975, as registered": 0.03,
    "a birth date that is not the NIK's": 0.007,
}


def people(count: int, city: str, seed: int) -> pl.DataFrame:
    """`count` people of a city of names.yaml, one row each, no errors.

    Columns: person (number), household, twin, nik, kk, name, born (Date), sex (L or P),
    mother_name, father_name, partner_nik, kelurahan (code), place (its name), street, house, rt,
    rw, phone. The same arguments give the same people.
    """
    return pl.concat(chunks(count, city, seed))


def chunks(count: int, city: str, seed: int) -> Iterator[pl.DataFrame]:
    """The same people in frames of at most `CHUNK` rows, so that memory stays small."""
    for number, start in enumerate(range(0, count, CHUNK)):
        size = min(CHUNK, count - start)
        if (number + 1) * SERIALS > 9999:
            raise ValueError(f"{count:,} people need more NIK serials than four digits hold")
        rng = np.random.default_rng([seed, number])
        made = _chunk(rng, size, city, number)
        yield made.with_columns(pl.col("person") + start, pl.col("household") + start)


def _chunk(rng: np.random.Generator, count: int, city: str, number: int) -> pl.DataFrame:
    houses = int(count / 1.9) + 200
    setting = pools()["cities"][city]
    homes = _Homes(rng, houses, setting)
    order = list(pools()["groups"])
    shares = np.array([setting["groups"][name] for name in order])
    group = rng.choice(len(order), houses, p=shares / shares.sum())

    father_born = (rng.triangular(1953, 1975, 2001, houses) - 1970) * 365.25
    father_born = father_born.astype(np.int64)
    mother_born = np.clip(
        father_born + rng.normal(900, 1100, houses).astype(np.int64), -7000, 12000
    )
    men, women = np.zeros(houses, bool), np.ones(houses, bool)
    father = names(rng, group, men, _years(father_born))
    mother = names(rng, group, women, _years(mother_born))
    # the mothers of the parents: some shared by the heads of two neighbouring households
    clan = np.arange(houses)
    shared = rng.random(houses) < SHARES["adults with a brother or sister in another house"]
    clan[shared] //= 2
    grand = [
        full_name(*names(rng, group, women, _years(father_born) - 25)).gather(clan),
        full_name(*names(rng, group, women, _years(mother_born) - 25)),
    ]
    parents = [
        _members(father, father_born, men, np.arange(houses), grand[0], _grandfather(rng, group)),
        _members(mother, mother_born, women, np.arange(houses), grand[1], _grandfather(rng, group)),
    ]
    children = _children(rng, group, father, mother, mother_born)
    everyone = pl.concat(
        [
            parents[0].with_columns(role=pl.lit("father")),
            parents[1].with_columns(role=pl.lit("mother")),
            children.with_columns(role=pl.lit("child")),
        ],
        how="vertical",
    )
    everyone = homes.settle(everyone, number)
    everyone = _official_dates(rng, everyone)
    everyone = _numbered(everyone, houses, number)
    listed = (rng.random(everyone.height) < 0.75) | (everyone["twin"] > 0).to_numpy()
    listed &= everyone["day"].to_numpy() < _LAST_BIRTH
    chosen = everyone.filter(listed).sort("household", maintain_order=True).head(count)
    if chosen.height < count:
        raise AssertionError(f"{chosen.height} people for {count}: more households are needed")
    return chosen.with_columns(
        person=pl.int_range(count, dtype=pl.Int64),
        born=pl.col("day").cast(pl.Int32).cast(pl.Date),
        sex=pl.when(pl.col("woman")).then(pl.lit("P")).otherwise(pl.lit("L")),
        twin=pl.col("twin") > 0,
    ).drop("day", "woman", "role", "nik_day")


def _years(days: np.ndarray) -> np.ndarray:
    return 1970 + days / 365.25


def _grandfather(rng: np.random.Generator, group: np.ndarray) -> pl.Series:
    size = len(group)
    return full_name(*names(rng, group, np.zeros(size, bool), np.full(size, 1945)))


def _members(
    parts: tuple[np.ndarray, ...],
    born: np.ndarray,
    women: np.ndarray,
    house: np.ndarray,
    mother: pl.Series,
    father: pl.Series,
    twin: np.ndarray | None = None,
) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "household": house,
            "name": full_name(*parts),
            "day": born,
            "woman": women,
            "mother_name": mother,
            "father_name": father,
            # 1 and 2 are a pair, one row after the other
            "twin": np.zeros(len(born), np.int8) if twin is None else twin,
        }
    )


def _children(
    rng: np.random.Generator,
    group: np.ndarray,
    father: tuple[np.ndarray, ...],
    mother: tuple[np.ndarray, ...],
    mother_born: np.ndarray,
) -> pl.DataFrame:
    count = np.minimum(rng.poisson(1.7, len(group)), 5)
    house = np.repeat(np.arange(len(group)), count)
    born = mother_born[house] + (rng.triangular(18, 24, 40, len(house)) * 365.25).astype(np.int64)
    twins = np.flatnonzero(rng.random(len(house)) < SHARES["births that are twins"])
    # a twin stands right after the other, so that their NIK serials follow each other
    first = np.arange(len(house)) + np.searchsorted(twins, np.arange(len(house)))
    second = first[twins] + 1
    house = np.insert(house, twins + 1, house[twins])
    born = np.insert(born, twins + 1, born[twins])
    size = len(house)
    women = rng.random(size) < 0.5
    same_sex = rng.random(len(twins)) < 0.65
    women[second] = np.where(same_sex, women[second - 1], ~women[second - 1])
    parts = [part.copy() for part in names(rng, group[house], women, _years(born))]

    inherited = rng.random(size) < SHARES["children with the father's last name"]
    last = np.where(father[2] != "", father[2], np.where(father[1] != "", father[1], father[0]))
    parts[1] = np.where(inherited, last[house], parts[1])
    parts[2] = np.where(inherited, "", parts[2])
    junior = (rng.random(size) < SHARES["sons with the whole name of the father"]) & ~women
    for place in range(3):
        parts[place] = np.where(junior, father[place][house], parts[place])

    near = (rng.random(len(twins)) < SHARES["twins with names one letter apart"]) & same_sex
    alike, other = second[near], second[near] - 1
    endings = np.array(["i", "a", "o", "n", "y"], dtype=object)[rng.integers(0, 5, len(alike))]
    stems = np.array([text[:-1] for text in parts[0][other]], dtype=object)
    parts[0][alike] = stems + endings
    pious = np.isin(parts[0], words(pools()["muhammad"]))
    related = second[(rng.random(len(twins)) < 0.6) & ~pious[second]]
    for place in (1, 2):
        parts[place][related] = parts[place][related - 1]
    namesakes = second[parts[0][second] == parts[0][second - 1]]
    parts[0][namesakes] += np.where(women[namesakes], "wati", "wan")
    twin = np.zeros(size, np.int8)
    twin[second - 1], twin[second] = 1, 2
    return _members(
        tuple(parts),
        born,
        women,
        house,
        full_name(*mother).gather(house),
        full_name(*father).gather(house),
        twin,
    )


class _Homes:
    """Where households live, and their phones."""

    def __init__(self, rng: np.random.Generator, houses: int, setting: dict) -> None:
        self.rng = rng
        regions = tuple(setting["regions"])
        places = [p for p in packaged_places() if p.level == "desa_kelurahan"]
        places = [place for place in places if place.code.startswith(regions)]
        self.codes = pl.Series([place.code for place in places])
        self.names = pl.Series([place.name for place in places])
        self.houses = houses
        self.elsewhere = setting["elsewhere"]

    def settle(self, everyone: pl.DataFrame, number: int) -> pl.DataFrame:
        """Adds home, phone and where the person was first registered; grown children move out."""
        rng, size = self.rng, everyone.height
        house = everyone["household"].to_numpy()
        child = (everyone["role"] == "child").to_numpy()
        young = everyone["day"].to_numpy() > 9500
        own = child & (rng.random(size) < np.where(young, 0.1, 0.45))
        # households and people who moved out, each a home: kelurahan, street, number, RT, RW
        home = np.where(own, self.houses + np.arange(size), house)
        homes = self.houses + size
        kelurahan = skewed(rng, homes, len(self.codes) * 3) % len(self.codes)
        street = skewed(rng, homes, 25) + 7 * kelurahan
        streets, lanes = words(pools()["streets"]), words(pools()["lanes"])
        street %= len(streets) * len(lanes)
        road = np.array([f"{lane} {name}" for name in streets for lane in lanes], dtype=object)
        phones = _phones(rng, homes)
        phone = phones[home]
        role = everyone["role"].to_numpy()
        mothers = (role == "mother") & (rng.random(size) >= SHARES["spouses with one phone"])
        apart = child & ~own & (rng.random(size) >= SHARES["children with a parent's phone"])
        alone = mothers | apart
        phone[alone] = _phones(rng, int(alone.sum()))
        native = kelurahan[np.where(rng.random(size) < 0.15, rng.permutation(home), house)]
        districts = self.codes.str.replace_all(".", "", literal=True).str.slice(0, 6)
        outside = words(pools()["elsewhere"])
        registered = np.where(
            rng.random(size) < self.elsewhere,
            outside[skewed(rng, size, len(outside))],
            districts.to_numpy().astype(object)[native],
        )
        twins = np.flatnonzero(everyone["twin"].to_numpy() == 2)
        registered[twins] = registered[twins - 1]
        return everyone.with_columns(
            kelurahan=self.codes.gather(kelurahan[home]),
            place=self.names.gather(kelurahan[home]),
            street=pl.Series(road[street[home]], dtype=pl.String),
            house=pl.Series(rng.integers(1, 160, homes)[home]),
            rt=pl.Series(rng.integers(1, 13, homes)[home]),
            rw=pl.Series(rng.integers(1, 16, homes)[home]),
            phone=pl.Series(phone).cast(pl.String).str.pad_start(12, "0"),
            registered=pl.Series(registered, dtype=pl.String),
            kk=self._cards(districts.gather(kelurahan), number).gather(home),
        )

    def _cards(self, districts: pl.Series, number: int) -> pl.Series:
        """A family card (KK) for every home: district, date of issue, serial."""
        issued = pl.Series(self.rng.integers(12_800, 19_800, len(districts)), dtype=pl.Int32)
        return _with_serial(districts, issued.cast(pl.Date), number)


def _phones(rng: np.random.Generator, size: int) -> np.ndarray:
    prefixes = np.array([812, 813, 821, 822, 852, 853, 857, 858, 877, 878, 881, 895, 896, 838])
    return prefixes[rng.integers(0, len(prefixes), size)] * 10**8 + rng.integers(10**7, 10**8, size)


def _official_dates(rng: np.random.Generator, everyone: pl.DataFrame) -> pl.DataFrame:
    day, size = everyone["day"].to_numpy(), everyone.height
    twin = everyone["twin"].to_numpy()
    vague = (rng.random(size) < SHARES["born on 1 January before 1975, as registered"]) & ~twin
    vague &= day < 1826
    new_year = day.astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]")
    day = np.where(vague, new_year.astype(np.int64), day)
    other = (rng.random(size) < SHARES["a birth date that is not the NIK's"]) & ~twin
    nik_day = np.where(other, day + rng.integers(-700, 700, size), day)
    return everyone.with_columns(day=pl.Series(day), nik_day=pl.Series(nik_day))


def _numbered(everyone: pl.DataFrame, houses: int, number: int) -> pl.DataFrame:
    """NIK (place of first registration, DDMMYY with 40 added for women, serial) and a partner's.

    The first `houses` rows are the fathers and the next the mothers, in the order of households.
    """
    born = everyone["nik_day"].cast(pl.Int32).cast(pl.Date)
    nik = _with_serial(everyone["registered"], born, number, women=everyone["woman"])
    if nik.n_unique() < everyone.height:
        raise AssertionError("two people with one NIK")
    house = everyone["household"].to_numpy()
    # a wife has her husband's, everybody else the wife's and mother's
    partner = np.where(np.arange(len(house)) // houses == 1, house, house + houses)
    return everyone.with_columns(nik=nik, partner_nik=nik.gather(partner)).drop("registered")


def _with_serial(
    districts: pl.Series, days: pl.Series, number: int, women: pl.Series | None = None
) -> pl.Series:
    """District, day (DDMMYY, 40 added for women) and serial number: 16 digits."""
    day = days.dt.day().cast(pl.Int64) + (0 if women is None else women.cast(pl.Int64) * 40)
    year = days.dt.year().cast(pl.Int64) % 100
    written = (day * 100 + days.dt.month().cast(pl.Int64)) * 100 + year
    head = (districts.cast(pl.Int64) * 1_000_000 + written).to_numpy()
    order = np.argsort(head, kind="stable")
    same = np.append(False, head[order][1:] == head[order][:-1])
    place = np.arange(len(head))
    first = np.maximum.accumulate(np.where(same, 0, place))
    serial = np.empty(len(head), np.int64)
    serial[order] = place - first + 1 + number * SERIALS
    if serial.max() > 9_999:
        raise AssertionError("more people of one day and place than NIK serials")
    return pl.Series(head * 10_000 + serial).cast(pl.String)
