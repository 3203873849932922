"""From the text of a table to its entries: every cell read as its column says, every id in the table it speaks of."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from itertools import pairwise

from foodlots.audit import cells, postcodes
from foodlots.audit.case import REQUIRED, Place
from foodlots.audit.exact import OffGrid
from foodlots.audit.sheets import Sheet, Unread, unread

Ids = Mapping[str, Iterable[str]]


def read_entries(kind: type, sheet: Sheet | None) -> list:
    """The entries of a table, none when there is no such table. Raises Unread at the first cell that cannot be read."""
    if sheet is None:
        return []
    needed = {_heading(part) for part in fields(kind) if part.metadata.get("otherwise") is REQUIRED}
    for column in sorted(needed - set(sheet.headings)):
        raise Unread(f"{sheet.table} has no column {column}")
    return [_entry(kind, sheet.table, number, row) for number, row in sheet.rows]


def keyed(table: str, pairs: Iterable[tuple[object, object]]) -> dict:
    """A mapping in order of its keys, no two of them the same."""
    found = sorted(pairs, key=lambda pair: pair[0])
    for (key, _), (other, _) in pairwise(found):
        if key == other:
            raise Unread(f"{table} tells twice of {key}")
    return dict(found)


def refer(table: str, entries: Iterable, ids: Ids) -> None:
    """Nothing when every id stands in a table it may stand in."""
    for entry in entries:
        for part in fields(entry):
            of, value = part.metadata.get("of"), getattr(entry, part.name)
            told = () if not of else value if isinstance(value, tuple) else (value,)
            for name in told:
                if not any(name in ids[other] for other in of):
                    raise Unread(f"{table}, {_heading(part)}: {name} is not in {' or '.join(of)}")


def _heading(part) -> str:
    return part.metadata.get("column") or part.name


def _entry(kind: type, table: str, number: int, row: Mapping[str, str]):
    values: dict[str, object] = {}
    for part in fields(kind):
        placed = part.name == "place"
        values[part.name] = _place(table, number, row) if placed else _cell(part, table, number, row, values)
    return kind(**values)


def _cell(part, table: str, number: int, row: Mapping[str, str], values: dict) -> object:
    text, otherwise = row.get(_heading(part), ""), part.metadata["otherwise"]
    if text:
        return _read(part.metadata["read"], table, number, _heading(part), text)
    if otherwise is REQUIRED:
        raise unread(table, number, _heading(part), text, "the cell is empty")
    return otherwise(values) if callable(otherwise) else otherwise


def _read(read, table: str, number: int, column: str, text: str) -> object:
    try:
        return read(text)
    except OffGrid as trouble:
        raise unread(table, number, column, text, str(trouble)) from None


def _place(table: str, number: int, row: Mapping[str, str]) -> Place:
    """As lat and lon say, with the km they may be off when they were looked up; else where the postcode is."""

    def told(column: str, read, otherwise):
        text = row.get(column, "")
        return _read(read, table, number, column, text) if text else otherwise

    lat, lon = told("lat", cells.degrees, None), told("lon", cells.degrees, None)
    code = told("postcode", cells.postcode, "")
    if lat is not None and lon is not None:
        return Place(lat, lon, told("error_km", cells.kilometres, 0.0), code)
    if lat is not None or lon is not None:
        raise Unread(f"{table} row {number} has only one of lat and lon")
    return Place(*_read(postcodes.find, table, number, "postcode", code))
