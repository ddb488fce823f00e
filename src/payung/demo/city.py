"""A made-up Kota Tangerang: its people, the lists its offices send, what other registers know.

Everything comes from one seed: the same seed makes the same files, byte for byte. It only makes
files; what the city's year does with them is told elsewhere.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from payung.demo.layouts import PLAIN
from payung.demo.lists import OTHER_LIST_RATE, ListMaker, MadeList, TruthRow
from payung.demo.occupations import KELURAHAN_MIX
from payung.demo.people import Calendar, Person, Population
from payung.demo.references import References
from payung.demo.senders import SENDERS, Plan, Sender, plans
from payung.demo.writing import write_csv, write_list, write_table

__all__ = [
    "SENDERS", "City", "CityFiles", "ListFile", "Sender", "make_city", "write_plain_list",
]  # fmt: skip

FIRST_MONTH = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list as it lies in the folder; ``rows`` counts people, not title or total rows."""

    path: Path
    sender: Sender
    subject: str
    rows: int


@dataclass(frozen=True, slots=True)
class CityFiles:
    """Everything written; ``calendar`` says as of which day each reference file is."""

    lists: list[ListFile]
    bpjs_active: Path
    deaths: Path
    asn: Path
    dtsen: Path
    truth: Path
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class City:
    """The city in memory. ``by_nik`` is the civil register: each true NIK to its person."""

    calendar: Calendar
    people: list[Person]
    by_nik: dict[str, Person]
    lists: list[MadeList]
    references: References

    @property
    def rows(self) -> int:
        return sum(made.rows for made in self.lists)

    @property
    def truth(self) -> list[TruthRow]:
        """What every row of every list truly says, in the order of the files."""
        return [row for made in self.lists for row in made.truth]

    def write(self, folder: Path) -> CityFiles:
        """Write the lists, the four reference files and truth.csv into a folder."""
        folder = Path(folder)
        inbox, registers = folder / "daftar", folder / "acuan"
        for place in (inbox, registers):
            place.mkdir(parents=True, exist_ok=True)
        lists = [
            ListFile(write_list(made, inbox), made.sender, made.subject, made.rows)
            for made in self.lists
        ]
        return CityFiles(
            lists,
            *self.references.write(registers),
            truth=write_csv(
                folder / "truth.csv",
                ("list", "sheet", "row", "person", "nik", "damage"),
                (
                    (t.file, t.sheet, t.row, t.person.id, t.person.nik, " ".join(t.damage))
                    for t in self.truth
                ),
            ),
            calendar=self.calendar,
        )


def make_city(*, seed: int = 36_71, rows: int = 20_000, start: date = FIRST_MONTH) -> City:
    """Make the city: 25 lists of ``rows`` rows together, for cover from ``start`` on.

    Raises ValueError when there are too few rows for every list to have some.
    """
    made_plans = plans()
    if rows < 20 * len(made_plans):
        raise ValueError(f"a city needs at least {20 * len(made_plans)} rows")
    random = Random(seed)
    population = Population(random, Calendar(start))
    maker = ListMaker(random, population)
    shares = _shares([plan.share for plan in made_plans], rows)
    returning = _shares(
        [0 if plan.sender.kind == "kelurahan" else plan.share for plan in made_plans],
        round(rows * OTHER_LIST_RATE),
    )
    lists = [
        maker.make(plan, number, shares[number - 1], returning[number - 1])
        for number, plan in enumerate(made_plans, 1)
    ]
    listed = list({row.person.id: row.person for made in lists for row in made.truth}.values())
    references = References(random, population, listed)
    return City(population.calendar, population.people, population.by_nik, lists, references)


def write_plain_list(path: Path, rows: int, seed: int = 36_71) -> Path:
    """One messy list of ``rows`` rows as a plain workbook, its header in the first row."""
    random = Random(seed)
    population = Population(random, Calendar(FIRST_MONTH))
    plan = Plan(SENDERS["kesra"], "Data Pekerja Rentan", 1, PLAIN, KELURAHAN_MIX)
    (sheet,) = ListMaker(random, population).make(plan, 1, rows, 0).sheets
    header = [heading for heading, _ in PLAIN.columns]
    return write_table(Path(path), "Data", header, sheet.grid[sheet.header.stop :])


def _shares(weights: list[float], whole: int) -> list[int]:
    """Split a whole in proportion, the rest going to the largest remainders."""
    total = sum(weights)
    exact = [weight * whole / total for weight in weights]
    parts = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: parts[at] - exact[at])
    for at in by_remainder[: whole - sum(parts)]:
        parts[at] += 1
    return parts
