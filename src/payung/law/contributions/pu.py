"""What an employer and an employee (penerima upah, PU) pay, by wage, risk class and size of firm.

JKP costs nobody more: its share is taken out of JKK (until February 2025 out of JKM too), and the
State adds its own. Only the wage up to the JKP cap is recomposed; what a higher wage pays beyond
it stays in JKK (Permenaker 7/2021 Ps 14), so that the employer's total never changes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from payung.law.contributions.model import (
    Contribution,
    ContributionLine,
    Reason,
    because,
    in_capitals,
    in_percent,
    is_money,
    line,
    payer_of,
    programs_in_order,
    require_programs,
    share,
    span,
    steps_of,
)
from payung.law.contributions.reliefs import Relief, relief
from payung.law.dates import first_of_month
from payung.law.errors import LawError
from payung.law.money import rounded
from payung.law.parameters import Dated, parameter
from payung.law.wording import Words

PU_SECTORS = ("other", "labour-intensive")
PU_PROGRAMS = ("jkk", "jkm", "jht", "jp", "jkp")
_RELIEFS = {"other": "pu.relief.other", "labour-intensive": "pu.relief.labour-intensive"}
_PARTS = {
    "jht": (("employer", "pu.jht-employer-rate"), ("worker", "pu.jht-worker-rate")),
    "jp": (("employer", "pu.jp-employer-rate"), ("worker", "pu.jp-worker-rate")),
}


def pu_contribution(
    month: date,
    wage: int,
    risk_class: int,
    firm_size: str = "large",
    programs: Collection[str] | None = None,
    funder: str = "employer",
    sector: str = "other",
    months: int = 1,
) -> Contribution:
    """What is due for one employee for one or more contribution months, in whole rupiah.

    `month`: any day of the first month. `wage`: rupiah a month. `risk_class`: 1 (very low) to 5.
    `firm_size`: "micro", "small", "medium", "large" or "state". `programs`: left out, what the
    size demands, with JKP where it follows. `funder`: who bears the employer's part, a code of
    `pu.funders`. `sector`: "other" or "labour-intensive". `months`: 1 to 120 in a row. Lines name
    their payer, "employer" or "worker"; the State's JKP share stands in `by_state`, not in the
    amount. Raises LawError for what cannot be counted, as for JP after the last known wage cap.
    Sources: PP 44, 45 and 46/2015, PP 37/2021 with PP 6/2025, Perpres 109/2013 Ps 6; reliefs
    PP 49/2020, PP 7/2025 with PP 36/2025.
    """
    if not is_money(wage):
        raise LawError("pu.wage-not-whole", wage=wage)
    if sector not in PU_SECTORS:
        raise LawError("bpu.unknown-sector", sector=sector, known=PU_SECTORS)
    first = first_of_month(month)
    firm = _firm(first, firm_size)
    chosen = None if programs is None else _chosen(first, programs)
    found = [
        (each, _Month(each, wage, risk_class, firm, chosen, funder, sector))
        for each in span(first, months)
    ]
    for _, one in found:
        one.count()
    lines = tuple(each for _, one in found for each in one.lines)
    return Contribution(
        first,
        lines,
        sum(each.amount for each in lines),
        steps_of((when, one.reasons) for when, one in found),
        tuple(each for _, one in found for each in one.by_state),
    )


def _firm(month: date, firm_size: object) -> Mapping[str, Any]:
    rows = parameter("pu.mandatory-programs").at(month).rows
    for row in rows:
        if row["firm_size"] == firm_size:
            return row
    known = [row["firm_size"] for row in rows]
    raise LawError("pu.unknown-size", size=firm_size, known=known)


def _chosen(month: date, programs: Collection[str]) -> tuple[str, ...]:
    """The programmes asked for; what every size of firm demands may not be left out."""
    wanted = programs_in_order(programs, PU_PROGRAMS)
    rows = parameter("pu.mandatory-programs").at(month).rows
    require_programs(
        wanted, [each for each in PU_PROGRAMS if all(each in row["programs"] for row in rows)]
    )
    return wanted


@dataclass(frozen=True, slots=True)
class _Jkp:
    """What JKP takes out of JKK and JKM in a month, in whole rupiah, up to the wage cap."""

    base: int
    from_jkk: Dated
    from_jkm: Dated

    def taken(self, dated: Dated) -> int:
        return rounded(self.base * dated.rate)


class _Month:
    """One month on the way to its lines and reasons."""

    def __init__(
        self,
        month: date,
        wage: int,
        risk_class: int,
        firm: Mapping[str, Any],
        chosen: tuple[str, ...] | None,
        funder: str,
        sector: str,
    ) -> None:
        self.month, self.wage, self.firm = month, wage, firm
        self.risk = _risk(month, risk_class)
        self.payer = payer_of(parameter("pu.funders").at(month), funder)
        self.less: Relief = relief(_RELIEFS[sector], month, self.payer, sector)
        self.programs = self._programs(chosen)
        self.lines: list[ContributionLine] = []
        self.by_state: list[ContributionLine] = []
        self.reasons: list[Reason] = []

    def count(self) -> None:
        mandatory = parameter("pu.mandatory-programs").at(self.month)
        size = Words(self.firm["name"], self.firm["english"])
        demanded = tuple(self.firm["programs"])
        left_out = tuple(each for each in demanded if each not in self.programs)
        self._because(mandatory, "pu.mandatory", size=size, programs=in_capitals(demanded))
        if left_out:
            self._because(mandatory, "pu.left-out", size=size, programs=in_capitals(left_out))
        jkp = self._jkp()
        self._jkk(jkp)
        self._jkm(jkp)
        for program in ("jht", "jp"):
            if program in self.programs:
                self._shared(program)
        if jkp is not None:
            self._jkp_lines(jkp)
        self.reasons.append(self.less.reason)

    def _because(self, dated: Dated, code: str, **values: Any) -> None:
        self.reasons.append(because(dated, code, **values))

    def _programs(self, chosen: tuple[str, ...] | None) -> tuple[str, ...]:
        """What is asked for, or what the size demands and the JKP that follows from it."""
        dated = parameter("pu.jkp-needs").find(self.month)
        needs: tuple[str, ...] | None = None
        for row in dated.rows if dated is not None else ():
            if row["firm_size"] == self.firm["firm_size"]:
                needs = tuple(row["programs"])
        if chosen is None:
            demanded = tuple(self.firm["programs"])
            follows = needs is not None and set(needs) <= set(demanded)
            return (*demanded, "jkp") if follows else demanded
        if "jkp" in chosen:
            at = parameter("pu.jkp-needs").at(self.month)
            if needs is None or not set(needs) <= set(chosen):
                size = Words(self.firm["name"], self.firm["english"])
                if needs is None:
                    raise LawError("pu.no-jkp", size=size, since=at.since)
                raise LawError("pu.jkp-needs", size=size, programs=in_capitals(needs))
        return chosen

    def _jkp(self) -> _Jkp | None:
        """None without JKP, and in a relief of JKK, whose recomposition we have not seen."""
        if "jkp" not in self.programs:
            return None
        from_jkk = parameter("pu.jkp-from-jkk-rate").at(self.month)
        if self.less.off("jkk"):
            self.reasons.append(because(from_jkk, "pu.jkp-in-relief", verified=False))
            return None
        cap = parameter("pu.jkp-wage-cap").at(self.month)
        base = min(self.wage, cap.integer)
        if base < self.wage:
            self._because(cap, "pu.jkp-cap", cap=cap.integer)
            self._because(parameter("pu.jkp-above-cap").at(self.month), "pu.jkp-above-cap")
        return _Jkp(base, from_jkk, parameter("pu.jkp-from-jkm-rate").at(self.month))

    def _jkk(self, jkp: _Jkp | None) -> None:
        dated = parameter("pu.jkk-rates").at(self.month)
        rate = str(self.risk["rate"])
        amount = self._less_jkp("jkk", dated, rate, jkp, jkp.from_jkk if jkp else None)
        self._because(
            dated,
            "pu.jkk",
            risk=Words(self.risk["name"], self.risk["english"]),
            rate=rate,
            wage=self.wage,
            amount=amount,
        )

    def _jkm(self, jkp: _Jkp | None) -> None:
        dated = parameter("pu.jkm-rate").at(self.month)
        rate = str(dated.value)
        amount = self._less_jkp("jkm", dated, rate, jkp, jkp.from_jkm if jkp else None)
        self._because(dated, "pu.jkm", rate=rate, wage=self.wage, amount=amount)

    def _less_jkp(
        self, program: str, dated: Dated, rate: str, jkp: _Jkp | None, part: Dated | None
    ) -> int:
        """Add the employer's line without what goes to JKP; return the whole contribution."""
        full, shown, sources = self.wage * share(rate), f"{rate}%", [dated]
        whole = rounded(full)
        if jkp is not None and part is not None and part.rate:
            full, sources = Fraction(whole - jkp.taken(part)), [dated, part]
            shown = in_percent(rate, f"-{part.value}")
            if jkp.base < self.wage:
                shown = f"{rate}% − JKP"
                sources.append(parameter("pu.jkp-above-cap").at(self.month))
        if off := self.less.off(program):
            sources.append(self.less.dated)
        self._line(program, self.wage, shown, full, sources, "employer", off)
        return whole

    def _shared(self, program: str) -> None:
        """JHT or JP, paid by employer and worker."""
        base, capped = self.wage, []
        if program == "jp":
            cap = parameter("pu.jp-wage-cap").at(self.month)
            base, capped = min(self.wage, cap.integer), [cap]
            if base < self.wage:
                self._because(cap, "pu.jp-cap", cap=cap.integer)
        for payer, name in _PARTS[program]:
            dated = parameter(name).at(self.month)
            rate = str(dated.value)
            full = base * dated.rate
            self._line(program, base, f"{rate}%", full, [dated, *capped], payer)
            values = {"program": program.upper(), "rate": rate, "base": base}
            code = "pu.by-employer" if payer == "employer" else "pu.by-worker"
            self._because(dated, code, amount=rounded(full), **values)

    def _jkp_lines(self, jkp: _Jkp) -> None:
        """The employer's share comes out of JKK and JKM; the State's is shown beside it."""
        amount = jkp.taken(jkp.from_jkk) + jkp.taken(jkp.from_jkm)
        parts = [each for each in (jkp.from_jkk, jkp.from_jkm) if each.rate]
        rate = in_percent(*(str(each.value) for each in parts))
        self._line("jkp", jkp.base, rate, amount, parts, "employer")
        code = "pu.jkp-also-from-jkm" if jkp.from_jkm.rate else "pu.jkp"
        shown = rate.removesuffix("%")
        self._because(jkp.from_jkk, code, rate=shown, base=jkp.base, amount=amount)
        self._because(parameter("pu.jkp-needs").at(self.month), "pu.jkp-members")
        state = parameter("pu.jkp-state-rate").at(self.month)
        paid = jkp.base * state.rate
        self.by_state.append(
            line(self.month, "jkp", jkp.base, f"{state.value}%", paid, [state], "state")
        )
        self._because(
            state, "pu.jkp-state", rate=str(state.value), base=jkp.base, amount=rounded(paid)
        )

    def _line(
        self,
        program: str,
        base: int,
        rate: str,
        full: Fraction | int,
        dated: list[Dated],
        payer: str,
        off: int = 0,
    ) -> None:
        self.lines.append(line(self.month, program, base, rate, full, dated, payer, off))


def _risk(month: date, risk_class: object) -> Mapping[str, Any]:
    rows = parameter("pu.jkk-rates").at(month).rows
    for row in rows:
        if type(risk_class) is int and row["risk_class"] == risk_class:
            return row
    known = [str(row["risk_class"]) for row in rows]
    raise LawError("pu.unknown-risk-class", risk_class=risk_class, known=known)
