"""Scholarships for the children of a member who died or can never work again (Ps 102-109).

How the text is read (Permenaker 5/2021, amended by 1/2025):

- The first school year is the one in which the event falls; a child goes up a year each time.
- Without a stated level, a child's level follows its age (`scholarship.school-ages`, assumed).
- A child counts until the school year in which it reaches 23.
- A claim reaches the running school year and the three before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from payung.law.benefits.model import (
    Benefit,
    BenefitLine,
    SchoolYear,
    answer,
    answer_in_arrears,
    line,
    still_waiting,
)
from payung.law.errors import LawError
from payung.law.membership import Cover
from payung.law.parameters import parameter
from payung.law.sentences import words
from payung.law.steps import Step, step_from
from payung.law.wording import Words


@dataclass(frozen=True, slots=True)
class Child:
    """A child that was registered for a scholarship.

    `age`: whole years on the day of the event. `level`: code of `scholarship.levels` the child
    attends, None to take it from the age; `year`: which year of that level, from 1. `work`: ""
    or a code of `scholarship.work`; `work_months`: how long already without a break.
    """

    age: int
    level: str | None = None
    year: int = 1
    married: bool = False
    work: str = ""
    work_months: int = 0


class Award(NamedTuple):
    """Scholarship lines of all children with their reasons; empty when none is due."""

    lines: tuple[BenefitLine, ...] = ()
    steps: tuple[Step, ...] = ()
    school_years: tuple[SchoolYear, ...] = ()


def scholarship(
    on: date, cover: Cover, children: Sequence[int | Child], ground: str = "death"
) -> Award:
    """The scholarships that an event on `on` brings, or why it brings none.

    `children`: at most two, as ages in whole years or `Child`. `ground`: a code of
    `scholarship.grounds`: "death" (after 36 paid months on the same number, Ps 102(3), (5)),
    "work-death" or "total-disability" (from the first month). Each line sums one child's years
    at one level; they are claimed and paid year by year (Ps 106). Raises LawError for ages that
    cannot be counted, more than two children, or an unknown ground, level or kind of work.
    """
    known = known_children(on, children)
    grounds = parameter("scholarship.grounds").at(on)
    row = _row(grounds.rows, ground, "scholarship.unknown-ground")
    covered = cover.jkm if ground == "death" else cover.jkk
    if not known or covered == "none":
        return Award()
    if ground == "death" and still_waiting(cover, on):
        rule = parameter("bpu.new-member-months").at(on)
        return Award(steps=(step_from(rule, "scholarship.needs-full-jkm", months=rule.integer),))
    if cover.paid_months < row["months"]:
        reason = step_from(
            grounds,
            "scholarship.too-few-months",
            months=row["months"],
            paid=cover.paid_months,
            lacking=row["months"] - cover.paid_months,
        )
        return Award(steps=(reason,))
    code = "scholarship.enough-months" if row["months"] else "scholarship.no-minimum"
    reason = step_from(
        grounds, code, ground=_name(row), months=row["months"], paid=cover.paid_months
    )
    plan = planned(on, known)
    return Award(plan.lines, (reason, *plan.steps), plan.school_years)


def scholarship_benefit(
    on: date,
    cover: Cover,
    children: Sequence[int | Child],
    ground: str = "death",
    income: int | None = None,
) -> Benefit:
    """`scholarship` as an answer of its own; in arrears it follows less the arrears (Ps 98).

    At least one child. That JKK scholarships wait for arrears as its money does (Ps 92) is our
    reading. `income`: registered rupiah a month, by which arrears are counted.
    """
    if not children:
        raise LawError("scholarship.no-children")
    award = scholarship(on, cover, children, ground)
    steps = (*cover.steps, *award.steps)
    if not cover.arrears_months:
        return answer(award.lines, steps, award.school_years)
    return answer_in_arrears(
        (),
        award.lines,
        steps,
        rule_id="jkm.arrears" if ground == "death" else "jkk.arrears",
        on=on,
        cover=cover,
        income=income,
        school_years=award.school_years,
    )


def scholarship_plan(on: date, children: Sequence[int | Child]) -> tuple[SchoolYear, ...]:
    """Every school year owed from an event on `on`, child by child, earliest year first.

    Raises LawError as `scholarship` does. Sources: Permenaker 5/2021 Ps 103, 107, 108.
    """
    return planned(on, known_children(on, children)).school_years


def known_children(on: date, children: Sequence[int | Child]) -> tuple[Child, ...]:
    """The children after their number, ages, levels and years are checked."""
    limit = parameter("scholarship.children").at(on)
    if len(children) > limit.integer:
        raise LawError("scholarship.too-many-children", given=len(children), limit=limit.integer)
    known = []
    for each in children:
        child = each if isinstance(each, Child) else Child(each)
        if type(child.age) is not int or child.age < 0:
            raise LawError("scholarship.age-not-whole", age=child.age)
        if type(child.work_months) is not int or child.work_months < 0:
            raise LawError("scholarship.work-months-not-whole", months=child.work_months)
        if child.level is not None:
            level = _row(
                parameter("scholarship.levels").at(on).rows,
                child.level,
                "scholarship.unknown-level",
            )
            if type(child.year) is not int or not 1 <= child.year <= level["years"]:
                raise LawError(
                    "scholarship.no-such-year",
                    year=child.year,
                    level=_name(level),
                    years=level["years"],
                )
        known.append(child)
    return tuple(known)


def planned(on: date, children: tuple[Child, ...]) -> Award:
    """Years, lines and reasons of children whose scholarship is due from an event on `on`."""
    lines: list[BenefitLine] = []
    steps: list[Step] = []
    years: list[SchoolYear] = []
    for number, child in enumerate(children, start=1):
        if refused := _refused(on, number, child):
            steps.append(refused)
            continue
        found = _years_of(on, number, child)
        years += found
        lines += _level_lines(on, child, found)
    if any(child.level is None for child in children) and years:
        ages = parameter("scholarship.school-ages").at(on)
        levels = {row["code"]: _name(row) for row in parameter("scholarship.levels").at(on).rows}
        steps.append(
            step_from(
                ages,
                "scholarship.levels-from-ages",
                ages=[
                    words("scholarship.level-from-age", level=levels[row["code"]], age=row["age"])
                    for row in ages.rows
                ],
            )
        )
    if years:
        steps.append(
            step_from(
                parameter("scholarship.claiming").at(on),
                "scholarship.paid-yearly",
                verified=False,  # that the running school year is the first is our reading
                first=years[0].label,
                amount=sum(year.amount for year in years),
            )
        )
    return Award(tuple(lines), tuple(steps), tuple(years))


def _refused(on: date, number: int, child: Child) -> Step | None:
    """Why a child gets nothing (Ps 103(2), (3a)), or None."""
    limit = parameter("scholarship.age-limit").at(on)
    if child.age >= limit.integer:
        return step_from(
            limit, "scholarship.too-old", child=number, age=child.age, limit=limit.integer
        )
    if child.married:
        single = parameter("scholarship.marriage").at(on)
        return step_from(single, "scholarship.married", child=number)
    if not child.work:
        return None
    rule = parameter("scholarship.work").at(on)
    row = _row(rule.rows, child.work, "scholarship.unknown-work")
    if row["allowed"] and child.work_months <= row.get("months", child.work_months):
        return None
    return step_from(
        rule, "scholarship.works", child=number, work=_name(row), months=child.work_months
    )


def _years_of(on: date, number: int, child: Child) -> list[SchoolYear]:
    """The school years of one child from the one running on `on` until it is too old."""
    limit = parameter("scholarship.age-limit").at(on).integer
    levels = parameter("scholarship.levels").at(on).rows
    path: list[Mapping[str, Any] | None]
    if child.level is None:
        starts = {
            row["code"]: row["age"] for row in parameter("scholarship.school-ages").at(on).rows
        }
        path = [_level_at(age, levels, starts) for age in range(child.age, limit)]
    else:
        path = [row for row in levels for _ in range(row["years"])]
        stated = next(place for place, row in enumerate(path) if row and row["code"] == child.level)
        path = path[stated + child.year - 1 :][: limit - child.age]
    return [
        SchoolYear(
            number,
            child.age + further,
            school_year(on) + further,
            row["code"],
            *_name(row),
            row["amount"],
        )
        for further, row in enumerate(path)
        if row is not None
    ]


def _level_at(
    age: int, levels: Sequence[Mapping[str, Any]], starts: Mapping[str, int]
) -> Mapping[str, Any] | None:
    """The level of a child of this age, None before school and between levels."""
    for row in reversed(levels):
        if age >= starts[row["code"]]:
            return row if age < starts[row["code"]] + row["years"] else None
    return None


def _level_lines(on: date, child: Child, years: list[SchoolYear]) -> list[BenefitLine]:
    """One line for each level; certain only when the level was stated, not taken from the age."""
    rule = parameter("scholarship.levels").at(on)
    lines = []
    for _, group in groupby(years, key=lambda year: year.level):
        same = list(group)
        name = words(
            "scholarship.level-line",
            child=same[0].child,
            age=child.age,
            level=Words(same[0].name, same[0].english),
            years=len(same),
            amount=same[0].amount,
            first=same[0].label,
        )
        total = sum(year.amount for year in same)
        certain = rule.verified and child.level is not None
        lines.append(line(rule, "scholarship", name, total, verified=certain))
    return lines


def school_year(day: date) -> int:
    """The calendar year in which the school year running on `day` began."""
    first_month = parameter("scholarship.school-year-month").at(day).integer
    return day.year if day.month >= first_month else day.year - 1


def _row(rows: Sequence[Mapping[str, Any]], code: str, error: str) -> Mapping[str, Any]:
    for row in rows:
        if row["code"] == code:
            return row
    raise LawError(error, code=code, known=[row["code"] for row in rows])


def _name(row: Mapping[str, Any]) -> Words:
    return Words(row["name"], row["english"])
