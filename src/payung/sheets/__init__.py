"""Spreadsheets as offices send them: reading, finding the header, mapping columns, judging rows,
and writing the list back."""

from payung.sheets.annotate import write_annotated
from payung.sheets.book import Book, RawSheet, Table, open_book, raw_sheets
from payung.sheets.cells import cell_text, escape_formula
from payung.sheets.columns import Column
from payung.sheets.findings import ALL_CARDS, CODE_WORDS, CODES, Finding, Severity
from payung.sheets.formats import MAX_BYTES, UnreadableFile
from payung.sheets.headings import FIELD_WORDS, FIELDS, NOTE_HEADING
from payung.sheets.judge import Judge
from payung.sheets.judge_birth import Ages
from payung.sheets.rows import JudgedRow, RowValues, Seen

__all__ = [
    "ALL_CARDS",
    "CODES",
    "CODE_WORDS",
    "FIELDS",
    "FIELD_WORDS",
    "MAX_BYTES",
    "NOTE_HEADING",
    "Ages",
    "Book",
    "Column",
    "Finding",
    "Judge",
    "JudgedRow",
    "RawSheet",
    "RowValues",
    "Seen",
    "Severity",
    "Table",
    "UnreadableFile",
    "cell_text",
    "escape_formula",
    "open_book",
    "raw_sheets",
    "write_annotated",
]
