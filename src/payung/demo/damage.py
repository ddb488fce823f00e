"""How a true person becomes a row: an office's way of writing, and what goes wrong in it.

Codes follow the findings of a list check where one exists for the same thing. ``RATES`` are
shares of rows of a list that has the column concerned.
"""

from bisect import bisect
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from payung.demo.layouts import Layout
from payung.demo.names import odd_name, respell, with_title
from payung.demo.occupations import NO_OCCUPATION, OCCUPATIONS
from payung.demo.people import Person

# What a reader can see of the NIK: none of these rows may be taken as it stands.
NIK_RATES = {
    "nik-blank": 0.0035, "nik-length": 0.005, "nik-placeholder": 0.0025, "nik-letters": 0.0035,
    "nik-damaged": 0.0035, "nik-is-kk": 0.0035, "nik-date": 0.003, "nik-serial": 0.001,
}  # fmt: skip
# What nobody can see without the civil register.
HIDDEN_RATES = {"nik-typo": 0.008, "nik-of-spouse": 0.01}
NAME_RATES = {"name-blank": 0.0015, "name-odd": 0.002, "name-titled": 0.05, "name-respelt": 0.02}
BIRTH_RATES = {
    "birth-date-default": 0.010, "birth-date-swapped": 0.015, "birth-date-wrong": 0.004,
    "birth-date-unreadable": 0.004, "birth-date-blank": 0.004,
}  # fmt: skip
OTHER_RATES = {
    "sex-wrong": 0.006, "kelurahan-misspelt": 0.015, "kelurahan-unknown": 0.004,
    "occupation-unknown": 0.005, "phone-odd": 0.05, "phone-unreadable": 0.006,
    "phone-blank": 0.05,
}  # fmt: skip
REPEATED_RATE = 0.01

REJECTED = frozenset(
    {*NIK_RATES, "nik-repeated", "name-blank", "formula", "age-65", "age-under-18"}
)
SCREENED = frozenset({"dead", "active-member", "asn"})
BRANCH_ONLY = frozenset({*HIDDEN_RATES, "death-unlisted", "membership-new"})

_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_SHORT = (
    "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des",
)  # fmt: skip
_PLACEHOLDERS = (
    "0000000000000000", "1234567890123456", "1111111111111111", "-", "belum ada", "3671000000000000"
)  # fmt: skip
_ELSEWHERE = ("Kutabumi", "Pondok Aren", "Dadap", "Kalideres", "Gelam Jaya", "Serpong", "Curug")
_UNREADABLE_PHONES = ("-", "tidak ada", "0", "08xx", "numpang tetangga", "021")
_MIXED = ("slash", "dash", "long", "abbr", "short", "iso")
_FIELD_OF = {
    "sex-wrong": ("sex", "sex_word"), "kelurahan-misspelt": ("kelurahan",),
    "kelurahan-unknown": ("kelurahan",), "occupation-unknown": ("occupation",),
    "phone-odd": ("phone",), "phone-unreadable": ("phone",), "phone-blank": ("phone",),
}  # fmt: skip

Cell = str | int | float | date | None
Entry = dict[str, Cell]


def write_date(random: Random, day: date, style: str) -> Cell:
    """A date in an office's style; ``excel`` stays a date cell."""
    if style == "mixed":
        style = random.choice(_MIXED)
    if style == "excel":
        return day
    if style == "long":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    if style == "abbr":
        return f"{day.day:02d} {_SHORT[day.month - 1]} {day.year}"
    if style == "short":
        return f"{day.day:02d}-{day.month:02d}-{day.year % 100:02d}"
    if style == "iso":
        return day.isoformat()
    mark = {"slash": "/", "dash": "-", "dots": "."}[style]
    return f"{day.day:02d}{mark}{day.month:02d}{mark}{day.year}"


class _Odds:
    """Draws a code by its rate, or nothing."""

    def __init__(self, rates: dict[str, float]) -> None:
        self._codes = (*rates, "")
        self._until = list(accumulate(rates.values()))

    def draw(self, random: Random) -> str:
        return self._codes[bisect(self._until, random.random())]


_NIK, _NAME, _BIRTH, _OTHER = (
    _Odds(rates) for rates in (NIK_RATES | HIDDEN_RATES, NAME_RATES, BIRTH_RATES, OTHER_RATES)
)


def misspell(random: Random, place: str) -> str:
    """A kelurahan's name as it is typed in a hurry; never the right spelling."""
    way = random.randrange(4)
    if way == 0 and " " in place:
        return place.replace(" ", "")
    if way == 1:
        return place.replace("a", "aa", 1) if "a" in place else place + "h"
    at = random.randrange(1, len(place) - 1)
    if way == 2 or place[at] == place[at + 1]:
        return place[:at] + place[at + 1 :]
    return place[:at] + place[at + 1] + place[at] + place[at + 2 :]


def _damaged_nik(random: Random, person: Person, code: str) -> str:
    nik = person.nik
    if code == "nik-length":
        return nik[:-1] if random.random() < 0.5 else nik[:9] + nik[8:]
    if code == "nik-placeholder":
        return random.choice(_PLACEHOLDERS)
    if code == "nik-letters":
        return nik.replace("0", "O", 2) if "0" in nik else nik.replace("1", "l", 2)
    if code == "nik-damaged":
        return f"{nik[0]},{nik[1:6]}E+15"
    if code == "nik-is-kk":
        return person.kk
    if code == "nik-date":
        return nik[:8] + random.choice(("13", "00", "27")) + nik[10:]
    if code == "nik-serial":
        return nik[:12] + "0000"
    if code == "nik-typo":
        old = nik[13:15]
        return nik[:13] + f"{(int(old) + random.randint(1, 98)) % 100:02d}" + nik[15:]
    if code == "nik-of-spouse" and person.spouse:
        return person.spouse.nik
    return ""


