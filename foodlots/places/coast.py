"""The land of Great Britain: the coast of Natural Earth, filled out where towns stand seaward of it.

Part of the making of outlines.json.gz; needs shapely.
"""

import json
from pathlib import Path

import numpy as np
import shapely

EARTH_M = 6_371_000.0
TRUE_AT = np.radians(54.0)
SEAS = (-9.0, 49.7, 2.2, 61.2)
WORLD_M2 = 1e13
ISLAND_WITHIN_M = 300.0
TOWN_FROM_COAST_M = 3_000.0
TOWN_REACH_M = 600.0
TOWN_POINTS = 6
TOWN_MARGIN_M = 330.0
CLOSE_M = 220.0
COAST_TOLERANCE_M = 120.0
POND_M2 = 3e6


def to_plane(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Degrees to metres on Mercator's map, true to scale at 54° N.

    Shapes keep their look on it, so the nearest postcode stays the nearest.
    """
    scale = EARTH_M * np.cos(TRUE_AT)
    return np.column_stack([scale * np.radians(lon), scale * np.arcsinh(np.tan(np.radians(lat)))])


def to_degrees(plane: np.ndarray) -> np.ndarray:
    """Metres on the same map back to degrees: one row of lon, lat for each point."""
    scale = EARTH_M * np.cos(TRUE_AT)
    return np.column_stack([np.degrees(plane[:, 0] / scale), np.degrees(np.arctan(np.sinh(plane[:, 1] / scale)))])


def british_land(natural_earth: Path, points: np.ndarray) -> shapely.Geometry:
    """Every island with a British postcode on it, as one shape on the plane.

    natural_earth: `land-10m.json` of the npm package world-atlas (TopoJSON). points: postcodes on the plane.
    """
    tree = shapely.STRtree(shapely.points(points))
    islands = [
        island
        for island in _islands(json.loads(natural_earth.read_text(encoding="utf-8")))
        if island.area < WORLD_M2 and len(tree.query(island, predicate="dwithin", distance=ISLAND_WITHIN_M))
    ]
    return _with_coast_towns(shapely.union_all(islands), points, tree)


def _islands(topology: dict) -> list[shapely.Polygon]:
    """The polygons of a TopoJSON file whose outer ring touches the seas around Great Britain."""
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]
    polygons = []
    for shape in topology["objects"]["land"]["geometries"]:
        for rings in shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]:
            outer = _ring(rings[0], arcs)
            west, south, east, north = SEAS
            low, high = outer.min(axis=0), outer.max(axis=0)
            if low[0] < east and high[0] > west and low[1] < north and high[1] > south:
                holes = [_on_plane(_ring(ring, arcs)) for ring in rings[1:]]
                polygons.append(shapely.Polygon(_on_plane(outer), holes))
    return polygons


def _ring(numbers: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """One ring put together from its arcs; a negative number is an arc driven backwards."""
    parts = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def _on_plane(lon_lat: np.ndarray) -> np.ndarray:
    return to_plane(lon_lat[:, 1], lon_lat[:, 0])


def _with_coast_towns(land: shapely.Geometry, points: np.ndarray, tree: shapely.STRtree) -> shapely.Geometry:
    """The land and, where postcodes stand close together just off it, the ground under them."""
    places = shapely.points(points)
    shapely.prepare(land)
    off = np.flatnonzero(~shapely.intersects(land, places))
    off = off[shapely.distance(land, places[off]) < TOWN_FROM_COAST_M]
    near, _ = tree.query(places[off], predicate="dwithin", distance=TOWN_REACH_M)
    built = off[np.bincount(near, minlength=len(off)) >= TOWN_POINTS]
    towns = shapely.union_all(shapely.buffer(places[built], TOWN_MARGIN_M, quad_segs=4))
    whole = shapely.union_all([land, towns]).buffer(CLOSE_M).buffer(-CLOSE_M)
    kept = [_without_ponds(part) for part in shapely.get_parts(whole) if part.intersects(land)]
    return shapely.simplify(shapely.union_all(kept), COAST_TOLERANCE_M)


def _without_ponds(part: shapely.Polygon) -> shapely.Polygon:
    holes = [hole for hole in part.interiors if shapely.Polygon(hole).area > POND_M2]
    return shapely.Polygon(part.exterior, holes)
