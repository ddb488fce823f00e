"""The stages of linkage as SQL, written from the declared rules in DuckDB's dialect.

`spark` turns a query into Spark's. Tables, each with the columns its query makes: `normal` →
`people` → `keyed` → `sized` → `found` → `pairs` → `compared`; `number` is a row's place, from 0,
the list before the reference. `tables.py` runs them in their order.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

import sqlglot
from sqlglot import expressions as sqlglot_tree

from payung.linkage.blocking import SAMPLE
from payung.linkage.levels import Scheme
from payung.linkage.rows import OF_NIK, OFFICE_ROWS, ROUNDED_SHARE, most_of_a_day
from payung.linkage.rules import COLUMNS, Look, Part, Rules

# Spark has a Jaro-Winkler of its own that gives other values in one pair of five
FUNCTIONS: Mapping[str, str] = {
    "jaro_winkler_similarity": "payung_jaro_winkler",
    "damerau_levenshtein": "payung_damerau_levenshtein",
    "hamming": "payung_hamming",
}
NORMAL = (
    "nik", "name_key", "name_head", "born", "born_nik", "sex", "mother_key", "mother_head",
    "phone_key", "place", "address_key", "office",
)  # fmt: skip
DATES = ("born", "born_nik")
_SORTED = tuple(sorted(COLUMNS))


def spark(query: str) -> str:
    """A query of DuckDB's dialect in Spark's; the functions of FUNCTIONS get their names there."""
    return sqlglot.parse_one(query, read="duckdb").transform(_in_spark).sql(dialect="spark")


def _in_spark(node: sqlglot_tree.Expr) -> sqlglot_tree.Expr:
    if isinstance(node, sqlglot_tree.RegexpReplace):
        return _replaced(node)
    if isinstance(node, sqlglot_tree.JarowinklerSimilarity):
        name, arguments = "jaro_winkler_similarity", [node.this, node.expression]
    elif isinstance(node, sqlglot_tree.Anonymous):
        name, arguments = node.name.lower(), node.expressions
    else:
        return node
    if name == "hash":
        return sqlglot_tree.func("xxhash64", *arguments)
    if name == "list_has_all":
        missing = sqlglot_tree.func("array_except", arguments[1], arguments[0])
        return sqlglot_tree.EQ(
            this=sqlglot_tree.func("size", missing), expression=sqlglot_tree.Literal.number(0)
        )
    return sqlglot_tree.func(FUNCTIONS[name], *arguments) if name in FUNCTIONS else node


def _replaced(node: sqlglot_tree.RegexpReplace) -> sqlglot_tree.Expr:
    """Java writes $1 for a group, and replaces every match."""
    modifiers, new = node.args.get("modifiers"), node.args["replacement"]
    if modifiers is None or modifiers.name != "g" or not new.is_string:
        raise ValueError(f"Spark replaces every match with a text: {node.sql('duckdb')}")
    groups = re.sub(r"\\(\d)", r"$\1", new.name.replace("$", "\\$"))
    node.set("replacement", sqlglot_tree.Literal.string(groups))
    return node


def normal(columns: Collection[str], source: str) -> str:
    """`normal` from a normalised table with those columns; what is missing is null."""
    chosen = [
        name
        if name in columns
        else f"CAST(NULL AS {'DATE' if name in DATES else 'VARCHAR'}) AS {name}"
        for name in NORMAL
    ]
    return f"SELECT number, id, {', '.join(chosen)} FROM {source}"  # noqa: S608


def known(rules: Rules) -> str:
    """What follows from the normalised columns, as `rows.derive`: every column the rules use."""
    return f"""
        WITH offices AS (
            SELECT office AS of_office, count(nik) AS many,
                avg(CASE WHEN nik IS NULL THEN NULL WHEN substr(nik, 16, 1) = '0' THEN 1.0
                    ELSE 0.0 END) AS share
            FROM normal GROUP BY office
        ), derived AS (
            SELECT number, id, nik, name_key, name_head, born, born_nik, sex, mother_key,
                mother_head, phone_key, place, address_key,
                substr(nik, 1, 12) AS nik_head,
                CAST(NULL AS BIGINT) AS name_count,
                {_fold("born")} AS born_fold, {_fold("born_nik")} AS born_nik_fold,
                CAST(year(born) AS INTEGER) AS born_year,
                coalesce(substr(nik, 16, 1) = '0' AND many >= {OFFICE_ROWS}
                    AND share >= {ROUNDED_SHARE}, false) AS rounded
            FROM normal LEFT JOIN offices ON office IS NOT DISTINCT FROM of_office
        )
        SELECT number, id, {", ".join(_SORTED)}, coalesce({rules.weak}, true) AS weak
        FROM derived
    """  # noqa: S608


def _fold(born: str) -> str:
    day, month = f"day({born})", f"month({born})"
    low, high = f"least({day}, {month})", f"greatest({day}, {month})"
    return f"CAST(year({born}) * 10000 + {low} * 100 + {high} AS INTEGER)"


def crowds(rules: Rules, source: str, rows: int) -> str:
    """As `rows.uncrowded` finds them: `crowded`, and of an address its `crowded_place`."""
    most, days = rules.largest, most_of_a_day(rows, rules)
    kinds = {
        "phone": ("phone_key", "NULL", most),
        "born": ("born", "NULL", days),
        "born_nik": ("born_nik", "NULL", days),
        "address": ("address_key", "place", most),
    }
    return " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, CAST({column} AS VARCHAR) AS crowded, "  # noqa: S608
        f"CAST({within} AS VARCHAR) AS crowded_place FROM {source} WHERE {column} IS NOT NULL "
        f"GROUP BY {column}{', place' if within == 'place' else ''} HAVING count(*) > {many}"
        for kind, (column, within, many) in kinds.items()
    )


def uncrowded(source: str, crowds: str) -> str:
    """A table such as `known` makes without the phones, addresses and dates of `crowds`."""
    bare = {
        "phone_key": "CASE WHEN phones.crowded IS NULL THEN phone_key END AS phone_key",
        "address_key": "CASE WHEN homes.crowded IS NULL THEN address_key END AS address_key",
    }
    bare |= {
        name: f"CASE WHEN days.crowded IS NULL THEN {name} END AS {name}"
        for name in ("born", "born_fold", "born_year")
    }
    bare |= {
        name: f"CASE WHEN nik_days.crowded IS NULL THEN {name} END AS {name}"
        for name in ("born_nik", "born_nik_fold")
    }
    return f"""
        SELECT number, id, {", ".join(bare.get(name, name) for name in _SORTED)},
            weak OR days.crowded IS NOT NULL OR nik_days.crowded IS NOT NULL AS weak
        FROM {source}
        LEFT JOIN (SELECT crowded FROM {crowds} WHERE kind = 'phone') phones
            ON phone_key = phones.crowded
        LEFT JOIN (SELECT CAST(crowded AS DATE) AS crowded FROM {crowds} WHERE kind = 'born') days
            ON born = days.crowded
        LEFT JOIN (SELECT CAST(crowded AS DATE) AS crowded FROM {crowds} WHERE kind = 'born_nik')
            nik_days ON born_nik = nik_days.crowded
        LEFT JOIN (SELECT crowded, crowded_place FROM {crowds} WHERE kind = 'address') homes
            ON address_key = homes.crowded AND place IS NOT DISTINCT FROM homes.crowded_place
    """  # noqa: S608


def unread(source: str) -> str:
    """Of the NIKs written in a list, and `normalised` from it: how many, the read, one unread."""
    nik = f"CAST({source}.nik AS VARCHAR)"
    return f"""
        SELECT count(*), count(normalised.nik), min(CASE WHEN normalised.nik IS NULL THEN {nik} END)
        FROM {source} JOIN normalised ON {source}.number = normalised.number
        WHERE normalised.nik IS NOT NULL OR regexp_matches({nik}, '[1-9]')
    """  # noqa: S608


def shared(rules: Rules) -> str:
    """NIKs borne by more rows than one person can be: `shared` and `bearers`."""
    return (
        "SELECT nik AS shared, count(*) AS bearers FROM known WHERE nik IS NOT NULL GROUP BY nik "  # noqa: S608
        f"HAVING count(*) > {rules.largest}"
    )


def people(*, counted: bool) -> str:
    """`people` from `known` without the NIKs of `shared`; `counted` as `rows.counted`."""
    kept = [name for name in _SORTED if name not in (*OF_NIK, "name_count")]
    bare = [f"CASE WHEN shared IS NULL THEN {name} END AS {name}" for name in OF_NIK]
    bearers = (
        "LEFT JOIN (SELECT name_key AS borne, count(*) AS bearers_of_name FROM known "
        "WHERE name_key IS NOT NULL GROUP BY name_key) names ON name_key = borne"
    )
    return f"""
        SELECT number, id, {", ".join(kept)},
            {"bearers_of_name" if counted else "CAST(NULL AS BIGINT)"} AS name_count,
            {", ".join(bare)},
            weak OR shared IS NOT NULL AS weak
        FROM known LEFT JOIN shared ON nik = shared {bearers if counted else ""}
    """  # noqa: S608


def keys(rules: Rules) -> str:
    """The hashed keys of every row: block, hashed, number, weak; in one pass over the rows."""
    kinds: list[str] = []
    whens: list[str] = []
    for number, block in enumerate(rules.blocks):
        for at, key in enumerate(block.keys):
            known = [f"{each.column} IS NOT NULL" for each in key]
            # two keys of one block may be the same for a row
            known += [f"{_hash(key)} IS DISTINCT FROM {_hash(each)}" for each in block.keys[:at]]
            whens.append(
                f"WHEN {len(kinds)} THEN CASE WHEN {' AND '.join(known)} THEN {_hash(key)} END"
            )
            kinds.append(f"({number}, {len(kinds)})")
    return f"""
        SELECT block, hashed, number, weak FROM (
            SELECT block, CASE kind {" ".join(whens)} END AS hashed, number, weak
            FROM people CROSS JOIN (VALUES {", ".join(kinds)}) AS kinds(block, kind)
        ) keys WHERE hashed IS NOT NULL
    """  # noqa: S608


def _hash(key: tuple[Part, ...]) -> str:
    return f"hash({', '.join(map(part, key))})"


def borne(rules: Rules, boundary: int | None) -> str:
    """Whether any row of the list, 0, and of the reference, 1, has a key of each block."""
    side = "0" if boundary is None else f"CASE WHEN number < {boundary} THEN 0 ELSE 1 END"
    each = [
        " OR ".join(
            "(" + " AND ".join(f"{part.column} IS NOT NULL" for part in key) + ")"
            for key in block.keys
        )
        for block in rules.blocks
    ]
    has = [f"max(CASE WHEN {known} THEN 1 ELSE 0 END) AS b{at}" for at, known in enumerate(each)]
    return (
        f"SELECT side, {', '.join(has)} FROM (SELECT *, {side} AS side FROM people) GROUP BY side"  # noqa: S608
    )


def keyed(boundary: int) -> str:
    """Of `keys`, those of the list and those of the reference that the list has too."""
    return f"""
        SELECT block, hashed, number, weak FROM keys WHERE number < {boundary}
        UNION ALL
        SELECT keys.block, keys.hashed, number, weak FROM keys SEMI JOIN (
            SELECT DISTINCT block, hashed FROM keys WHERE number < {boundary}
        ) listed ON keys.block = listed.block AND keys.hashed = listed.hashed
        WHERE number >= {boundary}
    """  # noqa: S608


def part(of: Part, side: str = "") -> str:
    """A part of a key as SQL, of the row named by `side`, such as "l."."""
    column = side + of.column
    return f"substr({column}, {of.first}, {of.last - of.first + 1})" if of.first else column


def sized(source: str) -> str:
    """Each key that more than one row has, with the number of them."""
    return (
        "SELECT * FROM (SELECT block, hashed, number, weak, "  # noqa: S608
        f"count(*) OVER (PARTITION BY block, hashed) AS size FROM {source}) every WHERE size > 1"
    )


def sizes(rules: Rules, source: str) -> str:
    """How many rows are in keys of each size; sizes above every limit count as one above it."""
    most = max(block.limit for block in rules.blocks) + 1
    return (
        f"SELECT block, least(size, {most}) AS size, count(*) AS held FROM {source} "  # noqa: S608
        f"GROUP BY block, least(size, {most})"
    )


def whole(rules: Rules, source: str, limits: Mapping[int, int], boundary: int | None) -> str:
    """All pairs in keys of at most the limits' sizes, per block."""
    small = f"SELECT * FROM {source} WHERE size <= {_of_block(limits)}"  # noqa: S608
    return f"""
        WITH small AS ({small})
        SELECT l.block AS block, l.number AS one, r.number AS other
        FROM small AS l JOIN small AS r
            ON l.block = r.block AND l.hashed = r.hashed AND l.number < r.number
        WHERE {_kept(rules, "l.block", "l.weak", "r.weak", "l.number", "r.number", boundary)}
    """  # noqa: S608


