"""A person as linkage sees one, and the keys under which likely partners are found.

Stored by the records floor, so that partners are found by a join and not by comparing everybody:
`worker.nik`, and `worker.match_key`, which is `match_key(record)`: name key, "|", birth date. Equal
NIK or equal match key finds almost every repeat inside a city's lists; `blocking_keys` adds the
looser keys for the rest.
"""

from dataclasses import dataclass
from datetime import date

from payung.identity import name_key as key_of_name

HEAD = 3
COMMON_FIRST = "muhamad"


@dataclass(slots=True)
class Record:
    """`name_key` and `mother_key` are derived from the names when not given.

    `nik` counts only when it has 16 digits; `kelurahan` is a code, `phone` normalised, `sex` any
    code used throughout. Unknown values are "" or None.
    """

    nik: str = ""
    name: str = ""
    name_key: str = ""
    birth_date: date | None = None
    sex: str = ""
    mother_name: str = ""
    mother_key: str = ""
    kelurahan: str = ""
    phone: str = ""

    def __post_init__(self) -> None:
        if not self.name_key and self.name:
            self.name_key = key_of_name(self.name)
        if not self.mother_key and self.mother_name:
            self.mother_key = key_of_name(self.mother_name)


def is_nik(text: str) -> bool:
    """Whether the text can be compared as a NIK: 16 digits."""
    return len(text) == 16 and text.isascii() and text.isdigit()


def match_key(name_key: str, birth_date: date | None) -> str:
    """The stored key of a person's name and birth date; "" when either is unknown."""
    if not name_key or birth_date is None:
        return ""
    return f"{name_key}|{birth_date.isoformat()}"


def blocking_keys(record: Record) -> tuple[str, ...]:
    """Keys of which two records of one person very likely share at least one.

    NIK; first 12 or last 10 digits of the NIK with the head of the name; birth date with the head
    of the name or of the mother's; phone; whole name with kelurahan. The head leaves out a leading
    Muhammad, which some lists write and others do not.
    """
    keys = []
    head = _head(record.name_key)
    born = record.birth_date.isoformat() if record.birth_date else ""
    if is_nik(record.nik):
        keys.append(f"nik:{record.nik}")
        if head:
            keys.append(f"nik-first:{record.nik[:12]}|{head}")
            keys.append(f"nik-last:{record.nik[6:]}|{head}")
    if born and head:
        keys.append(f"born-name:{born}|{head}")
    if born and record.mother_key:
        keys.append(f"born-mother:{born}|{_head(record.mother_key)}")
    if record.phone:
        keys.append(f"phone:{record.phone}")
    if record.name_key and record.kelurahan:
        keys.append(f"name-place:{record.name_key}|{record.kelurahan}")
    return tuple(keys)


def _head(name_key: str) -> str:
    first, _, rest = name_key.partition(" ")
    return (rest if first == COMMON_FIRST and rest else first)[:HEAD]
