"""Dated legal parameters: reading `parameters/*.yaml`, checking them, answering for a date.

A parameter is a series of dated values without gap or overlap; each value names its regulation
and article and says whether we have seen it in the regulation's own text (`verified`).
Adding next year's value needs a new entry in the file and no code.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

from payung.law.errors import LawError
from payung.law.files import LawFileError, check_keys, read_yaml
from payung.law.wording import Words

NUMBERS = {"rupiah", "percent", "count", "months", "years", "day-of-month"}
UNITS = NUMBERS | {"rate", "table", "relief", "text"}
_DECIMAL = re.compile(r"\d+(\.\d+)?")


class Source(NamedTuple):
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
    values: tuple[Dated, ...]

    def at(self, day: date) -> Dated:
        """The value in force on `day`; LawError when `day` is outside what Payung knows."""
        for dated in reversed(self.values):
            if dated.since <= day and (dated.until is None or day <= dated.until):
                return dated
        raise LawError(
            "law.no-rule-on-day",
            rule=Words(self.description, self.english),
            day=day,
            since=self.values[0].since,
        )

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
            parameter.id: parameter.at(day)
            for parameter in self.by_id.values()
            if parameter.values[0].since <= day
        }


def parse_parameters(text: str, name: str) -> tuple[Parameter, ...]:
    """Read and check one parameter file's text; raises LawFileError on any fault."""
    document = read_yaml(text, name)
    check_keys(document, {"subject", "english", "parameters"}, (), name)
    subject = Words(document["subject"], document["english"])
    return tuple(_parameter(entry, subject, name) for entry in document["parameters"])


def _parameter(entry: Any, subject: Words, name: str) -> Parameter:
    required = {"id", "description", "english", "unit", "values"}
    check_keys(entry, required, {"columns", "optional_columns"}, name)
    where = f"{name}: {entry['id']}"
    if entry["unit"] not in UNITS:
        raise LawFileError(f"{where}: unknown unit {entry['unit']!r}")
    if not isinstance(entry["values"], list) or not entry["values"]:
        raise LawFileError(f"{where}: no values")
    values = tuple(_dated(value, entry, where) for value in entry["values"])
    for earlier, later in pairwise(values):
        if earlier.until is None or later.since != earlier.until + timedelta(days=1):
            raise LawFileError(f"{where}: gap or overlap between {earlier.until} and {later.since}")
    return Parameter(
        entry["id"],
        *subject,
        entry["description"],
        entry["english"],
        entry["unit"],
        values,
    )


def _dated(value: Any, entry: Mapping[str, Any], where: str) -> Dated:
    optional = {"to", "note", "note_english"} | ({"english"} if entry["unit"] == "text" else set())
    check_keys(value, {"from", "value", "source", "verified"}, optional, where)
    since, until = value["from"], value.get("to")
    if type(since) is not date or (until is not None and type(until) is not date):
        raise LawFileError(f"{where}: 'from' and 'to' must be dates")
    if until is not None and until < since:
        raise LawFileError(f"{where}: ends {until} before it begins {since}")
    if type(value["verified"]) is not bool:
        raise LawFileError(f"{where}: 'verified' must be true or false")
    _check_value(value["value"], entry, where)
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


def _check_value(value: Any, entry: Mapping[str, Any], where: str) -> None:
    unit = entry["unit"]
    if unit in NUMBERS and (type(value) is not int or value < 0):
        raise LawFileError(f"{where}: {value!r} is not a whole number")
    if unit == "rate" and not (isinstance(value, str) and _DECIMAL.fullmatch(value)):
        raise LawFileError(f'{where}: {value!r} is not a percentage as text, such as "0.24"')
    if unit == "text" and not isinstance(value, str):
        raise LawFileError(f"{where}: {value!r} is not text")
    if unit == "relief":
        check_keys(value, {"percent", "excluded", "silent"}, (), where)
    if unit == "table":
        columns = entry.get("columns")
        if not columns or not isinstance(value, list) or not value:
            raise LawFileError(f"{where}: a table needs columns and rows")
        for row in value:
            check_keys(row, set(columns), set(entry.get("optional_columns", ())), where)


def as_source(source: Any, where: str) -> Source:
    check_keys(source, {"regulation", "article"}, (), where)
    return Source(source["regulation"], source["article"])


@cache
def all_parameters() -> Parameters:
    """Every parameter of the project, read once."""
    by_id: dict[str, Parameter] = {}
    folder = files("payung.law") / "parameters"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if not file.name.endswith(".yaml"):
            continue
        for each in parse_parameters(file.read_text("utf-8"), file.name):
            if each.id in by_id:
                raise LawFileError(f"{file.name}: {each.id} is declared twice")
            by_id[each.id] = each
    return Parameters(by_id)


def parameter(parameter_id: str) -> Parameter:
    """One parameter by id, for example `parameter("bpu.jkm-amount").at(day).integer`."""
    return all_parameters()[parameter_id]
