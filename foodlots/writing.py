"""Writing a case as text: a folder of CSV files and settings.toml, or one workbook, that reads back the same."""

import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from foodlots.files.raw import RawCase, RawTable
from foodlots.files.settings_text import write_toml
from foodlots.files.workbook import open_workbook, write_sheet
from foodlots.tables import TABLES

Rows = Iterable[Sequence[str]]


def write_tables(raw: RawCase, path: str | Path) -> Path:
    """Writes the tables and settings to a folder, or to a workbook when the path ends in .xlsx."""
    path = Path(path)
    if path.suffix.lower() == ".xlsx":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(workbook_bytes(raw))
        return path
    path.mkdir(parents=True, exist_ok=True)
    for file, data in table_files(raw).items():
        (path / file).write_bytes(data)
    return path


def table_files(raw: RawCase) -> dict[str, bytes]:
    """The tables as CSV files, and settings.toml where there are settings: file names and bytes."""
    files = {
        f"{table.name}.csv": csv_bytes(table.headings, (row.cells for row in table.rows)) for table in _in_order(raw)
    }
    return files | ({"settings.toml": write_toml(raw.settings).encode()} if raw.settings else {})


def workbook_bytes(raw: RawCase) -> bytes:
    """The case as a workbook, a sheet per table and one of settings, every cell plain text."""
    stream = io.BytesIO()
    book = open_workbook(stream)
    for table in _in_order(raw):
        write_sheet(book, table.name, table.headings, (row.cells for row in table.rows))
    settings = [(setting.section, setting.key, setting.value) for setting in raw.settings]
    write_sheet(book, "settings", ("section", "key", "value"), settings)
    book.close()
    return stream.getvalue()


def csv_bytes(headings: Sequence[str], rows: Rows) -> bytes:
    """A CSV file in UTF-8; its byte-order mark is there when Excel needs it to show the letters right."""
    text = "".join(",".join(map(_quoted, row)) + "\n" for row in (headings, *rows))
    return text.encode("utf-8" if text.isascii() else "utf-8-sig")


def _quoted(text: str) -> str:
    """The text in quotation marks when it holds a mark, a line end or anything that may divide columns."""
    return '"' + text.replace('"', '""') + '"' if re.search('[",;|\t\r\n]', text) else text


def _in_order(raw: RawCase) -> list[RawTable]:
    return [raw.tables[table.name] for table in TABLES if table.name in raw.tables]
