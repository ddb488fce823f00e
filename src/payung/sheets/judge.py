"""The reading of one row of a list and everything that is wrong with it.

A judge reads rows in the order of the list and remembers the NIKs it has seen. It does not know
today's date: ages count on the day cover would start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from payung.identity import (
    DateReading,
    Nik,
    Occupations,
    Places,
    age_on,
    clean_name,
    has_odd_sign,
    has_title,
    is_empty,
    is_formula,
    name_key,
    read_date,
    read_email,
    read_money,
    read_phone,
    read_rt_rw,
    read_sex,
)
from payung.sheets.columns import Column
from payung.sheets.findings import Finding, Severity, make_finding
from payung.sheets.headings import FIELDS

_IN_ADDRESS = re.compile(
    r"\bkel(?:urahan)?\b[\s.:]*([A-Za-z][A-Za-z ]*?)\s*(?=[,;/\-.]|\bkec|\bkota|\brt\b|\d|$)",
    re.IGNORECASE,
)
_POSITION = {field: index for index, field in enumerate(FIELDS)}
_OLDEST = 115


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


class Judge:
    """Judges the rows of one table. Judges of the sheets of one file share `seen`."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        start: date,
        places: Places | None = None,
        occupations: Occupations | None = None,
        seen: dict[str, Seen] | None = None,
        sheet: str = "",
    ) -> None:
        """`start` is the first day of cover; without `places` no kelurahan is judged."""
        self.start = start
        self.places = places
        self.occupations = occupations or Occupations.packaged()
        self.seen: dict[str, Seen] = {} if seen is None else seen
        self.sheet = sheet
        first = {c.field: c for c in reversed(columns) if c.field is not None}
        self._headings = {field: column.heading for field, column in first.items()}
        self._rounded = first["nik"].rounded if "nik" in first else False
        rt_rw = [column.index for column in columns if column.field == "rt_rw"]
        self._second_rt_rw = rt_rw[1] if len(rt_rw) > 1 else None
        self._width = 1 + max((column.index for column in columns), default=0)
        # fields without a column read the blank cell put after the last
        self._pick = itemgetter(*(first[f].index if f in first else -1 for f in FIELDS))
        self._ages: dict[date, int] = {}

    def seed(self, known: Iterable[tuple[str, int, str]]) -> None:
        """Tell the judge of rows judged before: (nik, row number, name key)."""
        for nik, row, key in known:
            self.seen.setdefault(nik, Seen(self.sheet, row, key))

    def forget(self, nik: str) -> None:
        """Forget a NIK, because its row is about to be judged again."""
        self.seen.pop(nik, None)

    def judge(
        self, number: int, cells: list[str], overrides: Mapping[str, str] | None = None
    ) -> JudgedRow:
        """Read one row; `overrides` are fields a clerk corrected, over what the cells say."""
        padded = cells + [""] * max(1, self._width + 1 - len(cells))
        texts: Sequence[str] = self._pick(padded)
        if self._second_rt_rw is not None:
            texts = self._with(
                texts, "rt_rw", f"{texts[8]}/{padded[self._second_rt_rw]}".strip("/")
            )
        for field, text in (overrides or {}).items():
            texts = self._with(texts, field, text.strip())
        (
            nik_text,
            name_text,
            birth_place,
            birth_text,
            sex_text,
            mother,
            kk_text,
            address,
            rt_rw,
            kelurahan,
            kecamatan,
            phone_text,
            email_text,
            occupation,
            income_text,
        ) = texts
        out: list[Finding] = []
        values = RowValues(
            birth_place=birth_place,
            mother_name=mother,
            address=address,
            kelurahan_text=kelurahan,
            kecamatan_text=kecamatan,
            occupation_text=occupation,
        )
        nik = self._nik(nik_text, number, out, values)
        self._name(name_text, number, out, values)
        if sex_text:
            values.sex = read_sex(sex_text)
            if not values.sex:
                if not is_empty(sex_text):
                    self._add(out, "sex-unreadable", "sex", sex_text, number)
            elif nik.ok and nik.sex != values.sex:
                self._add(out, "nik-sex", "sex", sex_text, number)
        self._birth(birth_text, nik_text, nik, number, out, values)
        if kk_text:
            self._kk(kk_text, nik_text, nik, number, out, values)
        if nik.ok and values.nik:
            self._repeated(nik_text, number, out, values)
        if rt_rw:
            values.rt_rw = read_rt_rw(rt_rw)
        if self.places is not None:
            self._kelurahan(number, out, values)
        self._occupation(number, out, values)
        if phone_text:
            self._contact(phone_text, "phone", number, out, values)
        if email_text:
            self._contact(email_text, "email", number, out, values)
        if income_text and not is_empty(income_text):
            values.income = read_money(income_text)
            if values.income is None:
                self._add(out, "income-unreadable", "income", income_text, number)
        return JudgedRow(number, cells, values, out)

    @staticmethod
    def _with(texts: Sequence[str], field: str, text: str) -> list[str]:
        changed = list(texts)
        changed[_POSITION[field]] = text
        return changed

    def _add(
        self,
        out: list[Finding],
        code: str,
        field: str,
        value: str,
        row: int,
        *,
        severity: Severity | None = None,
        sentence: str | None = None,
        **words: str,
    ) -> None:
        column = self._headings.get(field, "")
        out.append(
            make_finding(
                code, field, column, value, row, severity=severity, sentence=sentence, **words
            )
        )

    def _nik(self, text: str, row: int, out: list[Finding], values: RowValues) -> Nik:
        nik = Nik.read(text)
        problem = nik.problem
        if self._rounded and problem in ("", "serial") and nik.text[-1] == "0":
            nik = Nik("", "damaged")
            sentence = (
                "Hampir semua NIK di kolom ini berakhir dengan 0, tanda angka terakhirnya hilang "
                "karena pernah disimpan sebagai bilangan; ubah kolom menjadi Teks dan ketik ulang "
                "NIK dari KTP."
            )
            self._add(out, "nik-damaged", "nik", text, row, sentence=sentence)
            return nik
        if problem == "":
            values.nik = nik.text
            if nik.from_number:
                sentence = (
                    "NIK disimpan sebagai bilangan sehingga angka terakhirnya bisa berubah; ubah "
                    "format kolom menjadi Teks dan cocokkan dengan KTP."
                )
                self._add(out, "nik-damaged", "nik", text, row, severity="warn", sentence=sentence)
            if not nik.known_province:
                self._add(out, "nik-region", "nik", text, row)
        elif problem == "letters":
            what = "memuat huruf atau tanda lain, misalnya O untuk 0"
            self._add(out, "nik-length", "nik", text, row, what=what)
        elif problem == "length":
            what = f"{'hanya ' if len(nik.text) < 16 else ''}{len(nik.text)} angka"
            self._add(out, "nik-length", "nik", text, row, what=what)
        else:
            if len(nik.text) == 16 and nik.text.isdigit():
                values.nik = nik.text
            self._add(out, f"nik-{problem}", "nik", text, row)
        return nik

    def _name(self, text: str, row: int, out: list[Finding], values: RowValues) -> None:
        name = values.name = clean_name(text)
        if not name:
            self._add(out, "name-blank", "name", text, row)
            return
        if is_formula(name.lstrip("'")):
            sentence = (
                "Nama berisi rumus, bukan teks; rumus tidak dijalankan, ketik nama sesuai KTP."
            )
            self._add(out, "name-odd", "name", text, row, severity="reject", sentence=sentence)
            return
        values.name_key = name_key(name)
        if has_odd_sign(name):
            what = (
                "memuat angka"
                if any(s.isdigit() for s in name)
                else "memuat tanda yang tidak lazim"
            )
            self._add(out, "name-odd", "name", text, row, what=what)
        elif len(values.name_key.replace(" ", "")) < 2:
            self._add(out, "name-odd", "name", text, row, what="terlalu pendek")
        elif has_title(name):
            what = "memuat gelar atau sapaan"
            self._add(out, "name-odd", "name", text, row, what=what)

    def _birth(
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
        add = self._add
        if reading.two_digit_year:
            year = str(born.year)
            add(out, "birth-date-two-digit-year", "birth_date", text, row, year=year)
        if born.month == 1 and born.day == 1:
            add(out, "birth-date-default", "birth_date", text, row)
        day, month, year_of_nik = nik.birth_parts if own is not None else (0, 0, 0)
        same_year = born.year % 100 == year_of_nik
        agrees = own is not None and (born.day, born.month) == (day, month) and same_year
        if reading.month_first:
            evidence = " karena bulan tertulis lebih dahulu"
            add(out, "birth-date-swapped", "birth_date", text, row, evidence=evidence)
        elif (
            own is not None
            and not agrees
            and same_year
            and reading.swappable
            and (born.day, born.month) == (month, day)
        ):
            evidence = ", sebab NIK menunjukkan kebalikannya"
            add(out, "birth-date-swapped", "birth_date", text, row, evidence=evidence)
            agrees = True
        if own is not None and not agrees:
            if self._like_kk(nik, own, born):
                add(out, "nik-is-kk", "nik", nik_text, row)
            else:
                add(out, "nik-birth-date", "birth_date", text, row)
        self._judge_age(self._age(born), "birth_date", text, row, out)

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
        stated = "birth_date" in self._headings or bool(text)
        if not reading.blank:
            what = "tidak terbaca"
            if reading.value is not None:
                what = "tidak mungkin (di masa depan atau terlalu tua)"
            severity: Severity = "reject" if own is None else "warn"
            self._add(
                out, "birth-date-unreadable", "birth_date", text, row, severity=severity, what=what
            )
        elif stated and own is None:
            what = "kosong dan tidak bisa diketahui dari NIK"
            self._add(out, "birth-date-unreadable", "birth_date", text, row, what=what)
        elif stated:
            self._add(out, "birth-date-blank", "birth_date", text, row)
        if own is None:
            return
        age = self._age(own)
        if age < 15:
            self._add(out, "nik-is-kk", "nik", nik_text, row)
            return
        values.birth_date, values.birth_date_from_nik = own, True
        if age >= 65:
            sentence = (
                "Menurut NIK, umurnya sudah 65 tahun atau lebih saat perlindungan mulai; pastikan "
                "tanggal lahirnya di KTP, sebab peserta baru harus belum 65 tahun (Permenaker "
                "5/2021 Pasal 33)."
            )
            self._add(out, "age-65", "nik", nik_text, row, severity="warn", sentence=sentence)
        else:
            self._judge_age(age, "nik", nik_text, row, out)

    def _judge_age(self, age: int, field: str, text: str, row: int, out: list[Finding]) -> None:
        if age < 15:
            self._add(out, "age-under-15", field, text, row)
        elif age < 18:
            self._add(out, "age-under-18", field, text, row)
        elif age >= 65:
            self._add(out, "age-65", field, text, row)

    def _age(self, born: date) -> int:
        age = self._ages.get(born)
        if age is None:
            age = self._ages[born] = age_on(born, self.start)
        return age

    def _like_kk(self, nik: Nik, own: date, born: date) -> bool:
        """Whether the NIK's date is rather the day a Kartu Keluarga was issued.

        Family cards bear such numbers since 2004; a day above 40 never occurs in them.
        """
        if nik.text[6] >= "4" or self._age(born) < 15:
            return False
        if self._age(own) < 15:
            return True
        apart = own.year - born.year >= 10 and own.year >= 2004
        return apart and own.day != born.day and own.month != born.month

    def _kk(
        self, text: str, nik_text: str, nik: Nik, row: int, out: list[Finding], values: RowValues
    ) -> None:
        kk = Nik.read(text)
        if len(kk.text) == 16 and kk.problem != "letters":
            values.kk = kk.text
        elif kk.problem != "blank":
            self._add(out, "kk-length", "kk", text, row)
        same = bool(values.kk) and values.kk == nik.text
        # family cards are younger than 2004; an older date means that the KK column holds the NIK
        if same and nik.ok and all(f.code != "nik-is-kk" for f in out) and nik.text[6] < "4":
            self._add(out, "nik-is-kk", "nik", nik_text, row)

    def _repeated(self, text: str, row: int, out: list[Finding], values: RowValues) -> None:
        first = self.seen.get(values.nik)
        if first is None:
            self.seen[values.nik] = Seen(self.sheet, row, values.name_key)
            return
        if first.row == row and first.sheet == self.sheet:
            return
        where = f"baris {first.row}"
        if first.sheet != self.sheet:
            where += f" lembar “{first.sheet}”"
        if first.name_key == values.name_key:
            who, do = "", "hapus salah satunya"
        else:
            who = " dengan nama lain"
            do = "cocokkan kedua baris dengan KTP masing-masing"
        self._add(out, "nik-repeated", "nik", text, row, where=where, who=who, do=do)

    def _kelurahan(self, row: int, out: list[Finding], values: RowValues) -> None:
        assert self.places is not None
        text = values.kelurahan_text
        if not text:
            if "kelurahan" in self._headings:
                what, do = "kosong", "isi nama kelurahan tempat tinggalnya"
                self._add(out, "kelurahan-unknown", "kelurahan", text, row, what=what, do=do)
            elif values.address and "el" in values.address.lower():
                said = _IN_ADDRESS.search(values.address)
                found = self.places.find(said[1], values.kecamatan_text) if said else None
                values.kelurahan = found.place.code if found and found.place else ""
            return
        match = self.places.find(text, values.kecamatan_text)
        if match.place is not None:
            values.kelurahan = match.place.code
            if match.other_kecamatan:
                district = self.places.kecamatan_of(match.place)
                kecamatan = district.name if district else ""
                self._add(out, "kelurahan-kecamatan", "kelurahan", text, row, kecamatan=kecamatan)
            return
        if match.ambiguous:
            what, do = "ada lebih dari satu dengan nama ini", "isi kecamatannya"
        else:
            what, do = "tidak dikenal di wilayah ini", "periksa ejaannya"
            if match.nearest is not None:
                near, district = match.nearest, self.places.kecamatan_of(match.nearest)
                inside = f" (Kecamatan {district.name})" if district else ""
                do = f"mungkin maksudnya {near.name}{inside}, tulis nama yang benar"
        self._add(out, "kelurahan-unknown", "kelurahan", text, row, what=what, do=do)

    def _occupation(self, row: int, out: list[Finding], values: RowValues) -> None:
        text = values.occupation_text
        if not text and "occupation" not in self._headings:
            return
        match = self.occupations.find(text)
        if match.occupation is not None:
            values.occupation = match.occupation.code
            values.sector = match.occupation.sector
            return
        if is_empty(text):
            what, do = "kosong", "isi pekerjaan utamanya"
        elif match.nearest is not None:
            what = "tidak dikenal"
            do = f"mungkin maksudnya {match.nearest.name}, tulis nama pekerjaan yang lazim"
        else:
            what, do = "tidak dikenal", "tulis nama pekerjaan yang lazim, misalnya Nelayan"
        self._add(out, "occupation-unknown", "occupation", text, row, what=what, do=do)

    def _contact(
        self, text: str, field: str, row: int, out: list[Finding], values: RowValues
    ) -> None:
        read = read_phone(text) if field == "phone" else read_email(text)
        if read is None:
            self._add(out, f"{field}-unreadable", field, text, row)
        else:
            setattr(values, field, read)
