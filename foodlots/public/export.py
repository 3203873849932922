"""Lists to take away, as CSV or a workbook: every cell plain text that no spreadsheet runs."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from foodlots.files.workbook import open_workbook, write_sheet
from foodlots.plan_cells import write_text
from foodlots.writing import csv_bytes


def write_rows(path: Path, title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Writes the rows to a workbook when the path ends in .xlsx, else as CSV."""
    data = workbook_of(title, headings, rows) if path.suffix.lower() == ".xlsx" else csv_of(headings, rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def csv_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as CSV; what a spreadsheet would take for a formula has a mark before it."""
    return csv_bytes(headings, (tuple(map(write_text, row)) for row in rows))


def workbook_of(title: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as a workbook of one sheet."""
    stream = io.BytesIO()
    book = open_workbook(stream)
    write_sheet(book, title, headings, rows)
    book.close()
    return stream.getvalue()
