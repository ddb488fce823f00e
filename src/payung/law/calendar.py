"""Working days in Indonesia: Monday to Friday without national holidays, and how sure that is.

Holidays come from the `holidays` package. Collective leave (cuti bersama) counts as working days:
the regulation says "hari kerja" and collective leave is no national holiday; `latest` says the
day if the office closes then as well. Dates that the package estimates, and years whose holidays
the government had not yet announced, make an answer uncertain.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from holidays import country_holidays

from payung.law.dates import add_working_days
from payung.law.errors import LawError
from payung.law.parameters import parameter
from payung.law.steps import Step, step_from

_FIRST, _LAST = 1946, 2100  # the years the package counts
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """The last of some working days.

    `latest` is the same day counted without collective leave, for an office that closes then.
    `certain`: every holiday on the way was announced and no collective leave lies there. `steps`
    say what was counted.
    """

    day: date
    latest: date
    certain: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class _Year:
    holidays: frozenset[date]
    estimated: frozenset[date]
    leave: frozenset[date]

    @property
    def announced(self) -> bool:
        """The government announces a year's holidays and its collective leave together."""
        return bool(self.leave)


def national_holidays(year: int) -> frozenset[date]:
    """The national holidays of a year; LawError outside the years that are counted."""
    return _year(year).holidays


def working_day(start: date, days: int) -> WorkingDay:
    """The last of so many working days after `start`, which does not count itself.

    `days`: a whole number from zero. Raises LawError for another number and for years outside
    1946 to 2100.
    """
    if type(days) is not int or days < 0:
        raise LawError("calendar.days-not-whole", days=days)
    return _working_day(start, days)


@lru_cache(maxsize=4096)
def _working_day(start: date, days: int) -> WorkingDay:
    # no year has fewer than 200 working days
    years = {year: _year(year) for year in range(start.year, start.year + days // 200 + 2)}
    holidays = frozenset[date]().union(*(year.holidays for year in years.values()))
    leave = frozenset[date]().union(*(year.leave for year in years.values()))
    day = add_working_days(start, days, holidays)
    latest = add_working_days(start, days, holidays | leave)
    open_years = [
        str(number)
        for number, year in years.items()
        if number <= latest.year
        and (not year.announced or any(start < each <= latest for each in year.estimated))
    ]
    rule = parameter("calendar.working-days").latest
    steps = [step_from(rule, "calendar.counted", start=start, days=days, day=day)]
    if latest != day:
        collective = parameter("calendar.collective-leave").latest
        steps.append(step_from(collective, "calendar.leave-on-the-way", day=day, latest=latest))
    if open_years:
        steps.append(step_from(rule, "calendar.not-announced", verified=False, years=open_years))
    return WorkingDay(day, latest, latest == day and not open_years, tuple(steps))


@lru_cache(maxsize=256)
def _year(year: int) -> _Year:
    if not _FIRST <= year <= _LAST:
        raise LawError("calendar.unknown-year", year=year, first=_FIRST, last=_LAST)
    named = country_holidays("ID", years=year, language="en_US")
    return _Year(
        holidays=frozenset(named),
        estimated=frozenset(
            day
            for day, name in named.items()
            if name.endswith("(estimated)") and day.weekday() < _SATURDAY
        ),
        leave=frozenset(country_holidays("ID", years=year, categories="government")),
    )
