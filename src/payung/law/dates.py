"""Counting months and working days; nothing here knows what day it is today."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta


def first_of_month(day: date) -> date:
    return date(day.year, day.month, 1)


def month_index(day: date) -> int:
    """Months since year 0, so that consecutive months differ by one."""
    return day.year * 12 + day.month - 1


def month_of_index(index: int) -> date:
    """The first day of the month with this index."""
    return date(index // 12, index % 12 + 1, 1)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month when it is shorter."""
    first = month_of_index(month_index(day) + months)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def add_working_days(day: date, days: int, holidays: Collection[date] = ()) -> date:
    """The last of so many working days after `day`; weekends and `holidays` do not count."""
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            days -= 1
    return day
