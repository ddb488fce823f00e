"""The key under which the registry finds rows of one name and birth date by a join."""

from datetime import date


def match_key(name_key: str, birth_date: date | None) -> str:
    """The stored key of a person's name and birth date; "" when either is unknown."""
    if not name_key or birth_date is None:
        return ""
    return f"{name_key}|{birth_date.isoformat()}"