def larger(rules: Rules, source: str, limits: Mapping[int, int], depth: int) -> str:
    """The keys of larger size, made longer by the column of that depth."""
    whens = " ".join(
        f"WHEN {number} THEN hash({rules.blocks[number].longer[depth].column})" for number in limits
    )
    return f"""
        SELECT block, hash(hashed, CASE block {whens} END) AS hashed, {source}.number AS number,
            {source}.weak AS weak
        FROM {source} JOIN people ON {source}.number = people.number
        WHERE size > {_of_block(limits)}
    """  # noqa: S608


def cut(source: str, limits: Mapping[int, int]) -> str:
    """How many keys of each block, and rows in them, stay larger than its limit."""
    return (
        f"SELECT block, count(DISTINCT hashed), count(*) FROM {source} "  # noqa: S608
        f"WHERE size > {_of_block(limits)} GROUP BY block"
    )


def neighbours(
    rules: Rules, source: str, limits: Mapping[int, int], steps: int, boundary: int | None
) -> str:
    """In larger keys, each row with the few that follow in order of name."""
    followers = ", ".join(
        f"lead({source}.number, {step}) OVER following AS number_{step}, "
        f"lead({source}.weak, {step}) OVER following AS weak_{step}"
        for step in range(1, steps + 1)
    )
    kept = _kept(rules, "block", "weak", "next_weak", "one", "other", boundary)
    each = " UNION ALL ".join(
        f"SELECT block, least(number, number_{step}) AS one, "  # noqa: S608
        f"greatest(number, number_{step}) AS other, weak, weak_{step} AS next_weak "
        f"FROM ordered WHERE number_{step} IS NOT NULL"
        for step in range(1, steps + 1)
    )
    return f"""
        WITH ordered AS (
            SELECT block, {source}.number AS number, {source}.weak AS weak, {followers}
            FROM {source} JOIN people ON {source}.number = people.number
            WHERE size > {_of_block(limits)}
            WINDOW following AS (
                PARTITION BY block, hashed ORDER BY name_key NULLS FIRST, {source}.number
            )
        ), followed AS ({each})
        SELECT block, one, other FROM followed WHERE {kept}
    """  # noqa: S608


