"""The law's answers as rows and sentences in the reader's language; templates only lay them out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from payung.law import (
    BenefitLine,
    Contribution,
    ContributionLine,
    Cover,
    Deadline,
    Document,
    Heirs,
    Language,
    Step,
    Words,
    due_date,
    long_date,
    month_name,
    parameter,
    rupiah,
)
from payung.law.wording import month_names
from payung.web.law.event_forms import Handling, Owed
from payung.web.law.words import capital, say, speak


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an answer's table; `cells` stand between the name and the amount."""

    name: str
    note: str
    cells: tuple[str, ...]
    amount: str
    source: str
    verified: bool
    known: bool = True  # whether the day of a deadline can be told


@dataclass(frozen=True, slots=True)
class Reason:
    text: str
    source: str
    verified: bool


class Teller:
    """Says amounts, days and names in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.t = speak(language)

    def say(self, key: str, **values: Any) -> str:
        return say(key, self.language, **values)

    def money(self, amount: int) -> str:
        return rupiah(amount, self.language)

    def day(self, day: date) -> str:
        return long_date(day, self.language)

    def name(self, thing: Any) -> str:
        """Whatever carries `name` and `english`."""
        return capital(Words(thing.name, thing.english).say(self.language))

    def note(self, thing: Any) -> str:
        return Words(thing.note, thing.note_english).say(self.language)

    def rate(self, rate: str) -> str:
        if self.language == "en":
            return rate.replace("tetap", self.t["fixed"])
        return rate.replace(".", ",")

    def reasons(self, steps: Iterable[Step]) -> list[Reason]:
        """Steps as sentences, each said once."""
        found = (Reason(step.say(self.language), str(step.source), step.verified) for step in steps)
        return list(dict.fromkeys(found))

    # Contributions

    def contribution(self, found: Contribution) -> dict[str, Any]:
        months = sorted({line.month for line in found.lines})
        written = month_names(months, self.language)
        several = "for_months_many" if len(months) > 1 else "for_months"
        payers = {line.payer for line in found.lines} & {"employer", "worker"}
        return {
            "amount": self.money(found.amount),
            "label": self.t["to_pay"],
            "detail": self.say(several, count=len(months), months=written),
            "facts": [
                *self._each_month(found, months),
                *(
                    f"{self.money(part)} {self.t[f'payer_{payer}']}"
                    for payer, part in found.by_payer.items()
                    if len(payers) > 1
                ),
            ],
            "rows": self._lines(found.lines, dated=len(months) > 1),
            "state": self._lines(found.by_state, dated=len(months) > 1),
            "instalments": [
                (each.stage, f"{each.percent}%", self.money(each.amount))
                for each in found.instalments
            ],
            "steps": self.reasons(found.steps),
        }

    def _each_month(self, found: Contribution, months: list[date]) -> Iterator[str]:
        sums = {sum(each.amount for each in found.lines if each.month == month) for month in months}
        if len(months) > 1 and len(sums) == 1:
            yield self.say("each_month", amount=self.money(sums.pop()))

    def pay_by(self, month: date) -> str:
        """By when a BPU worker pays; empty for months before that rule."""
        if parameter("bpu.due-day").find(month) is None:
            return ""
        due = self.day(due_date(month))
        return self.say("pay_by", month=month_name(month, self.language), day=due)

    def _lines(self, lines: Iterable[ContributionLine], *, dated: bool) -> list[Row]:
        """A row for each kind of line: those that differ in the month only are added up."""

        def kind(line: ContributionLine) -> tuple[Any, ...]:
            return (
                line.program,
                line.payer,
                line.base,
                line.rate,
                line.relief,
                line.amount,
                line.source,
                line.verified,
            )

        alike: dict[tuple[Any, ...], list[ContributionLine]] = {}
        for line in lines:
            alike.setdefault(kind(line), []).append(line)
        return [self._row(members, dated=dated) for members in alike.values()]

    def _row(self, lines: list[ContributionLine], *, dated: bool) -> Row:
        one, count = lines[0], len(lines)
        months = [each.month for each in lines]
        notes = [month_names(months, self.language)] if dated else []
        if one.payer in ("employer", "worker", "state"):
            notes.append(self.t[f"payer_{one.payer}"])
        return Row(
            self.name(one),
            ", ".join(notes),
            tuple(self._reckoning(one, count)),
            self.money(one.amount * count),
            str(one.source),
            one.verified,
        )

    def _reckoning(self, line: ContributionLine, count: int) -> Iterator[str]:
        """How one month's amount came about, and how often it is due."""
        if "+" in line.rate:
            rates, base = self.rate(line.rate), self.money(line.base)
            yield self.say("in_bands", rates=rates, base=base)
        elif "%" in line.rate:
            rate, base = self.rate(line.rate), self.money(line.base)
            yield self.say("rate_of", rate=rate, base=base)
        elif "×" in line.rate:
            yield self.rate(line.rate).replace("×", f"{self.money(line.base)} ×")
        else:
            yield f"{self.rate(line.rate)} {self.money(line.amount + line.relief)}"
        if line.relief:
            yield self.say("relief_of", relief=self.money(line.relief))
        if count > 1:
            yield self.say("times", count=count, amount=self.money(line.amount))

    # Cover

    def cover(self, found: Cover, on: date) -> dict[str, Any]:
        arrears = found.arrears_months
        count = self.say("months_of", count=arrears) if arrears else self.t["no_arrears"]
        paid = "paid_count" if arrears else "in_a_row"
        run = self.say(paid, count=found.paid_months, run=found.consecutive_months)
        facts = [(self.t["paid"], run), (self.t["arrears"], count)]
        if found.standing == "member":
            facts.append((self.t["full_from"], self._full_from(found, on)))
        if found.lapses_on:
            past = found.lapses_on <= on
            key, label = ("lapsed_on", "cover") if past else ("lapses_on", "lapses")
            facts.append((self.t[label], self.say(key, day=self.day(found.lapses_on))))
        return {
            "standing": self.say(f"standing_{found.standing}", day=self.day(on)),
            "programs": self.programs(found),
            "facts": facts,
            "steps": self.reasons(found.steps),
        }

    def programs(self, found: Cover) -> list[tuple[str, str, str]]:
        """JKK and JKM in words, each with the tone of its colour."""
        tones = {"full": "good", "none": "bad"}
        return [
            (self.t[name], self.t[f"{name}_{state}"], tones.get(state, "warn"))
            for name, state in (("jkk", found.jkk), ("jkm", found.jkm))
        ]

    def _full_from(self, found: Cover, on: date) -> str:
        if found.full_jkm_from is None:
            return self.t["not_yet"]
        key = "since" if found.full_jkm_from <= on else "from_day"
        return self.say(key, day=self.day(found.full_jkm_from))

    # Benefits

    def benefit(self, owed: Owed) -> dict[str, Any]:
        found = owed.benefit
        lines = (*found.lines, *found.later)
        return {
            "amount": self.money(found.total),
            "label": self.t["paid_out"],
            "detail": "" if lines else self.t["nothing_owed"],
            "facts": [
                self.t["also_actual"] if any(each.amount is None for each in lines) else "",
                self.t["scholarship_yearly"] if found.school_years else "",
            ],
            "programs": self.programs(owed.cover),
            "rows": self._benefits(found.lines),
            "later": self._benefits(found.later),
            "deduction": f"−{self.money(found.deduction)}",
            "later_total": self.money(found.later_total),
            "years": [
                (each.label, each.child, each.age, self.name(each), self.money(each.amount))
                for each in found.school_years
            ],
            "steps": self.reasons(found.steps),
        }

    def _benefits(self, lines: Iterable[BenefitLine]) -> list[Row]:
        return [
            Row(
                self.name(line),
                self.note(line),
                (),
                self.t["actual"] if line.amount is None else self.money(line.amount),
                str(line.source),
                line.verified,
            )
            for line in lines
        ]

    # Heirs

    def heirs(self, found: Heirs) -> dict[str, Any]:
        return {
            "label": self.t["entitled"],
            "amount": ", ".join(
                self.name(each) for each in found.payees if "money" in each.benefits
            ),
            "detail": self.say("rank_of", order=found.rank.order) if found.rank else "",
            "payees": [
                (self.name(each), [named.say(self.language) for named in each.benefit_words])
                for each in found.payees
            ],
            "steps": self.reasons(found.steps),
        }

    # Claims

    def claim(self, found: Handling) -> dict[str, Any]:
        steps = [step for each in found.deadlines for step in each.steps]
        return {
            "first": self._first_due(found.deadlines),
            "count": self.say("papers", count=len(found.documents)),
            "documents": [self._document(each) for each in found.documents],
            "deadlines": [self._deadline(each) for each in found.deadlines],
            "steps": self.reasons(steps),
        }

    def _document(self, document: Document) -> Row:
        note = self.note(document)
        if not document.required and not note:
            note = self.t["only_if"]
        return Row(
            self.name(document),
            note,
            (
                document.form_words.say(self.language),
                document.issuer.say(self.language),
            ),
            "",
            str(document.source),
            document.verified,
        )

    def _deadline(self, deadline: Deadline) -> Row:
        return Row(
            self.name(deadline),
            "",
            (deadline.who_words.say(self.language),),
            self._due(deadline),
            str(deadline.source),
            deadline.verified,
            deadline.due is not None,
        )

    def _due(self, deadline: Deadline) -> str:
        if deadline.due is None:
            return self.say("after", moment=deadline.starts_words.say(self.language))
        day = self.day(deadline.due.date())
        if deadline.unit != "hours":
            return day
        time = f"{deadline.due:%H:%M}" if self.language == "en" else f"{deadline.due:%H.%M}"
        return self.say("o_clock", day=day, time=time)

    def _first_due(self, deadlines: Iterable[Deadline]) -> tuple[str, str] | None:
        known = [each for each in deadlines if each.due and each.who == "keluarga"]
        if not known:
            return None
        first = min(known, key=lambda each: each.due.timestamp())
        return self._due(first), self.name(first)
