"""Made-up Indonesian names by group, sex and era, a million at a time."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import yaml

ERAS = ("old", "mid", "new")
_SKEW = 2.2  # how much more often the first words of a line are drawn than the last
_MUHAMMAD = {"old": 0.03, "mid": 0.08, "new": 0.2}


@cache
def pools() -> dict[str, Any]:
    """The words of names.yaml, as written there."""
    return yaml.safe_load(Path(__file__).with_name("names.yaml").read_text("utf-8"))


def words(text: str) -> np.ndarray:
    return np.array(text.split(), dtype=object)


def skewed(rng: np.random.Generator, size: int, among: int) -> np.ndarray:
    """Indices below `among`, the small ones much more often, as names are in life."""
    return (among * rng.random(size) ** _SKEW).astype(np.int64)


def era_of(years: np.ndarray) -> np.ndarray:
    """0, 1 or 2: before 1972, before 1992, later."""
    return (years >= 1972).astype(np.int8) + (years >= 1992)


def names(
    rng: np.random.Generator, groups: np.ndarray, women: np.ndarray, years: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """First, second and third word of a name for each person; "" where there is none.

    `groups` are positions in names.yaml's groups, `women` is True for women.
    """
    size = len(groups)
    parts = tuple(np.full(size, "", dtype=object) for _ in range(3))
    eras = era_of(years)
    for number, group in enumerate(pools()["groups"].values()):
        for woman in (False, True):
            for era_number, era in enumerate(ERAS):
                here = np.flatnonzero((groups == number) & (women == woman) & (eras == era_number))
                if len(here):
                    drawn = _draw(rng, group, "female" if woman else "male", era, len(here))
                    for part, values in zip(parts, drawn, strict=True):
                        part[here] = values
    return parts


def _draw(
    rng: np.random.Generator, group: dict[str, Any], sex: str, era: str, size: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    common, family = words(group[sex][era]), group.get("family")
    beginnings, endings = (words(text) for text in group["made"][sex][era])
    made = np.array([(a + b).capitalize() for a in beginnings for b in endings], dtype=object)
    rng.shuffle(made)
    rare = group["made_share"][era]

    def word(pool: np.ndarray) -> np.ndarray:
        chosen = pool[skewed(rng, size, len(pool))]
        return np.where(rng.random(size) < rare, made[rng.integers(0, len(made), size)], chosen)

    first, second = word(common), word(words(group["second"][sex][era]))
    if sex == "male":
        forms = words(pools()["muhammad"])
        pious = rng.random(size) < _MUHAMMAD[era] * (family is None)
        second = np.where(pious, first, second)
        first = np.where(pious, forms[skewed(rng, size, len(forms))], first)
    third = word(words(group["second"][sex][era]))
    count = rng.random(size)
    one, three = count < group["one"][era], count > 1 - group["three"][era]
    third = np.where(three & (third != second), third, "")
    second = np.where(one, "", second)
    if family:
        marga = words(family)[skewed(rng, size, len(words(family)))]
        second, third = np.where(three, second, marga), np.where(three, marga, "")
    return first, second, third


def full_name(*parts: np.ndarray) -> pl.Series:
    """The words of each name with one space between."""
    frame = pl.DataFrame({str(n): pl.Series(part, dtype=pl.String) for n, part in enumerate(parts)})
    return frame.select(
        name=pl.concat_str(pl.all(), separator=" ").str.strip_chars_end(" ")
    ).to_series()
