"""The sheets of a downloaded table, row by row as text: CSV as a stream, Excel and OpenDocument by sheet."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from foodlots.errors import DataError, Fault
from foodlots.files.archive import Archive
from foodlots.files.kinds import WORKBOOK, kind_of
from foodlots.files.raw import FileFault, note
from foodlots.files.xlsx_grid import read_xlsx
from foodlots.public.downloads import Download, cut_off, refuse
from foodlots.public.ods import ods_sheets
from foodlots.public.texts import open_text

MOST_SHEET_BYTES = 30_000_000  # of an Excel or OpenDocument file
DELIMITERS = ",;\t|"
OPEN_DOCUMENT = "an OpenDocument file (.ods)"

Row = tuple[int, tuple[str, ...]]


@dataclass
class Sheet:
    """One table of a file: rows as (row number, cells); `notes` grow while the rows are read."""

    file: str
    name: str
    rows: Iterator[Row]
    ragged: bool
    notes: list[Fault] = field(default_factory=list)


def sheets_of(download: Download) -> list[Sheet]:
    """The sheets of a file, in order; a CSV file is one. Raises DataError when it cannot be read."""
    kind = kind_of(download.start()) if download.start(2) != b"PK" else _kind_of_archive(download)
    if kind == WORKBOOK:
        return _workbook(download)
    if kind == OPEN_DOCUMENT:
        archive = _archive(download)
        return [Sheet(download.name, name, iter(rows), False) for name, rows in ods_sheets(archive)]
    return [_csv(download)]


def _kind_of_archive(download: Download) -> str:
    return kind_of(download.whole(MOST_SHEET_BYTES))


def _archive(download: Download) -> Archive:
    try:
        return Archive(download.name, download.name, download.whole(MOST_SHEET_BYTES))
    except FileFault as trouble:
        raise DataError([trouble.fault]) from None


def _workbook(download: Download) -> list[Sheet]:
    try:
        grids = list(read_xlsx(download.name, download.name, download.whole(MOST_SHEET_BYTES)))
    except FileFault as trouble:
        raise DataError([trouble.fault]) from None
    return [
        Sheet(download.name, name, iter(grid.rows), False) for name, _, grid in grids if not isinstance(grid, Fault)
    ]


def _csv(download: Download) -> Sheet:
    stream, notes = open_text(download)
    with stream:
        start = stream.read(65_536)
    if not start.strip():
        raise refuse(download.name, f"{download.name} is empty", "download it again")
    delimiter = max(DELIMITERS, key=lambda mark: max(line.count(mark) for line in start.splitlines()[:12]))
    if delimiter != ",":
        notes.append(note(download.name, "", f"is divided by {_named(delimiter)}, not commas"))
    sheet = Sheet(download.name, "", iter(()), True, notes)
    sheet.rows = _csv_rows(sheet, download, delimiter)
    return sheet


def _csv_rows(sheet: Sheet, download: Download, delimiter: str) -> Iterator[Row]:
    ends: list[str] = [""]

    def lines() -> Iterator[str]:
        for line in stream:
            ends[0] = line[-1:]
            yield line

    number = 0
    stream, _ = open_text(download)
    with stream:
        try:
            for number, cells in enumerate(csv.reader(lines(), delimiter=delimiter, strict=True), 1):
                yield number, tuple(cells)
        except csv.Error:
            raise cut_off(sheet.file, 'a quotation mark " opens here and is not closed', number + 1) from None
        except (UnicodeDecodeError, UnicodeError):
            raise cut_off(sheet.file, f"{sheet.file} breaks off inside a letter", number + 1) from None
    if not re.fullmatch(r"[\r\n]", ends[0]):
        sheet.notes.append(
            note(sheet.file, "", f"the last row ({number:,}) has no line end, so the download may have been cut off "
                 "there", "compare the file's size with the publisher's", number))  # fmt: skip


def _named(delimiter: str) -> str:
    return {";": "semicolons", "\t": "tabs", "|": "upright bars"}[delimiter]
