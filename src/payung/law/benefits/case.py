"""One question for every case: what is owed for this event."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, get_args

from payung.law.benefits.jkk import disability_benefit, jkk_death_benefit, stmb_benefit
from payung.law.benefits.jkm import jkm_benefit
from payung.law.benefits.model import Benefit
from payung.law.benefits.scholarship import Child, scholarship_benefit
from payung.law.contributions import base_income
from payung.law.errors import LawError
from payung.law.membership import Cover

Case = Literal["death", "work-death", "work-disability", "temporary-disability", "scholarship"]
CASES: tuple[Case, ...] = get_args(Case)


def benefit(
    case: str,
    on: date,
    cover: Cover,
    *,
    income: int | None = None,
    children: Sequence[int | Child] = (),
    disability: Sequence[str] = (),
    months_unable: int = 0,
    left_handed: bool = False,
    sudden: bool = False,
    costs: Mapping[str, int] | None = None,
    ground: str = "death",
) -> Benefit:
    """What is owed for an event on `on` under `cover`, with every reason; whole rupiah.

    `case`: one of `CASES`. `income`: registered rupiah a month; left out, the lowest bracket (so
    in every function of this package). `children`: ages in whole years (or `Child`), at most two,
    for deaths, total disability and "scholarship", whose `ground` is "death", "work-death" or
    "total-disability". `disability`: codes for "work-disability", with `left_handed`.
    `months_unable`: months unable to work after an accident. `sudden`: a sudden death at work, for
    "work-death". `costs`: rupiah by code of `care_kinds`, for accidents.

    Raises LawError for an unknown case, an event before the membership, something given that the
    case does not ask for, and whatever `jkm_benefit`, `jkk_death_benefit`, `disability_benefit`,
    `stmb_benefit` and `scholarship_benefit` refuse. A lapsed membership is no error: nothing is
    owed and the steps say why.
    """
    if case not in CASES:
        raise LawError("benefits.unknown-case", case=case, known=list(CASES))
    base_income(on, income)
    at_work = case in ("work-death", "work-disability", "temporary-disability")
    superfluous = {
        "disability": bool(disability) and case != "work-disability",
        "months_unable": bool(months_unable) and not at_work,
        "costs": bool(costs) and not at_work,
        "sudden": sudden and case != "work-death",
        "children": bool(children) and case == "temporary-disability",
    }
    for given, wrong in superfluous.items():
        if wrong:
            raise LawError("benefits.not-for-case", given=given, case=case)
    if cover.standing == "not-registered":
        raise LawError("benefits.before-membership", on=on)
    if case == "death":
        return jkm_benefit(on, cover, income, children=children)
    if case == "work-death":
        return jkk_death_benefit(
            on,
            cover,
            income,
            sudden=sudden,
            children=children,
            months_unable=months_unable,
            costs=costs,
        )
    if case == "work-disability":
        return disability_benefit(
            on,
            cover,
            disability,
            income,
            left_handed=left_handed,
            months_unable=months_unable,
            children=children,
            costs=costs,
        )
    if case == "temporary-disability":
        return stmb_benefit(on, months_unable, income, cover, costs=costs)
    return scholarship_benefit(on, cover, children, ground, income)
