"""The declared rules of linkage: blocks, levels, guards and costs, read from `rules.yaml`.

Both engines read the same rules; changing how people are found or compared is changing data.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

import yaml

from payung.identity.files import read_yaml

COLUMNS = frozenset(
    ("nik", "nik_head", "name_key", "name_head", "born", "born_fold", "born_year", "born_nik",
     "born_nik_fold", "sex", "mother_key", "mother_head", "phone_key", "place", "address_key",
     "rounded", "name_count")
)  # fmt: skip
FIELDS = (
    "nik", "name", "birth_date", "sex", "mother_name", "address", "kelurahan", "phone",
)  # fmt: skip
MISSING = "missing"
OTHER = "other"  # the group of all levels that are in none
_SECTIONS = {
    "weak", "blocks", "glance", "fields", "at_most", "together", "marks", "slips", "guards",
    "undisputed", "costs", "largest",
}  # fmt: skip


class RulesError(Exception):
    """The rules do not declare what linkage needs."""


@dataclass(frozen=True, slots=True)
class Part:
    """A column of a key, or the characters `first` to `last` of it, counted from 1."""

    column: str
    first: int = 0
    last: int = 0

    @property
    def name(self) -> str:
        """As the rules write it."""
        return f"{self.column} {self.first}-{self.last}" if self.first else self.column


@dataclass(frozen=True, slots=True)
class Block:
    """Rows sharing one of `keys` are compared; of a loose block only pairs with a weak row.

    Above `limit` rows the key is made longer by `longer`, column by column. A block with `until` is
    used only where all lists together have at most so many rows; 0 is always.
    """

    name: str
    keys: tuple[tuple[Part, ...], ...]
    loose: bool
    limit: int
    longer: tuple[Part, ...]
    until: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """The points for the first of some parts in which two rows agree, or `unknown` where one of
    them does not know the first part; of what differs none."""

    parts: Mapping[Part, int]
    unknown: int


@dataclass(frozen=True, slots=True)
class Glance:
    """Where all lists together have more than `above` rows, a pair that gets less than `enough`
    points is not compared; a sample of such pairs is, to learn from."""

    above: int
    enough: int
    looks: tuple[Look, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """All that is looked at."""
        return tuple(part for look in self.looks for part in look.parts)


@dataclass(frozen=True, slots=True)
class Level:
    """`when` is a condition in DuckDB's SQL over rows l and r; a field's last level has none."""

    name: str
    when: str
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Levels a pair must show, field by field, and marks it must bear."""

    levels: Mapping[str, frozenset[str]]
    marks: frozenset[str]

    def holds(self, levels: Mapping[str, str], marks: frozenset[str]) -> bool:
        """Whether a pair with these levels and marks fulfils the condition."""
        return self.marks <= marks and all(
            levels[field] in wanted for field, wanted in self.levels.items()
        )


@dataclass(frozen=True, slots=True)
class Together:
    """What fields say together: of each field, for every level but `missing`, its group's place.

    `cells` names every combination of groups, in the order in which the last field changes first.
    """

    text: str
    places: Mapping[str, tuple[int, ...]]
    groups: Mapping[str, tuple[str, ...]]

    @property
    def cells(self) -> tuple[str, ...]:
        """The combinations of groups, as "rare/equal"."""
        return tuple("/".join(each) for each in product(*self.groups.values()))


@dataclass(frozen=True, slots=True)
class Unless:
    """What lifts a guard from a whole list: no pair of it shows any of the levels `unseen`, and of
    one person's pairs a larger share than `above` is wholly different in the field `slips`."""

    unseen: Mapping[str, frozenset[str]]
    slips: str
    above: float


@dataclass(frozen=True, slots=True)
class Guard:
    """A pair that is two people whatever agrees; `weight` is log2 odds, below zero."""

    name: str
    condition: Condition
    weight: float
    text: str
    unless: Unless | None = None


