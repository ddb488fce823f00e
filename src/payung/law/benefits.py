"""What is owed when a BPU worker dies or has an accident, line by line with its article.

What is payable at once stands in `lines`; what follows only after arrears are settled stands in
`later`, less `deduction` (Permenaker 5/2021 Ps 92, 98).
"""

from dataclasses import dataclass
from datetime import date

from payung.law.contributions import base_income, bpu_contribution
from payung.law.errors import LawError
from payung.law.membership import Cover
from payung.law.parameters import Dated, Source, parameter
from payung.law.sentences import words
from payung.law.steps import Step, step_from
from payung.law.wording import Words


@dataclass(frozen=True, slots=True)
class BenefitLine:
    """One benefit. `amount` is whole rupiah, or None where the law pays the actual cost.

    `name` is Indonesian, `english` English.
    """

    benefit: str
    name: str
    english: str
    amount: int | None
    source: Source
    verified: bool
    note: str = ""
    note_english: str = ""


@dataclass(frozen=True, slots=True)
class Benefit:
    """`total` is payable now; `later_total` after arrears of `deduction` rupiah are taken out."""

    lines: tuple[BenefitLine, ...]
    total: int
    steps: tuple[Step, ...]
    later: tuple[BenefitLine, ...] = ()
    deduction: int = 0

    @property
    def later_total(self) -> int:
        return max(0, _sum(self.later) - self.deduction)


def jkm_benefit(on: date, cover: Cover, income: int = 1_000_000) -> Benefit:
    """What heirs are owed for a death on `on` that was no work accident, in whole rupiah.

    Full cover gives lump sum, periodic and funeral; before three consecutive months the funeral
    only (Ps 97A(2)); in arrears of one to three months the funeral now and the rest less the
    arrears (Ps 98); otherwise nothing. Scholarships are not included.
    """
    lump = _rupiah_line(on, "jkm.lump-sum", "lump-sum", words("benefits.lump-sum"))
    periodic = _rupiah_line(on, "jkm.periodic", "periodic", words("benefits.periodic"))
    funeral = _rupiah_line(on, "jkm.funeral", "funeral", words("benefits.funeral"))
    if cover.jkm == "full":
        return _benefit((lump, periodic, funeral), cover)
    if cover.jkm == "none":
        return Benefit((), 0, cover.steps)
    passed = cover.full_jkm_from is not None and cover.full_jkm_from <= on
    if passed and cover.arrears_months:
        return _benefit((funeral,), cover, later=(lump, periodic), on=on, income=income)
    return _benefit((funeral,), cover)


def jkk_death_benefit(
    on: date, cover: Cover, income: int = 1_000_000, *, sudden: bool = False
) -> Benefit:
    """What heirs are owed for a death by work accident on `on`, in whole rupiah.

    `sudden`: a sudden death while working, which counts only after twelve paid months
    (Ps 85(3)); before that nothing is owed here and the case belongs to JKM. In arrears the
    money follows less the arrears (Ps 92). Scholarships are not included.
    """
    if cover.jkk == "none":
        return Benefit((), 0, cover.steps)
    if sudden:
        rule = parameter("bpu.sudden-death-months").at(on)
        if cover.paid_months < rule.integer:
            early = step_from(
                rule, "benefits.sudden-too-early", months=rule.integer, paid=cover.paid_months
            )
            return Benefit((), 0, (*cover.steps, early))
    base = base_income(on, income)
    percent = parameter("jkk.death-percent").at(on)
    multiple = parameter("jkk.wage-multiple").at(on)
    least = parameter("jkm.lump-sum").at(on)
    amount = max(percent.integer * multiple.integer * base // 100, least.integer)
    lines = (
        _line(percent, "death", words("benefits.work-death"), amount),
        _rupiah_line(on, "jkk.death-periodic", "periodic", words("benefits.periodic")),
        _rupiah_line(on, "jkk.funeral", "funeral", words("benefits.funeral")),
    )
    step = step_from(
        percent,
        "benefits.work-death-amount",
        percent=percent.integer,
        multiple=multiple.integer,
        base=base,
        least=least.integer,
        amount=amount,
    )
    return _cash(lines, (), cover, on, income, step)


def stmb_benefit(on: date, months_unable: int, income: int, cover: Cover) -> Benefit:
    """What a worker is owed for an accident on `on` while unable to work, in whole rupiah.

    Medical care without ceiling (amount None) and, for each month unable to work, the registered
    income: in full for the first twelve months, then half. In arrears the medical care is given
    and the money follows less the arrears (Ps 92). Raises LawError for negative months.
    """
    if type(months_unable) is not int or months_unable < 0:
        raise LawError("benefits.months-unable-not-whole", months=months_unable)
    if cover.jkk == "none":
        return Benefit((), 0, cover.steps)
    medical = parameter("jkk.medical").at(on)
    care = BenefitLine(
        "medical",
        *words("benefits.medical"),
        None,
        medical.source,
        medical.verified,
        *words("benefits.medical-paid", extent=medical.words),
    )
    base = base_income(on, income)
    rule = parameter("jkk.stmb").at(on)
    lines, left = [], months_unable
    for row in rule.rows:
        months = min(left, row.get("months", left))
        if months == 0:
            break
        percent = int(row["percent"])
        name = words("benefits.stmb-part", months=months, percent=percent, base=base)
        lines.append(_line(rule, f"stmb-{percent}", name, months * base * percent // 100))
        left -= months
    if lines:
        step = step_from(
            rule, "benefits.stmb", months=months_unable, base=base, amount=_sum(tuple(lines))
        )
    else:
        step = step_from(rule, "benefits.no-stmb", base=base)
    return _cash(tuple(lines), (care,), cover, on, income, step)


def _cash(
    money: tuple[BenefitLine, ...],
    care: tuple[BenefitLine, ...],
    cover: Cover,
    on: date,
    income: int,
    step: Step,
) -> Benefit:
    """JKK money at once under full cover, later under arrears."""
    if cover.jkk == "full":
        return _benefit((*care, *money), cover, step)
    return _benefit(care, cover, step, later=money, on=on, income=income)


def _benefit(
    lines: tuple[BenefitLine, ...],
    cover: Cover,
    *steps: Step,
    later: tuple[BenefitLine, ...] = (),
    on: date | None = None,
    income: int = 0,
) -> Benefit:
    taken = list(cover.steps) + list(steps)
    deduction = 0
    if later and on is not None:
        deduction = sum(
            bpu_contribution(month, income, funder="self").amount for month in cover.unpaid_months
        )
        limit = parameter("bpu.arrears-limit-months").at(on)
        taken.append(
            step_from(
                limit,
                "benefits.arrears-deducted",
                verified=False,
                deduction=deduction,
                later=_sum(later),
            )
        )
    return Benefit(lines, _sum(lines), tuple(taken), later, deduction)


def _sum(lines: tuple[BenefitLine, ...]) -> int:
    return sum(line.amount or 0 for line in lines)


def _line(dated: Dated, benefit: str, name: Words, amount: int) -> BenefitLine:
    return BenefitLine(
        benefit, *name, amount, dated.source, dated.verified, dated.note, dated.note_english
    )


def _rupiah_line(on: date, parameter_id: str, benefit: str, name: Words) -> BenefitLine:
    dated = parameter(parameter_id).at(on)
    return _line(dated, benefit, name, dated.integer)
