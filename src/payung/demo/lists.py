"""The lists as offices send them: who is on which, row by row, sheet by sheet."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from payung.demo.damage import REPEATED_RATE, Cell, Entry, write_row
from payung.demo.layouts import Layout
from payung.demo.names import respell
from payung.demo.people import Person, Population
from payung.demo.places import Kelurahan
from payung.demo.senders import Plan, Sender

TRUTH_RATES = {
    "age-65": 0.011, "age-under-18": 0.0035, "dead": 0.006, "death-unlisted": 0.003,
    "active-member": 0.012, "membership-new": 0.006, "asn": 0.004, "former-member": 0.015,
}  # fmt: skip
"""Shares of listed people of whom something is true that stands against enrolling them."""
OTHER_LIST_RATE = 0.08
"""Share of all rows that name somebody another list names too."""
_PLACES = ("Al-Ikhlas", "Nurul Huda", "Al-Hidayah", "Melati", "Mawar", "Anggrek", "Pasar Anyar",
           "Pasar Malabar", "Baiturrahman", "Al-Barokah", "Kenanga", "Simpang Tugu")  # fmt: skip
_NOTES = ("", "", "", "", "KTP lama", "baru", "usulan RW", "janda", "pindahan", "ada usaha lain")


@dataclass(slots=True)
class Sheet:
    """One sheet as cells; ``merges`` are (row, column, last row, last column) from 0."""

    name: str
    grid: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    header: range = range(0)
    total: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class TruthRow:
    """What a row of a file truly says: ``row`` as the spreadsheet shows it, from 1."""

    file: str
    sheet: str
    row: int
    person: Person
    damage: tuple[str, ...]


@dataclass(slots=True)
class MadeList:
    """One office's list before it is written."""

    file: str
    sender: Sender
    subject: str
    layout: Layout
    sheets: list[Sheet]
    truth: list[TruthRow]

    @property
    def rows(self) -> int:
        return len(self.truth)


@dataclass(slots=True)
class _Line:
    person: Person
    entry: Entry
    damage: list[str]


class ListMaker:
    """Makes the lists one after another; people met once may turn up again in a later one."""

    def __init__(self, random: Random, population: Population) -> None:
        self.random = random
        self.population = population
        self._by_occupation: dict[str, list[Person]] = {}
        self._listed: set[int] = set()

    def make(self, plan: Plan, number: int, rows: int, returning: int) -> MadeList:
        """A list of ``rows`` rows, up to ``returning`` of them people of earlier lists."""
        people = self._returning(plan, returning)
        known = len(people)
        twice = round(rows * REPEATED_RATE) if rows >= 20 else 0
        people += self._newcomers(plan, rows - known - twice)
        lines = [
            self._line_again(person, plan.layout) if at < known else self._line(person, plan.layout)
            for at, person in enumerate(people)
        ]
        self.random.shuffle(lines)
        for _ in range(twice):
            at = self.random.randrange(len(lines))
            later = self.random.randint(at + 1, len(lines))
            again = self._respelt(self._line(lines[at].person, plan.layout))
            again.damage.append("nik-repeated")
            lines.insert(later, again)
        for person in people:
            if person.id not in self._listed:
                self._listed.add(person.id)
                self._by_occupation.setdefault(person.occupation, []).append(person)
        if number % 5 == 2:
            self._formula(lines)
        name = plan.sender.name.replace("Kelurahan", "Kel.").replace("UPTD ", "").split(",")[0]
        file = f"{number:02d} {plan.subject} - {name}.{plan.layout.suffix}"
        made = MadeList(file, plan.sender, plan.subject, plan.layout, [], [])
        _lay_out(made, lines, self.random, self.population.calendar.start)
        return made

    def _returning(self, plan: Plan, wanted: int) -> list[Person]:
        pool = [
            person
            for occupation in plan.mix
            for person in self._by_occupation.get(occupation, ())
            if person.kelurahan.code.startswith(plan.home)
        ]
        return self.random.sample(pool, min(wanted, len(pool)))

    def _newcomers(self, plan: Plan, wanted: int) -> list[Person]:
        people: list[Person] = []
        while len(people) < wanted:
            home = self._home(plan.home)
            for person in self.population.household(home, plan.mix):
                if person.occupation in plan.mix:
                    self._befall(person)
                    people.append(person)
        del people[wanted:]
        return people

    def _home(self, code: str) -> Kelurahan:
        if code and (len(code) > 8 or self.random.random() < 0.95):
            homes = [k for k in self.population.kelurahan if k.code.startswith(code)]
            return self.random.choice(homes)
        return self.population.any_kelurahan()

    def _befall(self, person: Person) -> None:
        at = self.random.random()
        for truth, rate in TRUTH_RATES.items():
            at -= rate
            if at < 0:
                alone = person.spouse is None and person.twin is None
                if alone or not truth.startswith("age-"):
                    self.population.befall(person, truth)
                return

    def _line(self, person: Person, layout: Layout) -> _Line:
        entry, wrong = write_row(self.random, person, layout)
        random, year = self.random, self.population.calendar.start.year - 1
        entry["place"] = random.choice(_PLACES)
        entry["note"] = random.choice(_NOTES) or None
        entry["account"] = f"00{random.randrange(10**8):08d}"
        entry["uniform"] = random.choice("SMLX")
        entry["plate"] = f"B {random.randint(3000, 6999)} {random.choice('CVN')}XX"
        entry["timestamp"] = f"{random.randint(1, 28):02d}/10/{year} {random.randint(8, 20)}:15"
        return _Line(person, entry, wrong)

    def _line_again(self, person: Person, layout: Layout) -> _Line:
        """Somebody an earlier list named too, as another office writes them."""
        line = self._line(person, layout)
        if self.random.random() < 0.3:
            line = self._respelt(line)
        line.damage.append("other-list")
        return line

    def _respelt(self, line: _Line) -> _Line:
        """The name spelt another way, in the same capitals as before."""
        upper = str(line.entry["name"] or line.entry["address"]).isupper()
        name = respell(self.random, line.person.name)
        line.entry["name"] = name.upper() if upper else name
        line.damage = [code for code in line.damage if not code.startswith("name-")]
        line.damage.append("name-respelt")
        return line

    def _formula(self, lines: list[_Line]) -> None:
        line = self.random.choice([line for line in lines if line.entry["name"]])
        line.entry["name"] = f'=HYPERLINK("http://contoh.invalid","{line.person.name}")'
        line.damage = [code for code in line.damage if not code.startswith("name-")]
        line.damage.append("formula")


