"""The ages between which a worker may be covered from a day, as birth dates."""

from datetime import date, timedelta

from payung.apps.errors import DomainError
from payung.law import AgeLimits, LawError, age_limits


def last_birth_date_too_old(on: date) -> date:
    """Whoever is born on this day or before has reached the age limit on `on`.

    Permenaker 5/2021 Pasal 33 ayat (1) huruf b; agrees with payung.law.may_register.
    """
    return _completed(on, _ages(on).limit)


def first_birth_date_too_young(on: date) -> date:
    """Whoever is born on this day or after is below working age on `on`."""
    return _completed(on, _ages(on).least) + timedelta(days=1)


def _ages(on: date) -> AgeLimits:
    try:
        return age_limits(on)
    except LawError as error:
        raise DomainError(str(error)) from error


def _completed(on: date, years: int) -> date:
    """The last birth date that completes so many years on `on`.

    A person of 29 February completes a year on 1 March, so the day before counts in other years.
    """
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return date(on.year - years, 2, 28)
