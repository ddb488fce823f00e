"""Rupiah, percentages, dates and months as Indonesian and English sentences write them."""

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from payung.law.dates import month_index

Language = Literal["id", "en"]

MONTH_NAMES = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
ENGLISH_MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Words(NamedTuple):
    """The same words in both languages: a value of a sentence that is itself a name."""

    id: str
    en: str

    def say(self, language: Language = "id") -> str:
        return self.en if language == "en" else self.id


def rupiah(amount: int, language: Language = "id") -> str:
    """`16800` → `Rp16.800`, in English `Rp16,800`."""
    text = f"{amount:,}"
    return "Rp" + (text if language == "en" else text.replace(",", "."))


def percent(value: int | str, language: Language = "id") -> str:
    """`50` → `50%`; `"0.24"` → `0,24%`, in English `0.24%`."""
    text = str(value)
    return (text if language == "en" else text.replace(".", ",")) + "%"


def long_date(day: date, language: Language = "id") -> str:
    """`2026-08-21` → `21 Agustus 2026`, in English `21 August 2026`."""
    return f"{day.day} {month_name(day, language)}"


def month_name(day: date, language: Language = "id") -> str:
    """`2026-08-21` → `Agustus 2026`, in English `August 2026`."""
    names = ENGLISH_MONTH_NAMES if language == "en" else MONTH_NAMES
    return f"{names[day.month - 1]} {day.year}"


def month_names(months: Iterable[date], language: Language = "id") -> str:
    """Months in order, three or more in a row as a span: `Januari–Maret 2027, Mei 2027`."""
    runs: list[list[date]] = []
    for month in sorted({(day.year, day.month) for day in months}):
        day = date(*month, 1)
        if runs and month_index(day) == month_index(runs[-1][-1]) + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(_run(run, language) for run in runs)


def _run(run: list[date], language: Language) -> str:
    if len(run) < 3:
        return ", ".join(month_name(day, language) for day in run)
    first = month_name(run[0], language)
    if run[0].year == run[-1].year:
        first = first.removesuffix(f" {run[0].year}")
    return f"{first}–{month_name(run[-1], language)}"
