"""The reading of one row of a list and everything that is wrong with it.

A judge reads rows in the order of the list and remembers the NIKs it has seen. It does not know
today's date: ages count on the day cover would start.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter

from payung.identity import (
    Nik,
    Occupations,
    Places,
    clean_name,
    has_odd_sign,
    has_title,
    is_empty,
    is_formula,
    is_plain,
    name_key,
    read_email,
    read_money,
    read_phone,
    read_rt_rw,
    read_sex,
)
from payung.sheets.columns import Column
from payung.sheets.findings import ALL_CARDS, Finding, Notes
from payung.sheets.headings import FIELDS, ticked_sex
from payung.sheets.judge_birth import Ages, BirthJudge
from payung.sheets.judge_place import PlaceJudge
from payung.sheets.rows import JudgedRow, RowValues, Seen

_POSITION = {field: index for index, field in enumerate(FIELDS)}
_OF_A_NIK = {"nik-sex", "nik-birth-date"}


class Judge:
    """Judges the rows of one table. Judges of the sheets of one file share `seen`."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        start: date,
        ages: Ages,
        places: Places | None = None,
        occupations: Occupations | None = None,
        seen: dict[str, Seen] | None = None,
        sheet: str = "",
    ) -> None:
        """`start` is the first day of cover, `ages` the law's on it; without `places` no
        kelurahan is judged."""
        self.seen: dict[str, Seen] = {} if seen is None else seen
        self.sheet = sheet
        first = {c.field: c for c in reversed(columns) if c.field is not None}
        self.notes = Notes({field: column.heading for field, column in first.items()})
        self._births = BirthJudge(start, ages, self.notes)
        self._places = PlaceJudge(places, occupations or Occupations.packaged(), self.notes)
        # findings about rows judged earlier that only a later row brought to light
        self.late: list[Finding] = []
        self._rounded = first["nik"].rounded if "nik" in first else False
        self._cards = first["nik"].cards if "nik" in first else False
        rt_rw = [column.index for column in columns if column.field == "rt_rw"]
        self._second_rt_rw = rt_rw[1] if len(rt_rw) > 1 else None
        sexes = [column for column in columns if column.field == "sex"]
        ticks = {ticked_sex(column.heading): column.index for column in sexes}
        self._ticks = ticks if len(sexes) == 2 and ticks.keys() == {"L", "P"} else None
        self._width = 1 + max((column.index for column in columns), default=0)
        # fields without a column read the blank cell put after the last
        self._pick = itemgetter(*(first[f].index if f in first else -1 for f in FIELDS))

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
        if self._ticks is not None:
            ticked = [sex for sex, index in self._ticks.items() if not is_empty(padded[index])]
            texts = self._with(texts, "sex", " dan ".join(ticked))
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
        as_sent = "nik" not in (overrides or {})
        nik = self._nik(nik_text, number, out, values, as_sent=as_sent)
        self._name(name_text, number, out, values)
        if sex_text:
            values.sex = read_sex(sex_text)
            if not values.sex:
                if not is_empty(sex_text):
                    self.notes.add(out, "sex-unreadable", "sex", sex_text, number)
            elif nik.ok and nik.sex != values.sex:
                self.notes.add(out, "nik-sex", "sex", sex_text, number)
        self._births.judge(birth_text, nik_text, nik, number, out, values)
        if kk_text:
            self._kk(kk_text, nik_text, nik, number, out, values)
        if any(finding.code == "nik-is-kk" for finding in out):
            # what a family card's number says of sex and birth is nobody's
            out[:] = [each for each in out if each.code not in _OF_A_NIK]
        if nik.ok and values.nik:
            self._repeated(nik_text, number, out, values)
        if rt_rw:
            values.rt_rw = read_rt_rw(rt_rw)
        self._places.kelurahan(number, out, values)
        self._places.occupation(number, out, values)
        if phone_text:
            self._contact(phone_text, "phone", number, out, values)
        if email_text:
            self._contact(email_text, "email", number, out, values)
        if income_text and not is_empty(income_text):
            values.income = read_money(income_text)
            if values.income is None:
                self.notes.add(out, "income-unreadable", "income", income_text, number)
        return JudgedRow(number, cells, values, out)

    @staticmethod
    def _with(texts: Sequence[str], field: str, text: str) -> list[str]:
        changed = list(texts)
        changed[_POSITION[field]] = text
        return changed

    def _nik(
        self, text: str, row: int, out: list[Finding], values: RowValues, *, as_sent: bool
    ) -> Nik:
        nik = Nik.read(text)
        problem = nik.problem
        if as_sent and self._rounded and problem in ("", "serial") and nik.text[-1] == "0":
            nik = Nik("", "damaged")
            sentence = (
                "Hampir semua NIK di kolom ini berakhir dengan 0, tanda angka terakhirnya hilang "
                "karena pernah disimpan sebagai bilangan; ubah kolom menjadi Teks dan ketik ulang "
                "NIK dari KTP."
            )
            self.notes.add(out, "nik-damaged", "nik", text, row, sentence=sentence)
            return nik
        if as_sent and self._cards and problem in ("", "serial") and nik.text[6] < "4":
            values.kk = nik.text
            self.notes.add(out, "nik-is-kk", "nik", text, row, sentence=ALL_CARDS)
            return Nik("", "damaged")
        if problem == "":
            values.nik = nik.text
            if nik.from_number:
                sentence = (
                    "NIK disimpan sebagai bilangan sehingga angka terakhirnya bisa berubah; ubah "
                    "format kolom menjadi Teks dan cocokkan dengan KTP."
                )
                self.notes.add(
                    out, "nik-damaged", "nik", text, row, severity="warn", sentence=sentence
                )
            if not nik.known_province:
                self.notes.add(out, "nik-region", "nik", text, row)
        elif problem == "letters":
            what = "memuat huruf atau tanda lain, misalnya O untuk 0"
            self.notes.add(out, "nik-length", "nik", text, row, what=what)
        elif problem == "length":
            what = f"{'hanya ' if len(nik.text) < 16 else ''}{len(nik.text)} angka"
            self.notes.add(out, "nik-length", "nik", text, row, what=what)
        else:
            if len(nik.text) == 16 and nik.text.isdigit():
                values.nik = nik.text
            self.notes.add(out, f"nik-{problem}", "nik", text, row)
        return nik

    def _name(self, text: str, row: int, out: list[Finding], values: RowValues) -> None:
        name = values.name = clean_name(text)
        if not name:
            self.notes.add(out, "name-blank", "name", text, row)
            return
        values.name_key = name_key(name)
        if is_plain(name):
            return
        if is_formula(name.lstrip("'")):
            values.name_key = ""
            sentence = (
                "Nama berisi rumus, bukan teks; rumus tidak dijalankan, ketik nama sesuai KTP."
            )
            self.notes.add(out, "name-odd", "name", text, row, severity="reject", sentence=sentence)
            return
        if has_odd_sign(name):
            what = (
                "memuat angka"
                if any(s.isdigit() for s in name)
                else "memuat tanda yang tidak lazim"
            )
            self.notes.add(out, "name-odd", "name", text, row, what=what)
        elif len(values.name_key.replace(" ", "")) < 2:
            self.notes.add(out, "name-odd", "name", text, row, what="terlalu pendek")
        elif has_title(name):
            what = "memuat gelar atau sapaan"
            self.notes.add(out, "name-odd", "name", text, row, what=what)

    def _kk(
        self, text: str, nik_text: str, nik: Nik, row: int, out: list[Finding], values: RowValues
    ) -> None:
        kk = Nik.read(text)
        if len(kk.text) == 16 and kk.problem != "letters":
            values.kk = kk.text
        elif kk.problem != "blank":
            self.notes.add(out, "kk-length", "kk", text, row)
        same = bool(values.kk) and values.kk == nik.text
        if not same or not nik.ok or any(finding.code == "nik-is-kk" for finding in out):
            return
        # a date that is also the stated birth date makes it a NIK, written in the KK column too
        born = values.birth_date
        agrees = born is not None and not values.birth_date_from_nik
        if nik.text[6] < "4" and not (agrees and all(f.code != "nik-birth-date" for f in out)):
            self.notes.add(out, "nik-is-kk", "nik", nik_text, row)

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
        who, do = "", "hapus salah satunya"
        if first.name_key != values.name_key:
            who, do = " dengan nama lain", "cocokkan kedua baris dengan KTP masing-masing"
            if first.sheet == self.sheet:
                self.notes.add(
                    self.late,
                    "nik-repeated",
                    "nik",
                    text,
                    first.row,
                    severity="warn",
                    where=f"baris {row}",
                    who=who,
                    do=do,
                )
        self.notes.add(out, "nik-repeated", "nik", text, row, where=where, who=who, do=do)

    def _contact(
        self, text: str, field: str, row: int, out: list[Finding], values: RowValues
    ) -> None:
        read = read_phone(text) if field == "phone" else read_email(text)
        if read is None:
            self.notes.add(out, f"{field}-unreadable", field, text, row)
        else:
            setattr(values, field, read)
