"""Who a person is, as lists write it: NIK, names, dates, phones, places, occupations.

Pure reading and judging of text: no clock, no database, nothing is repaired in silence.
"""

from payung.identity.contact import (
    address_key,
    phone_key,
    read_email,
    read_money,
    read_phone,
    read_rt_rw,
    read_sex,
)
from payung.identity.dates import DateReading, read_date
from payung.identity.names import (
    clean_name,
    has_odd_sign,
    has_title,
    is_formula,
    is_plain,
    name_head,
    name_key,
)
from payung.identity.nik import Nik, age_on, full_date, is_empty, mask_nik
from payung.identity.occupations import Occupation, OccupationMatch, Occupations
from payung.identity.places import (
    Place,
    PlaceMatch,
    Places,
    UnknownRegionError,
    packaged_places,
    place_key,
)
from payung.identity.rulebook import names_fingerprint

__all__ = [
    "DateReading",
    "Nik",
    "Occupation",
    "OccupationMatch",
    "Occupations",
    "Place",
    "PlaceMatch",
    "Places",
    "UnknownRegionError",
    "address_key",
    "age_on",
    "clean_name",
    "full_date",
    "has_odd_sign",
    "has_title",
    "is_empty",
    "is_formula",
    "is_plain",
    "mask_nik",
    "name_head",
    "name_key",
    "names_fingerprint",
    "packaged_places",
    "phone_key",
    "place_key",
    "read_date",
    "read_email",
    "read_money",
    "read_phone",
    "read_rt_rw",
    "read_sex",
]
