"""Where a published row stands: by its degrees, its grid reference or its postcode, checked against the others."""

from collections.abc import Mapping

from foodlots.places.grid import latitude_longitude
from foodlots.postcodes import UnknownPostcode, find_postcode
from foodlots.public.amounts import Odd, number
from foodlots.public.imported import Oddities

LATITUDES, LONGITUDES = (49.0, 61.5), (-9.0, 2.5)  # of Great Britain
FAR_DEGREES = 0.25  # a position this far from its own postcode is one of the two gone wrong


def place_cells(row: Mapping[str, str], row_number: int, label: str, odd: Oddities) -> dict[str, str]:
    """The cells postcode, lat, lon and area_code of a row; nothing, and a note, when nobody can say where it is."""
    postcode, found = row.get("postcode", ""), None
    if postcode:
        try:
            found = find_postcode(postcode, exact=False)
            postcode = found.postcode
        except UnknownPostcode:
            odd.add("the postcode is not known", row_number, f"{label}, {postcode}")
            postcode = ""
    degrees = _degrees(row, row_number, label, odd)
    if degrees and found and max(abs(degrees[0] - found.lat), abs(degrees[1] - found.lon)) > FAR_DEGREES:
        odd.add("the position is far from the postcode; the postcode was used", row_number, f"{label}, {postcode}")
        degrees = None
    if degrees is None and found is None:
        odd.add("neither postcode nor position, so it was left out", row_number, label)
        return {}
    cells = {"postcode": postcode} if postcode else {}
    if degrees:
        cells |= {"lat": f"{degrees[0]:.6f}", "lon": f"{degrees[1]:.6f}"}
    return cells | ({"area_code": row["area"]} if row.get("area", "")[:1] in ("E", "S", "W") else {})


def _degrees(row: Mapping[str, str], row_number: int, label: str, odd: Oddities) -> tuple[float, float] | None:
    try:
        if row.get("lat") and row.get("lon"):
            return number(row["lat"], *LATITUDES), number(row["lon"], *LONGITUDES)
        if row.get("easting") and row.get("northing"):
            east, north = number(row["easting"], 1, 700_000), number(row["northing"], 1, 1_300_000)
            if east and north:
                lat, lon = latitude_longitude(east, north)
                return float(lat), float(lon)
    except Odd as trouble:
        odd.add("the position cannot be read; the postcode was used", row_number, f"{label}, {trouble}")
    return None
