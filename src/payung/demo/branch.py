"""A made-up BPJS branch that answers an enrolment workbook from what is true of the city.

It decides on what Payung cannot know: whether the civil register holds the NIK and for whom, who
died without the death list saying so yet, who became a member after the active list was drawn.
The layout is that of the "Data TK Baru" upload sheet; the reject codes are the demo's own.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from python_calamine import CalamineWorkbook
from rapidfuzz.fuzz import token_sort_ratio

from payung.demo.city import City
from payung.demo.people import Person
from payung.demo.writing import write_table
from payung.law import age_limits

REJECT_REASONS = {
    "T01": "NIK tidak ditemukan di Dukcapil",
    "T02": "Data tidak padan dengan Dukcapil (nama atau tanggal lahir)",
    "T03": "Tercatat meninggal dunia di Dukcapil",
    "T04": "Sudah menjadi peserta aktif BPJS Ketenagakerjaan",
    "T05": "Usia melewati batas pendaftaran pada tanggal mulai",
    "T06": "NIK ganda dalam berkas ini",
    "T07": "Terdaftar pada penyelenggara jaminan sosial ASN",
}
ANSWER_COLUMNS = (
    "NOMOR_IDENTITAS", "NAMA_LENGKAP", "STATUS", "KPJ", "TGL_MULAI", "KODE_TOLAK", "ALASAN",
)  # fmt: skip
_NEEDED = ("NOMOR_IDENTITAS", "NAMA_LENGKAP", "TGL_LAHIR")
_ALIKE = 55


@dataclass(frozen=True, slots=True)
class AnswerSummary:
    """How many lines were accepted and how many rejected, by reject code."""

    path: Path
    lines: int
    accepted: int
    rejected: dict[str, int] = field(default_factory=dict)


def answer(upload_path: Path, out_path: Path, *, city: City, on: date) -> AnswerSummary:
    """Answer each line of an enrolment workbook once, in its order, into another workbook.

    Cover starts ``on`` for whoever is accepted; a person keeps one KPJ for life. Raises
    ValueError when no sheet carries the columns of the upload layout.
    """
    codes: Counter[str] = Counter()
    rows: list[list[str | None]] = []
    seen: set[str] = set()
    for nik, name, born in _lines(Path(upload_path)):
        person = city.by_nik.get(nik)
        code = "T06" if nik in seen else _reject(person, name, born, on)
        seen.add(nik)
        codes[code] += 1
        if person and not code:
            rows.append([nik, name, "DITERIMA", person.kpj, f"{on:%d-%m-%Y}", None, None])
        else:
            rows.append([nik, name, "DITOLAK", None, None, code, REJECT_REASONS[code]])
    accepted = codes.pop("", 0)
    path = write_table(Path(out_path), "Hasil", ANSWER_COLUMNS, rows)
    return AnswerSummary(path, len(rows), accepted, dict(sorted(codes.items())))


def _reject(person: Person | None, name: str, born: date | None, on: date) -> str:
    """The code the line is turned away with, or nothing."""
    if person is None:
        return "T01"
    if not _same_person(person, name, born):
        return "T02"
    if person.is_dead_on(on):
        return "T03"
    if person.asn_office:
        return "T07"
    if person.is_member_on(on):
        return "T04"
    if person.age_on(on) >= age_limits(on).limit:
        return "T05"
    return ""


def _same_person(person: Person, name: str, born: date | None) -> bool:
    """The branch takes the register's data over small slips: a spelling, a day, a month."""
    alike = token_sort_ratio(name.casefold(), person.name.casefold()) >= _ALIKE
    return alike and born is not None and born.year == person.birth_date.year


def _lines(path: Path) -> Iterator[tuple[str, str, date | None]]:
    book = CalamineWorkbook.from_path(str(path))
    for sheet in book.sheet_names:
        columns: dict[str, int] = {}
        for row in book.get_sheet_by_name(sheet).iter_rows():
            cells = [_text(cell) for cell in row]
            if not columns:
                if all(heading in cells for heading in _NEEDED):
                    columns = {heading: cells.index(heading) for heading in _NEEDED}
                continue
            if any(cells):
                nik, name, born = (cells[columns[heading]] for heading in _NEEDED)
                yield nik.lstrip("'"), name, _date(born)
        if columns:
            return
    raise ValueError(f"no sheet of {path.name} has the columns {', '.join(_NEEDED)}")


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return f"{cell:%d-%m-%Y}"
    return str(cell).strip()


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat("-".join(reversed(text.split("-"))))
    except ValueError:
        return None
