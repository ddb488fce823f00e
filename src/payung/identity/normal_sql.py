"""The forms of `normal.py` as SQL, from the same rules, for DuckDB and for Spark.

Dates of every form, sexes and places are few distinct texts: they are read in Python once
(`normal.texts`) and joined. Everything else is SQL over the rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from payung.identity.nik import KK_YOUNGER, WORKING
from payung.identity.rulebook import READ, RULED, Section, rulebook

_HEADS = {made: head for made, _, head in RULED.values() if head}
# whatever the section "ascii" may change, asked with one set of signs instead of one per rule
_NOT_PLAIN = "[^ -_a-~]|  |^ | $"
_COLUMN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class SqlError(ValueError):
    """What was asked for cannot be written as SQL; the text says why."""


@dataclass(frozen=True)
class _Dialect:
    text: str
    escape: bool
    group: str
    replace: str
    matches: str

    def literal(self, text: str) -> str:
        if self.escape:
            return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
        return "'" + text.replace("'", "''") + "'"

    def replaced(self, column: str, pattern: str, new: str) -> str:
        new = re.sub(r"\\(\d)", lambda found: self.group + found[1], new)
        return self.replace.format(column, self.literal(pattern), self.literal(new))

    def matched(self, column: str, pattern: str) -> str:
        return self.matches.format(column, self.literal(pattern))


_DIALECTS = {
    "duckdb": _Dialect(
        "VARCHAR", False, "\\", "regexp_replace({}, {}, {}, 'g')", "regexp_matches({}, {})"
    ),
    "spark": _Dialect("STRING", True, "$", "regexp_replace({}, {}, {})", "({} RLIKE {})"),
}


def tables(columns: Collection[str]) -> dict[str, str]:
    """Columns that are read in Python, with the name of the table of `normal.texts` to provide."""
    return {column: f"{column}_texts" for column in READ if column in columns}


def select(columns: Collection[str], *, on: date, dialect: str, source: str = "people") -> str:
    """A query that gives every row of the table `source` its normalised columns.

    `columns` are those of `source`; `dialect` is "duckdb" or "spark". The query needs the tables
    that `tables` names. Columns made and their meaning are those of `normal.normalise`; columns
    given that are not of a person stay. Raises SqlError.
    """
    if dialect not in _DIALECTS:
        raise SqlError(f"{dialect}: SQL is written for {', '.join(_DIALECTS)}")
    odd = [name for name in (*columns, source) if not _COLUMN.fullmatch(name)]
    if odd:
        raise SqlError(f"names are letters, digits and underscores, not {odd[0]!r}")
    sql = _DIALECTS[dialect]
    kept = [column for column in columns if column not in ("nik", "sex")]
    steps = [f"given AS ({_given(columns, kept, sql, source)})"]
    for number, made in enumerate(_layers(columns, sql)):
        before = "given" if number == 0 else f"step{number - 1}"
        others = [each for each in _made(columns) if each not in made]
        chosen = [*kept, *others, *(f"{how} AS {name}" for name, how in made.items())]
        steps.append(f"step{number} AS (SELECT {', '.join(chosen)} FROM {before})")  # noqa: S608
    return "WITH " + ",\n".join(steps) + f"\n{_last(columns, kept, on, sql, len(steps) - 2)}"


def _made(columns: Collection[str]) -> list[str]:
    ruled = [made for column, (made, _, _) in RULED.items() if column in columns]
    heads = [_HEADS[made] for made in ruled if made in _HEADS]
    return [*ruled, *heads, *(made for column, made in READ.items() if column in columns)]


def _given(columns: Collection[str], kept: list[str], sql: _Dialect, source: str) -> str:
    chosen = [f"{source}.{column} AS {column}" for column in kept]
    chosen += [
        f"CAST({source}.{column} AS {sql.text}) AS {made}"
        for column, (made, _, _) in RULED.items()
        if column in columns
    ]
    chosen += [
        f"CAST(NULL AS {sql.text}) AS {_HEADS[made]}"
        for column, (made, _, _) in RULED.items()
        if column in columns and made in _HEADS
    ]
    joins = ""
    for column, table in tables(columns).items():
        chosen.append(f"{table}.value AS {READ[column]}")
        joins += f" LEFT JOIN {table} ON {table}.text = CAST({source}.{column} AS {sql.text})"
    return f"SELECT {', '.join(chosen)} FROM {source}{joins}"  # noqa: S608


def _layers(columns: Collection[str], sql: _Dialect) -> Iterator[dict[str, str]]:
    """One section of every field at a time, so that no expression stands inside itself twice."""
    waiting = {
        made: _steps(made, rulebook(book).sections, sql)
        for column, (made, book, _) in RULED.items()
        if column in columns
    }
    while waiting:
        layer = {}
        for made in list(waiting):
            found = next(waiting[made], None)
            if found is None:
                del waiting[made]
            else:
                layer[made] = found
        if layer:
            yield layer
    heads = {_HEADS[each]: each for each in _made(columns) if each in _HEADS}
    if heads:
        yield dict(heads)
        (section,) = rulebook("name_head").sections
        yield {head: _section(head, section, sql) for head in heads}


def _steps(made: str, sections: tuple[Section, ...], sql: _Dialect) -> Iterator[str]:
    for section in sections:
        yield _section(made, section, sql)
        if section.code == "ascii":
            yield f"lower({made})"


def _section(column: str, section: Section, sql: _Dialect) -> str:
    changed = column
    for rule in section.rules:
        changed = sql.replaced(changed, rule.pattern, rule.replace)
    if section.unless:
        return f"CASE WHEN {sql.matched(column, section.unless)} THEN {column} ELSE {changed} END"
    any_of = _NOT_PLAIN if section.code == "ascii" else section.any
    return f"CASE WHEN {sql.matched(column, any_of)} THEN {changed} ELSE {column} END"


def _last(columns: Collection[str], kept: list[str], on: date, sql: _Dialect, step: int) -> str:
    """The last query: blanks become null, and what follows from the NIK and the birth date."""
    before = f"step{step}" if step >= 0 else "given"
    chosen = list(kept)
    made = _made(columns)
    chosen += [
        each if each in READ.values() else f"NULLIF({each}, '') AS {each}"
        for each in made
        if each != "nik"
    ]
    if "nik" not in columns:
        chosen += _of_born(made)
        return f"SELECT {', '.join(chosen)} FROM {before}"  # noqa: S608
    old, new = (_day_in_nik(century, sql) for century in (19, 20))
    today = f"CAST('{on.isoformat()}' AS DATE)"
    inner = (
        f"SELECT *, {old} AS in_1900s, {new} AS in_2000s, "  # noqa: S608
        f"{sql.matched('nik', '^[0-9]{16}$')} AS is_nik FROM {before}"
    )
    past = (
        "SELECT *, CASE WHEN in_1900s IS NULL AND in_2000s IS NULL THEN 0 ELSE 1 END AS dated, "  # noqa: S608
        f"CASE WHEN in_1900s <= {today} THEN in_1900s END AS lived_1900s, "
        f"CASE WHEN in_2000s <= {today} THEN in_2000s END AS lived_2000s FROM ({inner}) inside"
    )
    lived_old, lived_new = (_lived(day, on) for day in ("lived_1900s", "lived_2000s"))
    least, most = WORKING
    born = "born" if "born" in made else "CAST(NULL AS DATE)"
    chosen += [
        "CASE WHEN is_nik THEN nik END AS nik",
        "CASE WHEN NOT is_nik THEN NULLIF(nik, '') WHEN is_nik AND dated = 0 THEN 'date' "
        "WHEN is_nik AND substr(nik, 13) = '0000' THEN 'serial' END AS nik_flag",
        f"CASE WHEN {lived_old} >= {least} AND {lived_old} < {most} THEN lived_1900s "
        f"WHEN {lived_new} >= {least} AND {lived_new} < {most} THEN lived_2000s "
        f"WHEN lived_2000s IS NOT NULL AND {lived_old} >= 100 THEN lived_2000s "
        "ELSE coalesce(lived_1900s, lived_2000s) END AS born_nik",
        f"coalesce(substr(nik, 7, 1) < '4' AND CASE WHEN {born} IS NULL "
        f"THEN {lived_new} < {least} "
        f"ELSE year(lived_2000s) - year({born}) >= {KK_YOUNGER} END, FALSE) AS nik_kk",
        *_of_born(made),
    ]
    return f"SELECT {', '.join(chosen)} FROM ({past}) dated_rows"  # noqa: S608


def _of_born(made: list[str]) -> list[str]:
    if "born" not in made:
        return []
    return [
        "CASE WHEN day(born) <= 12 AND day(born) <> month(born) "
        "THEN make_date(year(born), day(born), month(born)) END AS born_swapped",
        "coalesce(day(born) = 1 AND month(born) = 1, FALSE) AS born_default",
    ]


def _day_in_nik(century: int, sql: _Dialect) -> str:
    """The date inside the NIK if it is of the century; null for no day, or no NIK."""
    day = "substr(nik, 7, 2)"
    woman = (
        f"CASE WHEN {day} > '40' THEN concat(CAST(CAST(substr(nik, 7, 1) AS INTEGER) - 4 AS "
        f"{sql.text}), substr(nik, 8, 1)) ELSE {day} END"
    )
    written = f"concat('{century}', substr(nik, 11, 2), '-', substr(nik, 9, 2), '-', {woman})"
    digits = sql.matched("nik", "^[0-9]{16}$")
    return f"CASE WHEN {digits} THEN try_cast({written} AS DATE) END"


def _lived(day: str, on: date) -> str:
    """Whole years from a day to `on`, as `age_on`."""
    birthday = on.month * 100 + on.day
    to_come = f"CASE WHEN month({day}) * 100 + day({day}) > {birthday} THEN 1 ELSE 0 END"
    return f"({on.year} - year({day}) - ({to_come}))"
