"""Fields that read what people type and leave the judging to the law.

What cannot be read as a number stays text: the law then refuses it with its own sentence.
"""

import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django import forms

from payung.law import Language
from payung.web.law.words import say

FIRST_YEAR, LAST_YEAR = 1946, 2099
LONGEST = 40  # signs of one entry
_GROUPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,3}(?:,[0-9]{3})+")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_LOCAL_DAY = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_WHOLE = re.compile(r"-?[0-9]+")


class Field(forms.Field):
    """One entry; `word` names its label and hint in `words`. Speaks the form's language."""

    language: Language = "id"
    is_alone = True  # False: one of several of which any may be left out, and the hint says so

    def __init__(self, word: str, *, kind: str = "text", **extra: Any) -> None:
        self.word = word
        attrs = {"type": kind, **extra.pop("attrs", {})}
        widget = extra.pop("widget", forms.TextInput(attrs=attrs))
        super().__init__(widget=widget, **{"required": False, **extra})

    @property
    def is_optional(self) -> bool:
        return self.is_alone and not self.required

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if len(text) > LONGEST:
            raise self.refuse("too_long", most=LONGEST)
        return self.read(text)

    def read(self, text: str) -> Any:
        """What the text means; by default the text itself."""
        return text

    def refuse(self, word: str, **values: Any) -> forms.ValidationError:
        return forms.ValidationError(say(word, self.language, **values))


class Choice(Field):
    """One of some codes; what is none of them the law refuses by name."""

    def __init__(self, word: str, choices: Sequence[tuple[str, str]] = (), **extra: Any) -> None:
        super().__init__(word, widget=forms.Select(choices=choices), **extra)


class Tick(forms.BooleanField):
    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(required=False)


class Several(forms.MultipleChoiceField):
    """Some of some codes, or none; what is none of them the law refuses by name."""

    language: Language = "id"
    is_optional = False  # to tick nothing is an answer too

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(required=False, widget=forms.CheckboxSelectMultiple)

    def clean(self, value: Any) -> list[str]:
        return [text[:LONGEST] for text in self.to_python(value)]


class Rupiah(Field):
    """Whole rupiah, with or without dots; the text itself when it is no whole number."""

    def __init__(self, word: str, **extra: Any) -> None:
        super().__init__(word, attrs={"inputmode": "numeric", "autocomplete": "off"}, **extra)

    def read(self, text: str) -> int | str | None:
        text = text.removeprefix("Rp").strip()
        if _GROUPED.fullmatch(text):
            text = text.replace(".", "").replace(",", "")
        return _number(text)


class Count(Field):
    """A whole number; the text itself when it is none."""

    def __init__(self, word: str, **extra: Any) -> None:
        super().__init__(word, attrs={"inputmode": "numeric", "autocomplete": "off"}, **extra)

    def read(self, text: str) -> int | str | None:
        return _number(text)


class Ages(Field):
    """Ages with commas between them; what is no number stays text."""

    def read(self, text: str) -> list[int | str]:
        parts = re.split(r"[,;]", text)
        return [number for part in parts if (number := _number(part.strip())) is not None]


class Month(Field):
    """A month as its first day."""

    def __init__(self, word: str, **extra: Any) -> None:
        attrs = {"placeholder": "2026-11", "autocomplete": "off"}
        super().__init__(word, kind="month", attrs=attrs, **extra)

    def read(self, text: str) -> date | None:
        return read_month(self, text) if text else None


class Months(forms.MultipleChoiceField):
    """Ticked months, as their first days."""

    language: Language = "id"
    refuse = Field.refuse

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(required=False)

    def clean(self, value: Any) -> list[date]:
        return [read_month(self, text) for text in self.to_python(value)]


class Day(Field):
    def __init__(self, word: str, **extra: Any) -> None:
        attrs = {"placeholder": "2026-11-21", "autocomplete": "off"}
        super().__init__(word, kind="date", attrs=attrs, **extra)

    def read(self, text: str) -> date | None:
        if not text:
            return None
        if written := _ISO_DAY.fullmatch(text):
            parts = written.groups()
        elif written := _LOCAL_DAY.fullmatch(text):
            parts = written.groups()[::-1]
        else:
            raise self.refuse("day_unreadable", text=text)
        try:
            found = date(*map(int, parts))
        except ValueError:
            raise self.refuse("day_unreadable", text=text) from None
        return _counted(self, found)


class Clock(Field):
    def __init__(self, word: str) -> None:
        super().__init__(word, kind="time")

    def read(self, text: str) -> time | None:
        text = text.replace(".", ":")
        if not text:
            return None
        try:
            return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
        except ValueError:
            raise self.refuse("time_unreadable") from None


def read_month(field: Field | Months, text: str) -> date:
    """The first day of a month written as 2026-11; ValidationError in the field's language."""
    written = _MONTH.fullmatch(text.strip())
    try:
        found = date(*map(int, written.groups()), 1) if written else None
    except ValueError:
        found = None
    if found is None:
        raise field.refuse("month_unreadable", text=text[:LONGEST])
    return _counted(field, found)


def _counted(field: Field | Months, day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise field.refuse("year_outside", year=day.year, first=FIRST_YEAR, last=LAST_YEAR)
    return day


def _number(text: str) -> int | str | None:
    if not text:
        return None
    return int(text) if _WHOLE.fullmatch(text) else text
