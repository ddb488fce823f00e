"""The upload workbook of a batch: the same batch always gives the same bytes."""

from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter

from payung.apps.enrolment.layout import Layout
from payung.apps.enrolment.models import Batch
from payung.sheets.cells import escape_formula

# a fixed day inside the file, so that its hash depends on the lines alone
_CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_WIDTH = 20


def upload_workbook(batch: Batch) -> bytes:
    """The .xlsx a branch uploads: one sheet, one line per worker, every cell a text.

    Text keeps all sixteen digits of a NIK; formulas are escaped.
    """
    layout = Layout(batch.layout)
    headings = layout.headings
    made = BytesIO()
    book = xlsxwriter.Workbook(
        made,
        {
            "in_memory": True,
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        },
    )
    book.set_properties({"created": _CREATED, "title": batch.number})
    page = book.add_worksheet(layout.sheet)
    # the cells' format says text too: a NIK typed over one stays text in Excel
    as_text = book.add_format({"num_format": "@"})
    page.set_column(0, len(headings) - 1, _WIDTH, as_text)
    for column, heading in enumerate(headings):
        page.write_string(0, column, heading)
    lines = batch.lines.order_by("number").values_list("values", flat=True)
    for row, values in enumerate(lines.iterator(chunk_size=5_000), start=1):
        for column, heading in enumerate(headings):
            if text := values[heading]:
                page.write_string(row, column, escape_formula(text), as_text)
    book.close()
    return made.getvalue()
