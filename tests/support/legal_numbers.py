"""Numbers of the law written outside its parameters: in code, sentences, templates and scripts.

An amount such as 16800 says by itself what it is, and is found anywhere. A small number such as 65
is one of the law only beside a word for its unit: an age in code, "65 tahun" in a sentence.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from payung.law import (
    all_parameters,
    base_income,
    bpu_contribution,
    cover_from_counts,
    jkk_death_benefit,
    jkm_benefit,
    parameter,
    prepayment_lengths,
    scholarship_benefit,
)

# one significant digit, but for tens of millions: as likely a size of a chunk or of a contract
_ROUND = re.compile(r"[1-9](?:0{0,6}|0{8,})")
_DAYS = (date(2025, 11, 1), date(2026, 11, 1), date(2027, 11, 1))
_GROUPED = re.compile(r"(?:(?<![\w.,-])|(?<=Rp))(?:\d{1,3}(?:[.,_ ]\d{3})+|\d{4,})(?![\w-])")
_DJANGO_COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)


class Unit(NamedTuple):
    """Words that make a number one of the law: in names of code, and after it in a sentence."""

    names: frozenset[str]
    said: str


def _unit(names: str, said: str) -> Unit:
    return Unit(frozenset(names.split()), said)


UNITS = {
    "age": _unit(
        "age ages aged usia umur born reborn lahir oldest youngest tertua termuda",
        r"{n}\s*(?:tahun|thn|years?)\b",
    ),
    "months": _unit("month months bulan", r"{n}\s*(?:bulan|months?)\b"),
    "years": _unit("year years tahun", r"{n}\s*(?:tahun|years?)\b"),
    "hours": _unit("hour hours jam", r"{n}\s*(?:jam|hours?)\b"),
    "working-days": _unit("working", r"{n}\s*(?:hari\s+kerja|working\s+days?)\b"),
    "due-day": _unit("due tempo", r"\b(?:tanggal|tempo|the)\s*{n}(?:th)?\b"),
    "percent": _unit(
        "percent persen rate tarif relief reliefs keringanan",
        r"{n}\s*(?:%(?!\})|persen\b|percent\b)",
    ),
    "children": _unit("children anak", r"{n}\s*(?:orang\s+)?(?:anak|children)\b"),
    "income": _unit("income incomes penghasilan base dasar", r"(?!)"),
}


@dataclass(frozen=True)
class Finding:
    """One number of the law where it should not be: `line` counts from 1, `text` is that line."""

    line: int
    number: str
    text: str


@cache
def amounts() -> frozenset[int]:
    """Every rupiah amount of the parameters and the totals people know by heart."""
    found = {each for dated in _values() for each in _integers(dated.value)}
    for day in _DAYS:
        for row in parameter("bpu.funders").at(day).rows:
            for sector in ("other", "transport"):
                for length in prepayment_lengths(day):
                    paid = bpu_contribution(day, sector=sector, funder=row["code"], months=length)
                    found |= {paid.amount, *(line.amount for line in paid.lines)}
        covered = cover_from_counts(day, 40)
        found |= {
            jkm_benefit(day, covered).total,
            jkk_death_benefit(day, covered).total,
            scholarship_benefit(day, covered, [0, 3]).total,
        }
    with_jht = bpu_contribution(_DAYS[0], programs=("jkk", "jkm", "jht"))
    found.add(with_jht.amount)
    return frozenset(each for each in found if each >= 1000 and not _ROUND.fullmatch(str(each)))


@cache
def small() -> dict[str, frozenset[str]]:
    """The small numbers of the law as text, by unit, without 0, 1, 12 and 100, which are anywhere.

    The lowest income that contributions are counted on is a round million, so it is one of them.
    """
    found: dict[str, set[Any]] = {unit: set() for unit in UNITS}
    plain = {
        "years": "age", "months": "months", "working-days": "working-days",
        "day-of-month": "due-day", "percent": "percent", "rate": "percent",
    }  # fmt: skip
    for each in all_parameters().by_id.values():
        for dated in each.values:
            if each.unit in plain:
                found[plain[each.unit]].add(dated.value)
            elif each.unit == "relief":
                found["percent"].add(dated.value["percent"])
            elif each.unit == "table":
                for row in dated.value:
                    found["percent"] |= {row.get("percent"), row.get("rate"), row.get("surcharge")}
                    found["months"].add(row.get("months"))
                    if "length" in row and row["unit"] in UNITS:
                        found[row["unit"]].add(row["length"])
    found["children"].add(parameter("scholarship.children").latest.value)
    found["income"].add(base_income(_DAYS[0], 1))
    found["months"].discard(2)  # February, or two digits of a month
    common = {None, "None", "0", "1", "12", "100"}
    return {unit: frozenset(map(str, numbers)) - common for unit, numbers in found.items()}


def in_python(source: str) -> Iterator[Finding]:
    """Legal numbers in code: as a number, or in text that is no docstring."""
    lines, tree = source.splitlines(), ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
            continue
        if isinstance(node.value, int | float) and _is_legal(node, parents):
            yield Finding(node.lineno, str(node.value), lines[node.lineno - 1].strip())
        if isinstance(node.value, str) and not isinstance(parents[node], ast.Expr):
            for found in in_text(node.value):
                yield Finding(node.lineno, found.number, lines[node.lineno - 1].strip())


def in_text(source: str) -> Iterator[Finding]:
    """Legal numbers in what people read: 16.800 or 16,800 anywhere, 65 where "tahun" follows."""
    for number, text in enumerate(source.splitlines(), start=1):
        for match in _GROUPED.finditer(text):
            if int(re.sub(r"\D", "", match.group())) in amounts():
                yield Finding(number, match.group(), text.strip())
        for match in _said().finditer(text):
            yield Finding(number, match.group(), text.strip())


def in_file(file: Path) -> list[Finding]:
    """What stands in a file; the comments of a template are left out."""
    source = file.read_text("utf-8")
    if file.suffix == ".py":
        return list(in_python(source))
    if file.suffix == ".html":
        source = _DJANGO_COMMENT.sub(lambda found: "\n" * found.group().count("\n"), source)
    return list(in_text(source))


@cache
def _said() -> re.Pattern[str]:
    parts = [r"\b2\s*[×x]\s*24\b"]
    for unit, words in UNITS.items():
        numbers = sorted({each.replace(".", "[.,]") for each in small()[unit]}, reverse=True)
        if numbers:
            parts.append(words.said.replace("{n}", rf"(?<![\w.,{{-])(?:{'|'.join(numbers)})"))
    return re.compile("|".join(parts), re.IGNORECASE)


def _values() -> Iterator[Any]:
    for each in all_parameters().by_id.values():
        yield from each.values


def _integers(value: Any) -> Iterator[int]:
    if type(value) is int:
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _integers(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _integers(each)


def _is_legal(node: ast.Constant, parents: dict[ast.AST, ast.AST]) -> bool:
    if node.value in amounts():
        return True
    units = [unit for unit, numbers in small().items() if str(node.value) in numbers]
    if not units:
        return False
    near = set(_names_near(node, parents))
    return any(UNITS[unit].names & near for unit in units)


def _names_near(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[str]:
    """Words of the names a number is compared with, reckoned with, assigned or handed to."""
    while True:
        child, node = node, parents[node]
        named: Iterable[ast.AST | str] = ()
        if isinstance(node, ast.Subscript | ast.Slice) and child is not getattr(node, "value", 0):
            return
        if isinstance(node, ast.Dict) and child in node.keys:
            return
        if isinstance(node, ast.Compare | ast.BinOp):
            named = ast.walk(node)
        elif isinstance(node, ast.Call):
            named = (node.func,)
        elif isinstance(node, ast.keyword):
            named = (node.arg or "",)
        elif isinstance(node, ast.Dict) and child in node.values:
            named = (node.keys[node.values.index(child)] or "",)
        elif isinstance(node, ast.arguments):
            named = _of_default(node, child)
        elif isinstance(node, ast.Assign):
            named = [each for target in node.targets for each in ast.walk(target)]
        elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
            named = ast.walk(node.target)
        elif isinstance(node, ast.Return):
            named = _of_function(node, parents)
        yield from (word for each in named for word in _words(each))
        if isinstance(node, ast.stmt):
            return


def _of_default(arguments: ast.arguments, default: ast.AST) -> Iterator[str]:
    placed = [*arguments.posonlyargs, *arguments.args]
    pairs = [*zip(reversed(placed), reversed(arguments.defaults), strict=False),
             *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]  # fmt: skip
    yield from (named.arg for named, value in pairs if value is default)


def _of_function(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> Iterator[str]:
    while node in parents:
        node = parents[node]
        if isinstance(node, ast.FunctionDef):
            yield node.name
            return


def _words(named: ast.AST | str) -> list[str]:
    name = named if isinstance(named, str) else ""
    if isinstance(named, ast.Name):
        name = named.id
    elif isinstance(named, ast.Attribute):
        name = named.attr
    elif isinstance(named, ast.Constant) and isinstance(named.value, str):
        name = named.value
    return re.findall(r"[a-z]+", name.lower())
