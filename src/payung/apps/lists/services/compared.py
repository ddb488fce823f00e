"""How a row and a worker are compared: their values, without what too many bear.

As in `payung match`, an office's phone, its address or a form's own birth date counts as unknown.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from payung.apps.lists.models import List

# of a row and of a worker alike
COMPARED = ("nik", "name", "birth_date", "sex", "mother_name", "address", "region_id", "phone")
_AT = {name: at for at, name in enumerate(COMPARED)}
_KELURAHAN = 13  # signs in its code; a city is no place of living
# what a crowd may bear, as columns of {0}, and when it is known; an address belongs to a place
_BORNE = {
    "phone": ("{0}.phone", "{0}.phone <> ''"),
    "address": (
        "{0}.address, CASE WHEN LENGTH({0}.region_id) = 13 THEN {0}.region_id ELSE '' END",
        "{0}.address <> ''",
    ),
    "birth_date": ("{0}.birth_date", "{0}.birth_date IS NOT NULL"),
}


def person(values: Sequence[Any]) -> tuple[Any, ...]:
    """The values of COMPARED as linkage takes a person."""
    *others, region, phone = values
    return (*others, _place(region), phone)


def _place(region: str | None) -> str | None:
    return region if region and len(region) == _KELURAHAN else None


class Crowds:
    """Phones, addresses and birth dates of some rows that too many rows of their list bear, or too
    many workers of its city; sought once, when first asked for."""

    def __init__(self, list: List, rows: str, params: Sequence[Any]) -> None:
        """`rows` is a condition over `lists_row AS r` with its `params`."""
        self._list, self._rows, self._params = list, rows, params
        self._found: dict[str, set[tuple[Any, ...]]] | None = None

    def person(self, values: Sequence[Any]) -> tuple[Any, ...]:
        """As `person`, unknown what a crowd bears."""
        if self._found is None:
            self._found = self._seek()
        kept = [*values]
        for name, crowd in self._found.items():
            at = _AT[name]
            own = (values[at],)
            if name == "address":
                own = (values[at], _place(values[_AT["region_id"]]) or "")
            if own in crowd:
                kept[at] = None
        return person(kept)

    def _seek(self) -> dict[str, set[tuple[Any, ...]]]:
        from payung.linkage.rows import most_of_a_day  # loads Polars: not for a list without pairs
        from payung.linkage.rules import packaged_rules

        rules = packaged_rules()
        found: dict[str, set[tuple[Any, ...]]] = {}
        with connection.cursor() as cursor:
            for inside, whose in (
                ("lists_row b WHERE b.list_id = %s", self._list.pk),
                ("workers_worker b WHERE b.region_id LIKE %s", f"{self._list.region_id}%"),
            ):
                cursor.execute(f"SELECT COUNT(*) FROM {inside}", [whose])  # noqa: S608
                (many,) = cursor.fetchone()
                for name, (columns, known) in _BORNE.items():
                    most = most_of_a_day(many, rules) if name == "birth_date" else rules.largest
                    values, said = columns.format("b"), columns.format("r")
                    cursor.execute(
                        f"SELECT {values} FROM {inside} AND {known.format('b')} "  # noqa: S608
                        f"AND ({values}) IN (SELECT {said} FROM lists_row r WHERE {self._rows}) "
                        f"GROUP BY {values} HAVING COUNT(*) > %s",
                        [whose, *self._params, most],
                    )
                    if crowd := {*cursor.fetchall()}:
                        found[name] = found.get(name, set()) | crowd
        return found
