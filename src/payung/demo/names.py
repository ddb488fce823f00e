"""Made-up names in the manners of Tangerang, and the ways a clerk writes the same name twice.

Names are put together at random from common given names; none is taken from a real person.
"""

from importlib import resources
from random import Random

import yaml

_WORDS: dict[str, list[str]] = yaml.safe_load(
    resources.files("payung.demo").joinpath("names.yaml").read_text(encoding="utf-8")
)
_MEN, _WOMEN = _WORDS["men"], _WORDS["women"]
_LAST, _LAST_WOMEN = _WORDS["last_men"], _WORDS["last_women"]
_RESPELLINGS = (
    ("Muhammad", "Moh."), ("Muhammad", "Mohamad"), ("Muhammad", "M."), ("Muhammad", "Muhamad"),
    ("Ahmad", "Achmad"), ("Ahmad", "Akhmad"), ("Abdul", "Abd."), ("Siti", "St."),
    ("Nur", "Noer"), ("Yusuf", "Jusuf"), ("Zaenal", "Jaenal"), ("Fauzi", "Pauji"),
    ("Furqon", "Purkon"), ("Taufik", "Taufiq"), ("Syahrul", "Sahrul"), ("Su", "Soe"),
    ("dd", "d"), ("ll", "l"), ("ss", "s"), ("mm", "m"), ("z", "j"), ("f", "p"), ("v", "p"),
    ("kh", "h"), ("y", "i"), ("ae", "ai"), ("oh", "o"), ("i", "y"), ("o", "u"), ("a", "e"),
)  # fmt: skip
_TITLES_MEN = ("H. {}", "H {}", "Ust. {}", "{} , S.Pd.I", "KH. {}", "Bpk {}")
_TITLES_WOMEN = ("Hj. {}", "Hj {}", "Ustdzh. {}", "Ibu {}", "{}, S.Pd")


def make_name(random: Random, sex: str) -> str:
    """One made-up name; ``sex`` is L or P."""
    man = sex == "L"
    pick = random.random()
    first = random.choice(_MEN if man else _WOMEN)
    last = random.choice(_LAST if man or pick > 0.9 else _LAST_WOMEN)
    if pick < 0.07:
        given = _WORDS["batak_men"] if man else _WORDS["batak_women"]
        return f"{random.choice(given)} {random.choice(_WORDS['marga'])}"
    if pick < 0.12:
        end = random.choice(_WORDS["chinese"] if man else _WORDS["chinese_women_end"])
        return f"{random.choice(_WORDS['clan'])} {random.choice(_WORDS['chinese'])} {end}"
    if pick < 0.19:
        return random.choice(_LAST if man else _LAST_WOMEN)
    if pick < 0.23 and man:
        return f"{first} bin {random.choice(_MEN)}"
    if pick < 0.23:
        return f"{first} binti {random.choice(_MEN)}"
    front = "Muhammad" if man else "Siti"
    if pick < 0.33 and first != front:
        return f"{front} {first} {last}"
    if pick < 0.45 and first != front:
        return f"{front} {first}"
    return f"{first} {last}"


def twin_name(random: Random, name: str, sex: str) -> str:
    """A name for the twin of somebody: alike, but not the same."""
    head, *tail = name.split()
    other = random.choice(
        [n for n in (_MEN if sex == "L" else _WOMEN) if n[0] == head[0]] or [head]
    )
    if other == head or not tail:
        other = random.choice(_MEN if sex == "L" else _WOMEN)
    return " ".join([other, *tail])


def respell(random: Random, name: str) -> str:
    """The same name as another clerk would write it; never the same text."""
    for _ in range(6):
        way = random.random()
        if way < 0.2 and " " in name:
            first, *middle, last = name.split()
            new = " ".join([first, *(part[0] + "." for part in middle), last])
            new = new if middle else f"{first} {last[0]}."
        elif way < 0.3 and name.count(" ") >= 1:
            new = name.replace(" ", "", 1).capitalize()
        else:
            fits = [(old, put) for old, put in _RESPELLINGS if old in name]
            if not fits:
                new = name + name[-1]
            else:
                old, put = random.choice(fits)
                new = name.replace(old, put, 1)
        if new != name:
            return new
    return name + name[-1]


def with_title(random: Random, name: str, sex: str) -> str:
    """A name with a title before or a degree after it, as lists carry them."""
    return random.choice(_TITLES_MEN if sex == "L" else _TITLES_WOMEN).format(name)


def odd_name(random: Random, name: str) -> str:
    """A name with something in it that no name has."""
    way = random.randrange(3)
    if way == 0:
        return f"{name} {random.randint(1, 9)}"
    if way == 1:
        return name.replace("a", "4", 1) if "a" in name else f"{name}2"
    return f"{name} (08{random.randint(10**8, 10**9)})"
