"""Where a person lives and what work they do, against the tables of places and occupations."""

from __future__ import annotations

import re

from payung.identity import Occupations, Places, is_empty
from payung.sheets.findings import Finding, Notes
from payung.sheets.rows import RowValues

_IN_ADDRESS = re.compile(
    r"\bkel(?:urahan)?\b[\s.:]*([A-Za-z][A-Za-z ]*?)\s*(?=[,;/\-.]|\bkec|\bkota|\brt\b|\d|$)",
    re.IGNORECASE,
)


class PlaceJudge:
    """Judges kelurahan and occupation; without places no kelurahan is judged."""

    def __init__(self, places: Places | None, occupations: Occupations, notes: Notes) -> None:
        self.places = places
        self.occupations = occupations
        self.notes = notes

    def kelurahan(self, row: int, out: list[Finding], values: RowValues) -> None:
        if self.places is None:
            return
        text = values.kelurahan_text
        if not text:
            if "kelurahan" in self.notes.headings:
                what, do = "kosong", "isi nama kelurahan tempat tinggalnya"
                self.notes.add(out, "kelurahan-unknown", "kelurahan", text, row, what=what, do=do)
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
                self.notes.add(
                    out, "kelurahan-kecamatan", "kelurahan", text, row, kecamatan=kecamatan
                )
            return
        if match.ambiguous:
            what, do = "ada lebih dari satu dengan nama ini", "isi kecamatannya"
        else:
            what, do = "tidak dikenal di wilayah ini", "periksa ejaannya"
            if match.nearest is not None:
                near, district = match.nearest, self.places.kecamatan_of(match.nearest)
                inside = f" (Kecamatan {district.name})" if district else ""
                do = f"mungkin maksudnya {near.name}{inside}, tulis nama yang benar"
        self.notes.add(out, "kelurahan-unknown", "kelurahan", text, row, what=what, do=do)

    def occupation(self, row: int, out: list[Finding], values: RowValues) -> None:
        text = values.occupation_text
        if not text and "occupation" not in self.notes.headings:
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
        self.notes.add(out, "occupation-unknown", "occupation", text, row, what=what, do=do)