def _of_block(limits: Mapping[int, int]) -> str:
    """The limit of a row's block; null, and so no row, for blocks that are not among them."""
    whens = " ".join(f"WHEN {number} THEN {limit}" for number, limit in limits.items())
    return f"CASE block {whens} END"


def _kept(
    rules: Rules, block: str, weak: str, other_weak: str, one: str, other: str, boundary: int | None
) -> str:
    loose = [str(number) for number, each in enumerate(rules.blocks) if each.loose]
    kept = []
    if loose:
        kept.append(f"({block} NOT IN ({', '.join(loose)}) OR {weak} OR {other_weak})")
    if boundary is not None:
        kept.append(f"{one} < {boundary} AND {other} >= {boundary}")
    return " AND ".join(kept) or "true"


def pairs(sources: Iterable[str]) -> str:
    """Distinct pairs, `one` below `other`, with a bit for each block that found them."""
    every = " UNION ALL ".join(f"SELECT block, one, other FROM {source}" for source in sources)  # noqa: S608
    return (
        "SELECT one, other, bit_or(1 << block) AS blocks "  # noqa: S608
        f"FROM ({every}) every GROUP BY one, other"
    )


def compared(rules: Rules, *, learning: bool) -> str:
    """Every pair with its ids and its pattern; if the rules ask for a glance, those with enough
    points at it, and for `learning` a sample of the others, with no block."""
    found, some = "blocks", "true"
    if rules.glance:
        points = " + ".join(map(_points, rules.glance.looks))
        found = f"CASE WHEN {points} >= {rules.glance.enough} THEN blocks ELSE 0 END"
        some = f"one % {SAMPLE} = 0" if learning else "false"
    return f"""
        WITH told AS (
            SELECT people.*, split_part(name_key, ' ', 1) AS name_first,
                split_part(mother_key, ' ', 1) AS mother_first,
                coalesce(regexp_matches(name_key, '\\b[a-z]\\b'), false) AS initial
            FROM people
        )
        SELECT one, other, {found} AS blocks, l.id AS left_id, r.id AS right_id,
            CAST({Scheme(rules).sql()} AS INTEGER) AS pattern
        FROM pairs JOIN told AS l ON l.number = one JOIN told AS r ON r.number = other
        WHERE {found} <> 0 OR {some}
    """  # noqa: S608


def _points(look: Look) -> str:
    sides = [(part(each, "l."), part(each, "r."), worth) for each, worth in look.parts.items()]
    agree = " ".join(f"WHEN {one} = {other} THEN {worth}" for one, other, worth in sides)
    one, other, _ = sides[0]
    return f"CASE {agree} WHEN {one} IS NULL OR {other} IS NULL THEN {look.unknown} ELSE 0 END"
