"""The tables of a case as text, in the one form of the contract: CSV files in UTF-8 with commas, or a workbook."""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from foodlots.audit.say import echo, these

Files = Path | str | Mapping[str, bytes]

MOST_BYTES = 50_000_000  # of one file
SETTINGS = "settings"


class Unread(Exception):
    """What the audit cannot read of a case by itself; the message says where it stands and why."""


@dataclass(frozen=True)
class Sheet:
    """One table as text: its headings, and its rows by heading with their numbers in the file; no blank rows."""

    table: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


@dataclass(frozen=True)
class Folder:
    """The files of a case and what it is called after them."""

    name: str
    files: Mapping[str, bytes]


def unread(table: str, row: int, column: str, value: str, why: str) -> Unread:
    """A cell that cannot be read."""
    return Unread(f"{table} row {row}, {column}: {echo(value)} cannot be read here: {why}")


def open_case(source: Files) -> Folder:
    """The tables and settings among the files of a folder, or of file names with their bytes; or one workbook."""
    if isinstance(source, Mapping):
        name = Path(next(iter(source))).stem if len(source) == 1 else "Food lots"
        return Folder(name, {file: source[file] for file in sorted(source)})
    path = Path(source)
    try:
        if path.is_dir():
            chosen = [file for file in sorted(path.iterdir()) if file.suffix.lower() in (".csv", ".toml")]
            seen = [file for file in chosen if file.is_file() and not file.name.startswith((".", "~$"))]
            return Folder(path.resolve().name, {file.name: _bytes(file) for file in seen})
        return Folder(path.stem, {path.name: _bytes(path)})
    except OSError as trouble:
        raise Unread(f"{path.name} cannot be opened ({trouble.strerror})") from None


def named_after(text: str) -> str:
    """The table that a file, sheet or heading is named after: capitals, blanks and hyphens do not count."""
    return re.sub(r"[\s\-_]+", "_", text.strip().lower()).strip("_")


def read_csv(file: str, data: bytes) -> Sheet:
    """The table in a CSV file. Raises Unread when it is in another form."""
    table = Path(file).stem
    try:
        rows = list(csv.reader(io.StringIO(text_of(file, data), newline=""), strict=True))
    except csv.Error as trouble:
        raise Unread(f"{file} cannot be read as CSV ({trouble})") from None
    return as_sheet(named_after(table), enumerate(map(tuple, rows), 1))


def text_of(file: str, data: bytes) -> str:
    """The text of a file in UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unread(f"{file} is not in UTF-8") from None


def as_sheet(table: str, rows: Iterator[tuple[int, tuple[str, ...]]]) -> Sheet:
    """A table of rows of equal width below one row of headings, no two the same."""
    told = [(number, tuple(cell.strip() for cell in cells)) for number, cells in rows]
    told = [(number, cells) for number, cells in told if any(cells)]
    if not told:
        raise Unread(f"{table} is empty")
    headings = told[0][1]
    if len(set(headings)) < len(headings) or not all(headings):
        raise Unread(f"{table} has headings that are empty or stand twice: {these(headings)}")
    return Sheet(
        table, headings, tuple((number, _by_heading(table, number, headings, cells)) for number, cells in told[1:])
    )


def _by_heading(table: str, number: int, headings: tuple[str, ...], cells: tuple[str, ...]) -> dict[str, str]:
    try:
        return dict(zip(headings, cells, strict=True))
    except ValueError:
        trouble = f"{table} row {number} has {len(cells)} values but there are {len(headings)} headings"
        raise Unread(trouble) from None


def _bytes(file: Path) -> bytes:
    if file.stat().st_size > MOST_BYTES:
        raise Unread(f"{file.name} is larger than {MOST_BYTES // 1_000_000} MB")
    return file.read_bytes()
