"""A case as text: what stood in the files, row by row, before any of it was given a meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from foodlots.errors import Fault


@dataclass(frozen=True)
class RawRow:
    """One row as text; `number` counts as the spreadsheet does, the first row of the sheet is 1.

    `marks` names what a workbook said of a column's cell beyond its text: date, number.
    """

    number: int
    cells: tuple[str, ...]
    marks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class RawTable:
    """One table as text: the headings in the order of the file and the rows below them, blank rows left out."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[RawRow, ...]


@dataclass(frozen=True)
class RawSetting:
    """One setting as text, and the line or row where it stands (0: given on the command line or screen)."""

    section: str
    key: str
    value: str
    row: int = 0


@dataclass(frozen=True)
class RawCase:
    """All tables and settings of a case as text, with what reading them had to say."""

    name: str
    tables: Mapping[str, RawTable] = field(default_factory=lambda: MappingProxyType({}))
    settings: tuple[RawSetting, ...] = ()
    faults: tuple[Fault, ...] = ()

    def without_table(self, name: str) -> "RawCase":
        """The case as if one table had not been given."""
        tables = {table: raw for table, raw in self.tables.items() if table != name}
        faults = tuple(fault for fault in self.faults if fault.table != name)
        return replace(self, tables=MappingProxyType(tables), faults=faults)

    def named(self, name: str) -> "RawCase":
        """The case with its name among its settings: under another folder's name it would else be called after that."""
        if any((each.section, each.key) == ("case", "name") for each in self.settings):
            return self
        return self.with_settings([*self.settings, RawSetting("case", "name", name)])

    def with_settings(self, settings: Sequence[RawSetting]) -> "RawCase":
        """The case with these settings instead of its own."""
        faults = tuple(fault for fault in self.faults if fault.table != "settings")
        return replace(self, settings=tuple(settings), faults=faults)


@dataclass(frozen=True)
class Grid:
    """A sheet or CSV file as rows of text, before its headings are found.

    rows: (row number, cells) in order, blank rows included · marks: (row, column from 0) -> date, number, error,
    formula or merged · ragged: whether rows of unequal length are a fault (CSV) or the way of the format (XLSX).
    """

    table: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    ragged: bool = True
    marks: Mapping[tuple[int, int], str] = field(default_factory=lambda: MappingProxyType({}))
    merged: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()
    notes: tuple[Fault, ...] = ()


class FileFault(Exception):
    """A file that cannot be read at all: the one fault that says why."""

    def __init__(self, fault: Fault):
        super().__init__(str(fault))
        self.fault = fault


MOST_ROWS = 100_000
MOST_COLUMNS = 200


def file_fault(table: str, value: str, problem: str, mend: str, row: int = 0) -> FileFault:
    """A blocking fault of a whole file or of one of its rows, ready to raise."""
    return FileFault(Fault(table, row, "", value, problem, mend))


def note(table: str, value: str, problem: str, mend: str = "", row: int = 0, column: str = "") -> Fault:
    """Something that was done or seen, for information."""
    return Fault(table, row, column, value, problem, mend, "note")


def warn(table: str, value: str, problem: str, mend: str, row: int = 0, column: str = "") -> Fault:
    """Something to look at that does not block."""
    return Fault(table, row, column, value, problem, mend, "warn")
