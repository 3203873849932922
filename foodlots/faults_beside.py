"""The faults of a case beside the user's own rows, as a workbook to mend and open again."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from foodlots.errors import Fault
from foodlots.files.raw import RawCase, RawRow, RawTable
from foodlots.files.workbook import LONGEST_CELL, open_workbook, write_sheet
from foodlots.settings_table import SETTINGS_SHEET
from foodlots.tables import TABLES

LIST = "faults"
LISTED = ("table", "row", "column", "what stands there", "what is wrong", "how to mend it", "weight")
BESIDE = ("fault", "how to mend it")  # columns put to the right of a table's own; read back, they are passed over
WEIGHT = {"block": "must be mended", "warn": "look at this", "note": "for information"}
SETTING_COLUMNS = ("section", "key", "value")


def faults_workbook(raw: RawCase, faults: Iterable[Fault]) -> bytes:
    """A sheet that lists every fault, then each table as it stands, with the faults of a row to the right of it.

    The cells at fault stand out. Mended and opened again, the workbook is the case.
    """
    told = [fault for fault in faults if fault.severity != "note"]
    stream = io.BytesIO()
    book = open_workbook(stream)
    write_sheet(book, LIST, LISTED, (_listed(fault) for fault in told))
    for table in _tables(raw):
        own = _faults_of(table, told)
        write_sheet(book, table.name, (*table.headings, *BESIDE) if own else table.headings, *_beside(table, own))
    book.close()
    return stream.getvalue()


def _tables(raw: RawCase) -> Iterator[RawTable]:
    yield from (_without_beside(raw.tables[table.name]) for table in TABLES if table.name in raw.tables)
    if raw.settings:
        rows = (RawRow(place, (each.section, each.key, each.value)) for place, each in enumerate(raw.settings))
        yield RawTable(SETTINGS_SHEET.name, SETTING_COLUMNS, tuple(rows))


def _without_beside(table: RawTable) -> RawTable:
    """The table without the columns an earlier workbook of faults has put to its right."""
    kept = [place for place, heading in enumerate(table.headings) if heading not in BESIDE]
    if len(kept) == len(table.headings):
        return table
    rows = (RawRow(row.number, tuple(row.cells[place] for place in kept), row.marks) for row in table.rows)
    return RawTable(table.name, tuple(table.headings[place] for place in kept), tuple(rows))


def _faults_of(table: RawTable, faults: Sequence[Fault]) -> list[Fault]:
    """A table's faults; one of a setting stands in the cell of its value."""
    own = [fault for fault in faults if fault.table == table.name]
    if table.name != SETTINGS_SHEET.name:
        return own
    rows = {f"{row.cells[0]}.{row.cells[1]}": row.number for row in table.rows}
    return [replace(fault, row=rows[fault.column], column="value") for fault in own if fault.column in rows]


def _listed(fault: Fault) -> tuple[str, ...]:
    row = str(fault.row) if fault.row else ""
    return (fault.table, row, fault.column, fault.value, fault.problem, fault.mend, WEIGHT[fault.severity])


def _beside(table: RawTable, faults: Sequence[Fault]) -> tuple[list[tuple[str, ...]], set[tuple[int, int]]]:
    """The table's rows with their faults to the right, and the cells at fault."""
    by_row: dict[int, list[Fault]] = {}
    for fault in faults:
        by_row.setdefault(fault.row, []).append(fault)
    rows, marked = [], set()
    for place, row in enumerate(table.rows, 1):
        own = by_row.get(row.number, [])
        cells = (*row.cells, *("" for _ in range(len(table.headings) - len(row.cells))))
        rows.append((*cells, _joined(fault.problem for fault in own), _joined(fault.mend for fault in own)))
        marked |= {(place, table.headings.index(fault.column)) for fault in own if fault.column in table.headings}
    return rows if faults else [row.cells for row in table.rows], marked


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(text for text in texts if text)[:LONGEST_CELL]
