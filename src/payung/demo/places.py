"""The kelurahan the made-up people live in, from the region table that comes with Payung."""

from dataclasses import dataclass
from functools import cache

from payung.identity.places import packaged_places

CITY = "36.71"


@dataclass(frozen=True, slots=True)
class Kelurahan:
    code: str
    name: str
    kecamatan: str

    @property
    def nik_prefix(self) -> str:
        """The six digits a NIK first registered in this kecamatan begins with."""
        return self.code[:8].replace(".", "")


@cache
def kelurahan_of(city: str = CITY) -> tuple[Kelurahan, ...]:
    """Every kelurahan of a city in the order of its code."""
    places = [place for place in packaged_places() if place.code.startswith(city + ".")]
    kecamatan = {place.code: place.name for place in places if place.level == "kecamatan"}
    return tuple(
        Kelurahan(place.code, place.name, kecamatan[place.code[:8]])
        for place in sorted(places, key=lambda place: place.code)
        if place.level == "desa_kelurahan"
    )
