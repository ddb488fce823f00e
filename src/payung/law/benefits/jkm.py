"""JKM: what heirs are owed for a death that was no work accident."""

from collections.abc import Sequence
from datetime import date

from payung.law.benefits.model import (
    Benefit,
    BenefitLine,
    answer,
    answer_in_arrears,
    rupiah_line,
    still_waiting,
    sum_of,
)
from payung.law.benefits.scholarship import Child, scholarship
from payung.law.errors import LawError
from payung.law.membership import Cover
from payung.law.parameters import parameter
from payung.law.sentences import words
from payung.law.steps import step_from


def jkm_benefit(
    on: date, cover: Cover, income: int | None = None, *, children: Sequence[int | Child] = ()
) -> Benefit:
    """What heirs are owed for a death on `on` that was no work accident, in whole rupiah.

    Full cover gives lump sum, periodic benefit, funeral and, after 36 paid months, scholarships
    for `children` (ages in whole years, or `Child`; at most two). Before three consecutive
    months the funeral only (Permenaker 5/2021 jo. 1/2025 Ps 97A(2)); in arrears of one to three
    months the funeral now and the rest less the arrears (Ps 98); otherwise nothing. `income`:
    registered rupiah a month, by which arrears are counted. Raises LawError for ages that cannot
    be counted and more than two children.
    """
    award = scholarship(on, cover, children, "death")
    if cover.jkm == "none":
        return answer((), cover.steps)
    lump, periodic, funeral = _lines(on)
    whole = step_from(
        parameter("jkm.lump-sum").at(on),
        "benefits.jkm-amount",
        verified=lump.verified and periodic.verified and funeral.verified,
        lump=lump.amount,
        periodic=periodic.amount,
        funeral=funeral.amount,
        amount=sum_of((lump, periodic, funeral)),
    )
    steps = (*cover.steps, whole, *award.steps)
    if cover.jkm == "full":
        return answer((lump, periodic, funeral, *award.lines), steps, award.school_years)
    if still_waiting(cover, on):
        rule = parameter("bpu.new-member-months").at(on)
        only = step_from(rule, "benefits.funeral-only", months=rule.integer)
        return answer((funeral,), (*cover.steps, only))
    return answer_in_arrears(
        (funeral,),
        (lump, periodic, *award.lines),
        steps,
        rule_id="jkm.arrears",
        on=on,
        cover=cover,
        income=income,
        school_years=award.school_years,
    )


def jkm_of_several_employers(on: date, arrears_months: Sequence[int]) -> Benefit:
    """What heirs are owed when several employers registered the worker in JKM (Ps 101).

    `arrears_months`: for each employer the consecutive months it is in arrears on `on`. Every
    membership pays; since 24 February 2025 the funeral is paid once. An employer more than three
    months in arrears pays first and claims it back (Ps 97(2)-(3)); the steps say so. Raises
    LawError for no employer or months that are not whole.
    """
    if not arrears_months:
        raise LawError("benefits.no-employer")
    for months in arrears_months:
        if type(months) is not int or months < 0:
            raise LawError("benefits.arrears-not-whole", months=months)
    rule = parameter("jkm.several-employers").at(on)
    limit = parameter("jkm.employer-arrears").at(on)
    employers = len(arrears_months)
    funerals = employers if rule.rows[0]["funerals"] == "each" else 1
    lump, periodic, funeral = _lines(on)
    lines: list[BenefitLine] = []
    steps = [step_from(rule, "benefits.several-employers", employers=employers, funerals=funerals)]
    for number, months in enumerate(arrears_months, start=1):
        lines += [lump, periodic, *([funeral] if number <= funerals else [])]
        code = "benefits.employer-pays-first" if months > limit.integer else "benefits.bpjs-pays"
        steps.append(step_from(limit, code, number=number, months=months, limit=limit.integer))
    return answer(lines, steps)


def _lines(on: date) -> tuple[BenefitLine, BenefitLine, BenefitLine]:
    return (
        rupiah_line(on, "jkm.lump-sum", "lump-sum", words("benefits.lump-sum")),
        rupiah_line(on, "jkm.periodic", "periodic", words("benefits.periodic")),
        rupiah_line(on, "jkm.funeral", "funeral", words("benefits.funeral")),
    )
