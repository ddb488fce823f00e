"""What becomes of weighed pairs, as SQL: those that are told, and connected components.

For components tables of edges, `one` and `other`, are made into stars in rounds.
"""

from __future__ import annotations

from collections.abc import Iterable

from payung.linkage.proposals import OTHERWISE
from payung.linkage.rules import Rules


def told(columns: Iterable[str], *, named: bool) -> str:
    """The pairs of the patterns in `judged`, with those columns of it and the reason; `named` when
    the list has names as they were written, which are compared as by `explain.spelled`."""
    why, names = "why", ""
    if named:
        why = f"CASE WHEN l.said <> r.said THEN {OTHERWISE} ELSE why END AS why"
        written = "lower(trim(regexp_replace(name, '  +', ' ', 'g')))"
        names = " ".join(
            f"LEFT JOIN (SELECT number, {written} AS said FROM list) AS {side} "  # noqa: S608
            f"ON {side}.number = {row}"
            for side, row in (("l", "one"), ("r", "other"))
        )
    return (
        f"SELECT left_id, right_id, {', '.join(columns)}, {why} "  # noqa: S608
        f"FROM compared JOIN judged ON compared.pattern = judged.pattern {names} "
        "ORDER BY one, other"
    )


def large_stars(source: str) -> str:
    """Each row's higher neighbours joined to its lowest neighbour or itself.

    With `small_stars` in turn until nothing moves: connected components in few rounds however long
    their chains (Kiveris and others, Connected Components in MapReduce and Beyond, 2014).
    """
    return f"""
        WITH sides AS (
            SELECT one AS a, other AS b FROM {source} UNION ALL SELECT other, one FROM {source}
        ), lowest AS (SELECT a AS of_a, least(a, min(b)) AS low FROM sides GROUP BY a)
        SELECT DISTINCT low AS one, b AS other FROM sides JOIN lowest ON a = of_a WHERE b > a
    """  # noqa: S608


def small_stars(source: str) -> str:
    """Each row and its lower neighbours joined to the lowest of them."""
    return f"""
        WITH lowest AS (SELECT other AS of_a, min(one) AS low FROM {source} GROUP BY other),
        moved AS (
            SELECT low, one AS b FROM {source} JOIN lowest ON other = of_a
            UNION ALL SELECT low, of_a FROM lowest
        )
        SELECT DISTINCT low AS one, b AS other FROM moved WHERE low <> b
    """  # noqa: S608


def held() -> str:
    """How many guarded pairs other rows brought into one cluster, and the ids of the first."""
    return """
        SELECT count(*) OVER () AS pairs, left_id, right_id
        FROM compared JOIN judged ON compared.pattern = judged.pattern
        LEFT JOIN stars AS l ON compared.one = l.other
        LEFT JOIN stars AS r ON compared.other = r.other
        WHERE guard IS NOT NULL
            AND coalesce(l.one, compared.one) = coalesce(r.one, compared.other)
        ORDER BY compared.one, compared.other LIMIT 1
    """


def not_stars(source: str) -> str:
    """How many rows are joined to two below them or to one below and one above: 0 at the end."""
    return f"""
        SELECT count(*) FROM (
            SELECT at_row FROM (
                SELECT other AS at_row, 1 AS below, 0 AS above FROM {source}
                UNION ALL SELECT one, 0, 1 FROM {source}
            ) ends GROUP BY at_row
            HAVING sum(below) > 1 OR (sum(below) > 0 AND sum(above) > 0)
        ) unsettled
    """  # noqa: S608


def expected(pairs: str) -> str:
    """How many of a table's pairs are believed to be two people, and how many one."""
    return f"SELECT coalesce(sum(1 - believed), 0), coalesce(sum(believed), 0) FROM {pairs}"  # noqa: S608


def sure(rules: Rules) -> str:
    """`together` without what only doubtful pairs hold together in clusters of too many rows."""
    large = f"SELECT one FROM stars GROUP BY one HAVING count(*) >= {rules.largest}"  # noqa: S608
    return f"""
        SELECT together.one AS one, together.other AS other, probability, believed
        FROM together LEFT JOIN (SELECT other FROM stars SEMI JOIN ({large}) large
            ON stars.one = large.one) crowded ON together.other = crowded.other
        WHERE crowded.other IS NULL OR probability >= {rules.costs.same!r}
    """  # noqa: S608


def clusters(boundary: int | None) -> str:
    """Each id with the id its cluster is named by: that of its first row."""
    named = """
        SELECT people.id AS id, coalesce(heads.id, people.id) AS cluster, people.number AS number,
            head
        FROM people
        LEFT JOIN (
            SELECT other, one AS head, head_rows.id AS id
            FROM stars JOIN people AS head_rows ON head_rows.number = one
        ) heads ON other = people.number
    """
    if boundary is None:
        return f"SELECT id, cluster FROM ({named}) named ORDER BY number"  # noqa: S608
    return f"""
        SELECT id, cluster,
            CASE WHEN number < {boundary} THEN 'list' ELSE 'reference' END AS side
        FROM ({named}) named WHERE number < {boundary} OR head < {boundary} ORDER BY number
    """  # noqa: S608
