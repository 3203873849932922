"""An Excel workbook as grids of text: exact numbers, true row numbers, and what each odd cell is."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from foodlots.columns import number_in_words
from foodlots.errors import Fault
from foodlots.files.archive import Archive
from foodlots.files.raw import MOST_COLUMNS, MOST_ROWS, Grid
from foodlots.files.xlsx_parts import (
    MOST_CELLS,
    address,
    parse,
    read_date_styles,
    read_strings,
    read_workbook,
    unescaped,
    whole,
    within_limits,
)

DIGITS = 15  # as many as Excel shows
DAY_ZERO = date(1899, 12, 30)  # Excel's serial 0, its false 29 February 1900 allowed for
DAY_ZERO_1904 = date(1904, 1, 1)


class FarCell(Exception):
    """A cell too far from the corner for any table: its address."""


def read_xlsx(table: str, file: str, data: bytes) -> Iterator[tuple[str, bool, Grid | Fault]]:
    """Each sheet: its name, whether it is hidden, and its grid or why it has none. Raises FileFault for the file."""
    archive = Archive(table, file, data)
    book = read_workbook(archive)
    strings, dates = read_strings(archive), read_date_styles(archive)
    for name, part, hidden in book.sheets:
        sheet = SheetReader(archive, name, strings, dates, DAY_ZERO_1904 if book.from_1904 else DAY_ZERO)
        try:
            parse(archive, archive.chunks(part), sheet.start, sheet.end, sheet.text)
            yield name, hidden, sheet.grid()
        except FarCell as cell:
            yield name, hidden, _too_far(name, str(cell))


def _too_far(sheet: str, cell: str) -> Fault:
    problem = f"the sheet uses cell {cell}; {MOST_ROWS:,} rows and {MOST_COLUMNS} columns are read"
    return Fault(sheet, 0, "", cell, problem, "delete the empty rows and columns beyond the table")


class SheetReader:
    """Gathers the cells of one sheet as they go by."""

    def __init__(self, archive: Archive, name: str, strings: list[str], dates: frozenset[int], day_zero: date):
        self._archive, self._name, self._strings = archive, name, strings
        self._dates, self._day_zero = dates, day_zero
        self._rows: dict[int, dict[int, str]] = {}
        self._marks: dict[tuple[int, int], str] = {}
        self._merged: list[str] = []
        self._hidden: list[int] = []
        self._row = self._column = self._seen = self._phonetic = 0
        self._cell: dict[str, str] = {}
        self._inside = ""
        self._value: list[str] = []
        self._has_formula = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """A tag opens."""
        if tag == "row":
            self._row = whole(attributes.get("r")) or self._row + 1
            self._column = -1
            if attributes.get("hidden") in ("1", "true"):
                self._hidden.append(self._row)
        elif tag == "c":
            self._open_cell(attributes)
        elif tag == "f":
            self._has_formula = True
        elif tag == "rPh":
            self._phonetic += 1
        elif tag in ("v", "t") and not self._phonetic:
            self._inside = tag
        elif tag == "mergeCell":
            self._merged.append(attributes.get("ref", ""))

    def end(self, tag: str) -> None:
        """A tag closes."""
        if tag in ("v", "t"):
            self._inside = ""
        elif tag == "rPh":
            self._phonetic -= 1
        elif tag == "c":
            self._close_cell()

    def text(self, words: str) -> None:
        """Text inside a tag."""
        if self._inside:
            self._value.append(words)

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        self._cell = dict(attributes)
        row, column = address(attributes.get("r", ""))
        self._row, self._column = (row, column) if row else (self._row, self._column + 1)
        self._value, self._has_formula = [], False
        self._seen += 1
        if self._seen > MOST_CELLS:
            raise self._too_far()

    def _close_cell(self) -> None:
        value = "".join(self._value)
        if not value and not self._has_formula:
            return
        if not within_limits(self._row, self._column):
            raise self._too_far()
        text, mark = self._read(value)
        self._rows.setdefault(self._row, {})[self._column] = text
        if mark:
            self._marks[self._row, self._column] = mark

    def _read(self, value: str) -> tuple[str, str]:
        """The text of the cell and what it is beyond its text."""
        kind = self._cell.get("t", "n")
        if not value:
            return "", "" if kind == "str" else "formula"
        if kind == "s":
            index = whole(value)
            return (self._strings[index], "") if index < len(self._strings) else ("", "")
        if kind in ("str", "inlineStr"):
            return unescaped(value), ""
        if kind == "b":
            return ("true" if value == "1" else "false"), ""
        if kind == "e":
            return value, "error"
        if kind == "d":
            return value[:10], "date"
        return self._number(value)

    def _number(self, value: str) -> tuple[str, str]:
        try:
            exact = Decimal(f"{float(value):.{DIGITS}g}")
            if whole(self._cell.get("s")) in self._dates:
                return (self._day_zero + timedelta(days=int(exact))).isoformat(), "date"
            return number_in_words(exact) if -9 < exact.adjusted() < 20 else str(exact), "number"
        except (ValueError, InvalidOperation, OverflowError):
            return value, "error"

    def _too_far(self) -> FarCell:
        return FarCell(self._cell.get("r", f"row {self._row}"))

    def grid(self) -> Grid:
        """The sheet as rows of text, every row as wide as it needs to be."""
        rows = tuple((number, self._filled(self._rows[number])) for number in sorted(self._rows))
        hidden = tuple(number for number in self._hidden if number in self._rows)
        return Grid(self._name, rows, False, self._marks, tuple(self._merged), hidden)

    @staticmethod
    def _filled(cells: dict[int, str]) -> tuple[str, ...]:
        return tuple(cells.get(column, "") for column in range(max(cells) + 1))
