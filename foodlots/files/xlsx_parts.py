"""The parts of an Excel workbook, read as text within limits: nothing is calculated, no macro or link is followed."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from foodlots.files.archive import Archive
from foodlots.files.raw import MOST_COLUMNS, MOST_ROWS, file_fault

MOST_CELLS = 3_000_000  # styled empty cells included
DATE_FORMATS = frozenset({14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57})  # ECMA-376, 18.8.30
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

Start = Callable[[str, Mapping[str, str]], None]


def parse(archive: Archive, chunks: Iterable[bytes], start: Start, end: Callable[[str], None] = lambda tag: None,
          text: Callable[[str], None] = lambda words: None) -> None:  # fmt: skip
    """Calls back for each tag, without its namespace; definitions (DTD) are refused, damage is named."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = text

    def refuse_definitions(*_):
        problem = f"{archive.file} contains definitions that spreadsheets do not need"
        raise file_fault(archive.table, archive.file, problem, "save the tables alone in a new workbook")

    parser.StartDoctypeDeclHandler = refuse_definitions
    try:
        for piece in chunks:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise archive.damaged() from None


@dataclass
class Workbook:
    """What a workbook says of itself: its sheets in order, with their parts, and how it counts days."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    from_1904: bool = False


def read_workbook(archive: Archive) -> Workbook:
    """The visible and hidden sheets of a workbook: (name, part, hidden)."""
    targets: dict[str, str] = {}

    def relation(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    if "xl/_rels/workbook.xml.rels" not in archive.names:
        raise archive.damaged()
    parse(archive, archive.chunks("xl/_rels/workbook.xml.rels"), relation)
    book = Workbook()

    def sheet(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "workbookPr":
            book.from_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet":
            link = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
            part = targets.get(link, "")
            part = part.lstrip("/") if part.startswith("/") else f"xl/{part}"
            if part in archive.names:
                book.sheets.append((attributes.get("name", ""), part, attributes.get("state", "visible") != "visible"))

    parse(archive, archive.chunks("xl/workbook.xml"), sheet)
    return book


def read_strings(archive: Archive) -> list[str]:
    """The workbook's shared texts, phonetic hints left out."""
    strings: list[str] = []
    state = {"inside": False, "phonetic": 0}
    pieces: list[str] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "si":
            pieces.clear()
        elif tag == "rPh":
            state["phonetic"] += 1
        state["inside"] = tag == "t" and not state["phonetic"]

    def end(tag: str) -> None:
        state["inside"] = False
        if tag == "rPh":
            state["phonetic"] -= 1
        elif tag == "si":
            strings.append(unescaped("".join(pieces)))

    def text(words: str) -> None:
        if state["inside"]:
            pieces.append(words)

    if "xl/sharedStrings.xml" in archive.names:
        parse(archive, archive.chunks("xl/sharedStrings.xml"), start, end, text)
    return strings


def read_date_styles(archive: Archive) -> frozenset[int]:
    """The cell styles that show a number as a date or time."""
    formats: dict[int, str] = {}
    styles: list[int] = []
    inside = {"cellXfs": False}

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "numFmt":
            formats[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside["cellXfs"] = True
        elif tag == "xf" and inside["cellXfs"]:
            styles.append(whole(attributes.get("numFmtId")))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside["cellXfs"] = False

    if "xl/styles.xml" in archive.names:
        parse(archive, archive.chunks("xl/styles.xml"), start, end)
    return frozenset(index for index, style in enumerate(styles) if _is_date(style, formats.get(style, "")))


def _is_date(style: int, code: str) -> bool:
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', "", code).lower()
    return style in DATE_FORMATS if not code else bool(re.search("[dmyhs]", plain)) and "general" not in plain


def whole(text: str | None) -> int:
    """The whole number in an attribute, 0 when it holds none."""
    return int(text) if text and re.fullmatch("[0-9]{1,9}", text) else 0


def unescaped(text: str) -> str:
    """The text with Excel's _x000D_ spellings of characters undone; half characters (surrogates) stay spelt."""
    return ESCAPED.sub(_character, text) if "_x" in text else text


def _character(spelt: re.Match) -> str:
    code = int(spelt[1], 16)
    return spelt[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def address(reference: str) -> tuple[int, int]:
    """The row (from 1) and column (from 0) of a cell such as B7; (0, 0) when it is none."""
    found = re.fullmatch("([A-Z]{1,3})([0-9]{1,7})", reference)
    if not found:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column - 1


def within_limits(row: int, column: int) -> bool:
    """Whether a cell is where a table may be."""
    return row <= MOST_ROWS + 12 and column < MOST_COLUMNS
