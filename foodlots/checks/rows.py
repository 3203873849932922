"""From rows of text to rows of values: every cell read by its column's kind, every fault of a cell collected."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from foodlots.columns import Column, Table
from foodlots.errors import Fault
from foodlots.files.raw import RawRow, RawTable
from foodlots.values import NUMERIC, read_value
from foodlots.values.amounts import has_comma_decimals
from foodlots.values.texts import Unreadable, as_id, shown

DATED = "Excel turned this into a date"
OF_MARK = {
    "error": ("is an error of the spreadsheet", "mend the formula, or write the value"),
    "formula": ("is a formula without a stored result", "open the workbook in Excel and save it, or write the value"),
}


@dataclass(frozen=True)
class Row:
    """One row's values by column, defaults filled in; `unread` names the columns whose cells could not be read."""

    number: int
    values: Mapping[str, object]
    unread: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sheet:
    """One table's rows as values. `given` says whether the table was there at all.

    `refused` says that it was there but could not be read as a table: nothing can be said of what it holds.
    `unread_ids` are texts that stand where an id of this table should be and could not be read as one.
    """

    table: Table
    rows: tuple[Row, ...] = ()
    given: bool = False
    refused: bool = False
    unread_ids: frozenset[str] = frozenset()

    def read(self, *columns: str) -> list[Row]:
        """The rows in which all these columns could be read."""
        wanted = frozenset(columns)
        return [row for row in self.rows if not row.unread & wanted]

    def ids(self) -> frozenset[str]:
        """The ids of this table's rows."""
        key = self.table.key[0]
        return frozenset(str(row.values[key]) for row in self.read(key))


@dataclass
class Remarks:
    """Faults of cells, and notes; the same kind of note on many rows of a column is one."""

    table: str
    faults: list[Fault] = field(default_factory=list)
    _notes: dict[tuple[str, str], list[Fault]] = field(default_factory=lambda: defaultdict(list))

    def fault(self, row: int, column: str, value: str, problem: str, mend: str) -> None:
        """A cell that blocks."""
        self.faults.append(Fault(self.table, row, column, shown(value), problem, mend))

    def note(self, row: int, column: str, value: str, kind: str, problem: str) -> None:
        """A thing forgiven; notes of one `kind` in one column are counted together."""
        self._notes[column, kind].append(Fault(self.table, row, column, shown(value), problem, "", "note"))

    def gathered(self) -> list[Fault]:
        """The faults, and the first note of each column and kind with the number of others."""
        notes = [replace(found[0], problem=found[0].problem + and_more(len(found))) for found in self._notes.values()]
        return self.faults + notes


@dataclass(frozen=True)
class Layout:
    """How the rows of one table are to be read: its columns by place, and what was seen of them as a whole.

    commas: columns whose numbers have decimal commas · blank: columns that are empty in every row.
    """

    table: Table
    columns: tuple[tuple[int, Column], ...]
    commas: frozenset[str]
    blank: frozenset[str]


def and_more(count: int) -> str:
    """How a message says that other rows have the same."""
    if count < 2:
        return ""
    return " (and in 1 more row)" if count == 2 else f" (and in {count - 1:,} more rows)"


def read_rows(table: Table, raw: RawTable | None, refused: bool = False) -> tuple[Sheet, list[Fault]]:
    """The rows of a table as values; a row keeps what could be read of it."""
    if raw is None:
        return Sheet(table, refused=refused), []
    layout, remarks = _lay_out(table, raw), Remarks(table.name)
    for name in sorted(layout.blank):
        if table.column(name).required:
            mend = f"fill it in ({table.column(name).meaning})"
            remarks.fault(0, name, "", f"the column {name} is empty in every row", mend)
    rows = tuple(_with_defaults(table, _read_row(layout, row, remarks)) for row in raw.rows)
    return Sheet(table, rows, True, False, _unread_ids(table, raw, rows)), remarks.gathered()


def _lay_out(table: Table, raw: RawTable) -> Layout:
    columns = tuple((index, table.column(name)) for index, name in enumerate(raw.headings) if name in table.names)
    commas = frozenset(column.name for index, column in columns if _uses_commas(index, column, raw))
    return Layout(table, columns, commas, _blank_columns(columns, raw))


def _blank_columns(columns: tuple[tuple[int, Column], ...], raw: RawTable) -> frozenset[str]:
    whole = [row for row in raw.rows if "" not in row.marks]
    return frozenset(
        column.name
        for index, column in columns
        if len(whole) > 1 and not any(row.cells[index].strip() or column.name in row.marks for row in whole)
    )


def _uses_commas(index: int, column: Column, raw: RawTable) -> bool:
    if column.kind not in NUMERIC or not any("," in row.cells[index] for row in raw.rows):
        return False
    return has_comma_decimals(row.cells[index] for row in raw.rows if row.cells[index].strip())


def _read_row(layout: Layout, row: RawRow, remarks: Remarks) -> Row:
    if "" in row.marks:
        return Row(row.number, {}, frozenset(layout.table.names))
    values: dict[str, object] = {}
    unread: set[str] = set()
    for index, column in layout.columns:
        name, text, mark = column.name, row.cells[index], row.marks.get(column.name, "")
        try:
            _refuse_mark(mark, text.strip(), column)
            if text.strip():
                values[name], remark = read_value(text, column, name in layout.commas)
                if remark:
                    remarks.note(row.number, name, text, "forgiven", remark)
                _note_number(layout.table, column, row, text, remarks)
            elif column.required:
                unread.add(name)
                if name not in layout.blank and mark != "merged":
                    remarks.fault(row.number, name, "", "the cell is empty", _fill_in(column))
        except Unreadable as trouble:
            unread.add(name)
            remarks.fault(row.number, name, text, trouble.problem, trouble.mend)
    return Row(row.number, values, frozenset(unread))


def _refuse_mark(mark: str, text: str, column: Column) -> None:
    if mark in OF_MARK:
        problem, mend = OF_MARK[mark]
        raise Unreadable(f"{shown(text)!r} {problem}" if text else f"the cell {problem}", mend)
    if mark == "date" and column.kind != "year_month":
        example = f", for example {column.example}" if column.example else ""
        raise Unreadable(f"{DATED} ({text})", f"format the cell as text and type it again{example}")


def _note_number(table: Table, column: Column, row: RawRow, text: str, remarks: Remarks) -> None:
    """Says when a key stands as a number in a workbook."""
    if row.marks.get(column.name) == "number" and column.kind == "id" and column.name in table.key[:1]:
        problem = f"{shown(text)!r} is a number in the workbook; Excel may have removed noughts before it"
        remarks.note(row.number, column.name, text, "number", problem)


def _fill_in(column: Column) -> str:
    like = f", for example {column.example}" if column.example else ""
    return f"give {column.meaning}{like}"


def _with_defaults(table: Table, row: Row) -> Row:
    if row.unread == frozenset(table.names):
        return row
    values = dict(row.values)
    for column in table.columns:
        if column.name not in values and not column.required:
            values[column.name] = column.default_for(values)
    return replace(row, values=values)


def _unread_ids(table: Table, raw: RawTable, rows: tuple[Row, ...]) -> frozenset[str]:
    """What stands in the key's place of rows whose key could not be read, as typed and as the nearest id."""
    if len(table.key) != 1 or table.key[0] not in raw.headings:
        return frozenset()
    index = raw.headings.index(table.key[0])
    texts = {cells.cells[index] for cells, row in zip(raw.rows, rows, strict=True) if table.key[0] in row.unread}
    return frozenset(texts | {as_id(text) for text in texts})
