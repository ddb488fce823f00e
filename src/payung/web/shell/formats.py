"""Money, dates and numbers as Indonesian screens write them. An empty value is a dash."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from payung.identity.nik import mask_nik
from payung.identity.numbers import dotted
from payung.law import wording

DASH = "–"
_SHORT = ((10**12, "T"), (10**9, "M"), (10**6, "jt"))


def number(value: Any) -> str:
    """20000 → "20.000"."""
    if value is None or value == "":
        return DASH
    if isinstance(value, float | Decimal) and value != int(value):
        return f"{value:,.1f}".translate(str.maketrans(",.", ".,"))
    return dotted(int(value))


def percent(part: Any, whole: Any) -> str:
    """61 of 100 → "61%"; one decimal below ten percent; a dash when there is no whole."""
    if not whole or part is None:
        return DASH
    share = part * 100 / whole
    if 0 < share < 10:
        return f"{share:.1f}".replace(".", ",").removesuffix(",0") + "%"
    # Never "100%" while somebody is missing.
    return f"{99 if part < whole and round(share) == 100 else round(share)}%"


def rupiah(amount: Any) -> str:
    """16800 → "Rp16.800"; -5 → "−Rp5"."""
    if amount is None or amount == "":
        return DASH
    amount = int(amount)
    return ("−" if amount < 0 else "") + wording.rupiah(abs(amount))


def rupiah_short(amount: Any) -> str:
    """412_600_000 → "Rp412,6 jt"; below a million in full."""
    if amount is None or amount == "":
        return DASH
    amount = int(amount)
    sign = "−" if amount < 0 else ""
    for size, word in _SHORT:
        tenths = (abs(amount) * 10 + size // 2) // size
        if abs(amount) >= size:
            whole, tenth = divmod(tenths, 10)
            return f"{sign}Rp{number(whole)}{f',{tenth}' if tenth else ''}\N{NO-BREAK SPACE}{word}"
    return rupiah(amount)


def tanggal(value: date | datetime | None) -> str:
    """12 Januari 1980."""
    return wording.long_date(_day(value)) if value else DASH


def tanggal_short(value: date | datetime | None) -> str:
    """12 Jan 1980."""
    if not value:
        return DASH
    day = _day(value)
    return f"{day.day} {wording.MONTH_NAMES[day.month - 1][:3]} {day.year}"


def bulan(value: date | datetime | None) -> str:
    """Januari 2026."""
    return wording.month_name(_day(value)) if value else DASH


def masa(first: date | None, last: date | None) -> str:
    """Januari – Desember 2026; one month by itself."""
    one, other = bulan(first), bulan(last)
    if first and last and first.year == last.year:
        one = other if one == other else one.removesuffix(f" {first.year}")
    return one if one == other else f"{one} – {other}"


def waktu(value: datetime | None) -> str:
    """20 Nov 2026 14.05, in the office's own time."""
    return f"{tanggal_short(value)} {localtime(value):%H.%M}" if value else DASH


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return (localtime(value) if value.tzinfo else value).date()
    return value


def nik(value: str | None, beside: str | None = "") -> SafeString | str:
    """367103••••••0003: what lists show; beside another NIK the digits that differ as well."""
    return _nik(mask_nik(value, beside or "")) if value else DASH


def nik_full(value: str | None) -> SafeString | str:
    """The whole NIK, for a page whose opening goes into the access log."""
    return _nik(value) if value else DASH


def _nik(text: str) -> SafeString:
    return format_html('<span class="nik">{}</span>', text)


def phone(value: str | None) -> str:
    """ "081233445566" → "0812-3344-5566"."""
    if not value:
        return DASH
    if not value.isdigit() or len(value) < 9:
        return value
    return "-".join(part for part in (value[:4], value[4:8], value[8:]) if part)
