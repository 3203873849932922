"""Outlines and centres on the map, from the places of the sites."""

from collections.abc import Iterable, Sequence
from math import cos, hypot, pi, radians, sin

from foodlots.case import Place

KM_PER_DEGREE = 111.195  # km in a degree of a meridian on a sphere of radius 6,371.0 km
CORNERS = 16  # corners of the circle that rounds an outline off

Point = tuple[float, float]  # degrees north, degrees east
Box = tuple[float, float, float, float]  # south, west, north, east


def centre(places: Sequence[Place]) -> Point:
    """The middle of the places."""
    return (
        round(sum(place.lat for place in places) / len(places), 5),
        round(sum(place.lon for place in places) / len(places), 5),
    )


def box_around(places: Iterable[Place], higher: float = 0.0, wider: float = 0.0) -> Box:
    """South, west, north and east of the places, larger on every side by shares of their extent."""
    lats, lons = zip(*((place.lat, place.lon) for place in places), strict=True)
    high, wide = (max(lats) - min(lats)) * higher, (max(lons) - min(lons)) * wider
    return min(lats) - high, min(lons) - wide, max(lats) + high, max(lons) + wide


def across_km(places: Iterable[Place]) -> float:
    """How far the places stretch from corner to corner, km."""
    south, west, north, east = box_around(places)
    return hypot(north - south, (east - west) * cos(radians((north + south) / 2))) * KM_PER_DEGREE


def outline(places: Iterable[Place], margin_km: float) -> list[Point]:
    """The rounded outline of the places, everywhere at least about `margin_km` away from them."""
    corners = _hull(sorted({(place.lon, place.lat) for place in places}))
    high = margin_km / KM_PER_DEGREE
    ring = [
        (lon + high / cos(radians(lat)) * cos(turn * 2 * pi / CORNERS), lat + high * sin(turn * 2 * pi / CORNERS))
        for lon, lat in corners
        for turn in range(CORNERS)
    ]
    return [(round(lat, 5), round(lon, 5)) for lon, lat in _hull(sorted(ring))]


def _hull(points: Sequence[Point]) -> list[Point]:
    """The corners of the smallest convex shape around sorted points (Andrew's monotone chain)."""
    if len(points) < 3:
        return list(points)
    return _chain(points)[:-1] + _chain(points[::-1])[:-1]


def _chain(points: Iterable[Point]) -> list[Point]:
    chain: list[Point] = []
    for point in points:
        while len(chain) > 1 and not _turns_left(chain[-2], chain[-1], point):
            chain.pop()
        chain.append(point)
    return chain


def _turns_left(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) > (b[1] - a[1]) * (c[0] - a[0])