@dataclass(frozen=True, slots=True)
class Costs:
    """Costs of an error, in looks of a clerk at one pair."""

    wrong: float
    missed: float
    look: float

    @property
    def threshold(self) -> float:
        """The probability from which two rows are put together when nobody will look."""
        return self.wrong / (self.wrong + self.missed)

    @property
    def same(self) -> float:
        """The probability from which looking costs more than the errors it would find."""
        return 1 - self.look / self.wrong

    @property
    def different(self) -> float:
        """The probability below which looking costs more than the matches it would find."""
        return self.look / self.missed


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything declared; `fields` maps a field to its levels in the order they are tried.

    `at_most` names for a field and its level those that must not weigh less in its place.
    """

    weak: str
    blocks: tuple[Block, ...]
    glance: Glance | None
    fields: Mapping[str, tuple[Level, ...]]
    at_most: Mapping[str, Mapping[str, tuple[str, ...]]]
    together: Mapping[str, Together]
    marks: Mapping[str, str]
    guards: tuple[Guard, ...]
    same: tuple[Condition, ...]
    different: tuple[Condition, ...]
    costs: Costs
    largest: int

    @property
    def weighed(self) -> dict[str, tuple[str, ...]]:
        """Everything that has weights: the levels of each field and of what fields say together."""
        names = {
            field: tuple(level.name for level in levels) for field, levels in self.fields.items()
        }
        return names | {name: (MISSING, *each.cells) for name, each in self.together.items()}

    def for_rows(self, rows: int) -> "Rules":
        """The rules with only what lists of so many rows in all can afford, and need."""
        blocks = tuple(block for block in self.blocks if not block.until or rows <= block.until)
        glance = self.glance if self.glance and rows > self.glance.above else None
        same = blocks == self.blocks and glance is self.glance
        return self if same else replace(self, blocks=blocks, glance=glance)

    def level(self, field: str, name: str) -> Level:
        """The level of a field by its name; raises KeyError."""
        for level in self.fields[field]:
            if level.name == name:
                return level
        raise KeyError(f"{field}: {name}")


def parse_rules(text: str) -> Rules:
    """Read and check rules; raises RulesError on any fault."""
    try:
        document: Any = read_yaml(text)
        if set(document) != _SECTIONS:
            raise RulesError(f"sections are {sorted(document)}, not {sorted(_SECTIONS)}")
        fields = {
            field: tuple(
                Level(name, str(entry.get("when", "")).strip(), str(entry["text"]))
                for name, entry in levels.items()
            )
            for field, levels in document["fields"].items()
        }
        rules = Rules(
            weak=str(document["weak"]).strip(),
            blocks=tuple(_block(name, entry) for name, entry in document["blocks"].items()),
            glance=_glance(document["glance"]),
            fields=fields,
            at_most={
                field: {level: tuple(map(str, others)) for level, others in limits.items()}
                for field, limits in document["at_most"].items()
            },
            together={
                name: _together(entry, fields) for name, entry in document["together"].items()
            },
            marks={name: str(when).strip() for name, when in document["marks"].items()},
            guards=tuple(
                _guard(name, entry, document["slips"]) for name, entry in document["guards"].items()
            ),
            same=tuple(map(_condition, document["undisputed"]["same"])),
            different=tuple(map(_condition, document["undisputed"]["different"])),
            costs=Costs(**{name: float(cost) for name, cost in document["costs"].items()}),
            largest=int(document["largest"]),
        )
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise RulesError(f"the rules cannot be read: {error!r}") from error
    _check(rules)
    return rules


@cache
def packaged_rules() -> Rules:
    """The project's own rules, read once."""
    return parse_rules((files("payung.linkage") / "rules.yaml").read_text("utf-8"))


def _part(text: str) -> Part:
    column, _, digits = text.partition(" ")
    if column not in COLUMNS:
        raise RulesError(f"unknown column {column!r} in a key")
    if not digits:
        return Part(column)
    first, last = map(int, digits.split("-"))
    if not 1 <= first <= last:
        raise RulesError(f"impossible digits {text!r}")
    return Part(column, first, last)


