"""A row of a list once read: its values, its findings, its fate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payung.sheets.findings import Finding


@dataclass(slots=True)
class RowValues:
    """What a row says, read. A value that cannot be read is "" (None for dates and money).

    `nik` is sixteen digits or ""; `kelurahan` and `occupation` are codes, their words stand in
    `…_text`; `birth_date` may come from the NIK when the list states none, which
    `birth_date_from_nik` then says; `income` is rupiah a month.
    """

    nik: str = ""
    name: str = ""
    name_key: str = ""
    birth_place: str = ""
    birth_date: date | None = None
    birth_date_from_nik: bool = False
    sex: str = ""
    mother_name: str = ""
    kk: str = ""
    address: str = ""
    rt_rw: str = ""
    kelurahan: str = ""
    kelurahan_text: str = ""
    kecamatan_text: str = ""
    phone: str = ""
    email: str = ""
    occupation: str = ""
    occupation_text: str = ""
    sector: str = ""
    income: int | None = None


@dataclass(slots=True)
class JudgedRow:
    """A row as sent, its reading and its findings."""

    number: int
    cells: list[str]
    values: RowValues
    findings: list[Finding]

    @property
    def rejected(self) -> bool:
        return any(finding.severity == "reject" for finding in self.findings)

    @property
    def fate(self) -> str:
        """ "clean", "warned" or "rejected"."""
        if self.rejected:
            return "rejected"
        return "warned" if self.findings else "clean"


@dataclass(frozen=True, slots=True)
class Seen:
    """Where in a list a NIK stood first, and under which name key."""

    sheet: str
    row: int
    name_key: str
