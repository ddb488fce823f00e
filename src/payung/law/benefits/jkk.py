"""JKK: what a work accident brings: care, months unable to work, disability, death."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from payung.law.benefits.care import care_lines, medical_line
from payung.law.benefits.disability import (
    TOTAL,
    WORK_CAPACITY,
    Loss,
    as_percent,
    disability_losses,
)
from payung.law.benefits.jkm import jkm_benefit
from payung.law.benefits.model import (
    Benefit,
    BenefitLine,
    SchoolYear,
    answer,
    answer_in_arrears,
    line,
    rupiah_line,
    sum_of,
)
from payung.law.benefits.scholarship import Child, known_children, scholarship
from payung.law.contributions import base_income
from payung.law.errors import LawError
from payung.law.membership import Cover
from payung.law.money import rounded
from payung.law.parameters import parameter
from payung.law.sentences import words
from payung.law.steps import Step, step_from
from payung.law.wording import Words


def jkk_death_benefit(
    on: date,
    cover: Cover,
    income: int | None = None,
    *,
    sudden: bool = False,
    children: Sequence[int | Child] = (),
    months_unable: int = 0,
    costs: Mapping[str, int] | None = None,
) -> Benefit:
    """What heirs are owed for a death by work accident on `on`, in whole rupiah.

    60% of 80 months' income, at least the JKM lump sum, with periodic benefit, funeral and
    scholarships for `children` from the first month; before it the `months_unable` to work and
    `costs` (codes of `care_kinds`). `sudden`: a sudden death while working, which counts only
    after twelve paid months (Permenaker 5/2021 Ps 85(3)); before that JKM is owed instead. In
    arrears care is given and the money follows less the arrears (Ps 92). Raises LawError for
    income, months, ages or costs that cannot be counted.
    """
    base = base_income(on, income)
    award = scholarship(on, cover, children, "work-death")
    spent = care_lines(on, costs or {})
    unable, unable_steps = _unable(on, months_unable, base, cover)
    if cover.jkk == "none":
        return answer((), cover.steps)
    steps = list(cover.steps)
    if sudden:
        rule = parameter("bpu.sudden-death-months").at(on)
        paid = cover.paid_months
        if paid < rule.integer:
            jkm = jkm_benefit(on, cover, income, children=children)
            early = step_from(rule, "benefits.sudden-too-early", months=rule.integer, paid=paid)
            return Benefit(
                jkm.lines,
                jkm.total,
                (early, *jkm.steps),
                jkm.later,
                jkm.deduction,
                jkm.school_years,
            )
        steps.append(step_from(rule, "benefits.sudden", months=rule.integer, paid=paid))
    percent = parameter("jkk.death-percent").at(on)
    multiple = parameter("jkk.wage-multiple").at(on)
    least = parameter("jkm.lump-sum").at(on)
    share = rounded(percent.rate * multiple.integer * base)
    amount = max(share, least.integer)
    steps += unable_steps
    steps.append(
        step_from(
            percent,
            "benefits.work-death-amount",
            percent=percent.integer,
            multiple=multiple.integer,
            base=base,
            least=least.integer,
            amount=amount,
        )
    )
    money = (
        *spent.money,
        *unable,
        line(percent, "death", words("benefits.work-death"), amount),
        rupiah_line(on, "jkk.death-periodic", "periodic", words("benefits.periodic")),
        rupiah_line(on, "jkk.funeral", "funeral", words("benefits.funeral")),
        *award.lines,
    )
    return _work_answer(
        on, cover, income, spent.care, money, (*steps, *award.steps), award.school_years
    )


def stmb_benefit(
    on: date,
    months_unable: int,
    income: int | None,
    cover: Cover,
    *,
    costs: Mapping[str, int] | None = None,
) -> Benefit:
    """What a worker is owed for an accident on `on` while unable to work, in whole rupiah.

    Medical care without ceiling (amount None) and, for each month unable to work, the registered
    income: in full for the first twelve months, then half, payable month by month to an
    own-account worker (Permenaker 5/2021 Ps 113(3)). `costs`: rupiah by code of `care_kinds`. In
    arrears the care is given and the money follows less the arrears (Ps 92). Raises LawError for
    income, months or costs that cannot be counted.
    """
    base = base_income(on, income)
    spent = care_lines(on, costs or {})
    unable, steps = _unable(on, months_unable, base, cover)
    if cover.jkk == "none":
        return answer((), cover.steps)
    if not unable:
        steps = (step_from(parameter("jkk.stmb").at(on), "benefits.no-stmb"),)
    care = (medical_line(on), *spent.care)
    return _work_answer(on, cover, income, care, (*spent.money, *unable), (*cover.steps, *steps))


def disability_benefit(
    on: date,
    cover: Cover,
    codes: Sequence[str],
    income: int | None = None,
    *,
    left_handed: bool = False,
    months_unable: int = 0,
    children: Sequence[int | Child] = (),
    costs: Mapping[str, int] | None = None,
) -> Benefit:
    """What a worker is owed for lasting disability by a work accident on `on`, in whole rupiah.

    `codes`: "total" alone (total permanent disability: 70% of 80 months' income, periodic benefit
    and scholarships for `children`), or codes as `payung.law.benefits.disability` explains them:
    each percentage of 80 months' income, together at most 70% (Permenaker 5/2021 Ps 84(1)).
    Medical care, `months_unable` and `costs` as in `stmb_benefit`. Raises LawError for no code,
    codes that cannot be read or overlap, and whatever else cannot be counted.
    """
    if not codes:
        raise LawError("disability.none-given")
    base = base_income(on, income)
    spent = care_lines(on, costs or {})
    unable, unable_steps = _unable(on, months_unable, base, cover)
    named = known_children(on, children)
    total = [code.strip().lower() for code in codes] == [TOTAL]
    if total:
        lines, steps = _total(on, base)
    else:
        losses = disability_losses(on, codes, left_handed=left_handed)
        lines, steps = _partial(on, base, losses)
        if left_handed:
            rule = parameter("jkk.disability").at(on)
            steps = (step_from(rule, "disability.left-handed"), *steps)
    if cover.jkk == "none":
        return answer((), cover.steps)
    schooling = scholarship(on, cover, named if total else (), "total-disability")
    if named and not total:
        rule = parameter("scholarship.grounds").at(on)
        steps = (*steps, step_from(rule, "scholarship.not-for-partial"))
    care = (medical_line(on), *spent.care)
    money = (*spent.money, *unable, *lines, *schooling.lines)
    reasons = (*cover.steps, *unable_steps, *steps, *schooling.steps)
    return _work_answer(on, cover, income, care, money, reasons, schooling.school_years)


def _total(on: date, base: int) -> tuple[tuple[BenefitLine, ...], tuple[Step, ...]]:
    percent = parameter("jkk.total-percent").at(on)
    multiple = parameter("jkk.wage-multiple").at(on)
    amount = rounded(percent.rate * multiple.integer * base)
    lines = (
        line(percent, "total-disability", words("disability.total"), amount),
        rupiah_line(on, "jkk.total-periodic", "periodic", words("benefits.periodic")),
    )
    step = step_from(
        percent,
        "disability.total-amount",
        percent=percent.integer,
        multiple=multiple.integer,
        base=base,
        amount=amount,
    )
    return lines, (step,)


def _partial(
    on: date, base: int, losses: Sequence[Loss]
) -> tuple[tuple[BenefitLine, ...], tuple[Step, ...]]:
    """One line for each loss, together at most the limit of Ps 84(1)."""
    rule = parameter("jkk.disability").at(on)
    limit = parameter("jkk.partial-limit").at(on)
    multiple = parameter("jkk.wage-multiple").at(on)
    left, lines = Fraction(limit.integer), []
    for loss in losses:
        counted = min(loss.percent, left)
        left -= counted
        kind = "partial-functional" if loss.functional else "partial-anatomical"
        name = words(
            "disability.functional-line" if loss.functional else "disability.anatomical-line",
            name=loss.name,
            percent=as_percent(counted),
        )
        amount = rounded(counted / 100 * multiple.integer * base)
        lines.append(line(rule, kind, name, amount, note=Words("", "")))
    summed = sum((loss.percent for loss in losses), Fraction(0))
    counted = min(summed, Fraction(limit.integer))
    code = "disability.sum-capped" if summed > counted else "disability.sum"
    steps = [
        step_from(limit, code, summed=as_percent(summed), limit=limit.integer),
        step_from(
            rule,
            "disability.partial-amount",
            percent=as_percent(counted),
            multiple=multiple.integer,
            base=base,
            amount=sum_of(lines),
        ),
    ]
    if any(loss.code == WORK_CAPACITY for loss in losses):
        steps.append(
            step_from(parameter("jkk.unlisted-organ").at(on), "disability.by-work-capacity")
        )
    return tuple(lines), tuple(steps)


def _unable(
    on: date, months_unable: int, base: int, cover: Cover
) -> tuple[tuple[BenefitLine, ...], tuple[Step, ...]]:
    """STMB lines for the months unable to work, with their reasons; none for no month."""
    if type(months_unable) is not int or months_unable < 0:
        raise LawError("benefits.months-unable-not-whole", months_unable=months_unable)
    rule = parameter("jkk.stmb").at(on)
    lines, left = [], months_unable
    for row in rule.rows:
        months = min(left, row.get("months", left))
        if months == 0:
            break
        name = words("benefits.stmb-part", months=months, percent=row["percent"], base=base)
        amount = rounded(Fraction(months * base * row["percent"], 100))
        lines.append(line(rule, f"stmb-{row['percent']}", name, amount))
        left -= months
    if not lines:
        return (), ()
    why = step_from(rule, "benefits.stmb", months=months_unable, base=base, amount=sum_of(lines))
    if cover.jkk != "full":  # in arrears money follows the outcome, not the month (Ps 92(1)b)
        return tuple(lines), (why,)
    monthly = parameter("jkk.stmb-monthly").at(on)
    return tuple(lines), (why, step_from(monthly, "benefits.stmb-monthly", how=monthly.words))


def _work_answer(
    on: date,
    cover: Cover,
    income: int | None,
    care: Sequence[BenefitLine],
    money: Sequence[BenefitLine],
    steps: Sequence[Step],
    school_years: tuple[SchoolYear, ...] = (),
) -> Benefit:
    """Care at once; money at once under full cover, after the arrears otherwise (Ps 92)."""
    base = base_income(on, income)
    if income not in (None, base):
        rule = parameter("bpu.brackets").at(on)
        steps = (step_from(rule, "benefits.bracket", income=income, base=base), *steps)
    if cover.jkk == "full":
        return answer((*care, *money), steps, school_years)
    return answer_in_arrears(
        care,
        money,
        steps,
        rule_id="jkk.arrears",
        on=on,
        cover=cover,
        income=income,
        school_years=school_years,
    )