def _lay_out(made: MadeList, lines: list[_Line], random: Random, start: date) -> None:
    layout = made.layout
    if layout.cover_sheet:
        made.sheets.append(_cover(made, len(lines)))
    for name, part in _split(lines, layout):
        sheet = Sheet(name)
        grid = sheet.grid
        for title in layout.titles:
            text = title.format(sender=made.sender.name, subject=made.subject, year=start.year)
            grid.append([text.upper() if layout.upper else text] if text else [])
        margin = 1 if layout.margin else 0
        _head(sheet, layout, margin)
        for at, line in enumerate(part, 1):
            if layout.blank_every and at % layout.blank_every == 0:
                grid.append([])
            line.entry["no"] = at
            grid.append([None] * margin + [line.entry.get(column) for _, column in layout.columns])
            made.truth.append(TruthRow(made.file, name, len(grid), line.person, tuple(line.damage)))
        if layout.total:
            first = len(grid) - len(part) + 1
            sheet.total = (first, len(grid))
            grid.append([None] * margin + [None, "JUMLAH", f"{len(part)} ORANG"])
        if layout.signature:
            right = max(0, len(layout.columns) + margin - 4)
            grid += [
                [],
                [None] * right + [f"Tangerang, {random.randint(1, 14)} November {start.year - 1}"],
            ]
            grid += [[None] * right + ["Mengetahui,"], [], []]
            grid += [[None] * right + ["(..............................)"]]
            grid += [[None] * right + ["NIP."]]
        made.sheets.append(sheet)


def _head(sheet: Sheet, layout: Layout, margin: int) -> None:
    top = len(sheet.grid)
    headings = [heading.split("|") for heading, _ in layout.columns]
    first: list[Cell] = [None] * margin
    second: list[Cell] = [None] * margin
    for at, (upper, *lower) in enumerate(headings):
        repeated = at > 0 and lower and headings[at - 1][0] == upper
        first.append(None if repeated else upper)
        second.append(lower[0] if lower else None)
    sheet.grid.append(first)
    if layout.two_lines:
        sheet.grid.append(second)
        for at, (upper, *lower) in enumerate(headings):
            column = at + margin
            if not lower:
                sheet.merges.append((top, column, top + 1, column))
            elif at == 0 or headings[at - 1][0] != upper:
                last = max(i for i, parts in enumerate(headings) if parts[0] == upper)
                sheet.merges.append((top, column, top, last + margin))
    sheet.header = range(top, len(sheet.grid))
    if layout.letters_row:
        numbers = [str(at) for at in range(1, len(headings) + 1)]
        sheet.grid.append([None] * margin + numbers)


def _split(lines: list[_Line], layout: Layout) -> list[tuple[str, list[_Line]]]:
    if not layout.split:
        return [("Sheet1", lines)]
    parts: dict[str, list[_Line]] = {}
    for line in lines:
        if layout.split == "rw":
            low = (line.person.rw - 1) // 5 * 5 + 1
            name = f"RW {low:02d}-{low + 4:02d}"
        else:
            code = int(line.person.kelurahan.code[6:8])
            name = ("Wilayah Timur", "Wilayah Tengah", "Wilayah Barat")[(code - 1) // 5]
        parts.setdefault(name, []).append(line)
    return sorted(parts.items())


def _cover(made: MadeList, rows: int) -> Sheet:
    return Sheet(
        made.layout.cover_sheet,
        [
            ["Kepada Yth."],
            ["Kepala Dinas Sosial Kota Tangerang"],
            [],
            [f"Bersama ini kami sampaikan {made.subject} sebanyak {rows} orang."],
            ["Data terlampir pada lembar berikut."],
            [],
            [made.sender.name],
        ],
    )