def _block(name: str, entry: Mapping[str, Any]) -> Block:
    keys = tuple(tuple(map(_part, key)) for key in entry["keys"])
    if not keys or not all(keys):
        raise RulesError(f"block {name} has an empty key")
    limit = int(entry["limit"])
    if limit < 2:
        raise RulesError(f"block {name}: the limit must be at least 2")
    return Block(
        name,
        keys,
        bool(entry.get("loose")),
        limit,
        tuple(map(_part, entry.get("longer", ()))),
        int(entry.get("until", 0)),
    )


def _glance(entry: Mapping[str, Any]) -> Glance:
    looks = tuple(
        Look({_part(each): int(points) for each, points in agree.items()}, int(unknown))
        for agree, unknown in ((dict(look["agree"]), look["unknown"]) for look in entry["looks"])
    )
    return Glance(int(entry["above"]), int(entry["enough"]), looks)


def _together(entry: Mapping[str, Any], fields: Mapping[str, tuple[Level, ...]]) -> Together:
    places, groups = {}, {}
    for field, named in entry["groups"].items():
        group_of = {level: group for group, levels in named.items() for level in levels}
        unknown = set(group_of) - {level.name for level in fields[field][1:]}
        if unknown:
            raise RulesError(f"{field}: unknown levels {sorted(unknown)}")
        found = [group_of.get(level.name, OTHER) for level in fields[field][1:]]
        groups[field] = tuple(name for name in (*named, OTHER) if name in found)
        places[field] = tuple(groups[field].index(group) for group in found)
    return Together(str(entry["text"]), places, groups)


def _guard(name: str, entry: Mapping[str, Any], slips: Mapping[str, Any]) -> Guard:
    unless = None
    if given := entry.get("unless"):
        unseen = _condition(given["unseen"]).levels
        unless = Unless(unseen, str(given["slips"]), float(slips[given["slips"]]))
    condition = _condition(entry["if"])
    return Guard(name, condition, float(entry["weight"]), str(entry["text"]), unless)


def _condition(entry: Mapping[str, Any]) -> Condition:
    levels = {
        field: frozenset(map(str, wanted)) for field, wanted in entry.items() if field != "marks"
    }
    return Condition(levels, frozenset(entry.get("marks", ())))


def _check(rules: Rules) -> None:
    if tuple(rules.fields) != FIELDS:
        raise RulesError(f"fields are {list(rules.fields)}, not {list(FIELDS)}")
    for field, levels in rules.fields.items():
        if levels[0].name != MISSING:
            raise RulesError(f"{field}: the first level must be {MISSING!r}")
        if levels[-1].when or not all(level.when for level in levels[:-1]):
            raise RulesError(f"{field}: every level but the last needs a condition")
    conditions = [guard.condition for guard in rules.guards]
    lifts = [guard.unless for guard in rules.guards if guard.unless]
    conditions += [Condition(each.unseen, frozenset()) for each in lifts]
    for condition in (*conditions, *rules.same, *rules.different):
        for field, wanted in condition.levels.items():
            known = {level.name for level in rules.fields.get(field, ())}
            if not wanted <= known:
                raise RulesError(f"{field}: unknown levels {sorted(wanted - known)}")
        if not condition.marks <= set(rules.marks):
            raise RulesError(f"unknown marks {sorted(condition.marks - set(rules.marks))}")
    for field, limits in rules.at_most.items():
        known = {level.name for level in rules.fields.get(field, ())[1:]}
        named = {*limits, *(other for others in limits.values() for other in others)}
        if not named <= known:
            raise RulesError(f"{field}: unknown levels {sorted(named - known)}")
    if any(guard.weight >= 0 for guard in rules.guards):
        raise RulesError("a guard must weigh against")
    if any(not 0 < each.above < 1 or each.slips not in rules.fields for each in lifts):
        raise RulesError("a guard is lifted by a share of a field's pairs")
    costs = rules.costs
    if not 0 < costs.different < costs.threshold < costs.same < 1:
        raise RulesError("the costs leave no pair to look at")
