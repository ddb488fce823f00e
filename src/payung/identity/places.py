"""Kelurahan and kecamatan of a region, found by name as clerks write it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import fuzz, process

from payung.identity.nik import is_empty

_PREFIX = re.compile(r"^(?:kelurahan|kel|desa|ds|kecamatan|kec|kota|kabupaten|kab)\b[\s.:]*")
_NOT_LETTER = re.compile(r"[^a-z0-9]+")
_CODE = re.compile(r"\d{2}\.?\d{2}\.?\d{2}\.?\d{4}")
_NEAR_ENOUGH = 70.0
_REMEMBERED = 50_000


class UnknownRegionError(ValueError):
    """The region is not in the packaged table; the text says so in Indonesian."""


class Place(NamedTuple):
    """One line of the official code table; level is kabkota, kecamatan or desa_kelurahan."""

    code: str
    name: str
    level: str


class PlaceMatch(NamedTuple):
    """What a written kelurahan means: `place` when certain, else the `nearest` to propose."""

    place: Place | None
    nearest: Place | None = None
    # several kelurahan bear the name and the kecamatan does not decide
    ambiguous: bool = False
    # the kelurahan is known, but it lies in another kecamatan than the row says
    other_kecamatan: bool = False


def place_key(text: str) -> str:
    """Letters only, without "Kel." and the like: "Kel. Suka Asih" and "SUKAASIH" are one."""
    return _NOT_LETTER.sub("", _PREFIX.sub("", text.strip().lower()))


@cache
def packaged_places() -> tuple[Place, ...]:
    """The code table that comes with Payung (Kepmendagri 300.2.2-2430/2025, three regions)."""
    text = files("payung.identity").joinpath("data/wilayah.csv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Place(row["kode"], row["nama"], row["level"]) for row in csv.DictReader(lines, strict=True)
    )


class Places:
    """The kelurahan of a region. Remembers what it looked up, so asking again costs nothing."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """`rows` are (code, name, level) of kecamatan and kelurahan, in any order."""
        self.places = tuple(Place(*row) for row in rows)
        self.by_code = {place.code: place for place in self.places}
        self._kelurahan: dict[str, list[Place]] = {}
        self._kecamatan: dict[str, Place] = {}
        for place in self.places:
            if place.level == "desa_kelurahan":
                self._kelurahan.setdefault(place_key(place.name), []).append(place)
            elif place.level == "kecamatan":
                self._kecamatan[place_key(place.name)] = place
        self._found: dict[tuple[str, str], PlaceMatch] = {}

    @classmethod
    def of_region(cls, code: str) -> Places:
        """The packaged kelurahan of a kabupaten or kota such as "36.71", or "3671".

        Raises UnknownRegionError when the packaged table does not hold it.
        """
        region = code.strip()
        if re.fullmatch(r"\d{4}", region):
            region = f"{region[:2]}.{region[2:]}"
        rows = [p for p in packaged_places() if p.code == region or p.code.startswith(region + ".")]
        if not re.fullmatch(r"\d{2}\.\d{2}", region) or not rows:
            known = ", ".join(f"{p.code} ({p.name})" for p in packaged_places() if len(p.code) == 5)
            raise UnknownRegionError(
                f"Kode wilayah tidak dikenal; tulis kode kabupaten/kota seperti 36.71. "
                f"Yang tersedia: {known}."
            )
        return cls(rows)

    def __len__(self) -> int:
        return len(self.places)

    def is_kelurahan(self, text: str) -> bool:
        return place_key(text) in self._kelurahan

    def is_kecamatan(self, text: str) -> bool:
        return place_key(text) in self._kecamatan

    def kecamatan_of(self, place: Place) -> Place | None:
        return self.by_code.get(place.code[:8])

    def find(self, kelurahan: str, kecamatan: str = "") -> PlaceMatch:
        """The kelurahan a row means, by name or code; a misspelling only yields a proposal."""
        asked = (kelurahan, kecamatan)
        found = self._found.get(asked)
        if found is None:
            if len(self._found) > _REMEMBERED:
                self._found.clear()
            found = self._found[asked] = self._find(kelurahan, kecamatan)
        return found

    def _find(self, kelurahan: str, kecamatan: str) -> PlaceMatch:
        text = kelurahan.strip()
        if is_empty(text):
            return PlaceMatch(None)
        if _CODE.fullmatch(text):
            digits = text.replace(".", "")
            code = ".".join((digits[:2], digits[2:4], digits[4:6], digits[6:]))
            return PlaceMatch(self.by_code.get(code))
        key, district = place_key(text), self._district(kecamatan)
        same = self._kelurahan.get(key)
        if same is None:
            return PlaceMatch(None, nearest=self._nearest(key, district))
        inside = [p for p in same if district and p.code.startswith(district.code + ".")]
        if len(inside) == 1:
            return PlaceMatch(inside[0])
        if len(same) == 1:
            return PlaceMatch(same[0], other_kecamatan=district is not None)
        return PlaceMatch(None, nearest=same[0], ambiguous=True)

    def _district(self, kecamatan: str) -> Place | None:
        if is_empty(kecamatan):
            return None
        key = place_key(kecamatan)
        exact = self._kecamatan.get(key)
        if exact is not None:
            return exact
        best = process.extractOne(key, self._kecamatan.keys(), scorer=fuzz.ratio, score_cutoff=85)
        return self._kecamatan[best[0]] if best else None

    def _nearest(self, key: str, district: Place | None) -> Place | None:
        near = process.extract(
            key, self._kelurahan.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH, limit=5
        )
        if not near:
            return None
        choices = [(score, place) for name, score, _ in near for place in self._kelurahan[name]]
        if district is not None:
            inside = [c for c in choices if c[1].code.startswith(district.code + ".")]
            choices = inside or choices
        return max(choices, key=lambda choice: choice[0])[1]
