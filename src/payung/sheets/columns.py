"""What each column of a table holds: its heading and its values must agree."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from payung.identity import (
    Nik,
    is_empty,
    packaged_places,
    place_key,
    read_date,
    read_phone,
    read_sex,
)
from payung.identity.nik import looks_like_kk
from payung.sheets.headings import EXACT, FIELDS, HeadingMatch, heading_key, ticked_sex

# fields that two columns may hold between them
SHARED = frozenset(("rt_rw", "sex"))

_SAMPLED = 300
_SHOWN = 3
_ENOUGH = 20  # NIKs, to tell that all are numbers of cards
_FIT_FROM_VALUES = 45
_LEAST = 40
_SIXTEEN = re.compile(r"['\s]*(?:\d[\s.\-']*){15,17}|\d[.,]\d+E\+1[56]", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_][^\d_]*")
# only to tell dates of birth from other dates; ages are judged elsewhere, on the start date
_SOME_DAY = date(2026, 12, 1)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place in the row (from 0), its heading, and the field it holds if any.

    `certain` is false when heading and values do not tell the same story, or only one speaks.
    `rounded` says that nearly every NIK in it ends in 0, as a spreadsheet leaves them; `cards` that
    the NIKs are numbers of family cards, as far as can be told where no birth date is written.
    """

    index: int
    heading: str
    field: str | None
    certain: bool = False
    samples: tuple[str, ...] = ()
    rounded: bool = False
    cards: bool = False


@dataclass(frozen=True, slots=True)
class _Profile:
    """Shares, from 0 to 1, of a column's filled cells that read as this or that."""

    filled: int
    sixteen: float = 0.0
    letters: float = 0.0
    dates: float = 0.0
    sexes: float = 0.0
    phones: float = 0.0
    emails: float = 0.0
    places: float = 0.0
    districts: float = 0.0
    names: float = 0.0
    issued_lately: float = 0.0
    cards: bool = False


def map_columns(
    headings: Sequence[str], matches: Sequence[HeadingMatch], rows: Sequence[Sequence[str]]
) -> list[Column]:
    """Give every field to the column that suits it best, by heading and by values.

    A heading that its values belie loses the field; a column without a telling heading may gain
    one by its values. Two headings of one field: the better keeps it, the other stays unknown.
    RT and RW in two columns both belong to rt_rw, and two columns ticked for L and P to sex.
    """
    samples = [_filled(rows, index) for index in range(len(headings))]
    profiles = [_profile(values) for values in samples]
    offers: list[tuple[int, int, str, bool]] = []
    for index, (match, profile) in enumerate(zip(matches, profiles, strict=True)):
        belied = match.field is not None and _belies(match.field, profile)
        if match.field is not None and not belied:
            offers.append((match.score, index, match.field, match.score == EXACT))
        if belied and match.field == "birth_date" and "tempat" in heading_key(headings[index]):
            # "Tempat/Tgl Lahir" of which only the place was written
            offers.append((match.score, index, "birth_place", False))
        elif match.field is None or belied:
            offers += [
                (s, index, f, False) for f, s in _by_values(profile, match.known and not belied)
            ]
    chosen = _choose(offers)
    _part_nik_and_kk(chosen, profiles)
    _join_rt_rw(chosen, matches)
    _join_ticks(chosen, headings, rows)
    dated = any(field == "birth_date" for field, _ in chosen.values())
    columns = []
    for index, heading in enumerate(headings):
        field, certain = chosen.get(index, (None, False))
        rounded = field == "nik" and _rounded([row[index] for row in rows])
        cards = field == "nik" and not dated and profiles[index].cards
        shown = tuple(samples[index][:_SHOWN])
        columns.append(Column(index, heading, field, certain, shown, rounded, cards))
    return columns


def remap(columns: Sequence[Column], wanted: dict[str, str | None]) -> list[Column]:
    """The columns as a sender corrected them: heading to field, None to leave a column out.

    Raises ValueError in Indonesian for a field that does not exist.
    """
    for field in wanted.values():
        if field is not None and field not in FIELDS:
            raise ValueError(f"Isian “{field}” tidak dikenal; pilih salah satu isian yang ada.")
    taken = {field for field in wanted.values() if field not in (None, *SHARED)}
    result = []
    for column in columns:
        if column.heading in wanted:
            column = replace(column, field=wanted[column.heading], certain=True)
        elif column.field in taken:
            column = replace(column, field=None, certain=False)
        result.append(column)
    return result


