"""Files as offices make them, made on the spot; every person in them is made up."""

import csv
import datetime
import io
from pathlib import Path

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

START = datetime.date(2026, 12, 1)
HEADER = ["No", "NIK", "Nama", "Tanggal Lahir", "L/P", "Kelurahan", "Pekerjaan", "No HP"]
SITI = ["1", "3671034508820003", "SITI AMINAH", "05-08-1982", "P", "Cimone", "Pedagang", ""]
BUDI = ["2", "3671031203750011", "BUDI SANTOSO", "12-03-1975", "L", "Gerendeng", "Ojol", ""]
RINA = ["3", "3671036511900007", "RINA WATI", "25-11-1990", "P", "Bugel", "Guru Ngaji", ""]
GOOD = [HEADER, SITI, BUDI, RINA]


def xlsx(path: Path, sheets, merged=(), formulas=(), numbers=()) -> Path:
    """Write sheets {name: rows}; text stays text, numbers and dates become such cells.

    `merged` and `formulas` concern the first sheet: (top, left, bottom, right, text) and
    (row, column, formula, cached value); all coordinates from 0.
    """
    if not isinstance(sheets, dict):
        sheets = {"Data": sheets}
    with xlsxwriter.Workbook(str(path)) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, datetime.date):
                        page.write_datetime(
                            r, c, datetime.datetime.combine(value, datetime.time()), day
                        )
                    elif isinstance(value, int | float):
                        page.write_number(r, c, value)
                    elif value not in ("", None):
                        page.write_string(r, c, value)
        first = book.worksheets()[0]
        for top, left, bottom, right, text in merged:
            first.merge_range(top, left, bottom, right, text)
        for r, c, formula, cached in formulas:
            first.write_formula(r, c, formula, None, cached)
    return path


def xls(path: Path, rows) -> Path:
    book = xlwt.Workbook()
    page = book.add_sheet("Data")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            page.write(r, c, value)
    book.save(str(path))
    return path


def ods(path: Path, rows) -> Path:
    document = OpenDocumentSpreadsheet()
    table = Table(name="Data")
    for row in rows:
        line = TableRow()
        for value in row:
            if isinstance(value, int | float):
                cell = TableCell(valuetype="float", value=str(value))
            else:
                cell = TableCell(valuetype="string") if value else TableCell()
            if value:
                cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def delimited(path: Path, rows, separator=",", encoding="utf-8") -> Path:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path
