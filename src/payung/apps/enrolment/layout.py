"""How a branch wants its upload sheet and writes its answers: data in layouts/*.yaml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from payung.apps.accounts.models import Organisation
from payung.apps.errors import DomainError

VALUES = frozenset(
    ("nik", "name", "birth_date", "phone", "email", "occupation", "place", "wage", "months")
)
ANSWERS = frozenset(("nik", "name", "status", "kpj", "starts_on", "code", "reason", "line"))
_NEEDED_ANSWERS = ("nik", "status", "kpj", "starts_on")
_DATE_MARKS = {"DD": "%d", "MM": "%m", "YYYY": "%Y"}
_NOT_LETTER = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True)
class Layout:
    """One branch's layout; `data` is what a batch keeps of it."""

    data: Mapping[str, Any]

    @property
    def sheet(self) -> str:
        return str(self.data["sheet"])

    @property
    def most_lines(self) -> int:
        """How many people one file may hold."""
        return int(self.data["most_lines"])

    @property
    def headings(self) -> list[str]:
        return [column["heading"] for column in self.data["columns"]]

    @property
    def date_format(self) -> str:
        """For strftime: "DD-MM-YYYY" becomes "%d-%m-%Y"."""
        text = str(self.data["date_format"])
        for mark, directive in _DATE_MARKS.items():
            text = text.replace(mark, directive)
        return text

    def line(self, person: Mapping[str, str]) -> dict[str, str]:
        """A person's values under the headings of the sheet, in its order."""
        return {
            column["heading"]: person[column["value"]] if "value" in column else column["fixed"]
            for column in self.data["columns"]
        }

    def heading_of(self, value: str) -> str | None:
        """The heading under which a value is sent."""
        columns = self.data["columns"]
        return next((c["heading"] for c in columns if c.get("value") == value), None)

    def answer_column(self, heading: str) -> str | None:
        """What a heading of the answer means: nik, status, kpj …; None when it is not known."""
        word = as_word(heading)
        for name, headings in self.data["answer"]["columns"].items():
            if word in map(as_word, headings):
                return str(name)
        return None

    def verdict(self, status: str) -> str | None:
        """ "accepted", "rejected", or None when the word is not known."""
        word = as_word(status)
        for verdict in ("accepted", "rejected"):
            if word in map(as_word, self.data["answer"][verdict]):
                return verdict
        return None


def as_word(text: str) -> str:
    """ "Tgl. Mulai" and "TGL_MULAI" alike become "TGLMULAI"."""
    return _NOT_LETTER.sub("", text.upper())


def layout_for(branch: Organisation) -> Layout:
    """The branch's own layout from the data folder, or the common one that comes with Payung.

    Raises DomainError when the branch's file does not make sense.
    """
    own = Path(settings.HOME) / "layouts" / f"{branch.slug}.yaml"
    if own.exists():
        return parsed(own.read_text(encoding="utf-8"), own.name)
    packaged = files("payung.apps.enrolment").joinpath("layouts/bpu.yaml")
    return parsed(packaged.read_text(encoding="utf-8"), "bpu.yaml")


def parsed(text: str, filename: str) -> Layout:
    """The layout a YAML text describes. Raises DomainError naming the fault."""
    try:
        data = yaml.safe_load(text)
        fault = _fault(data)
    except (yaml.YAMLError, KeyError, TypeError, AttributeError):
        fault = "bukan YAML dengan isian name, sheet, date_format, most_lines, columns dan answer"
    if fault:
        raise DomainError(
            f"Tata letak {filename}: {fault}. Bandingkan dengan layouts/bpu.yaml bawaan Payung."
        )
    return Layout(data)


def _fault(data: Any) -> str:
    columns, answer = data["columns"], data["answer"]
    if not all(
        isinstance(data[key], str) and data[key] for key in ("name", "sheet", "date_format")
    ):
        return "name, sheet atau date_format kosong"
    if type(data["most_lines"]) is not int or data["most_lines"] < 1:
        return "most_lines harus bilangan bulat lebih dari nol"
    if "%" in data["date_format"] or not all(mark in data["date_format"] for mark in _DATE_MARKS):
        return "date_format harus memuat DD, MM dan YYYY"
    headings = [column["heading"] for column in columns]
    if len(set(headings)) != len(headings):
        return "ada judul kolom yang sama dua kali"
    for column in columns:
        if ("value" in column) == ("fixed" in column):
            return f"kolom {column['heading']} harus punya salah satu: value atau fixed"
        if "value" in column and column["value"] not in VALUES:
            return f"isi {column['value']} pada kolom {column['heading']} tidak dikenal"
    if not any(column.get("value") == "nik" for column in columns):
        return "tidak ada kolom berisi nik"
    if unknown := set(answer["columns"]) - ANSWERS:
        return f"isian jawaban {', '.join(sorted(unknown))} tidak dikenal"
    if missing := [name for name in _NEEDED_ANSWERS if not answer["columns"].get(name)]:
        return f"kolom jawaban {', '.join(missing)} belum disebut"
    if not (answer["accepted"] and answer["rejected"]):
        return "kata untuk diterima dan ditolak belum disebut"
    return ""