def _filled(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    step = max(1, len(rows) // (_SAMPLED * 2))
    values = [row[index] for row in rows[::step] if row[index]]
    return values[:_SAMPLED]


def _profile(values: list[str]) -> _Profile:
    if not values:
        return _Profile(0)
    count = len(values)

    def share(test: object) -> float:
        return sum(bool(test(value)) for value in values) / count  # type: ignore[operator]

    sixteen = share(_SIXTEEN.fullmatch)
    letters = share(_LETTERS.fullmatch)
    distinct = len(set(values)) / count
    niks = [nik for nik in map(Nik.read, values) if nik.ok]
    issued_lately = (
        sum(nik.text[6] < "4" and nik.text[10:12] <= "30" for nik in niks) / len(niks)
        if niks
        else 0.0
    )
    children = sum(looks_like_kk(nik.text, _SOME_DAY) for nik in niks)
    kelurahan, kecamatan = _place_keys()
    return _Profile(
        count,
        sixteen=sixteen,
        letters=letters,
        dates=0.0 if sixteen > 0.5 else share(_plausible_birth),
        sexes=share(read_sex) if max(map(len, values)) <= 12 else 0.0,
        phones=share(lambda v: v[:1] in "0+68'" and read_phone(v)),
        emails=share(lambda v: "@" in v and " " not in v),
        places=share(lambda v: place_key(v) in kelurahan),
        districts=share(lambda v: place_key(v) in kecamatan),
        names=letters * distinct * share(lambda v: 2 <= len(v.split()) <= 6),
        issued_lately=issued_lately,
        cards=len(niks) >= _ENOUGH and issued_lately > 0.9 and children > 0.3 * len(niks),
    )


@cache
def _place_keys() -> tuple[frozenset[str], frozenset[str]]:
    by_level: dict[str, set[str]] = {"desa_kelurahan": set(), "kecamatan": set(), "kabkota": set()}
    for place in packaged_places():
        by_level[place.level].add(place_key(place.name))
    return frozenset(by_level["desa_kelurahan"]), frozenset(by_level["kecamatan"])


def _plausible_birth(text: str) -> bool:
    if text.isdecimal() and len(text) < 8:
        return len(text) == 5 and 5000 < int(text) < 44000
    value = read_date(text, _SOME_DAY).value
    return value is not None and 1920 <= value.year <= 2015


def _belies(field: str, profile: _Profile) -> bool:
    """Whether the values cannot be what the heading says."""
    if profile.filled < 2:
        return False
    if field in ("nik", "kk"):
        return profile.sixteen < 0.3 and (profile.letters > 0.7 or profile.dates > 0.7)
    if profile.sixteen > 0.5:
        return True
    if field == "name":
        return profile.dates > 0.7 or profile.phones > 0.7
    if field == "birth_date":
        return profile.letters > 0.8 or profile.phones > 0.8
    if field == "birth_place":
        return profile.dates > 0.7
    if field == "sex":
        return profile.sexes < 0.2
    if field == "phone":
        return profile.letters > 0.7
    return False


def _by_values(profile: _Profile, known_heading: bool) -> list[tuple[str, int]]:
    if profile.filled < 2:
        return []
    offers = []
    if profile.sixteen > 0.6:
        return [("kk" if profile.issued_lately > 0.9 else "nik", _FIT_FROM_VALUES + 1)]
    if known_heading:
        # "Umur" or "Nama Ahli Waris" is known not to be the worker's; only digits overrule that
        return []
    shares = {
        "birth_date": profile.dates,
        "sex": profile.sexes,
        "phone": profile.phones,
        "email": profile.emails,
        "kelurahan": profile.places,
        "kecamatan": profile.districts,
        "name": profile.names if profile.filled >= 3 else 0.0,
    }
    for field, share in shares.items():
        if share >= 0.8:
            offers.append((field, _FIT_FROM_VALUES))
    return offers


def _choose(offers: list[tuple[int, int, str, bool]]) -> dict[int, tuple[str, bool]]:
    chosen: dict[int, tuple[str, bool]] = {}
    taken: set[str] = set()
    for score, index, field, certain in sorted(offers, key=lambda offer: (-offer[0], offer[1])):
        if score >= _LEAST and field not in taken and index not in chosen:
            chosen[index] = (field, certain)
            taken.add(field)
    return chosen


def _part_nik_and_kk(chosen: dict[int, tuple[str, bool]], profiles: list[_Profile]) -> None:
    """Exchange NIK and KK when the values say the headings stand over the wrong columns.

    A KK number has a NIK's shape with the date of issue in it: recent, and never above day 31.
    """
    where = {field: index for index, (field, _) in chosen.items()}
    nik, kk = where.get("nik"), where.get("kk")
    if kk is not None and nik is None:
        profile = profiles[kk]
        if profile.filled >= 3 and profile.sixteen > 0.6 and profile.issued_lately < 0.5:
            chosen[kk] = ("nik", False)
    elif kk is not None and nik is not None:
        wrong, right = profiles[nik], profiles[kk]
        enough = min(wrong.filled, right.filled) >= 5 and right.sixteen > 0.6
        if enough and wrong.issued_lately > 0.9 and right.issued_lately < 0.5:
            chosen[nik], chosen[kk] = ("kk", False), ("nik", False)


def _join_rt_rw(chosen: dict[int, tuple[str, bool]], matches: Sequence[HeadingMatch]) -> None:
    found = [i for i, match in enumerate(matches) if match.field == "rt_rw"]
    if len(found) == 2 and any(chosen.get(index) == ("rt_rw", True) for index in found):
        for index in found:
            if index not in chosen:
                chosen[index] = ("rt_rw", True)


def _join_ticks(
    chosen: dict[int, tuple[str, bool]], headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """Take two columns headed L and P, one of them ticked in nearly every row, as the sex."""
    pair = [index for index, heading in enumerate(headings) if ticked_sex(heading)]
    if len(pair) != 2 or len({ticked_sex(headings[index]) for index in pair}) != 2:
        return
    marks = [[row[i] for i in pair if not is_empty(row[i])] for row in rows[:_SAMPLED]]
    filled = [mark for mark in marks if mark]
    one = sum(1 for mark in filled if len(mark) == 1 and len(mark[0]) <= 12)
    if filled and one >= 0.6 * len(filled):
        for index in [index for index, (field, _) in chosen.items() if field == "sex"]:
            del chosen[index]
        for index in pair:
            chosen[index] = ("sex", True)


def _rounded(values: Sequence[str]) -> bool:
    niks = [value for value in values if len(value) == 16 and value.isdigit()]
    return len(niks) >= 6 and sum(nik[-1] == "0" for nik in niks) >= 0.9 * len(niks)
