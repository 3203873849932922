"""The ONS postcode directory or Code-Point Open → exact positions and districts of a case's own postcodes.

Millions of rows go by one at a time; only postcodes that the case uses are kept.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from foodlots.places.grid import latitude_longitude
from foodlots.public.amounts import Odd, number
from foodlots.public.downloads import Download, refuse, unwrap_all
from foodlots.public.imported import Imported, Oddities, Standing, Wish
from foodlots.public.placing import LATITUDES, LONGITUDES
from foodlots.public.rows import Record, read_records
from foodlots.public.sheets import sheets_of

SOURCE = "ONS Postcode Directory or OS Code-Point Open, Open Government Licence v3.0"
TABLES = ("sites", "producers", "depots")
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}")
CODE_POINT = (("postcode", 0), ("easting", 2), ("northing", 3), ("area", 8))  # its files have no headings
CODE_POINT_WIDTHS = (10, 19)
EVERY = 100_000  # rows, after which it is said how many have gone by
Found = dict[str, dict[str, str]]


def read_postcodes(files: Sequence[Download], wish: Wish) -> Imported:
    """Positions for every row of the case that has a postcode in the files; rows with lat and lon keep them."""
    odd = Oddities(files[0].name)
    wanted = _wanted(wish)
    if not wanted:
        raise refuse(
            files[0].name, "the case has no postcode to look up", "import or fill in kitchens or producers first"
        )
    found: Found = {}
    rows = 0
    for file in unwrap_all(files):
        for row_number, row in _rows(file, odd):
            rows += 1
            if rows % EVERY == 0:
                wish.look(rows)
            key = row["postcode"].replace(" ", "").upper()
            if key in wanted and (cells := _cells(row, row_number, odd)):
                found[key] = cells
    if not rows:
        raise refuse(files[0].name, "it holds no postcodes", "give the whole directory")
    tables = {table: tuple(_filled(wish, table, found)) for table in TABLES}
    missing = sorted(wanted - found.keys())
    told = [f"{files[0].name}: {rows:,} postcodes, {len(found):,} of the {len(wanted):,} that the case uses."]
    told += [f"Not in it: {', '.join(missing[:10])}{' …' if len(missing) > 10 else ''}."] if missing else []
    standings = tuple(Standing(table, row[table[:-1]], column, "measured", SOURCE)
                      for table in TABLES for row in tables[table] for column in ("lat", "lon"))  # fmt: skip
    return Imported(tables, tuple(told), tuple(odd.notes()), standings, fills=True)


def _wanted(wish: Wish) -> frozenset[str]:
    return frozenset(row["postcode"].replace(" ", "").upper() for table in TABLES for row in _rows_of(wish, table)
                     if row.get("postcode"))  # fmt: skip


def _rows_of(wish: Wish, table: str) -> list[dict[str, str]]:
    raw = wish.case.tables.get(table)
    return [dict(zip(raw.headings, row.cells, strict=False)) for row in raw.rows] if raw else []


def _filled(wish: Wish, table: str, found: Found) -> Iterator[Mapping[str, str]]:
    for row in _rows_of(wish, table):
        cells = found.get(row.get("postcode", "").replace(" ", "").upper())
        if cells and not row.get("lat"):
            yield {table[:-1]: row[table[:-1]], **cells}


def _rows(file: Download, odd: Oddities) -> Iterator[tuple[int, Record]]:
    if _is_code_point(file):
        (sheet,) = sheets_of(file)
        for row_number, cells in sheet.rows:
            if len(cells) not in CODE_POINT_WIDTHS:
                raise refuse(file.name, f"row {row_number:,} has {len(cells)} values, Code-Point Open has 10",
                             "download it again", row_number)  # fmt: skip
            yield row_number, {name: cells[place] if place < len(cells) else "" for name, place in CODE_POINT}
        odd.read_notes += sheet.notes
        return
    records = read_records(file, "postcodes")
    if not {"lat", "lon"} <= records.columns and not {"easting", "northing"} <= records.columns:
        raise refuse(file.name, "it has postcodes but no position", "expected lat and long, or oseast1m and osnrth1m")
    yield from records.rows
    odd.read_notes += records.notes


def _is_code_point(file: Download) -> bool:
    first = file.start(200).split(b"\n")[0].decode("ascii", "replace").strip().strip('"')
    cells = [cell.strip('" \r') for cell in first.split(",")]
    return len(cells) in CODE_POINT_WIDTHS and bool(POSTCODE.fullmatch(cells[0].replace(" ", "")))


def _cells(row: Record, row_number: int, odd: Oddities) -> dict[str, str]:
    """The position of a postcode; none, and a note, when the directory has none or one outside Great Britain."""
    try:
        if row.get("lat") and row.get("lon"):
            lat, lon = number(row["lat"], *LATITUDES), number(row["lon"], *LONGITUDES)
        else:
            east, north = number(row.get("easting", ""), 1, 700_000), number(row.get("northing", ""), 1, 1_300_000)
            if not east or not north:
                raise Odd("no position")
            lat, lon = map(float, latitude_longitude(east, north))
    except Odd as trouble:
        odd.add(
            "the position cannot be used, so the postcode was left out", row_number, f"{row['postcode']}, {trouble}"
        )
        return {}
    area = {"area_code": row["area"]} if re.fullmatch(r"[EWS]0[0-9]{7}", row.get("area", "")) else {}
    return {"lat": f"{lat:.6f}", "lon": f"{lon:.6f}", **area}