def _shown_nik(nik: str, style: str) -> Cell:
    if style == "number" and nik.isascii() and nik.isdigit():
        return float(nik[:15] + "0" * (len(nik) - 15))
    if style == "apostrophe" and nik:
        return "'" + nik
    if style == "spaced" and len(nik) == 16:
        return f"{nik[:6]} {nik[6:12]} {nik[12:]}"
    return nik or None


def _phone(random: Random, phone: str, style: str) -> Cell:
    if style == "odd":
        style = random.choice(("plus", "dashes", "dots", "spaced", "two", "bare"))
    if style == "plus":
        return "+62" + phone[1:]
    if style == "number":
        return int(phone[1:])
    if style == "bare":
        return phone[1:]
    if style == "two":
        return f"{phone} / {phone[:-2]}{random.randint(10, 99)}"
    mark = {"dashes": "-", "dots": ".", "spaced": " "}.get(style, "")
    return mark.join((phone[:4], phone[4:8], phone[8:]))


def _birth_date(random: Random, person: Person, code: str) -> date | str | None:
    born = person.birth_date
    if code == "birth-date-default":
        return date(born.year, 1, 1)
    if code == "birth-date-swapped":
        return date(born.year, born.day, born.month)
    if code == "birth-date-wrong":
        return born + timedelta(days=random.choice((-1, 1)) * random.randint(366, 3000))
    if code == "birth-date-unreadable":
        return random.choice(("31/02/1975", "tidak tahu", "1978", "??", "00-00-0000", "12/1980/04"))
    if code == "birth-date-blank":
        return None
    return born


def write_row(random: Random, person: Person, layout: Layout) -> tuple[Entry, list[str]]:
    """One row of a list: the value of each field of the layout, and what is wrong with it.

    Whatever is true of the person and stands against them is named among the damage too.
    """
    damage = list(person.truths)
    fields = layout.fields

    code = _NIK.draw(random)
    if code == "nik-of-spouse" and person.spouse is None:
        code = ""
    if layout.nik == "number" and code != "nik-blank":
        code = "nik-damaged"
        nik: Cell = _shown_nik(person.nik, "number")
    else:
        nik = _shown_nik(_damaged_nik(random, person, code) if code else person.nik, layout.nik)
    damage += [code] * bool(code)

    name, code = person.name, _NAME.draw(random)
    if code == "name-blank":
        name = ""
    elif code == "name-odd":
        name = odd_name(random, name)
    elif code == "name-titled":
        name = with_title(random, name, person.sex)
    elif code == "name-respelt":
        name = respell(random, name)
    damage += [code] * bool(code)

    born, code = person.birth_date, _BIRTH.draw(random)
    if (
        (code == "birth-date-swapped" and (born.day > 12 or born.day == born.month))
        or (code == "birth-date-default" and (born.day, born.month) == (1, 1))
        or person.truths
    ):
        code = ""
    written = _birth_date(random, person, code)
    shown = write_date(random, written, layout.dates) if isinstance(written, date) else written
    damage += [code] * bool(code)

    code = _OTHER.draw(random)
    if code and not fields.intersection(_FIELD_OF[code]):
        code = ""
    damage += [code] * bool(code)
    sex = person.sex if code != "sex-wrong" else {"L": "P", "P": "L"}[person.sex]
    kelurahan = person.kelurahan.name
    if code == "kelurahan-misspelt":
        kelurahan = misspell(random, kelurahan)
    elif code == "kelurahan-unknown":
        kelurahan = random.choice(_ELSEWHERE)
    occupation = random.choice(OCCUPATIONS[person.occupation].written)
    if code == "occupation-unknown":
        occupation = random.choice(NO_OCCUPATION)
    phone: Cell = _phone(random, person.phone, "odd" if code == "phone-odd" else layout.phone)
    if code == "phone-unreadable":
        phone = random.choice(_UNREADABLE_PHONES)
    elif code == "phone-blank":
        phone = None

    case = str.upper if layout.upper else str
    place, rt, rw = person.birth_place, person.rt, person.rw
    return {
        "nik": nik,
        "name": case(name) or None,
        "birth_place": case(place),
        "birth_date": shown,
        "ttl": f"{case(place)}, {_as_text(shown)}".rstrip(", "),
        "sex": sex,
        "sex_word": {"L": "Laki-laki", "P": "Perempuan"}[sex],
        "mother_name": case(person.mother_name),
        "kk": person.kk,
        "address": case(person.address),
        "rt_rw": f"{rt:03d}/{rw:03d}",
        "rt_rw_words": f"RT {rt:02d} RW {rw:02d}",
        "rt": f"{rt:03d}",
        "rw": f"{rw:03d}",
        "kelurahan": case(kelurahan),
        "kecamatan": case(person.kelurahan.kecamatan),
        "phone": phone,
        "email": _email(person),
        "occupation": case(occupation),
        "income": person.income,
    }, damage


def _as_text(shown: Cell) -> str:
    return "" if shown is None else str(shown)


def _email(person: Person) -> str | None:
    if person.id % 3:
        return None
    first = "".join(letter for letter in person.name.split()[0].lower() if letter.isascii())
    return f"{first}{person.id}@contoh.invalid"
