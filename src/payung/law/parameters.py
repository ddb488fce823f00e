"""Dated legal parameters: reading `parameters/*.yaml`, checking them, answering for a date.

A parameter is a series of dated values without gap or overlap; each value names its regulation
and article and says whether we have seen it in the regulation's own text (`verified`).
Adding next year's value needs a new entry in the file and no code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any, NamedTuple

from payung.law.errors import LawError
from payung.law.files import LawFileError, check_keys, read_yaml
from payung.law.schema import check_dated, check_days, check_entry, check_source, check_text
from payung.law.wording import Words


class Source(NamedTuple):
    """Where a rule stands: `str(source)` is "Permenaker 5/2021 Pasal 41 ayat (2)"."""

    regulation: str
    article: str

    def __str__(self) -> str:
        return f"{self.regulation} {self.article}"


@dataclass(frozen=True, slots=True)
class Dated:
    """One value with the days it holds (`until` inclusive, None: until further notice).

    `english` is the English form of a value that is text.
    """

    parameter: str
    value: Any
    since: date
    until: date | None
    source: Source
    verified: bool
    note: str = ""
    note_english: str = ""
    english: str = ""

    @property
    def integer(self) -> int:
        if type(self.value) is not int:
            raise TypeError(f"{self.parameter} is not a whole number")
        return self.value

    @property
    def rate(self) -> Fraction:
        """A percentage as a part of the amount: `"0.24"` → `Fraction(24, 10000)`."""
        if not isinstance(self.value, int | str):
            raise TypeError(f"{self.parameter} is not a percentage")
        return Fraction(self.value) / 100

    @property
    def words(self) -> Words:
        """A value that is text, in both languages."""
        return Words(str(self.value), self.english or str(self.value))

    @property
    def rows(self) -> tuple[Mapping[str, Any], ...]:
        if not isinstance(self.value, list):
            raise TypeError(f"{self.parameter} is not a table")
        return tuple(self.value)


@dataclass(frozen=True, slots=True)
class Parameter:
    """`subject` and `description` are Indonesian, `subject_english` and `english` English."""

    id: str
    subject: str
    subject_english: str
    description: str
    english: str
    unit: str
    columns: tuple[str, ...]
    values: tuple[Dated, ...]

    def at(self, day: date) -> Dated:
        """The value in force on `day`; LawError when `day` is outside what Payung knows."""
        dated = self.find(day)
        if dated is not None:
            return dated
        if day >= self.values[0].since:
            raise LawError(
                "law.rule-ended",
                rule=Words(self.description, self.english),
                day=day,
                until=self.values[-1].until,
            )
        raise LawError(
            "law.no-rule-on-day",
            rule=Words(self.description, self.english),
            day=day,
            since=self.values[0].since,
        )

    def find(self, day: date) -> Dated | None:
        """The value in force on `day`, or None when there is none."""
        for dated in reversed(self.values):
            if dated.since <= day:
                return dated if dated.until is None or day <= dated.until else None
        return None

    @property
    def latest(self) -> Dated:
        return self.values[-1]


@dataclass(frozen=True, slots=True)
class Parameters:
    """All parameters by id."""

    by_id: Mapping[str, Parameter]

    def __getitem__(self, parameter_id: str) -> Parameter:
        try:
            return self.by_id[parameter_id]
        except KeyError:
            raise LawError("law.no-parameter", parameter=parameter_id) from None

    def at(self, day: date) -> dict[str, Dated]:
        """Everything in force on `day`, by parameter id."""
        return {
            parameter_id: dated
            for parameter_id, parameter in self.by_id.items()
            if (dated := parameter.find(day)) is not None
        }


def parse_parameters(text: str, name: str) -> tuple[Parameter, ...]:
    """Read and check one parameter file's text.

    Raises LawFileError on any fault, with the file's `name`, the parameter and the day.
    """
    document = read_yaml(text, name)
    check_keys(document, {"subject", "english", "parameters"}, (), name)
    for key in ("subject", "english"):
        check_text(document[key], f"{name}: '{key}'")
    entries = document["parameters"]
    if not isinstance(entries, list) or not entries:
        raise LawFileError(f"{name}: no parameters")
    subject = Words(document["subject"], document["english"])
    found: dict[str, Parameter] = {}
    for number, entry in enumerate(entries, start=1):
        each = _parameter(entry, subject, name, number)
        if each.id in found:
            raise LawFileError(f"{name}: {each.id}: declared twice")
        found[each.id] = each
    return tuple(found.values())


def _parameter(entry: Any, subject: Words, name: str, number: int) -> Parameter:
    named = isinstance(entry, dict) and isinstance(entry.get("id"), str)
    where = f"{name}: {entry['id'] if named else f'parameter {number}'}"
    check_entry(entry, where)
    values = tuple(_dated(value, entry, where) for value in entry["values"])
    for earlier, later in pairwise(values):
        _check_order(earlier, later, where)
    return Parameter(
        entry["id"],
        *subject,
        entry["description"],
        entry["english"],
        entry["unit"],
        (*entry.get("columns", ()), *entry.get("optional_columns", ())),
        values,
    )


def _check_order(earlier: Dated, later: Dated, where: str) -> None:
    if earlier.until is None:
        raise LawFileError(f"{where}: {earlier.since} has no 'to' and yet {later.since} follows")
    if later.since <= earlier.until:
        raise LawFileError(f"{where}: overlap: {later.since} begins before {earlier.until} is over")
    if later.since > earlier.until + timedelta(days=1):
        raise LawFileError(f"{where}: gap between {earlier.until} and {later.since}")


def _dated(value: Any, entry: Mapping[str, Any], where: str) -> Dated:
    optional = {"to", "note", "note_english"} | ({"english"} if entry["unit"] == "text" else set())
    check_keys(value, {"from", "value", "source", "verified"}, optional, where)
    since, until = value["from"], value.get("to")
    check_days(since, until, where)
    where = f"{where}: {since}"
    check_dated(value, entry, where)
    return Dated(
        parameter=entry["id"],
        value=value["value"],
        since=since,
        until=until,
        source=as_source(value["source"], where),
        verified=value["verified"],
        note=value.get("note", "").strip(),
        note_english=value.get("note_english", "").strip(),
        english=value.get("english", ""),
    )


def as_source(source: Any, where: str) -> Source:
    """A source as a file or a table's row writes it; LawFileError when it is incomplete."""
    check_source(source, where)
    return Source(source["regulation"], source["article"])


def read_parameters(folder: Traversable) -> Parameters:
    """Every parameter of a folder's YAML files, in the order of their names."""
    by_id: dict[str, Parameter] = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if not file.name.endswith(".yaml"):
            continue
        for each in parse_parameters(file.read_text("utf-8"), file.name):
            if each.id in by_id:
                raise LawFileError(f"{file.name}: {each.id}: declared in another file too")
            by_id[each.id] = each
    return Parameters(by_id)


@cache
def all_parameters() -> Parameters:
    """Every parameter of the project, read once."""
    return read_parameters(files("payung.law") / "parameters")


def parameter(parameter_id: str) -> Parameter:
    """One parameter by id, for example `parameter("bpu.jkm-amount").at(day).integer`."""
    return all_parameters()[parameter_id]
