"""Handing a workbook to the reader."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(write: Callable[[Path], object], filename: str) -> HttpResponse:
    """An answer that saves what `write(path)` writes, under this name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "berkas.xlsx"
        write(path)
        content = path.read_bytes()
    header = content_disposition_header(as_attachment=True, filename=filename)
    return HttpResponse(content, content_type=_XLSX, headers={"Content-Disposition": header})
