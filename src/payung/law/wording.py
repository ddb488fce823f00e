"""Rupiah, dates and months as Indonesian sentences write them."""

from datetime import date

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


def rupiah(amount: int) -> str:
    """`16800` → `Rp16.800`."""
    return "Rp" + f"{amount:,}".replace(",", ".")


def long_date(day: date) -> str:
    """`2026-11-21` → `21 November 2026`."""
    return f"{day.day} {month_name(day)}"


def month_name(day: date) -> str:
    """`2026-11-21` → `November 2026`."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"
