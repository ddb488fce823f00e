"""What other registers hold on the same people: BPJS members, deaths, ASN, DTSEN deciles.

Each file knows the city as of its own day, holds many people no list names, and lacks some NIK,
so that a few of its people can only be found by name, birth date and mother or place.
"""

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from random import Random

from payung.demo.names import respell
from payung.demo.occupations import KELURAHAN_MIX
from payung.demo.people import Person, Population
from payung.demo.writing import write_csv, write_table

_WITHOUT_NIK = 0.08

Row = list[str | None]


class References:
    """The rows of the four files; made once, after the lists."""

    def __init__(self, random: Random, population: Population, listed: list[Person]) -> None:
        self._random = random
        self._population = population
        calendar = population.calendar
        size = max(20, len(listed) // 8)
        members = [*listed, *self._strangers(size, "active-member")]
        dead = [*listed, *self._strangers(size, "dead")]
        officials = [*listed, *self._strangers(size, "asn")]
        poor = random.sample(listed, len(listed) * 3 // 10) + self._strangers(size // 2)
        self.bpjs_active = self._shuffled(
            self._member(p)
            for p in members
            if p.member_since and p.is_member_on(calendar.bpjs_active)
        )
        self.deaths = self._shuffled(
            self._death(p)
            for p in dead
            if p.death_listed and p.died_on and p.died_on <= calendar.deaths
        )
        self.asn = self._shuffled(self._official(p) for p in officials if p.asn_office)
        self.dtsen = self._shuffled(self._decile(p) for p in poor)

    def write(self, folder: Path) -> tuple[Path, Path, Path, Path]:
        """Write the four files: BPJS members, deaths, ASN, DTSEN."""
        return (
            write_table(
                folder / "BPJS Ketenagakerjaan - Peserta Aktif.xlsx",
                "Peserta Aktif",
                ("KPJ", "NIK", "NAMA", "TGL LAHIR", "SEGMEN", "STATUS"),
                self.bpjs_active,
            ),
            write_csv(
                folder / "Disdukcapil - Data Kematian.csv",
                ("NIK", "Nama", "Tgl Lahir", "Tgl Meninggal"),
                self.deaths,
                ";",
            ),
            write_table(
                folder / "BKPSDM - Daftar ASN.xlsx",
                "ASN",
                ("NIK", "Nama", "Tgl Lahir", "Instansi"),
                self.asn,
            ),
            write_csv(
                folder / "Dinsos - DTSEN Desil.csv",
                ("NIK", "Nama", "Tgl Lahir", "Kelurahan", "Desil"),
                self.dtsen,
            ),
        )

    def _strangers(self, wanted: int, truth: str = "") -> list[Person]:
        people: list[Person] = []
        while len(people) < wanted:
            home = self._population.any_kelurahan()
            people += self._population.household(home, KELURAHAN_MIX)
        del people[wanted:]
        for person in people:
            if truth:
                self._population.befall(person, truth)
        return people

    def _shuffled(self, rows: Iterable[Row]) -> list[Row]:
        made = list(rows)
        self._random.shuffle(made)
        return made

    def _nik(self, person: Person) -> str | None:
        return None if self._random.random() < _WITHOUT_NIK else person.nik

    def _name(self, person: Person) -> str:
        if self._random.random() < 0.04:
            return respell(self._random, person.name).upper()
        return person.name.upper()

    def _member(self, person: Person) -> Row:
        return [
            person.kpj,
            self._nik(person),
            self._name(person),
            f"{person.birth_date:%d-%m-%Y}",
            person.member_segment,
            "AKTIF",
        ]

    def _death(self, person: Person) -> Row:
        died = person.died_on or self._population.calendar.deaths - timedelta(days=1)
        return [
            self._nik(person),
            self._name(person),
            f"{person.birth_date:%d/%m/%Y}",
            f"{died:%d/%m/%Y}",
        ]

    def _official(self, person: Person) -> Row:
        return [
            self._nik(person),
            self._name(person),
            f"{person.birth_date:%d/%m/%Y}",
            person.asn_office,
        ]

    def _decile(self, person: Person) -> Row:
        return [
            self._nik(person),
            self._name(person),
            person.birth_date.isoformat(),
            person.kelurahan.name,
            str(person.decile),
        ]
