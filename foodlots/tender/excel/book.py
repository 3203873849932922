"""The one door for workbooks of a tender: text as text, amounts as numbers, formulas of our own and none other."""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from math import ceil

from foodlots.files.workbook import open_workbook
from foodlots.tender.text import plain

MONEY, KILOS, PRICE, WHOLE = "#,##0.00", "#,##0.###", "0.0000", "0"
LINE = 13.5  # points; one line of text
FILLED = 1.1  # letters of running text for each unit of a column's width, which is that of a nought
INK, SHADE, YELLOW = "#1F4D3A", "#E4EFE9", "#FFF8CC"


class Book:
    """A workbook in the making."""

    def __init__(self, title: str):
        self._stream = io.BytesIO()
        self._book = open_workbook(self._stream)
        self._book.set_properties({"title": plain(title)[:255], "author": "foodlots", "created": _written()})
        self._formats: dict[tuple, object] = {}

    def sheet(self, name: str, landscape: bool = True):
        """A new sheet, set up for print on A4, one page wide. Names are ours, never the data's."""
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet

    def style(self, **wanted):
        """A cell format, made once."""
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(
                {"font_name": "Arial", "font_size": 10, "valign": "top"} | wanted
            )
        return self._formats[key]

    @property
    def heading(self):
        """The format of a heading of columns."""
        return self.style(bold=True, bg_color=SHADE, border=1, text_wrap=True)

    def put(self, sheet, row: int, column: int, value: object, form=None) -> None:
        """An amount as a number, anything else as text; nothing in it is ever a formula or a link."""
        form = form or self.style()
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            sheet.write_number(row, column, float(value), form)
        elif text := plain(value):
            sheet.write_string(row, column, text, form)
        else:
            sheet.write_blank(row, column, None, form)

    def rows(
        self,
        sheet,
        headings: Sequence[str],
        rows: Iterable[Sequence[object]],
        formats: Sequence[str] = (),
        start: int = 0,
        widths: Sequence[float] = (),
    ) -> int:
        """A table under a heading that stays in sight; gives the row after the last. `formats` are number formats.

        `widths` of columns in characters; rows are as high as their longest text needs.
        """
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, heading in enumerate(headings):
            self.put(sheet, start, column, heading, self.heading)
        number = start
        for number, row in enumerate(rows, start + 1):
            self.fit_height(sheet, number, row, widths)
            for column, value in enumerate(row):
                kind = formats[column] if column < len(formats) else ""
                form = self.style(num_format=kind) if kind else self.style(text_wrap=True)
                self.put(sheet, number, column, value, form)
        sheet.freeze_panes(start + 1, 0)
        sheet.repeat_rows(start)
        return number + 1

    def fit_height(self, sheet, row: int, values: Iterable[object], widths: Sequence[float]) -> None:
        """Make a row as high as its longest text needs in columns of these widths: not every program does it itself."""
        texts = (len(each) / (width * FILLED) for each, width in zip(values, widths, strict=False)
                 if isinstance(each, str))  # fmt: skip
        lines = ceil(max(texts, default=1))
        if lines > 1:
            sheet.set_row(row, LINE * lines)

    def data(self) -> bytes:
        """The workbook's bytes: the same for the same content."""
        self._book.close()
        return self._stream.getvalue()


def _written():
    from foodlots.files.workbook import WRITTEN

    return WRITTEN
