import re
from datetime import date

import pytest
import sqlglot
from sqlglot import expressions

from payung.identity import normal_sql
from payung.identity.normal_sql import SqlError, select, tables
from payung.identity.rulebook import beginning

ON = date(2026, 11, 22)
COLUMNS = ("id", "nik", "name", "birth_date", "sex", "mother_name", "address", "kelurahan", "phone")


@pytest.mark.parametrize("columns", [COLUMNS, ("id", "name"), ("nik",), ("kelurahan",), ("id",)])
@pytest.mark.parametrize("dialect", ["duckdb", "spark"])
def test_the_query_is_sql_of_its_dialect(columns, dialect):
    tree = sqlglot.parse_one(select(columns, on=ON, dialect=dialect, source="rows"), dialect)
    asked = {table.name for table in tree.find_all(expressions.Table)}
    assert {"rows", *tables(columns).values()} == {
        name for name in asked if name != "given" and not name.startswith("step")
    }


def test_spark_reads_backslashes_and_groups_in_its_own_way():
    query = select(("name",), on=ON, dialect="spark")
    assert r"'(?: (?:binti" not in query.replace("binte", "binti") or r"\\b" in query
    assert r"\\b" in query
    assert "' $1'" in query
    assert r"'\\1" not in query


@pytest.mark.parametrize(
    ("columns", "dialect", "complaint"),
    [
        (("name",), "oracle", "oracle"),
        (("name", "nama ibu"), "duckdb", "nama ibu"),
        (('x" FROM secrets --',), "spark", "letters, digits"),
    ],
)
def test_what_cannot_be_asked_is_refused(columns, dialect, complaint):
    with pytest.raises(SqlError, match=complaint):
        select(columns, on=ON, dialect=dialect)


def test_no_text_that_the_first_rules_change_is_taken_for_plain():
    (first,) = (section for section in beginning().sections if section.code == "ascii")
    signs = map(chr, range(0x10000))
    changed = [sign for sign in signs if first.apply(f"a{sign}a") != f"a{sign}a"]
    assert len(changed) > 60_000
    assert all(re.search(normal_sql._NOT_PLAIN, f"a{sign}a") for sign in changed)
    for text in (" a", "a ", "a  a"):
        assert first.apply(text) != text
        assert re.search(normal_sql._NOT_PLAIN, text)
    assert not re.search(normal_sql._NOT_PLAIN, "H. Siti-Aminah_O'Neil {S.Pd} ~ 12/3")
