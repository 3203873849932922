"""The districts of Great Britain, drawn from the postcodes in them: every spot belongs where its nearest postcode does.

Part of the making of outlines.json.gz; needs scipy and shapely.
"""

import numpy as np
import pandas as pd
import shapely
from scipy.spatial import Voronoi, cKDTree

from foodlots.places.coast import to_degrees, to_plane
from foodlots.places.grid import latitude_longitude

CELL_M = 150.0
VOTERS = 7
LONE_VOTES = 2
SMOOTHING_ROUNDS = 2
SCRAP_M2 = 2e6
SPECK_M2 = 1.5e6
TOLERANCE_M = 300.0
STEPS_PER_DEGREE = 10_000
FAR_CORNERS = np.array([[-3e6, 5e6], [3e6, 5e6], [-3e6, 1.1e7], [3e6, 1.1e7]])


def district_points(postcodes: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """One point on the plane for each 150 m square with postcodes, and its district: the one of most of them.

    A point all but alone among points of other districts (a wrong entry of the directory) takes on theirs.
    """
    known = postcodes[postcodes["laua"].notna()]
    plane = to_plane(*latitude_longitude(known["oseast1m"], known["osnrth1m"]))
    square = np.floor(plane / CELL_M).astype(int)
    table = pd.DataFrame({"column": square[:, 0], "row": square[:, 1], "code": known["laua"].to_numpy(dtype=str)})
    table = table.assign(x=plane[:, 0], y=plane[:, 1])
    counted = table.groupby(["column", "row", "code"], as_index=False).agg(
        number=("x", "size"), x=("x", "mean"), y=("y", "mean")
    )
    order = counted.sort_values(["column", "row", "number", "code"], ascending=[True, True, False, True])
    chosen = order.drop_duplicates(["column", "row"])
    points = chosen[["x", "y"]].to_numpy()
    return points, _without_strays(points, chosen["code"].to_numpy(dtype=str))


def draw_districts(points: np.ndarray, codes: np.ndarray, land: shapely.Geometry) -> dict[str, shapely.Geometry]:
    """The shape of each district on the plane, in order of code; neighbours share their borders exactly."""
    faces, owners = _faces(points, codes, land)
    owners = _without_scraps(faces, owners)
    present = np.unique(owners)
    whole = np.array([shapely.union_all(faces[owners == code]) for code in present])
    return dict(zip(present.tolist(), shapely.coverage_simplify(whole, TOLERANCE_M), strict=True))


def pack_districts(shapes: dict[str, shapely.Geometry], names: dict[str, str]) -> list[dict]:
    """The districts as plain lists: code, name, middle [lat, lon], polygons of rings of steps (see base_map)."""
    return [
        {
            "code": code,
            "name": names.get(code, code),
            "middle": _middle(shape),
            "polygons": [_pack_polygon(part) for part in _worth_drawing(shape)],
        }
        for code, shape in shapes.items()
    ]


def _without_strays(points: np.ndarray, codes: np.ndarray) -> np.ndarray:
    _, neighbours = cKDTree(points).query(points, k=VOTERS)
    codes = codes.copy()
    for _ in range(SMOOTHING_ROUNDS):
        votes = codes[neighbours]
        alone = np.flatnonzero((votes == codes[:, None]).sum(axis=1) <= LONE_VOTES)
        for point in alone:
            names, number = np.unique(votes[point], return_counts=True)
            codes[point] = names[np.argmax(number)]
    return codes


def _faces(points: np.ndarray, codes: np.ndarray, land: shapely.Geometry) -> tuple[np.ndarray, np.ndarray]:
    """The pieces into which coast and borders cut the land, and the district of each."""
    diagram = Voronoi(np.vstack([points, FAR_CORNERS]))
    pairs, ends = diagram.ridge_points, np.array(diagram.ridge_vertices)
    inner = (pairs < len(points)).all(axis=1) & (ends >= 0).all(axis=1)
    pairs, ends = pairs[inner], ends[inner]
    border = codes[pairs[:, 0]] != codes[pairs[:, 1]]
    lines = shapely.linestrings(diagram.vertices[ends[border]])
    net = shapely.union_all(np.concatenate([lines, shapely.get_parts(shapely.boundary(land))]))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(net)))
    inside = shapely.point_on_surface(faces)
    shapely.prepare(land)
    on_land = shapely.contains(land, inside)
    _, nearest = cKDTree(points).query(shapely.get_coordinates(inside[on_land]))
    return faces[on_land], codes[nearest]


def _without_scraps(faces: np.ndarray, owners: np.ndarray) -> np.ndarray:
    """Pieces under 2 km² cut off from their district go to the neighbour they share most border with."""
    owners, areas, tree = owners.copy(), shapely.area(faces), shapely.STRtree(faces)
    largest = pd.Series(areas).groupby(owners).transform("max").to_numpy()
    scraps = np.flatnonzero((areas < SCRAP_M2) & (areas < largest))
    for scrap in scraps[np.argsort(areas[scraps], kind="stable")]:
        others = [piece for piece in sorted(tree.query(faces[scrap], predicate="intersects")) if piece != scrap]
        shared = shapely.length(shapely.intersection(faces[scrap], faces[others]))
        if shared.max(initial=0) > 0:
            border = pd.Series(shared).groupby(owners[others]).sum()
            owners[scrap] = border.idxmax()
    return owners


def _worth_drawing(shape: shapely.Geometry) -> list[shapely.Polygon]:
    """The parts of a district, the largest first, without the specks that cutting along the coast leaves behind."""
    largest, *others = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
    return [largest, *(part for part in others if part.area > SPECK_M2)]


def _middle(shape: shapely.Geometry) -> list[float]:
    """The point of the largest part farthest from any border, as [lat, lon]."""
    circle = shapely.maximum_inscribed_circle(_worth_drawing(shape)[0], tolerance=TOLERANCE_M)
    lon, lat = to_degrees(shapely.get_coordinates(circle)[:1])[0]
    return [round(float(lat), 3), round(float(lon), 3)]


def _pack_polygon(polygon: shapely.Polygon) -> list[list[int]]:
    return [_pack_ring(np.array(ring.coords)) for ring in (polygon.exterior, *polygon.interiors)]


def _pack_ring(plane: np.ndarray) -> list[int]:
    """A ring without its closing point as steps east and north, in turn, of a ten-thousandth of a degree."""
    steps = np.rint(to_degrees(plane[:-1]) * STEPS_PER_DEGREE).astype(int)
    moved = np.any(np.diff(steps, axis=0, prepend=steps[-1:]) != 0, axis=1)
    steps = steps[moved]
    return np.diff(steps, axis=0, prepend=np.zeros((1, 2), dtype=int)).ravel().tolist()
