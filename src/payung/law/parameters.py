"""Dated legal parameters: reading `parameters/*.yaml`, checking them, answering for a date.

A parameter is a series of dated values without gap or overlap; each value names its regulation
and article and says whether we have seen it in the regulation's own text (`verified`).
Adding next year's value needs a new entry in the file and no code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

import yaml

from payung.law.errors import LawError
from payung.law.wording import long_date

NUMBERS = {"rupiah", "percent", "count", "months", "years", "day-of-month"}
UNITS = NUMBERS | {"table", "relief", "text"}


class ParameterFileError(Exception):
    """A parameter file breaks the schema; the text names file, parameter and fault."""


class Source(NamedTuple):
    regulation: str
    article: str

    def __str__(self) -> str:
        return f"{self.regulation} {self.article}"


@dataclass(frozen=True, slots=True)
class Dated:
    """One value with the days it holds (`until` inclusive, None: until further notice)."""

    parameter: str
    value: Any
    since: date
    until: date | None
    source: Source
    verified: bool
    note: str = ""

    @property
    def integer(self) -> int:
        if type(self.value) is not int:
            raise TypeError(f"{self.parameter} is not a whole number")
        return self.value

    @property
    def rows(self) -> tuple[Mapping[str, Any], ...]:
        if not isinstance(self.value, list):
            raise TypeError(f"{self.parameter} is not a table")
        return tuple(self.value)


@dataclass(frozen=True, slots=True)
class Parameter:
    id: str
    subject: str
    description: str
    unit: str
    values: tuple[Dated, ...]

    def at(self, day: date) -> Dated:
        """The value in force on `day`; LawError when `day` is outside what Payung knows."""
        for dated in reversed(self.values):
            if dated.since <= day and (dated.until is None or day <= dated.until):
                return dated
        raise LawError(
            f"Payung tidak mengetahui aturan untuk “{self.description}” pada {long_date(day)}; "
            f"aturan yang tercatat mulai {long_date(self.values[0].since)}."
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
            raise LawError(f"Tidak ada parameter hukum bernama “{parameter_id}”.") from None

    def at(self, day: date) -> dict[str, Dated]:
        """Everything in force on `day`, by parameter id."""
        return {
            parameter.id: parameter.at(day)
            for parameter in self.by_id.values()
            if parameter.values[0].since <= day
        }


class _StrictLoader(yaml.SafeLoader):
    """YAML that refuses the same key twice, which would hide a value."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        repeated = {key for key in keys if keys.count(key) > 1}
        if repeated:
            raise ParameterFileError(f"line {node.start_mark.line + 1}: repeated {repeated}")
        return super().construct_mapping(node, deep)


def parse_parameters(text: str, name: str) -> tuple[Parameter, ...]:
    """Read and check one parameter file's text; raises ParameterFileError on any fault."""
    try:
        document = yaml.load(text, Loader=_StrictLoader)  # noqa: S506  a SafeLoader
    except yaml.YAMLError as error:
        raise ParameterFileError(f"{name}: not YAML: {error}") from error
    _keys(document, {"subject", "parameters"}, set(), name)
    return tuple(_parameter(entry, document["subject"], name) for entry in document["parameters"])


def _parameter(entry: Any, subject: str, name: str) -> Parameter:
    _keys(entry, {"id", "description", "unit", "values"}, {"columns", "optional_columns"}, name)
    where = f"{name}: {entry['id']}"
    if entry["unit"] not in UNITS:
        raise ParameterFileError(f"{where}: unknown unit {entry['unit']!r}")
    if not isinstance(entry["values"], list) or not entry["values"]:
        raise ParameterFileError(f"{where}: no values")
    values = tuple(_dated(value, entry, where) for value in entry["values"])
    for earlier, later in pairwise(values):
        if earlier.until is None or later.since != earlier.until + timedelta(days=1):
            raise ParameterFileError(
                f"{where}: gap or overlap between {earlier.until} and {later.since}"
            )
    return Parameter(entry["id"], subject, entry["description"], entry["unit"], values)


def _dated(value: Any, entry: Mapping[str, Any], where: str) -> Dated:
    _keys(value, {"from", "value", "source", "verified"}, {"to", "note"}, where)
    since, until = value["from"], value.get("to")
    if type(since) is not date or (until is not None and type(until) is not date):
        raise ParameterFileError(f"{where}: 'from' and 'to' must be dates")
    if until is not None and until < since:
        raise ParameterFileError(f"{where}: ends {until} before it begins {since}")
    if type(value["verified"]) is not bool:
        raise ParameterFileError(f"{where}: 'verified' must be true or false")
    _check_value(value["value"], entry, where)
    return Dated(
        parameter=entry["id"],
        value=value["value"],
        since=since,
        until=until,
        source=as_source(value["source"], where),
        verified=value["verified"],
        note=value.get("note", "").strip(),
    )


def _check_value(value: Any, entry: Mapping[str, Any], where: str) -> None:
    unit = entry["unit"]
    if unit in NUMBERS and (type(value) is not int or value < 0):
        raise ParameterFileError(f"{where}: {value!r} is not a whole number")
    if unit == "text" and not isinstance(value, str):
        raise ParameterFileError(f"{where}: {value!r} is not text")
    if unit == "relief":
        _keys(value, {"percent", "excluded", "silent"}, set(), where)
    if unit == "table":
        columns = entry.get("columns")
        if not columns or not isinstance(value, list) or not value:
            raise ParameterFileError(f"{where}: a table needs columns and rows")
        for row in value:
            _keys(row, set(columns), set(entry.get("optional_columns", ())), where)


def as_source(source: Any, where: str) -> Source:
    _keys(source, {"regulation", "article"}, set(), where)
    return Source(source["regulation"], source["article"])


def _keys(mapping: Any, required: set[str], optional: set[str], where: str) -> None:
    if not isinstance(mapping, dict):
        raise ParameterFileError(f"{where}: expected a mapping, found {mapping!r}")
    found = set(mapping)
    if missing := required - found:
        raise ParameterFileError(f"{where}: missing {sorted(missing)}")
    if unknown := found - required - optional:
        raise ParameterFileError(f"{where}: unknown {sorted(map(str, unknown))}")


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
                raise ParameterFileError(f"{file.name}: {each.id} is declared twice")
            by_id[each.id] = each
    return Parameters(by_id)


def parameter(parameter_id: str) -> Parameter:
    """One parameter by id, for example `parameter("bpu.jkm-amount").at(day).integer`."""
    return all_parameters()[parameter_id]
