"""Writing a workbook in which every cell is plain text: no formula, no link, the same bytes each time."""

from collections.abc import Container, Iterable, Sequence
from datetime import datetime

from foodlots.errors import DataError, Fault

LONGEST_CELL = 32_767  # characters, Excel's own limit
WRITTEN = datetime(2000, 1, 1)  # a fixed date, so that equal tables are equal files
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def open_workbook(target):
    """A new workbook in a file or stream, to be closed by its user."""
    import xlsxwriter

    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"created": WRITTEN})
    return book


def write_sheet(
    book, name: str, headings: Sequence[str], rows: Iterable[Sequence[str]], marked: Container[tuple[int, int]] = (),
):  # fmt: skip
    """A sheet of text under bold headings that stay in sight; raises DataError for a text Excel cannot hold.

    marked: cells that stand out, as (row below the headings from 1, column from 0).
    """
    sheet = book.add_worksheet(name)
    bold, loud = book.add_format({"bold": True}), book.add_format({"bold": True, "bg_color": "#FFE3C2", "border": 1})
    for column, heading in enumerate(headings):
        _put(sheet, name, 0, column, heading, bold)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            _put(sheet, name, number, column, text, loud if (number, column) in marked else None)
    sheet.freeze_panes(1, 0)
    return sheet


def _put(sheet, name: str, row: int, column: int, text: str, form=None) -> None:
    if len(text) > LONGEST_CELL:
        raise DataError([Fault(name, row + 1, "", text[:80], f"a text has {len(text):,} characters",
                               f"a workbook holds {LONGEST_CELL:,}; shorten it or save CSV")])  # fmt: skip
    if text:
        sheet.write_string(row, column, text, form)
    elif form:
        sheet.write_blank(row, column, None, form)
