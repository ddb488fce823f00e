"""What a birth date says, by itself and against the NIK, and the age it makes."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from payung.identity import DateReading, Nik, age_on, read_date
from payung.sheets.findings import Finding, Notes, Severity
from payung.sheets.rows import RowValues

_OLDEST = 115


class Ages(Protocol):
    """Whole years on the first day of cover between which the law lets a worker register.

    Below `least` nobody may work, below `adult` a worker is a child in the words of the law, and
    `limit` must not be reached yet; `limit_source` is its regulation and article.
    """

    @property
    def least(self) -> int: ...
    @property
    def adult(self) -> int: ...
    @property
    def limit(self) -> int: ...
    @property
    def limit_source(self) -> object: ...


class BirthJudge:
    """Judges birth dates and ages; `start` is the first day of cover."""

    def __init__(self, start: date, ages: Ages, notes: Notes) -> None:
        self.start = start
        self.ages = ages
        self.notes = notes
        self._ages: dict[date, int] = {}

    def judge(
        self, text: str, nik_text: str, nik: Nik, row: int, out: list[Finding], values: RowValues
    ) -> None:
        own = nik.birth_date(self.start)
        reading = read_date(text, self.start)
        born = reading.value
        if reading.place and not values.birth_place:
            values.birth_place = reading.place
        if born is None or born > self.start or self._age(born) > _OLDEST:
            self._without_date(text, nik_text, nik, own, reading, row, out, values)
            return
        values.birth_date = born
        add = self.notes.add
        if reading.two_digit_year:
            year = str(born.year)
            add(out, "birth-date-two-digit-year", "birth_date", text, row, year=year)
        if born.month == 1 and born.day == 1:
            add(out, "birth-date-default", "birth_date", text, row)
        if reading.month_first:
            evidence = " karena bulan tertulis lebih dahulu"
            add(out, "birth-date-swapped", "birth_date", text, row, evidence=evidence)
        if own is not None and own != born:
            self._against_nik(text, nik_text, nik, own, born, row, out)
        self._judge_age(self._age(born), "birth_date", text, row, out)

    def _against_nik(
        self,
        text: str,
        nik_text: str,
        nik: Nik,
        own: date,
        born: date,
        row: int,
        out: list[Finding],
    ) -> None:
        day, month, year = nik.birth_parts
        if born.year % 100 == year:
            if (born.day, born.month) == (day, month):
                return
            if (born.day, born.month) == (month, day):
                evidence = ", sebab NIK menunjukkan kebalikannya"
                self.notes.add(
                    out, "birth-date-swapped", "birth_date", text, row, evidence=evidence
                )
                return
        if self._like_kk(nik, own, born):
            self.notes.add(out, "nik-is-kk", "nik", nik_text, row)
        else:
            self.notes.add(out, "nik-birth-date", "birth_date", text, row)

    def _without_date(
        self,
        text: str,
        nik_text: str,
        nik: Nik,
        own: date | None,
        reading: DateReading,
        row: int,
        out: list[Finding],
        values: RowValues,
    ) -> None:
        stated = "birth_date" in self.notes.headings or bool(text)
        if not reading.blank:
            what = "tidak terbaca"
            if reading.value is not None:
                what = "tidak mungkin (di masa depan atau terlalu tua)"
            severity: Severity = "reject" if own is None else "warn"
            self.notes.add(
                out, "birth-date-unreadable", "birth_date", text, row, severity=severity, what=what
            )
        elif stated and own is None:
            what = "kosong dan tidak bisa diketahui dari NIK"
            self.notes.add(out, "birth-date-unreadable", "birth_date", text, row, what=what)
        elif stated:
            self.notes.add(out, "birth-date-blank", "birth_date", text, row)
        if own is None:
            return
        age = self._age(own)
        if age < self.ages.least:
            self.notes.add(out, "nik-is-kk", "nik", nik_text, row)
            return
        values.birth_date, values.birth_date_from_nik = own, True
        if age >= self.ages.limit:
            sentence = (
                f"Menurut NIK, umurnya sudah {self.ages.limit} tahun atau lebih saat perlindungan "
                f"mulai; pastikan tanggal lahirnya di KTP, sebab peserta baru harus belum "
                f"{self.ages.limit} tahun ({self.ages.limit_source})."
            )
            self.notes.add(out, "age-65", "nik", nik_text, row, severity="warn", sentence=sentence)
        else:
            self._judge_age(age, "nik", nik_text, row, out)

    def _judge_age(self, age: int, field: str, text: str, row: int, out: list[Finding]) -> None:
        law, add = self.ages, self.notes.add
        if age < law.least:
            add(out, "age-under-15", field, text, row, least=str(law.least))
        elif age < law.adult:
            add(out, "age-under-18", field, text, row, adult=str(law.adult))
        elif age >= law.limit:
            limit, source = str(law.limit), str(law.limit_source)
            add(out, "age-65", field, text, row, limit=limit, source=source)

    def _age(self, born: date) -> int:
        age = self._ages.get(born)
        if age is None:
            age = self._ages[born] = age_on(born, self.start)
        return age

    def _like_kk(self, nik: Nik, own: date, born: date) -> bool:
        """Whether the NIK's date is rather the day a Kartu Keluarga was issued.

        Family cards bear such numbers since 2004; a day above 40 never occurs in them.
        """
        if nik.text[6] >= "4" or self._age(born) < self.ages.least:
            return False
        if self._age(own) < self.ages.least:
            return True
        apart = own.year - born.year >= 10 and own.year >= 2004
        return apart and own.day != born.day and own.month != born.month
