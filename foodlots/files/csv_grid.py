"""CSV as people save it: any usual encoding, delimiter and line end, with row numbers true to the spreadsheet."""

import csv
import io
import re

from foodlots.errors import Fault
from foodlots.files.raw import MOST_COLUMNS, MOST_ROWS, Grid, file_fault, note

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
LOOKED_AT = 12  # first rows in which headings are looked for
LONGEST_FIELD = 131_072  # characters
MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
LINE_END = re.compile(rb"\r\n|\r|\n")


def read_csv(table: str, file: str, data: bytes, headings: frozenset[str]) -> Grid:
    """The rows of a CSV file; `headings` are the words that tell a row of headings. Raises FileFault."""
    text, notes = decode(table, file, data)
    text, delimiter = _delimiter(text, headings)
    if delimiter != ",":
        notes.append(note(table, file, f"{file} is divided by {DELIMITERS[delimiter]}"))
    return Grid(table, tuple(enumerate(_rows(table, file, text, delimiter), 1)), notes=tuple(notes))


def decode(table: str, file: str, data: bytes) -> tuple[str, list[Fault]]:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, with a note when it is not UTF-8. Raises FileFault."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _as_utf16(table, file, data, "utf-16")
    if b"\x00" in data[:200] and data[:200].count(b"\x00") * 3 > len(data[:200]):
        return _as_utf16(table, file, data, "utf-16-le" if data[1:2] == b"\x00" else "utf-16-be")
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as trouble:
        return _as_windows(table, file, data, trouble.start)


def _as_utf16(table: str, file: str, data: bytes, encoding: str) -> tuple[str, list[Fault]]:
    try:
        return data.decode(encoding).lstrip("\ufeff"), [note(table, file, f"{file} is in UTF-16 and was read as such")]
    except UnicodeDecodeError:
        raise file_fault(table, file, f"{file} begins as UTF-16 but is damaged", "save it again as CSV UTF-8") from None


def _as_windows(table: str, file: str, data: bytes, first_bad: int) -> tuple[str, list[Fault]]:
    mixed = MULTIBYTE.search(data)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as trouble:
        raise _bad_byte(table, file, data, trouble.start) from None
    if mixed:
        raise _bad_byte(table, file, data, first_bad)
    return text, [note(table, file, f"{file} is in Windows-1252 and was read as such", "save it as CSV UTF-8")]


def _bad_byte(table: str, file: str, data: bytes, position: int):
    row = len(LINE_END.findall(data[:position])) + 1
    return file_fault(table, f"0x{data[position]:02X}", f"the byte 0x{data[position]:02X} belongs to another encoding",
                      "save the file again as CSV UTF-8", row)  # fmt: skip


def _delimiter(text: str, headings: frozenset[str]) -> tuple[str, str]:
    """The text without a leading `sep=` line, and the delimiter that shows most of the headings looked for."""
    told = re.match(r'"?sep=(.)"?(?:\r\n|\r|\n)', text, re.I)
    if told and told[1] in DELIMITERS:
        return text[told.end() :], told[1]
    start = text[:65_536]
    return text, max(DELIMITERS, key=lambda delimiter: _headings_shown(start, delimiter, headings))


def _headings_shown(start: str, delimiter: str, headings: frozenset[str]) -> tuple[int, int]:
    lines = [line.split(delimiter) for line in start.splitlines()[:LOOKED_AT]]
    known = max((sum(_plain(cell) in headings for cell in cells) for cells in lines), default=0)
    return known, min(len(lines[0]), 2) if lines else 0


def _plain(cell: str) -> str:
    return cell.strip().strip('"').strip().lower()


def _rows(table: str, file: str, text: str, delimiter: str) -> list[tuple[str, ...]]:
    """Every row of the text; an unclosed quote is named at the row where it opens."""
    if '"' not in text:
        rows = [tuple(line.split(delimiter)) if line else () for line in _lines(text)]
    else:
        rows = []
        try:
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
                rows.append(tuple(row))
        except csv.Error as trouble:
            raise _csv_fault(table, file, len(rows) + 1, str(trouble)) from None
    _refuse_too_large(table, rows)
    return rows


def _csv_fault(table: str, file: str, row: int, trouble: str):
    if "field larger" in trouble:
        return file_fault(table, file, f"a cell holds more than {LONGEST_FIELD:,} characters",
                          'look for a quotation mark " that is not closed', row)  # fmt: skip
    return file_fault(table, file, 'a quotation mark " opens here and is not closed',
                      'close it, or write "" for a mark inside a text', row)  # fmt: skip


def _lines(text: str) -> list[str]:
    lines = re.split("\r\n|\r|\n", text)
    return lines[:-1] if lines and not lines[-1] else lines


def _refuse_too_large(table: str, rows: list[tuple[str, ...]]) -> None:
    if len(rows) > MOST_ROWS + LOOKED_AT:
        raise file_fault(table, "", f"the table has more than {MOST_ROWS:,} rows", "split it or remove empty rows")
    widest = max(range(len(rows)), key=lambda index: len(rows[index]), default=0)
    if rows and len(rows[widest]) > MOST_COLUMNS:
        raise file_fault(table, "", f"the row has {len(rows[widest]):,} columns; the most read is {MOST_COLUMNS}",
                         "remove the columns that are not used", widest + 1)  # fmt: skip
