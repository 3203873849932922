"""A base map that needs no tiles: district outlines, coast included, and the outcodes to write on them."""

import json
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from foodlots.places.lookup import Spread, read_packed, spreads

ATTRIBUTION = (
    "Contains OS data © Crown copyright and database right 2025. "
    "Contains Royal Mail data © Royal Mail copyright and database right 2025. "
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Coast: made with Natural Earth. Outlines are approximate, for orientation only."
)

Ring = list[tuple[float, float]]


class Box(NamedTuple):
    """A stretch of map, in degrees."""

    south: float
    west: float
    north: float
    east: float


def outlines(box: Box) -> dict:
    """The districts of Great Britain that touch the box, whole, as a GeoJSON FeatureCollection sorted by code.

    Properties: code (E07000123), name, middle ([lat, lon], inside the district, where a name can be written).
    Borders are drawn half-way between postcodes and the coast at 1:10 million: right to about 1 km, for orientation.
    """
    box = Box(*box)
    districts = [_feature(district) for district in _packed()["districts"] if _touches(district, box)]
    return {"type": "FeatureCollection", "features": districts}


def place_labels(box: Box, *, across: int = 16) -> list[Spread]:
    """The outcodes to write on a map of the box, each at the middle of its postcodes, sorted by code.

    No two stand so close that one would cover the other where `across` labels fit side by side (three times as many
    one above the other); the one with more postcodes stays. Outcodes without ground of their own are never written:
    those of large users and PO boxes, and most of those that were replaced.
    """
    box = Box(*box)
    wide, high = (box.east - box.west) / across, (box.north - box.south) / (3 * across)
    places = [spreads()[code] for code in _packed()["labels"]]
    written: list[Spread] = []
    for place in sorted(places, key=lambda place: (-place.postcodes, place.code)):
        clear = all(abs(place.lon - other.lon) >= wide or abs(place.lat - other.lat) >= high for other in written)
        if clear and _inside((place.lon, place.lat), box):
            written.append(place)
    return sorted(written, key=lambda place: place.code)


@cache
def _packed() -> dict:
    """The content of outlines.json.gz with its rings unpacked to (lon, lat) pairs."""
    content = json.loads(read_packed("outlines.json.gz"))
    for district in content["districts"]:
        district["polygons"] = [
            [_unpack(ring, content["steps_per_degree"]) for ring in polygon] for polygon in district["polygons"]
        ]
    return content


def _unpack(ring: list[int], steps_per_degree: int) -> Ring:
    """Steps east and north, in turn, from the point before: added up and turned into degrees."""
    lon, lat = accumulate(ring[::2]), accumulate(ring[1::2])
    points = [(x / steps_per_degree, y / steps_per_degree) for x, y in zip(lon, lat, strict=True)]
    return [*points, points[0]]


def _feature(district: dict) -> dict:
    polygons = [[[list(point) for point in ring] for ring in polygon] for polygon in district["polygons"]]
    return {
        "type": "Feature",
        "properties": {"code": district["code"], "name": district["name"], "middle": list(district["middle"])},
        "geometry": {"type": "MultiPolygon", "coordinates": polygons},
    }


def _touches(district: dict, box: Box) -> bool:
    return any(_cut(polygon[0], box) for polygon in district["polygons"])


def _inside(point: tuple[float, float], box: Box) -> bool:
    return box.west <= point[0] <= box.east and box.south <= point[1] <= box.north


def _cut(ring: Ring, box: Box) -> Ring:
    """What is left of a ring inside the box (Sutherland and Hodgman's way: one side of the box after another)."""
    for axis, limit, sign in ((0, box.west, 1), (0, box.east, -1), (1, box.south, 1), (1, box.north, -1)):
        ring = _cut_side(ring, axis, limit, sign)
        if not ring:
            break
    return ring


def _cut_side(ring: Ring, axis: int, limit: float, sign: int) -> Ring:
    depths = [sign * (point[axis] - limit) for point in ring]
    if min(depths) >= 0:
        return ring
    if max(depths) < 0:
        return []
    kept: Ring = []
    for (here, there), (depth, next_depth) in zip(pairwise(ring), pairwise(depths), strict=True):
        if depth >= 0:
            kept.append(here)
        if (depth >= 0) != (next_depth >= 0):
            part = depth / (depth - next_depth)
            kept.append((here[0] + part * (there[0] - here[0]), here[1] + part * (there[1] - here[1])))
    return [*kept, kept[0]]
