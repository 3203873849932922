"""The sheets of an OpenDocument spreadsheet as rows of text; dates as ISO, repeated cells written out."""

import io
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from foodlots.errors import DataError
from foodlots.files.archive import Archive
from foodlots.files.raw import FileFault
from foodlots.public.downloads import cut_off, refuse

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
MOST_COLUMNS = 200
MOST_REPEATS = 1_000  # rows written out of one that is repeated; blank tails of a sheet repeat a million times


def ods_sheets(archive: Archive) -> list[tuple[str, list[tuple[int, tuple[str, ...]]]]]:
    """Each sheet's name and its rows (row number, cells). Raises DataError for a damaged or hostile file."""
    try:
        return list(_sheets(io.BytesIO(b"".join(archive.chunks("content.xml")))))
    except FileFault as trouble:
        raise DataError([trouble.fault]) from None
    except ParseError:
        raise cut_off(archive.file, f"{archive.file} is damaged") from None
    except DefusedXmlException:
        raise refuse(archive.file, f"{archive.file} holds definitions a spreadsheet does not need",
                     "save it again in a spreadsheet program") from None  # fmt: skip


def _sheets(stream: io.BytesIO) -> Iterator[tuple[str, list[tuple[int, tuple[str, ...]]]]]:
    rows: list[tuple[int, tuple[str, ...]]] = []
    number = 0
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if event == "start" and element.tag == f"{TABLE}table":
            rows, number = [], 0
        elif event == "end" and element.tag == f"{TABLE}table-row":
            repeats = int(element.get(f"{TABLE}number-rows-repeated", "1"))
            cells = _cells(element)
            if any(cells):
                rows += [(number + step, cells) for step in range(1, min(repeats, MOST_REPEATS) + 1)]
            number += repeats
            element.clear()
        elif event == "end" and element.tag == f"{TABLE}table":
            yield element.get(f"{TABLE}name", ""), rows
            element.clear()


def _cells(row: Element) -> tuple[str, ...]:
    cells: list[str] = []
    for cell in row:
        if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        repeats = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        cells += [_value(cell)] * min(repeats, MOST_COLUMNS - len(cells))
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _value(cell: Element) -> str:
    """A date as ISO, else the words shown: what the publisher rounds to is what is read."""
    if date := cell.get(f"{OFFICE}date-value"):
        return date[:10]
    return "\n".join("".join(paragraph.itertext()) for paragraph in cell.iter(f"{TEXT}p")).strip()
