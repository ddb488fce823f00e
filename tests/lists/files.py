"""Small lists as offices send them, and their way into the registry. Everybody is made up."""

from collections.abc import Sequence
from datetime import date
from itertools import count
from pathlib import Path

import xlsxwriter

from payung.apps.lists import services
from payung.apps.lists.models import List
from tests.support.cast import Cast, Person

HEADINGS = ("No", "NIK", "Nama Lengkap", "Tanggal Lahir", "L/P", "Nama Ibu Kandung", "Kelurahan",
            "Pekerjaan", "No HP")  # fmt: skip
START = date(2026, 12, 1)
_FILES = count(1)


def person(
    serial: int = 1,
    name: str = "Siti Aminah",
    born: str = "05-08-1982",
    sex: str = "P",
    mother: str = "Rohana",
    kelurahan: str = "Sukarasa",
    occupation: str = "Pedagang",
    phone: str = "",
    nik: str | None = None,
) -> tuple[str, ...]:
    """One row of a list; the NIK agrees with birth date and sex unless given."""
    day, month, year = born.split("-")
    if nik is None:
        nik = f"367101{int(day) + 40 * (sex == 'P'):02d}{month}{year[2:]}{serial:04d}"
    return nik, name, born, sex, mother, kelurahan, occupation, phone


def people(count: int, first: int = 1) -> list[tuple[str, ...]]:
    """So many different women, each with a name and birth date of her own."""
    return [
        person(
            serial,
            name=f"Siti {_letters(serial)}",
            born=f"{serial % 28 + 1:02d}-{serial % 12 + 1:02d}-{1970 + serial % 30}",
            mother=f"Ibu {_letters(serial + 7)}",
        )
        for serial in range(first, first + count)
    ]


def write(path: Path, rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> Path:
    """A workbook of one sheet: a title, the header on row 3, then the rows.

    No two are the same file, whatever their names and rows.
    """
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        page = book.add_worksheet("Data")
        page.write_string(0, 0, f"DAFTAR PEKERJA RENTAN {path.stem} {next(_FILES)}")
        page.write_row(2, 0, headings)
        for at, row in enumerate(rows, 1):
            page.write_row(at + 2, 0, [str(at), *row])
    return path


class Office:
    """One person's way with lists: `office.read(rows)`, `office.accepted(rows)`."""

    def __init__(self, folder: Path, sender, actor, accepter) -> None:
        self.folder, self.sender, self.actor, self.accepter = folder, sender, actor, accepter
        self.count = 0

    def file(self, rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> Path:
        self.count += 1
        path = self.folder / f"{self.sender.slug}-{self.count}.xlsx"
        return write(path, rows, headings)

    def receive(self, path: Path, **fields) -> List:
        given = {"sender": self.sender, "start_month": START, **fields}
        return services.receive(actor=self.actor, file=path, filename=path.name, **given)

    def read(self, rows: Sequence[Sequence[str]], headings: Sequence[str] = HEADINGS) -> List:
        return self.receive(self.file(rows, headings), in_background=False)

    def accepted(self, rows: Sequence[Sequence[str]]) -> List:
        found = self.read(rows)
        services.accept(actor=self.accepter, list=found)
        return found


def office_of(person: Person, cast: Cast, folder: Path) -> Office:
    """Where somebody of the cast sends lists from; Budi of the lead office accepts them."""
    return Office(folder, person.organisation, person.actor, cast.budi.actor)


def _letters(number: int) -> str:
    """A number as a name-like word, so that different numbers are different names."""
    word = ""
    while number:
        number, digit = divmod(number, 20)
        word = "bcdfghklmnprstwyzvjq"[digit] + "aiueo"[digit % 5] + word
    return (word or "na").capitalize()
