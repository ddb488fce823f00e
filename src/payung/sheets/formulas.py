"""Formulas inside an .xlsx, which calamine passes over in favour of the value they last had.

They are only looked at, never run: a name that is a link or has no value must be typed again.
"""

from __future__ import annotations

import html
import io
import re
import zipfile

from payung.sheets.extent import column_number

Formulas = dict[tuple[int, int], str]

_CHUNK = 1 << 20
_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*\"([^\"]*)\"")
_FORMULA = re.compile(
    rb"<c\b[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*>\s*<f\b[^>/]*>([^<]*)</f>", re.DOTALL
)
_REACHES_OUT = re.compile(
    r"HYPERLINK|WEBSERVICE|IMPORT|FILTERXML|DDE|CALL\(|EXEC|\|", re.IGNORECASE
)


def formulas_of(content: bytes) -> dict[str, Formulas]:
    """The formulas of each sheet of an .xlsx by (row, column) from 0; {} for any other file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = {}
            for name, member in _sheets(archive).items():
                formulas = _formulas(archive, member)
                if formulas:
                    found[name] = formulas
            return found
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, RuntimeError, NotImplementedError):
        return {}


def reaches_out(formula: str) -> bool:
    """Whether a formula opens a link or asks something outside the workbook."""
    return _REACHES_OUT.search(formula) is not None


def _sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    targets = {}
    for tag in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels").decode("utf-8")):
        attributes = dict(_ATTRIBUTE.findall(tag))
        target = attributes.get("Target", "")
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        targets[attributes.get("Id", "")] = member
    sheets = {}
    for tag in _SHEET.findall(archive.read("xl/workbook.xml").decode("utf-8")):
        attributes = dict(_ATTRIBUTE.findall(tag))
        member = targets.get(attributes.get("r:id", ""), "")
        if member in names:
            sheets[html.unescape(attributes.get("name", ""))] = member
    return sheets


def _formulas(archive: zipfile.ZipFile, member: str) -> Formulas:
    with archive.open(member) as file:
        end = b""
        while chunk := file.read(_CHUNK):
            if b"<f>" in end + chunk or b"<f " in end + chunk:
                break
            end = chunk[-2:]
        else:
            return {}
    return {
        (int(row) - 1, column_number(letters) - 1): "=" + html.unescape(formula.decode("utf-8"))
        for letters, row, formula in _FORMULA.findall(archive.read(member))
    }
