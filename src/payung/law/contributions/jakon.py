"""What a construction project pays: by wage where wages are known, else by contract value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from payung.law.contributions.model import (
    Contribution,
    Instalment,
    Reason,
    because,
    is_money,
    line,
    payer_of,
    share,
    span,
    steps_of,
)
from payung.law.contributions.reliefs import Relief, relief
from payung.law.dates import first_of_month
from payung.law.errors import LawError
from payung.law.money import rounded
from payung.law.parameters import Dated, parameter
from payung.law.steps import Step, step_from

_PROGRAMS = ("jkk", "jkm")


def jakon_contribution(
    month: date,
    contract_value: int | None = None,
    wage: int | None = None,
    ppn_included: bool = False,
    contract_months: int | None = None,
    work_order: date | None = None,
) -> Contribution:
    """JKK and JKM of a construction project, in whole rupiah; the employer pays all.

    Give either `wage` (rupiah of all workers' wages a month: one line per programme for each of
    `contract_months`, one month if left out) or `contract_value` (rupiah of the whole contract:
    one contribution for the project, in marginal bands). The value counts without PPN;
    `ppn_included` takes PPN out of it. `contract_months` over 24 gives four instalments instead
    of three. `work_order`: the day of the surat perintah kerja; a step then says by when to
    register. `month`: any day of the month in which the contribution falls.
    Raises LawError for neither or both, for what is not whole rupiah above zero, an impossible
    number of months or a month before the first rule.
    Sources: PP 44/2015; Permenaker 5/2021 Ps 67, 71, 72; relief PP 49/2020.
    """
    if (contract_value is None) == (wage is None):
        raise LawError("jakon.value-or-wage")
    first = first_of_month(month)
    if contract_months is not None:
        span(first, contract_months)
    orders = () if work_order is None else _registration(work_order)
    if wage is not None:
        return _by_wage(first, wage, contract_months or 1, orders)
    if not is_money(contract_value) or contract_value is None:
        raise LawError("jakon.value-not-whole", value=contract_value)
    return _by_value(first, contract_value, ppn_included, contract_months, orders)


def _by_wage(month: date, wage: int, months: int, orders: tuple[Step, ...]) -> Contribution:
    if not is_money(wage):
        raise LawError("pu.wage-not-whole", wage=wage)
    lines, reasons = [], []
    for each in span(month, months):
        less = _relief(each)
        why: list[Reason] = []
        for program in _PROGRAMS:
            name = "jakon.jkk-rate" if program == "jkk" else "jakon.jkm-rate"
            code = "jakon.jkk" if program == "jkk" else "jakon.jkm"
            dated = parameter(name).at(each)
            rate, full = str(dated.value), wage * dated.rate
            off = less.off(program)
            lines.append(line(each, program, wage, f"{rate}%", full, (dated,), "employer", off))
            why.append(because(dated, code, rate=rate, wage=wage, amount=rounded(full)))
        reasons.append((each, [*why, less.reason]))
    total = sum(each.amount for each in lines)
    return Contribution(month, tuple(lines), total, (*steps_of(reasons), *orders))


def _by_value(
    month: date,
    value: int,
    ppn_included: bool,
    contract_months: int | None,
    orders: tuple[Step, ...],
) -> Contribution:
    net, reasons = _without_ppn(month, value, ppn_included)
    if net < 1:
        raise LawError("jakon.value-not-whole", value=value)
    bands = parameter("jakon.contract-bands").at(month)
    parts = _parts(net, bands.rows)
    reasons += [
        because(
            bands,
            "jakon.band",
            above=part.above,
            value=part.value,
            jkk=part.row["jkk"],
            jkm=part.row["jkm"],
            amount=rounded(part.due("jkk") + part.due("jkm")),
        )
        for part in parts
    ]
    less = _relief(month)
    lines = tuple(
        line(
            month,
            program,
            net,
            " + ".join(f"{part.row[program]}%" for part in parts),
            sum((part.due(program) for part in parts), Fraction()),
            (bands,),
            "employer",
            less.off(program),
        )
        for program in _PROGRAMS
    )
    total = sum(each.amount for each in lines)
    stages, why = _instalments(month, total, contract_months)
    steps = steps_of([(month, [*reasons, less.reason, *why])])
    return Contribution(month, lines, total, (*steps, *orders), instalments=stages)


def _without_ppn(month: date, value: int, ppn_included: bool) -> tuple[int, list[Reason]]:
    rule = parameter("jakon.contract-value").at(month)
    if not ppn_included:
        return value, [because(rule, "jakon.net-value", net=value)]
    ppn = parameter("jakon.ppn-rate").at(month)
    net = rounded(Fraction(value * 100, 100 + ppn.integer))
    taken = because(ppn, "jakon.ppn", value=value, percent=ppn.integer, net=net)
    return net, [taken, because(rule, "jakon.net-value", net=net)]


@dataclass(frozen=True, slots=True)
class _Part:
    """The part of the contract value that lies in one band."""

    row: Mapping[str, Any]
    value: int

    @property
    def above(self) -> int:
        return int(self.row["above"])

    def due(self, program: str) -> Fraction:
        return self.value * share(self.row[program])


def _parts(net: int, rows: Sequence[Mapping[str, Any]]) -> list[_Part]:
    """Each band reached, with the value between its lower edge and the next one or the end."""
    ends = [int(after["above"]) for _, after in pairwise(rows)]
    return [
        _Part(row, min(net, end) - int(row["above"]))
        for row, end in zip(rows, [*ends, net], strict=True)
        if net > int(row["above"])
    ]


def _instalments(
    month: date, total: int, contract_months: int | None
) -> tuple[tuple[Instalment, ...], list[Reason]]:
    """The stages in which it may be paid; none before the rule that allows them."""
    limit = parameter("jakon.long-contract-months").find(month)
    if limit is None:
        return (), []
    is_long = contract_months is not None and contract_months > limit.integer
    name = "jakon.instalments-long" if is_long else "jakon.instalments"
    dated = parameter(name).at(month)
    stages: list[Instalment] = []
    for row in dated.rows[:-1]:
        part = rounded(Fraction(total * int(row["percent"]), 100))
        stages.append(Instalment(int(row["stage"]), int(row["percent"]), part))
    last = dated.rows[-1]
    rest = total - sum(each.amount for each in stages)
    stages.append(Instalment(int(last["stage"]), int(last["percent"]), rest))
    shares = tuple(f"{each.percent}%" for each in stages)
    code = "jakon.instalments-long" if is_long else "jakon.instalments"
    return tuple(stages), [because(dated, code, shares=shares, limit=limit.integer)]


def _relief(month: date) -> Relief:
    payer = payer_of(parameter("pu.funders").at(month), "employer")
    return relief("jakon.relief", month, payer)


def _registration(work_order: date) -> tuple[Step, ...]:
    from payung.law.calendar import working_day  # the holidays take time to load

    dated: Dated = parameter("jakon.registration-days").at(work_order)
    last = working_day(work_order, dated.integer)
    step = step_from(
        dated,
        "jakon.register-by",
        days=dated.integer,
        work_order=work_order,
        last=last.day,
        verified=last.certain,
    )
    return (step,)
