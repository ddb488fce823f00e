"""How many paid months count towards a sudden death at work and towards the scholarship.

Months count on one membership number and one NIK; those of another membership are not added
(Permenaker 5/2021 Ps 102(4)-(5)). This is why a worker keeps the same number when he registers
again.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from payung.law.dates import first_of_month
from payung.law.errors import LawError
from payung.law.parameters import parameter
from payung.law.steps import Step, step_from


class PaidMonth(NamedTuple):
    """A paid contribution month (any day of it) and whose it is."""

    month: date
    kpj: str
    nik: str


@dataclass(frozen=True, slots=True)
class CountedMonths:
    """The months that count, earliest first, and what they are enough for.

    `elsewhere`: months paid on another number or NIK. `ahead`: months of the same membership paid
    for the time after the day asked about; neither counts.
    """

    months: tuple[date, ...]
    elsewhere: tuple[date, ...]
    ahead: tuple[date, ...]
    sudden_death: bool
    scholarship: bool
    steps: tuple[Step, ...]


def counted_months(
    paid: Iterable[PaidMonth], on: date, kpj: str | None = None, nik: str | None = None
) -> CountedMonths:
    """The paid months that count for a death on `on`, and whether they reach 12 and 36 months.

    Of several memberships the one of `kpj` and `nik` is counted, or by default the one with the
    most months. A month paid twice counts once. Raises LawError for a month without number or
    NIK, for only one of `kpj` and `nik`, and for a day before 1 April 2021.
    """
    if (kpj is None) is not (nik is None):
        raise LawError("counted.both-numbers")
    rule = parameter("bpu.counted-months").at(on)
    by_membership: dict[tuple[str, str], set[date]] = defaultdict(set)
    for each in paid:
        if not each.kpj or not each.nik:
            raise LawError("counted.no-number", month=each.month)
        by_membership[each.kpj, each.nik].add(first_of_month(each.month))

    last = first_of_month(on)
    reached = {
        numbers: sorted(month for month in months if month <= last)
        for numbers, months in by_membership.items()
    }
    if kpj is not None and nik is not None:
        chosen = (kpj, nik)
    else:
        chosen = max(reached, key=lambda each: (len(reached[each]), each), default=("", ""))
    months = tuple(reached.get(chosen, ()))
    ahead = tuple(sorted(by_membership.get(chosen, set()) - set(months)))
    others = (each for numbers, each in by_membership.items() if numbers != chosen)
    elsewhere = tuple(sorted(set[date]().union(*others)))

    steps = [step_from(rule, "counted.months", count=len(months), on=on)]
    if elsewhere:
        steps.append(step_from(rule, "counted.elsewhere", count=len(elsewhere)))
    if ahead:
        steps.append(step_from(rule, "counted.ahead", verified=False, count=len(ahead), on=on))
    sudden = parameter("bpu.sudden-death-months").at(on)
    school = parameter("scholarship.grounds").at(on)
    (schooling,) = (row["months"] for row in school.rows if row["code"] == "death")
    for dated, needed, enough, short in (
        (sudden, sudden.integer, "counted.sudden-death", "counted.no-sudden-death"),
        (school, schooling, "counted.scholarship", "counted.no-scholarship"),
    ):
        sentence = enough if len(months) >= needed else short
        # Ps 85(3) does not say that the twelve months are of one number; Ps 102(5) does of its 36
        seen = dated is school or sentence == enough or not elsewhere
        steps.append(step_from(dated, sentence, verified=seen, count=len(months), needed=needed))
    return CountedMonths(
        months,
        elsewhere,
        ahead,
        sudden_death=len(months) >= sudden.integer,
        scholarship=len(months) >= schooling,
        steps=tuple(steps),
    )
