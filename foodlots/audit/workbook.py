"""The tables of a workbook as text: what its cells hold, exactly as far as a spreadsheet shows it."""

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from xml.parsers import expat

from foodlots.audit.sheets import Sheet, Unread, as_sheet, named_after

MOST_BYTES = 500_000_000  # of all parts unpacked
DIGITS = 15  # as many as a spreadsheet shows of a number
CELL = re.compile("([A-Z]{1,3})([0-9]{1,7})")
ESCAPED = re.compile("_x[0-9A-Fa-f]{4}_")
STRINGS = "xl/sharedStrings.xml"


@dataclass
class Tag:
    """One tag of a part: its name and attributes without their namespaces, the tags in it, and its own text."""

    name: str
    attributes: dict[str, str]
    inside: list["Tag"] = field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> Iterator["Tag"]:
        """The tags of a name in it, however deep; phonetic hints apart."""
        for tag in self.inside:
            if tag.name == name:
                yield tag
            elif tag.name != "rPh":
                yield from tag.all(name)

    def words(self) -> str:
        """The text of its `t` tags."""
        return "".join(tag.text for tag in self.all("t"))


def read_workbook(file: str, data: bytes, wanted: Collection[str]) -> list[Sheet]:
    """The tables wanted that hold anything. Raises Unread when they are in another form."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                raise Unread(f"{file} is larger unpacked than {MOST_BYTES // 1_000_000} MB")
            return list(_sheets(archive, wanted))
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError, RuntimeError, expat.ExpatError):
        raise Unread(f"{file} is not a whole workbook") from None


def _sheets(archive: zipfile.ZipFile, wanted: Collection[str]) -> Iterator[Sheet]:
    strings = [each.words() for each in _part(archive, STRINGS).all("si")] if STRINGS in archive.namelist() else []
    links = {link.attributes["Id"]: link.attributes["Target"] for link in _part(archive, _rels()).all("Relationship")}
    for sheet in _part(archive, "xl/workbook.xml").all("sheet"):
        table, target = named_after(sheet.attributes["name"]), links[sheet.attributes["id"]]
        if table not in wanted:
            continue
        content = _part(archive, target.lstrip("/") if target.startswith("/") else f"xl/{target}")
        if any(content.all("mergeCell")):
            raise Unread(f"the sheet {table} has merged cells")
        rows = [(number, _row(table, number, row, strings)) for number, row in _numbered(content)]
        rows = [(number, cells) for number, cells in rows if any(cells.values())]
        if rows:
            widest = 1 + max(place for _, cells in rows for place in cells)
            yield as_sheet(table, ((n, tuple(cells.get(at, "") for at in range(widest))) for n, cells in rows))


def _rels() -> str:
    return "xl/_rels/workbook.xml.rels"


def _part(archive: zipfile.ZipFile, name: str) -> Tag:
    """A part as tags; definitions of its own (DTD) are refused."""
    top = Tag("", {})
    open_tags = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = Tag(name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()})
        open_tags[-1].inside.append(tag)
        open_tags.append(tag)

    def text(words: str) -> None:
        open_tags[-1].text += words

    def refuse(*_) -> None:
        raise Unread(f"{name} holds definitions of its own")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.CharacterDataHandler = start, text
    parser.EndElementHandler = lambda _: open_tags.pop()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(archive.read(name), True)
    return top


def _numbered(content: Tag) -> Iterator[tuple[int, Tag]]:
    number = 0
    for row in content.all("row"):
        number = int(row.attributes.get("r", number + 1))
        yield number, row


def _row(table: str, number: int, row: Tag, strings: list[str]) -> dict[int, str]:
    """The texts of a row's cells by column, counted from 0."""
    found, place = {}, -1
    for cell in row.all("c"):
        address = CELL.fullmatch(cell.attributes.get("r", ""))
        place = column_of(address[1]) if address else place + 1
        found[place] = _text(table, number, cell, strings)
    return found


def column_of(letters: str) -> int:
    """The place of a column by its letters: A is 0, AA is 26."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1


def _text(table: str, row: int, cell: Tag, strings: list[str]) -> str:
    """A cell's text: a shared or own text, true or false, or a number as a spreadsheet shows it."""
    kind = cell.attributes.get("t", "n")
    value = "".join(tag.text for tag in cell.all("v"))
    if kind == "inlineStr":
        value = cell.words()
    elif not value:
        if any(cell.all("f")) and kind != "str":
            raise Unread(f"{table} row {row} has a formula without a stored result")
        return ""
    elif kind == "s":
        value = strings[int(value)]
    elif kind == "b":
        value = "true" if value == "1" else "false"
    elif kind == "n":
        return _number(table, row, value)
    elif kind != "str":
        raise Unread(f"{table} row {row} has a cell that is neither text nor number: {value}")
    if ESCAPED.search(value):
        raise Unread(f"{table} row {row} has marks that are not plain text")
    return value


def _number(table: str, row: int, value: str) -> str:
    try:
        return format(Decimal(f"{float(value):.{DIGITS}g}"), "f")
    except (ValueError, InvalidOperation):
        raise Unread(f"{table} row {row} has a number that cannot be read: {value}") from None
