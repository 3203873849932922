"""Where a site, producer or depot is: its lat and lon, or its postcode looked up offline."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from foodlots.case import Place
from foodlots.checks.rows import Row, Sheet, and_more
from foodlots.errors import Fault
from foodlots.values.texts import shown

if TYPE_CHECKING:
    from foodlots.postcodes import Found

VAGUE_KM = 2.0  # a position that may be off by more is worth a note
APART = Decimal("0.15")  # degrees of lat, and of lon, by which a postcode and lat/lon may differ: some 10 to 17 km
KM_A_DEGREE = 60  # of longitude, in the north of England

Places = dict[int, Place]


def find_places(sheet: Sheet) -> tuple[Places, list[Fault]]:
    """The place of each row by row number, with every fault and note; a row that cannot be placed has none."""
    places: Places = {}
    faults: list[Fault] = []
    vague: list[tuple[Row, Found]] = []
    for row in sheet.read("lat", "lon", "postcode"):
        lat, lon, postcode = row.values["lat"], row.values["lon"], str(row.values["postcode"])
        if lat is not None and lon is not None:
            places[row.number] = Place(float(lat), float(lon), 0.0, postcode)
            faults += _far_apart(sheet, row)
        elif lat is not None or lon is not None:
            faults.append(_half(sheet, row))
        elif not postcode:
            faults.append(Fault(sheet.table.name, row.number, "postcode", "", "there is no position",
                                "give a postcode, or lat and lon"))  # fmt: skip
        else:
            _look_up(sheet, row, postcode, places, faults, vague)
    return places, faults + _vague(sheet, vague)


def _look_up(sheet: Sheet, row: Row, postcode: str, places: Places, faults: list[Fault], vague: list) -> None:
    from foodlots.postcodes import UnknownPostcode, find_postcode

    try:
        found = find_postcode(postcode)
    except UnknownPostcode as trouble:
        problem = trouble.problem if shown(postcode) in trouble.problem else f"{shown(postcode)!r}: {trouble.problem}"
        faults.append(Fault(sheet.table.name, row.number, "postcode", shown(postcode), problem, trouble.mend))
        return
    places[row.number] = Place(found.lat, found.lon, found.error_km, found.postcode)
    if found.error_km > VAGUE_KM:
        vague.append((row, found))


def _half(sheet: Sheet, row: Row) -> Fault:
    given, missing = ("lat", "lon") if row.values["lon"] is None else ("lon", "lat")
    return Fault(sheet.table.name, row.number, missing, "", f"{given} is given without {missing}",
                 f"give {missing} too, or leave both empty and give a postcode")  # fmt: skip


def _far_apart(sheet: Sheet, row: Row) -> list[Fault]:
    """A warning when the postcode is far from the lat and lon beside it; an unknown postcode says nothing here."""
    postcode = str(row.values["postcode"])
    if not postcode:
        return []
    from foodlots.postcodes import UnknownPostcode, find_postcode

    try:
        found = find_postcode(postcode, exact=False)
    except UnknownPostcode:
        return []
    off = max(abs(row.values["lat"] - Decimal(found.lat)), abs(row.values["lon"] - Decimal(found.lon)))
    if off <= APART + Decimal(found.error_km) / KM_A_DEGREE or found.how == "outcode":
        return []
    return [Fault(sheet.table.name, row.number, "lat", f"{row.values['lat']}, {row.values['lon']}",
                  f"lat and lon are far from the postcode {postcode}, which is near {found.lat:.3f}, {found.lon:.3f}",
                  "check both; lat and lon were used", "warn")]  # fmt: skip


def find_unknown_postcodes(sheets: Mapping[str, Sheet]) -> Iterator[Fault]:
    """A postcode nobody needs for a position is still worth mending when there is no such postcode."""
    from foodlots.postcodes import UnknownPostcode, find_postcode

    for sheet in sheets.values():
        if "postcode" not in sheet.table.names:
            continue
        unknown: list[tuple[Row, UnknownPostcode]] = []
        for row in sheet.read("postcode"):
            placed = not sheet.table.place or None not in (row.values.get("lat"), row.values.get("lon"))
            if placed and row.values["postcode"]:
                try:
                    find_postcode(str(row.values["postcode"]), exact=False)
                except UnknownPostcode as trouble:
                    unknown.append((row, trouble))
        if unknown:
            row, trouble = unknown[0]
            text = shown(str(row.values["postcode"]))
            problem = trouble.problem if text in trouble.problem else f"{text!r}: {trouble.problem}"
            yield Fault(sheet.table.name, row.number, "postcode", text, problem + and_more(len(unknown)),
                        "mend it or leave it empty; it was not used", "warn")  # fmt: skip


def _vague(sheet: Sheet, vague: list[tuple[Row, "Found"]]) -> list[Fault]:
    if not vague:
        return []
    row, found = vague[0]
    return [Fault(sheet.table.name, row.number, "postcode", found.postcode,
                  f"{found.postcode} was placed by its {found.how} and may be off by {found.error_km:.1f} km"
                  + and_more(len(vague)), "give lat and lon for a better position", "note")]  # fmt: skip
